from plumbline.platform.events.declared import declare

DOCUMENT_DRAFTED = declare("document_form_drafted", "起草文书")
DOCUMENT_SIGNED = declare("document_signed", "签发文书", owes=("publicity",))
DOCUMENT_VOIDED = declare("document_voided", "作废文书")
