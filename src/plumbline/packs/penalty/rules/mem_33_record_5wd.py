"""安全生产违法行为行政处罚办法第三十三条第三款: reported to the agency in five working days."""

from plumbline.rules.language import Clock

from ..families.record import record

RULE = record(
    "MEM-33-record-5wd",
    domain="work_safety",
    clock=Clock(5, "wd"),
    by="decision_filed_for_record",
    last_day="2026-06-08",
    day_after="2026-06-09",
    breach_zh="当场处罚超期未备案",
    duty_zh="执法人员当场作出处罚决定后，应在五个工作日内向所属部门备案",
    remedy_zh="请立即报所属应急管理部门备案。",
)
