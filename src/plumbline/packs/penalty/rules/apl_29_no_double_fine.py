"""One act of one party is fined once, whichever agency does it (行政处罚法第二十九条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import fined, step
from plumbline.rules.language import (
    Check,
    all_of,
    earlier_in_any_matter,
    event,
    exists,
    field,
    it,
    not_,
)

_FINED = all_of(field("outcome").eq("penalty"), field("penalty.kinds").holds("fine"))
_UNDONE = event(
    "decision_revoked",
    "challenge_ended",
    place="after",
    where=it("outcome").one_of("revoked", "void"),
)


def _about(act: str = "W-1", party: str = "P-1") -> dict[str, Any]:
    return {"party": {"id": party, "kind": "legal_person"}, "violation": {"act": act}}


def _elsewhere(document: dict[str, Any]) -> dict[str, Any]:
    """The same step in another agency's case."""
    return {**document, "matter": "M-0", "agency": "B-1"}


_HERE = fined("2026-06-10", **_about())
_THERE = _elsewhere(fined("2026-06-01", **_about()))
_WARNING = fined("2026-06-01", None, **_about())

RULE = Rule(
    id="APL-29-no-double-fine",
    subject=("decision_made",),
    when=_FINED,
    require=Check(not_(earlier_in_any_matter(all_of(_FINED, not_(exists(_UNDONE)))))),
    gate=True,
    breach_zh="同一违法行为重复罚款",
    duty_zh="当事人的同一个违法行为只能罚款一次，其他机关已经罚款的也不得再罚",
    remedy_zh="请核对是否为同一违法行为；已经罚款的，不再给予罚款，可以依法给予其他种类的处罚。",
    examples=(
        Example("没有罚过", "met", (_HERE,), "2026-07-01"),
        Example("其他机关已经罚过", "breached", (_THERE, _HERE), "2026-07-01"),
        Example(
            "其他机关同日先罚", "breached", (_elsewhere(fined("2026-06-10", **_about())), _HERE), "2026-07-01"
        ),
        Example("其他机关后罚", "met", (_HERE, _elsewhere(fined("2026-06-11", **_about()))), "2026-07-01"),
        *(
            Example(
                f"同日{when}",
                verdict,
                (
                    _elsewhere(fined(f"2026-06-10T{hour}:00+08:00", **_about())),
                    fined("2026-06-10T10:00:00+08:00", **_about()),
                ),
                "2026-07-01",
            )
            for when, verdict, hour in (
                ("其他机关先罚", "breached", "09:00"),
                ("其他机关后罚", "met", "11:00"),
            )
        ),
        Example(
            "罚的是另一个违法行为",
            "met",
            (_elsewhere(fined("2026-06-01", **_about("W-2"))), _HERE),
            "2026-07-01",
        ),
        Example(
            "罚的是另一个当事人",
            "met",
            (_elsewhere(fined("2026-06-01", **_about(party="P-2"))), _HERE),
            "2026-07-01",
        ),
        Example("前一次只是警告", "met", (_elsewhere(_WARNING), _HERE), "2026-07-01"),
        Example(
            "前一次没有处罚",
            "met",
            (
                _elsewhere(
                    step(
                        "decision_made", "2026-06-01", outcome="no_penalty", procedure="ordinary", **_about()
                    )
                ),
                _HERE,
            ),
            "2026-07-01",
        ),
        *(
            Example(
                f"前一次罚款{how}",
                verdict,
                (_THERE, _elsewhere(end), _HERE),
                "2026-07-01",
            )
            for how, verdict, end in (
                ("已自行撤销", "met", step("decision_revoked", "2026-06-05", outcome="revoked")),
                (
                    "经诉讼确认无效",
                    "met",
                    step("challenge_ended", "2026-06-05", route="litigation", outcome="void"),
                ),
                (
                    "经复议维持",
                    "breached",
                    step("challenge_ended", "2026-06-05", route="reconsideration", outcome="upheld"),
                ),
            )
        ),
        Example("本案已经罚过", "breached", (fined("2026-06-01", **_about()), _HERE), "2026-07-01"),
        Example(
            "本案撤销后重新作出",
            "met",
            (
                fined("2026-06-01", **_about()),
                step("decision_revoked", "2026-06-05", outcome="revoked"),
                _HERE,
            ),
            "2026-07-01",
        ),
        Example(
            "截至日之后才录入的不算",
            "met",
            ({**_THERE, "recorded_at": "2026-07-02T09:00:00+08:00"}, _HERE),
            "2026-07-01",
        ),
        Example(
            "没有填报违法行为代号",
            "unknown",
            (_THERE, fined("2026-06-10", party={"id": "P-1", "kind": "legal_person"})),
            "2026-07-01",
        ),
        Example("没有填报当事人", "unknown", (fined("2026-06-10", violation={"act": "W-1"}),), "2026-07-01"),
        Example(
            "这次只是警告", "not_applicable", (_THERE, fined("2026-06-10", None, **_about())), "2026-07-01"
        ),
        Example("新法施行前", "not_applicable", (fined("2021-07-14", **_about()),), "2021-09-01"),
    ),
)
