"""The procuratorate hears how its opinion on a person not prosecuted was dealt with (刑事诉讼法第一百七十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Promptly, event


def _received(kind: str = "procuratorial", on: str = "2026-06-01") -> dict[str, object]:
    return step("procuratorial_opinion_received", on, kind=kind)


def _notified(on: str, kind: str = "procuratorial") -> dict[str, object]:
    return step("outcome_notified", on, kind=kind)


RULE = Rule(
    id="CPR-177-reverse",
    subject=("procuratorial_opinion_received",),
    require=Promptly(event("outcome_notified", place="after")),
    breach_zh="未将处理结果通知检察院",
    duty_zh="收到对被不起诉人的检察意见后，应当处理并及时把结果通知检察院",
    remedy_zh="请立即将处理结果书面通知检察院。",
    examples=(
        Example("已经通知", "met", (_received(), _notified("2026-06-20")), "2026-07-01"),
        Example("尚未通知", "pending", (_received(),), "2026-07-01"),
        Example(
            "没有通知就办结",
            "breached",
            (_received(), step("matter_closed", "2026-06-20", kind="procuratorial")),
            "2026-07-01",
        ),
        Example(
            "处罚案件没有通知就结案",
            "breached",
            (filed(), _received("penalty"), step("case_closed", "2026-06-20")),
            "2026-07-01",
        ),
        Example(
            "处罚案件通知后结案",
            "met",
            (
                filed(),
                _received("penalty"),
                _notified("2026-06-19", "penalty"),
                step("case_closed", "2026-06-20"),
            ),
            "2026-07-01",
        ),
        Example(
            "修正施行之前",
            "not_applicable",
            (_received(on="2018-10-25"),),
            "2018-12-01",
        ),
    ),
)
