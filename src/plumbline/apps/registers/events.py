"""Activities of lists that the event contract does not have. No rule reads these; rules read the rows themselves."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

KIND = "register"  # the kind of matter of all of them

DRAFTED = declare("list_revision_drafted", "起草清单修订")
ROWS_CHANGED = declare("list_rows_changed", "修改清单草稿")
SUBMITTED = declare("list_revision_submitted", "清单修订送审")
RETURNED = declare("list_revision_returned", "退回清单修订")
APPROVED = declare("list_revision_approved", "清单修订审核通过")
PUBLISHED = declare("list_version_published", "公布清单", owes=("registers.watch",))
WITHDRAWN = declare("list_revision_withdrawn", "撤销清单修订")
COMMENTED = declare("list_revision_commented", "清单修订意见")
UPLOADED = declare("list_uploaded", "上传清单文件")
TAKEN_OVER = declare("list_upload_taken_over", "清单文件并入草稿")
ARTICLE_SETTLED = declare("list_article_settled", "处理清单依据变动")
