from plumbline.platform.events.declared import declare

PUBLICATION_PREPARED = declare("publication_prepared", "准备公示")
PUBLICATION_WITHHELD = declare("publication_withheld", "登记不予公示")
PUBLICATION_MASKED = declare("publication_masked", "增加遮盖")
