"""The contract has no activities of guiding cases; no rule reads these."""

from plumbline.platform.events.declared import declare

DRAFTED = declare("guiding_case_drafted", "起草指导案例")
REVISED = declare("guiding_case_revised", "修改指导案例")
SUBMITTED = declare("guiding_case_submitted", "送审指导案例")
TAKEN_BACK = declare("guiding_case_taken_back", "取回指导案例")
RETURNED = declare("guiding_case_returned", "退回指导案例")
PASSED = declare("guiding_case_passed", "审核通过指导案例")
PUBLISHED = declare("guiding_case_published", "发布指导案例")
KEPT = declare("guiding_case_kept", "复核后保留指导案例")
WITHDRAWN = declare("guiding_case_withdrawn", "撤回指导案例")
DROPPED = declare("guiding_case_dropped", "不再推荐指导案例")
