"""What is recorded of accounts and rights. No rule reads these; the audit administrator does."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

PERSON_CREATED = declare("person_created", "新建账号")
PERSON_DISABLED = declare("person_disabled", "停用账号")
PERSON_ENABLED = declare("person_enabled", "启用账号")
PASSWORD_RESET = declare("password_reset", "重置密码")
AUTHENTICATOR_RESET = declare("authenticator_reset", "重置动态口令")
SESSIONS_ENDED = declare("sessions_ended", "结束登录")
POST_CREATED = declare("post_created", "新设岗位")
POST_CHANGED = declare("post_changed", "变更岗位权能")
TENURE_STARTED = declare("tenure_started", "任职")
TENURE_ENDED = declare("tenure_ended", "免去任职")
DEPUTY_APPOINTED = declare("deputy_appointed", "安排代理")
DEPUTY_ENDED = declare("deputy_ended", "结束代理")
ADMINISTRATOR_APPOINTED = declare("administrator_appointed", "任命管理员")
ADMINISTRATOR_ENDED = declare("administrator_ended", "结束管理员任命")

RIGHTS = "rights"  # the kind of matter of all of them
