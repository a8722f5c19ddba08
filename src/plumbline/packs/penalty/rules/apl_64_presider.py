"""Who investigated does not preside; hearings are public and recorded (行政处罚法第六十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, all_of, any_of, event, field, separate

_PRESIDER = ({"id": "E-9", "role": "hearing_presider"},)
_INVESTIGATED = event(
    "officer_assigned",
    "record_made",
    "evidence_collected",
    "evidence_preregistered",
    "sealed",
    "seized",
    "compulsory_measure_taken",
    "deposits_frozen",
    place="before",
)


def _held(actors: tuple[dict[str, str], ...] | None = _PRESIDER, **data: Any) -> dict[str, object]:
    plain = {"hearing": "H1", "public": True, "record_signed": "party"}
    return step("hearing_held", "2026-06-15", actors=actors, **{**plain, **data})


_RECORD = step(
    "record_made",
    "2026-06-01",
    actors=({"id": "E-1", "role": "officer"}, {"id": "E-2", "role": "officer"}),
)

RULE = Rule(
    id="APL-64-presider",
    subject=("hearing_held",),
    require=Check(
        all_of(
            separate("hearing_presider", "officer", _INVESTIGATED),
            any_of(field("public").is_true(), field("closed_for_secrecy").is_true()),
            field("record_signed").one_of("party", "agent", "refused_noted"),
        )
    ),
    gate=True,
    breach_zh="听证主持或笔录不合规",
    duty_zh="听证由非本案调查人员主持，除涉密等情形外公开举行，笔录由当事人签字或者注明拒签",
    remedy_zh="请更换主持人，并补正听证笔录。",
    examples=(
        Example("另派人主持", "met", (filed(), _RECORD, _held()), "2026-07-01"),
        Example(
            "调查人员主持",
            "breached",
            (filed(), _RECORD, _held(({"id": "E-1", "role": "hearing_presider"},))),
            "2026-07-01",
        ),
        Example(
            "不公开又无涉密理由",
            "breached",
            (filed(), _RECORD, _held(public=False, closed_for_secrecy=False)),
            "2026-07-01",
        ),
        Example("没有写明主持人", "unknown", (filed(), _RECORD, _held(None)), "2026-07-01"),
        Example(
            "处罚法修订施行前一日举行听证",
            "not_applicable",
            (filed("2021-06-01"), step("hearing_held", "2021-07-14", hearing="H1", public=False)),
            "2021-09-01",
        ),
    ),
)
