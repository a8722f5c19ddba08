"""On the spot only a warning or a small fine (行政处罚法第五十一条)."""

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import Check, all_of, any_of, case, field, not_

from ..conditions import SUMMARY_PENALTY


def _cap(organisation: int, person: int) -> Check:
    return Check(
        all_of(
            field("penalty.kinds").holds_only("warning", "fine"),
            any_of(
                not_(field("penalty.kinds").holds("fine")),
                field("penalty.fine").le(person),
                all_of(case("party.kind").ne("natural_person"), field("penalty.fine").le(organisation)),
            ),
        )
    )


def _spot(
    fen: int | None,
    party: str = "natural_person",
    domain: str = "other",
    on: str = "2026-03-20",
) -> tuple[dict[str, object], ...]:
    return (filed(domain=domain, party=party), fined(on, fen, procedure="summary"))


RULE = Rule(
    id="APL-51-cap",
    subject=("decision_made",),
    when=SUMMARY_PENALTY,
    require=_cap(300_000, 20_000),
    overlays=(
        Overlay("PSL-119-cap", _cap(50_000, 50_000), domain="public_security"),
        Overlay("PSL12-100-cap", _cap(20_000, 20_000), domain="public_security"),
    ),
    gate=True,
    breach_zh="当场处罚超出限额",
    duty_zh="当场处罚限于警告，或者对公民二百元以下、对法人和其他组织三千元以下的罚款",
    remedy_zh="超过限额的，请改用普通程序。",
    examples=(
        Example("公民二百元", "met", _spot(20_000), "2026-04-01"),
        Example("公民二百元零一分", "breached", _spot(20_001), "2026-04-01"),
        Example("单位三千元", "met", _spot(300_000, "legal_person"), "2026-04-01"),
        Example("单位超过三千元", "breached", _spot(300_001, "legal_person"), "2026-04-01"),
        Example("警告", "met", _spot(None), "2026-04-01"),
        Example(
            "治安五百元",
            "met",
            _spot(50_000, domain="public_security"),
            "2026-04-01",
            overlay="PSL-119-cap",
        ),
        Example(
            "治安五百元零一分",
            "breached",
            _spot(50_001, domain="public_security"),
            "2026-04-01",
            overlay="PSL-119-cap",
        ),
        Example(
            "二〇二五年治安二百元零一分",
            "breached",
            (
                filed("2025-03-02", domain="public_security", party="natural_person"),
                fined("2025-03-20", 20_001, procedure="summary"),
            ),
            "2026-04-01",
            overlay="PSL12-100-cap",
        ),
        Example(
            "当事人类别没有填报，二百元以下",
            "met",
            (fined("2026-03-20", 20_000, procedure="summary", domain="other"),),
            "2026-04-01",
        ),
        Example(
            "当事人类别没有填报，二百元以上",
            "unknown",
            (fined("2026-03-20", 20_001, procedure="summary", domain="other"),),
            "2026-04-01",
        ),
        Example("普通程序", "not_applicable", (filed(), fined("2026-03-20")), "2026-04-01"),
        Example(
            "二〇二五年治安二百元",
            "met",
            (
                filed("2025-03-02", domain="public_security", party="natural_person"),
                fined("2025-03-20", 20_000, procedure="summary"),
            ),
            "2026-04-01",
            overlay="PSL12-100-cap",
        ),
    ),
)
