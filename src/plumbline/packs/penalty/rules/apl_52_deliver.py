"""On the spot: show the certificate, use the numbered form, hand it over, report it (行政处罚法第五十二条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Decide, all_of, comes_before, event, exists, field, not_

from ..conditions import SUMMARY_PENALTY

_DONE = {
    "id_shown": True,
    "numbered_form": True,
    "delivered_on_spot": True,
    "document_states": ["party", "remedies"],
}
_RECORD = event("decision_filed_for_record", place="after")
_CLOSED = event("case_closed", place="after")


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
                all_of(exists(_CLOSED), not_(comes_before(_RECORD, _CLOSED))),
            ),
            ("met", exists(_RECORD)),
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
        Example(
            "结案之后才备案",
            "breached",
            (
                filed(),
                _spot(),
                step("case_closed", "2026-03-25"),
                step("decision_filed_for_record", "2026-03-26"),
            ),
            "2026-04-01",
        ),
        Example(
            "没有填报是否出示证件",
            "unknown",
            (
                filed(),
                fined("2026-03-20", 10_000, procedure="summary"),
                step("decision_filed_for_record", "2026-03-21"),
            ),
            "2026-04-01",
        ),
        Example(
            "处罚法修订施行前一日当场处罚",
            "not_applicable",
            (filed("2021-07-14"), fined("2021-07-14", 10_000, procedure="summary")),
            "2021-09-01",
        ),
    ),
)
