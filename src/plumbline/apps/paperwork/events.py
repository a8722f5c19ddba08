from plumbline.platform.events.declared import declare

DOCUMENT_DRAFTED = declare("document_form_drafted", "起草文书")
DOCUMENT_SIGNED = declare("document_signed", "签发文书", owes=("publicity",))
DOCUMENT_VOIDED = declare("document_voided", "作废文书")
NUMBERS_RESERVED = declare("numbers_reserved", "预留文书号")
NUMBERS_RETURNED = declare("numbers_returned", "收回未用文书号")
