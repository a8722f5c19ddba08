"""A debt of money is executed only after thirty days of surcharge and a demand notice (行政强制法第四十六条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Clock, Wait, event, exists, field, first, it_on

from ..histories import demanded

_SURCHARGE = step("surcharge_started", "2026-05-05")
_DEMANDED = demanded("2026-05-20")


def _decided(on: str, what: str = "money") -> dict[str, object]:
    return step("execution_decision_made", on, object=what)


RULE = Rule(
    id="ACL-46-30d",
    subject=("execution_decision_made",),
    when=field("object").eq("money"),
    require=Wait(
        Clock(30, "cd", roll=False),
        None,
        start=first(event("surcharge_started", place="before"), it_on()),
        also=exists(event("demand_notice_served", place="before")),
    ),
    breach_zh="加处罚款未满三十日即决定强制执行",
    duty_zh="金钱义务应先加处罚款或者滞纳金超过三十日并经催告，仍不履行的才能决定强制执行",
    remedy_zh="请在加处超过三十日并催告之后再作强制执行决定。",
    examples=(
        Example(
            "第三十一日决定",
            "met",
            (_SURCHARGE, _DEMANDED, _decided("2026-06-05")),
            "2026-07-01",
            due="2026-06-04",
        ),
        Example(
            "第三十日决定",
            "breached",
            (_SURCHARGE, _DEMANDED, _decided("2026-06-04")),
            "2026-07-01",
            due="2026-06-04",
        ),
        Example(
            "第三十日是星期日，不顺延",
            "met",
            (step("surcharge_started", "2026-05-15"), _DEMANDED, _decided("2026-06-15")),
            "2026-07-01",
            due="2026-06-14",
        ),
        Example("没有加处", "breached", (_DEMANDED, _decided("2026-06-05")), "2026-07-01"),
        Example("没有催告", "breached", (_SURCHARGE, _decided("2026-06-05")), "2026-07-01", due="2026-06-04"),
        Example(
            "决定之后才催告",
            "breached",
            (_SURCHARGE, _decided("2026-06-05"), demanded("2026-06-08")),
            "2026-07-01",
        ),
        Example("不是金钱义务", "not_applicable", (_decided("2026-06-05", "structure"),), "2026-07-01"),
        Example("行政强制法施行前", "not_applicable", (_decided("2011-12-31"),), "2012-02-01"),
    ),
)
