"""Making a case of its own from a part of this one: another act, or another party (ADR 0014)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "case_split",
    "分案",
    "case_split",
    phase="investigation",
    basis="行政处罚案件分案办理（平台内部控制）",
    asks=(
        Ask("@title", "新案的案由", kind="text", required=True),
        Ask("@item", "新案的执法事项", kind="item", required=True, fill="item"),
        Ask(
            "@whose",
            "新案的当事人",
            kind="choice",
            required=True,
            choices=(("same", "与本案相同"), ("other", "另一当事人")),
        ),
        Ask(
            "@party_kind",
            "另一当事人的类别",
            kind="choice",
            when="@whose=other",
            choices=(
                ("natural_person", "自然人（含个体工商户）"),
                ("legal_person", "法人"),
                ("other_organization", "其他组织"),
            ),
        ),
        Ask("@party_name", "另一当事人的姓名或名称", kind="text", when="@whose=other"),
        Ask("@facts", "分出的违法事实", kind="long", required=True, fill="found_facts"),
        Ask(
            "@evidence",
            "新案引用的证据",
            kind="evidence",
            help="原件留在本案，新案按编号引用；新案另行立案，自己的期限自立案起算。",
        ),
        Ask("@reason", "分案的理由", kind="long", required=True),
    ),
    after=(("case_filed",),),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    order=86,
    until=("decision_made", "case_closed", "investigation_terminated", "case_transferred"),
    group="并案和分案",
    declared=True,
    states=("whose", "evidence"),
)
