"""住房和城乡建设行政处罚程序规定第十四条第二款: reported to the agency in three working days."""

from plumbline.rules.language import Clock

from ..families.record import record

RULE = record(
    "MOHURD-14-record-3wd",
    domain="housing_construction",
    clock=Clock(3, "wd"),
    by="decision_filed_for_record",
    last_day="2026-06-04",
    day_after="2026-06-05",
    breach_zh="当场处罚超期未备案",
    duty_zh="执法人员当场作出处罚决定后，应在三个工作日内向所属机关备案",
    remedy_zh="请立即报所属机关备案。",
)
