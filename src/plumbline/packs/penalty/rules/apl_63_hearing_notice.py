"""Before a heavy penalty the party is told of the right to a hearing (行政处罚法第六十三条)."""

from typing import Any

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Decide,
    all_of,
    any_of,
    case,
    choose,
    comes_before,
    date_after_working,
    event,
    exists,
    field,
    first,
    it,
    it_on,
    literal,
    not_,
    on,
    row_exists,
)

from ..conditions import HEARING_KINDS

_KIND = field("proposed.kinds").holds_any(*HEARING_KINDS)
_PERSON = case("party.kind").eq("natural_person")
_PARTY = choose(_PERSON, "natural_person", "organization")
_LARGEST = choose(
    field("proposed.fine").or_if_missing(0).ge(field("proposed.confiscation").or_if_missing(0)),
    field("proposed.fine").or_if_missing(0),
    field("proposed.confiscation").or_if_missing(0),
)
_AMOUNT = choose(field("proposed.kinds").is_stated(), _LARGEST, field("proposed.fine"))
_SAME_PARTY = it("party").eq(_PARTY)
_REGISTERED = row_exists("hearing_thresholds", "domain", case("domain"), where=_SAME_PARTY)
_REACHES_REGISTERED = row_exists(
    "hearing_thresholds",
    "domain",
    case("domain"),
    where=all_of(
        _SAME_PARTY,
        any_of(
            all_of(it("inclusive").is_true(), _AMOUNT.ge(it("amount"))),
            all_of(it("inclusive").is_false(), _AMOUNT.gt(it("amount"))),
        ),
    ),
)


_NO_NUMBER = literal(False).or_unknown("registers.hearing_thresholds.amount")


def _reaches(person: int | None, organisation: int | None) -> Expression:
    """The amount reaches the register's number in force that day; else that of the domain row; else unknown."""
    most = choose(_PERSON, person, organisation)
    own = _NO_NUMBER if person is None else _AMOUNT.ge(most)
    return any_of(_KIND, choose(_REGISTERED.or_if_missing(False), _REACHES_REGISTERED, own))


_ASKED = event("hearing_requested", place="after")
_DECIDED = event("decision_made", place="after", where=it("outcome").eq("penalty"))
_TOLD_AFTER = event("hearing_right_told", place="after")
_TOLD = any_of(field("states").holds("right_to_hearing"), exists(_TOLD_AFTER))
_TOLD_IN_TIME = any_of(
    field("states").holds("right_to_hearing"),
    comes_before(_TOLD_AFTER, _DECIDED),
)
_SETTLED = any_of(
    comes_before(event("hearing_held", place="after"), _DECIDED),
    comes_before(event("statement_waived", place="after", where=it("waives").holds("hearing")), _DECIDED),
)
_WINDOW_END = date_after_working(
    choose(
        field("states").or_if_missing(()).holds("right_to_hearing"),
        on(),
        first(_TOLD_AFTER, it_on(), None),
    ),
    5,
)
_ASKED_IN_TIME = all_of(exists(_ASKED), first(_ASKED, it_on(), "9999-12-31").le(_WINDOW_END))
_REQUIRE = Decide(
    (
        ("breached", all_of(exists(_DECIDED), not_(_TOLD_IN_TIME))),
        ("breached", all_of(exists(_DECIDED), _ASKED_IN_TIME, not_(_SETTLED))),
        ("met", exists(_DECIDED)),
        ("pending", not_(_TOLD)),
        ("pending", all_of(_ASKED_IN_TIME, not_(_SETTLED))),
    ),
    "met",
)


def _row(row: str, domain: str, person: int | None, organisation: int | None) -> Overlay:
    return Overlay(row, _REQUIRE, domain=domain, when=_reaches(person, organisation))


def _notice(fen: int, *states: str) -> dict[str, object]:
    return step(
        "penalty_notice_served",
        "2026-06-01",
        method="direct",
        states=list(states),
        proposed={"kinds": ["fine"], "fine": fen},
    )


_TOLD_STATES = ("proposed_penalty", "right_to_hearing")
#: The day of the notice, and the fifth and sixth working days after it.
_JUNE_2026 = ("2026-06-01", "2026-06-08", "2026-06-09")
_JUNE_2025 = ("2025-06-03", "2025-06-10", "2025-06-11")


def _revocation(domain: str, told: str, asked: str) -> tuple[dict[str, object], ...]:
    """A licence is revoked in the end, for which a hearing has to be offered in every domain."""
    penalty = {"kinds": ["revoke_license"]}
    return (
        filed(told, domain=domain),
        step("penalty_notice_served", told, method="direct", states=list(_TOLD_STATES), proposed=penalty),
        step("hearing_requested", asked),
        step("decision_made", f"{told[:7]}-25", outcome="penalty", procedure="ordinary", penalty=penalty),
    )


_DISTRICT: dict[str, Any] = {
    **CALENDAR,
    "hearing_thresholds": [
        {
            "domain": "other",
            "party": "organization",
            "amount": 5_000_000,
            "inclusive": True,
            "valid_from": "2022-01-01",
            "valid_to": None,
        }
    ],
}
_PERSONS_ONLY = {**_DISTRICT["hearing_thresholds"][0], "party": "natural_person"}

RULE = Rule(
    id="APL-63-hearing-notice",
    subject=("penalty_notice_served",),
    when=any_of(
        _KIND,
        choose(
            _REGISTERED,
            _REACHES_REGISTERED,
            _NO_NUMBER,
        ),
    ),
    require=_REQUIRE,
    overlays=(
        _row("SAMH-5-threshold", "market", 1_000_000, 10_000_000),
        _row("MEE-89-threshold", "ecology", 500_000, 20_000_000),
        _row("MEM-55-threshold", "work_safety", 2_000_000, 10_000_000),
        _row("MARA-59-threshold", "agriculture", None, None),
        Overlay(
            "PSL-117-threshold",
            _REQUIRE,
            domain="public_security",
            when=any_of(
                field("proposed.kinds").holds_any("revoke_license", "suspend_business"),
                field("proposed.fine").or_if_missing(0).ge(400_000),
            ),
        ),
        Overlay(
            "PSL12-98-threshold",
            _REQUIRE,
            domain="public_security",
            when=any_of(
                field("proposed.kinds").holds("revoke_license"),
                field("proposed.fine").or_if_missing(0).ge(200_000),
            ),
        ),
    ),
    breach_zh="未告知听证权或未组织听证",
    duty_zh="拟作出较大数额罚没、停产停业、吊销许可等处罚的，应告知听证权利；当事人要求的，应当组织听证",
    remedy_zh="请告知听证权利；当事人在五个工作日内要求的，组织听证。",
    examples=(
        Example(
            "达到数额并已告知，当事人未要求",
            "met",
            (
                filed(),
                _notice(5_000_000, *_TOLD_STATES),
                fined("2026-06-20", 5_000_000),
            ),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "达到数额而未告知",
            "breached",
            (filed(), _notice(5_000_000), fined("2026-06-20", 5_000_000)),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "比数额少一分",
            "not_applicable",
            (filed(), _notice(4_999_999), fined("2026-06-20", 4_999_999)),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "当事人要求而未听证",
            "breached",
            (
                filed(),
                _notice(5_000_000, *_TOLD_STATES),
                step("hearing_requested", "2026-06-03"),
                fined("2026-06-20", 5_000_000),
            ),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "市场监管适用部门数额",
            "breached",
            (
                filed(domain="market"),
                _notice(10_000_000),
                fined("2026-06-20", 10_000_000),
            ),
            "2026-07-01",
            {**CALENDAR, "hearing_thresholds": []},
            overlay="SAMH-5-threshold",
        ),
        Example(
            "没有数额标准",
            "unknown",
            (filed(), _notice(5_000_000), fined("2026-06-20", 5_000_000)),
            "2026-07-01",
            {**CALENDAR, "hearing_thresholds": []},
        ),
        Example(
            "尚未告知也未决定",
            "pending",
            (filed(), _notice(5_000_000)),
            "2026-06-03",
            _DISTRICT,
        ),
        Example(
            "当事人放弃听证后决定",
            "met",
            (
                filed(),
                _notice(5_000_000, *_TOLD_STATES),
                step("hearing_requested", "2026-06-03"),
                step("statement_waived", "2026-06-05", waives=["hearing"]),
                fined("2026-06-20", 5_000_000),
            ),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "决定之后才放弃听证",
            "breached",
            (
                filed(),
                _notice(5_000_000, *_TOLD_STATES),
                step("hearing_requested", "2026-06-03"),
                fined("2026-06-20", 5_000_000),
                step("statement_waived", "2026-06-20", waives=["hearing"]),
            ),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "决定当日，先决定后告知",
            "breached",
            (
                filed(),
                _notice(5_000_000),
                fined("2026-06-20", 5_000_000),
                step("hearing_right_told", "2026-06-20"),
            ),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "第五个工作日要求而未听证",
            "breached",
            (
                filed(),
                _notice(5_000_000, *_TOLD_STATES),
                step("hearing_requested", "2026-06-08"),
                fined("2026-06-30", 5_000_000),
            ),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "第六个工作日才要求",
            "met",
            (
                filed(),
                _notice(5_000_000, *_TOLD_STATES),
                step("hearing_requested", "2026-06-09"),
                fined("2026-06-30", 5_000_000),
            ),
            "2026-07-01",
            _DISTRICT,
        ),
        Example(
            "只登记了个人的数额，单位的不知道",
            "unknown",
            (filed(), _notice(100), fined("2026-06-20", 100)),
            "2026-07-01",
            {**_DISTRICT, "hearing_thresholds": [_PERSONS_ONLY]},
        ),
        Example(
            "农业领域没有省定数额",
            "unknown",
            (filed(domain="agriculture"), _notice(100), fined("2026-06-20", 100)),
            "2026-07-01",
            {**_DISTRICT, "hearing_thresholds": [{**_PERSONS_ONLY, "domain": "agriculture"}]},
            overlay="MARA-59-threshold",
        ),
        *(
            Example(
                f"{domain}：{party}{fen}分",
                verdict,
                (filed(domain=domain, party=party), _notice(fen)),
                "2026-06-03",
                {**CALENDAR, "hearing_thresholds": []},
                overlay=row,
            )
            for domain, row, party, number in (
                ("market", "SAMH-5-threshold", "natural_person", 1_000_000),
                ("market", "SAMH-5-threshold", "legal_person", 10_000_000),
                ("ecology", "MEE-89-threshold", "natural_person", 500_000),
                ("ecology", "MEE-89-threshold", "legal_person", 20_000_000),
                ("work_safety", "MEM-55-threshold", "natural_person", 2_000_000),
                ("work_safety", "MEM-55-threshold", "legal_person", 10_000_000),
                ("public_security", "PSL-117-threshold", "natural_person", 400_000),
            )
            for fen, verdict in ((number, "pending"), (number - 1, "not_applicable"))
        ),
        *(
            Example(
                f"二〇二五年治安罚款{fen}分",
                verdict,
                (
                    filed("2025-03-02", domain="public_security", party="natural_person"),
                    {**_notice(fen), "occurred_at": "2025-06-03", "recorded_at": "2025-06-03T23:00:00+08:00"},
                ),
                "2025-06-04",
                {**CALENDAR, "hearing_thresholds": []},
                overlay="PSL12-98-threshold",
            )
            for fen, verdict in ((200_000, "pending"), (199_999, "not_applicable"))
        ),
        *(
            Example(
                f"{zh}，{when}要求而未听证",
                verdict,
                _revocation(domain, told, asked),
                "2026-07-01",
                CALENDAR,
                overlay=row,
            )
            for zh, domain, row, told, fifth, sixth in (
                ("市场监管", "market", "SAMH-5-threshold", *_JUNE_2026),
                ("生态环境", "ecology", "MEE-89-threshold", *_JUNE_2026),
                ("安全生产", "work_safety", "MEM-55-threshold", *_JUNE_2026),
                ("农业", "agriculture", "MARA-59-threshold", *_JUNE_2026),
                ("治安", "public_security", "PSL-117-threshold", *_JUNE_2026),
                ("修订前的治安", "public_security", "PSL12-98-threshold", *_JUNE_2025),
            )
            for when, asked, verdict in (
                ("第五个工作日", fifth, "breached"),
                ("第六个工作日", sixth, "met"),
            )
        ),
    ),
)
