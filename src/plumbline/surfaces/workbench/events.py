"""Platform activities of the workbench."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

FEEDBACK_GIVEN = declare("feedback_given", "提出意见建议")
FEEDBACK_ANSWERED = declare("feedback_answered", "答复意见建议")
