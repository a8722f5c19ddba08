"""治安管理处罚法第一百三十六条: what is on record of a public-security violation is sealed and never published."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, event, exists, it_id, not_, subject_id

from ..families import in_domain, other_domain

#: Whatever is published of such a case is the record that is sealed: no fact makes it right.
_SEALED = exists(event("decision_published", where=it_id().eq(subject_id())))


def _published(on_day: str) -> dict[str, object]:
    return step("decision_published", on_day, of="e2", channel="government_site")


RULE = Rule(
    id="PSL-136-sealed",
    subject=("decision_published",),
    kinds=("penalty",),
    when=in_domain("public_security"),
    require=Check(not_(_SEALED)),
    gate=True,
    breach_zh="公开了治安违法记录",
    duty_zh="治安违法记录一律封存，不公开，也不提供给他人",
    remedy_zh="请立即撤下公开的信息，并停止向其他平台推送。",
    examples=(
        Example(
            "公开治安处罚决定",
            "breached",
            (filed(domain="public_security"), fined("2026-06-01"), _published("2026-06-05")),
            "2026-07-01",
        ),
        Example(
            "其他领域",
            "not_applicable",
            (filed(domain=other_domain("public_security")), fined("2026-06-01"), _published("2026-06-05")),
            "2026-07-01",
        ),
        Example(
            "施行之前公开",
            "not_applicable",
            (
                filed("2025-11-03", domain="public_security"),
                fined("2025-11-20"),
                _published("2025-12-31"),
            ),
            "2026-07-01",
        ),
        Example(
            "施行之日公开",
            "breached",
            (
                filed("2025-11-03", domain="public_security"),
                fined("2025-11-20"),
                _published("2026-01-01"),
            ),
            "2026-07-01",
        ),
        Example(
            "没有填报领域",
            "unknown",
            (
                fined("2026-06-01"),
                step("decision_published", "2026-06-05", of="e1", channel="government_site"),
            ),
            "2026-07-01",
        ),
    ),
)
