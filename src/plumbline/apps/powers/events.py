"""Activities of the power lists that the event contract does not have."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

CONFLICT_SETTLED = declare("review_conflict_settled", "处理审核目录冲突")
