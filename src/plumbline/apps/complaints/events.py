from plumbline.platform.events.declared import declare

COMPLAINT_SUPPLEMENTED = declare("complaint_supplemented", "补充投诉举报内容")
COMPLAINT_REFERRED = declare("complaint_referred", "转交投诉举报")
COMPLAINT_REPLIED = declare("complaint_replied", "答复转交的投诉举报")
COMPLAINT_QUESTIONED = declare("complaint_questioned", "向反映人询问")
CUSTODY_KEY_MADE = declare("custody_key_made", "设立身份保管密钥")
CUSTODY_KEY_ENDED = declare("custody_key_ended", "停用身份保管密钥")
OPENING_ASKED = declare("identity_opening_asked", "申请查看反映人身份")
OPENING_DECIDED = declare("identity_opening_decided", "决定是否开启反映人身份")
IDENTITY_READ = declare("identity_read", "查看反映人身份")
COMPLAINT_PASSED_ON = declare("complaint_passed_on", "列为监督线索")
