"""At least two officers with certificates in force (行政处罚法第四十二条)."""

from typing import Any

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import CERTIFICATES, OFFICERS, step
from plumbline.rules.language import (
    Check,
    all_of,
    any_of,
    certified_officers,
    field,
    not_,
    people,
)

_ONE = ({"id": "E-1", "role": "officer"},)


def _on_the_spot(**data: Any) -> dict[str, object]:
    plain: dict[str, Any] = {"domain": "public_security", "outcome": "penalty", "procedure": "summary"}
    penalty = {"penalty": {"kinds": ["warning"]}}
    return step("decision_made", "2026-03-03", kind="penalty", actors=_ONE, **{**plain, **penalty, **data})


RULE = Rule(
    id="APL-42-two-officers",
    subject=(
        "record_made",
        "evidence_collected",
        "evidence_preregistered",
        "inspection_started",
        "decision_made",
    ),
    when=all_of(
        any_of(
            not_(field("evidence").is_stated()),
            not_(field("source").is_stated()),
            field("source").eq("officers"),
        ),
        any_of(not_(field("outcome").is_stated()), field("procedure").eq("summary")),
    ),
    require=Check(certified_officers().ge(2)),
    overlays=(
        Overlay(
            "PSL-120-one-officer-record",
            Check(all_of(field("no_objection").is_true(), field("av_record").eq("full"))),
            domain="public_security",
            applies=all_of(
                field("procedure").or_if_missing("").eq("summary"),
                people("officer").eq(1),
            ),
        ),
    ),
    gate=True,
    breach_zh="不足两名持证执法人员",
    duty_zh="执法人员不得少于两人，并持有当日有效的执法证件",
    remedy_zh="请由两名持有效证件的执法人员实施。",
    examples=(
        Example(
            "两名持证人员",
            "met",
            (
                step(
                    "record_made",
                    "2026-03-03",
                    kind="penalty",
                    actors=OFFICERS,
                    record="interview",
                ),
            ),
            "2026-03-10",
            CERTIFICATES,
        ),
        Example(
            "只有一人",
            "breached",
            (
                step(
                    "record_made",
                    "2026-03-03",
                    kind="penalty",
                    actors=_ONE,
                    record="interview",
                ),
            ),
            "2026-03-10",
            CERTIFICATES,
        ),
        Example(
            "同一人列两次",
            "breached",
            (
                step(
                    "record_made",
                    "2026-03-03",
                    kind="penalty",
                    actors=_ONE * 2,
                    record="interview",
                ),
            ),
            "2026-03-10",
            CERTIFICATES,
        ),
        Example(
            "一人证件已过期",
            "breached",
            (
                step(
                    "record_made",
                    "2029-01-01",
                    kind="penalty",
                    actors=OFFICERS,
                    record="interview",
                ),
            ),
            "2029-01-10",
            CERTIFICATES,
        ),
        Example(
            "没有写明人员",
            "unknown",
            (step("record_made", "2026-03-03", kind="penalty", record="interview"),),
            "2026-03-10",
            CERTIFICATES,
        ),
        Example(
            "当事人提交的证据",
            "not_applicable",
            (
                step(
                    "evidence_collected",
                    "2026-03-03",
                    kind="penalty",
                    evidence="Z1",
                    evidence_kind="documentary",
                    source="submitted",
                ),
            ),
            "2026-03-10",
            CERTIFICATES,
        ),
        Example(
            "治安当场处罚，一人、无异议并全程录像",
            "met",
            (_on_the_spot(no_objection=True, av_record="full"),),
            "2026-03-10",
            CERTIFICATES,
            overlay="PSL-120-one-officer-record",
        ),
        Example(
            "治安当场处罚，一人、只有部分录像",
            "breached",
            (_on_the_spot(no_objection=True, av_record="partial"),),
            "2026-03-10",
            CERTIFICATES,
            overlay="PSL-120-one-officer-record",
        ),
        Example(
            "当场处罚，一人",
            "breached",
            (_on_the_spot(domain="other", no_objection=True, av_record="full"),),
            "2026-03-10",
            CERTIFICATES,
        ),
        Example(
            "普通程序的决定书由机关作出，不看人数",
            "not_applicable",
            (_on_the_spot(procedure="ordinary"),),
            "2026-03-10",
            CERTIFICATES,
        ),
        Example(
            "没有报送执法人员登记册",
            "unknown",
            (step("record_made", "2026-03-03", kind="penalty", actors=OFFICERS, record="interview"),),
            "2026-03-10",
        ),
    ),
)
