"""Platform activities of the registers."""

from plumbline.platform.events.declared import declare

CERTIFICATE_SUSPENDED = declare("certificate_suspended", "暂扣执法证件")
CERTIFICATE_RESTORED = declare("certificate_restored", "恢复使用执法证件")
CERTIFICATE_REVOKED = declare("certificate_revoked", "注销执法证件")
CERTIFICATE_RENEWED = declare("certificate_renewed", "换发执法证件")
CERTIFICATE_CHECKED = declare("certificate_checked", "执法证件年检")
OFFICER_MOVED = declare("officer_moved", "执法人员调动")
EXAM_HELD = declare("qualification_exam_held", "登记资格考试")
CERTIFICATE_APPLIED = declare("certificate_applied_for", "申领执法证件")
APPLICATION_REFUSED = declare("certificate_application_refused", "不予制发执法证件")
REGISTER_SETTING_ENTERED = declare("register_setting_entered", "录入名册参数")
PHOTO_KEPT = declare("certificate_photo_kept", "录入证件照片")
