from plumbline.platform.events.declared import declare

DOCUMENT_DRAFTED = declare("document_form_drafted", "起草文书")
DOCUMENT_SIGNED = declare("document_signed", "签发文书", owes=("publicity",))
DOCUMENT_VOIDED = declare("document_voided", "作废文书")
NUMBERS_RESERVED = declare("numbers_reserved", "预留文书号")
NUMBERS_RETURNED = declare("numbers_returned", "收回未用文书号")
DOCUMENT_FILLED_IN = declare("document_form_filled_in", "填写文书")
DOCUMENT_HAND_SIGNED = declare("document_form_hand_signed", "在文书上签名")
DOCUMENT_COMMENTED = declare("document_form_commented", "对文书提出意见")
DOCUMENT_COMMENT_SETTLED = declare("document_form_comment_settled", "处理文书意见")
TEMPLATE_UPLOADED = declare("document_template_uploaded", "上传文书模板")
TEMPLATE_PUBLISHED = declare("document_template_published", "发布文书模板")
TEMPLATE_WITHDRAWN = declare("document_template_withdrawn", "撤下文书模板")
