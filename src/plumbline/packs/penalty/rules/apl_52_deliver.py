"""On the spot: show the certificate, use the numbered form, hand it over, report it (行政处罚法第五十二条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Decide, all_of, event, exists, field, not_

from ..conditions import SUMMARY_PENALTY

_DONE = {
    "id_shown": True,
    "numbered_form": True,
    "delivered_on_spot": True,
    "document_states": ["party", "remedies"],
}
_FILED_FOR_RECORD = exists(event("decision_filed_for_record", place="after"))


def _spot(**data: object) -> dict[str, object]:
    return fined("2026-03-20", 10_000, procedure="summary", **{**_DONE, **data})


RULE = Rule(
    id="APL-52-deliver",
    subject=("decision_made",),
    when=SUMMARY_PENALTY,
    require=Decide(
        (
            ("breached", field("id_shown").is_false()),
            ("breached", field("numbered_form").is_false()),
            ("breached", field("delivered_on_spot").is_false()),
            ("breached", not_(field("document_states").holds("remedies"))),
            (
                "breached",
                all_of(exists(event("case_closed", place="after")), not_(_FILED_FOR_RECORD)),
            ),
            ("met", _FILED_FOR_RECORD),
        ),
        "pending",
    ),
    breach_zh="当场处罚手续不全",
    duty_zh="当场处罚应出示证件，填写编有号码的决定书当场交付，载明救济途径，并报所属机关备案",
    remedy_zh="请补办备案；当场未交付的，依法送达。",
    examples=(
        Example(
            "已备案",
            "met",
            (filed(), _spot(), step("decision_filed_for_record", "2026-03-21")),
            "2026-04-01",
        ),
        Example("等待备案", "pending", (filed(), _spot()), "2026-03-20"),
        Example(
            "没有当场交付",
            "breached",
            (filed(), _spot(delivered_on_spot=False)),
            "2026-04-01",
        ),
        Example(
            "结案时仍未备案",
            "breached",
            (filed(), _spot(), step("case_closed", "2026-03-25")),
            "2026-04-01",
        ),
    ),
)
