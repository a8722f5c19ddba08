"""Supervision does not take the place of enforcement (行政执法监督条例第八条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import (
    Check,
    activity,
    agency,
    all_of,
    any_of,
    choose,
    field,
    kind,
    row_value,
)
from plumbline.vocabulary import load_vocabulary

_ENFORCEMENT = ("penalty", "compulsion", "inspection", "other_act")
_INSTRUMENTS = ("supervision_letter_issued", "supervision_opinion_issued")
#: What decides a matter. Here it matters too when nobody says what kind of body acted.
_DECISIVE = ("case_filed", "decision_made", "execution_decision_made")
#: Whatever may happen in a matter of enforcement.
_ACTS = tuple(
    name
    for name, each in load_vocabulary().activities.items()
    if name != "event_voided" and name not in _INSTRUMENTS and set(_ENFORCEMENT) & set(each.kinds)
)
_BY_SUPERVISION = row_value("agencies", "code", agency(), "kind").eq("supervision_organ")


def _issued(*, replaces: bool) -> dict[str, object]:
    return step(
        "supervision_letter_issued",
        "2026-06-01",
        kind="supervision_instrument",
        to="A-1",
        respond_by="2026-06-15",
        replaces_enforcement=replaces,
    )


RULE = Rule(
    id="ESR-8-no-replace",
    subject=(*_INSTRUMENTS, *_ACTS),
    counts=any_of(activity().one_of(*_INSTRUMENTS, *_DECISIVE), _BY_SUPERVISION),
    when=any_of(
        activity().one_of(*_INSTRUMENTS),
        all_of(kind().one_of(*_ENFORCEMENT), _BY_SUPERVISION),
    ),
    require=Check(
        choose(
            activity().one_of(*_INSTRUMENTS),
            field("replaces_enforcement").is_false(),
            False,
        )
    ),
    gate=True,
    breach_zh="监督机构代替作出执法决定",
    duty_zh="监督机构不得直接代替执法机关作出或者变更执法决定",
    remedy_zh="请改为要求执法机关依法自行纠正。",
    examples=(
        Example("督办函只提要求", "met", (_issued(replaces=False),), "2026-07-01"),
        Example("督办函直接改变决定", "breached", (_issued(replaces=True),), "2026-07-01"),
        Example(
            "监督机构自己立案",
            "breached",
            (filed(),),
            "2026-07-01",
            {"agencies": [{"code": "A-1", "kind": "supervision_organ", "level": "district"}]},
        ),
        Example(
            "执法机关立案",
            "not_applicable",
            (filed(),),
            "2026-07-01",
            {"agencies": [{"code": "A-1", "kind": "department", "level": "district"}]},
        ),
        Example(
            "没有说明",
            "unknown",
            (
                step(
                    "supervision_letter_issued",
                    "2026-06-01",
                    kind="supervision_instrument",
                    to="A-1",
                    respond_by="2026-06-15",
                ),
            ),
            "2026-07-01",
        ),
        Example(
            "监督机构自己制作笔录",
            "breached",
            (step("record_made", "2026-03-03", kind="penalty", record="onsite"),),
            "2026-07-01",
            {"agencies": [{"code": "A-1", "kind": "supervision_organ", "level": "district"}]},
        ),
        Example(
            "立案机关没有登记",
            "unknown",
            (filed(),),
            "2026-07-01",
            {"agencies": []},
        ),
    ),
)
