"""Filing (立案, art. 54). Approved by the head's post; the case number is given in the same transaction."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "case_filed",
    "立案",
    "case_filed",
    phase="filing",
    basis="行政处罚法第五十四条",
    asks=(
        Ask("item", required=True, kind="item", fill="item"),
        Ask("domain", kind="domain", fill="domain"),
        Ask(
            "violation.ended_on",
            "违法行为终了日",
            kind="ended_on",
            fill="violation.ended_on",
            help="一次行为填发生日；仍在继续的留空。二年内未被发现的，不再给予处罚（行政处罚法第三十六条）。",
        ),
        Ask("violation.discovered_on", fill="violation.discovered_on", required=True),
        Ask("violation.harm", fill="violation.harm"),
        Ask("violation.life_health_or_finance", fill="violation.life_health_or_finance"),
        Ask("handled_by", "受委托组织编码", help="委托执法时填写。"),
        Ask(
            "@officers",
            "承办人员",
            kind="officers",
            required=True,
            help="不少于两人，证件在立案之日有效。",
        ),
        Ask("@opinion", "承办意见", kind="long", required=True),
    ),
    after=(("clue_verified",),),
    until=("case_filed", "case_not_filed"),
    order=10,
    approval="cases.approve",
    actors="approver",
    fixed={"party": "=party", "violation.act": "=violation.act"},
    settles=(
        "SAMR-18-filing-15wd",
        "MOHURD-15-check-15wd",
        "MEE-18-filing-15d",
        "MEM-34-filing-5wd",
        "MARA-29-filing-7wd",
    ),
    documents=("D02",),
    demands=("APL-20-delegation",),
)
