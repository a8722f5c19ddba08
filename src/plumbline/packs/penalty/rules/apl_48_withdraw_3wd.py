"""A decision changed or undone comes off the site in three working days, with reasons (行政处罚法第四十八条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import (
    Clock,
    Stop,
    Within,
    all_of,
    comes_before,
    event,
    exists,
    field,
    first,
    it,
    it_id,
    it_on,
    not_,
    subject_id,
)

_UNDOING = ("revoked", "changed", "confirmed_unlawful", "void")
_UNDONE = event(
    "decision_revoked",
    "challenge_ended",
    place="after",
    where=it("outcome").one_of(*_UNDOING),
)
_PENALTY = event("decision_made", where=all_of(it_id().eq(field("of")), it("outcome").eq("penalty")))
_WITHDRAWN = event("publication_withdrawn", place="after", where=it("of").eq(subject_id()))
_PUBLISHED = step("decision_published", "2026-06-01", of="e2", channel="government_site")
_REVOKED = step("decision_revoked", "2026-06-04", outcome="revoked")


def _withdrawn(on: str, *, reasons: bool = True) -> dict[str, object]:
    return step("publication_withdrawn", on, of="e3", states_reasons=reasons)


RULE = Rule(
    id="APL-48-withdraw-3wd",
    subject=("decision_published",),
    when=all_of(
        exists(_PENALTY),
        exists(_UNDONE),
        not_(comes_before(_WITHDRAWN, _UNDONE)),
    ),
    require=Within(
        Clock(3, "wd"),
        (Stop(_WITHDRAWN),),
        start=first(_UNDONE, it_on()),
        also=not_(
            exists(
                event(
                    "publication_withdrawn",
                    place="after",
                    where=all_of(it("of").eq(subject_id()), it("states_reasons").is_false()),
                )
            )
        ),
    ),
    breach_zh="变更撤销后未按期撤回公示",
    duty_zh="公开的处罚决定被变更、撤销、确认违法或者无效的，应在三个工作日内撤回信息并公开说明理由",
    remedy_zh="请立即撤回公开信息并说明理由。",
    examples=(
        Example(
            "第三个工作日撤回",
            "met",
            (
                filed(),
                fined("2026-05-28"),
                _PUBLISHED,
                _REVOKED,
                _withdrawn("2026-06-09"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-09",
        ),
        Example(
            "第四个工作日撤回",
            "breached",
            (
                filed(),
                fined("2026-05-28"),
                _PUBLISHED,
                _REVOKED,
                _withdrawn("2026-06-10"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-09",
        ),
        Example(
            "撤回而不说明理由",
            "breached",
            (
                filed(),
                fined("2026-05-28"),
                _PUBLISHED,
                _REVOKED,
                _withdrawn("2026-06-08", reasons=False),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-09",
        ),
        Example(
            "撤销之前已经撤回",
            "not_applicable",
            (filed(), fined("2026-05-28"), _PUBLISHED, _withdrawn("2026-06-03"), _REVOKED),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "公开的不是处罚决定",
            "not_applicable",
            (
                filed(),
                step("decision_made", "2026-05-28", outcome="no_penalty", procedure="ordinary"),
                _PUBLISHED,
                _REVOKED,
            ),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "没有填报是否说明理由",
            "unknown",
            (
                filed(),
                fined("2026-05-28"),
                _PUBLISHED,
                _REVOKED,
                step("publication_withdrawn", "2026-06-08", of="e3"),
            ),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "复议维持，不须撤回",
            "not_applicable",
            (
                filed(),
                fined("2026-05-28"),
                _PUBLISHED,
                step("challenge_ended", "2026-06-04", route="reconsideration", outcome="upheld"),
            ),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "没有被撤销",
            "not_applicable",
            (filed(), fined("2026-05-28"), _PUBLISHED),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "等待撤回",
            "pending",
            (filed(), fined("2026-05-28"), _PUBLISHED, _REVOKED),
            "2026-06-09",
            CALENDAR,
            due="2026-06-09",
        ),
    ),
)
