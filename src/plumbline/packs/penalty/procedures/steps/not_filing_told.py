"""Telling whoever reported the matter, and the party where it was questioned, that no case is filed."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "not_filing_told",
    "告知不予立案",
    "not_filing_told",
    phase="clue",
    basis="行政处罚法第五十四条及本领域处罚程序规定",
    asks=(
        Ask(
            "@whom",
            "告知对象",
            kind="choice",
            required=True,
            choices=(
                ("reporter", "投诉人、举报人"),
                ("transferring", "移送机关"),
                ("party", "当事人"),
                ("nobody", "没有需要告知的人"),
            ),
            help="实名投诉举报、移送的线索，应当把不予立案的结果和理由告知提出的人。",
        ),
        Ask("@how", "告知方式", kind="text", required=True, help="例如：电话录音、书面送达、平台回复。"),
        Ask("@content", "告知的内容和理由", kind="long", required=True),
    ),
    after=(("case_not_filed",),),
    until=(),
    repeat=True,
    optional=True,
    order=40,
    declared=True,
    states=("whom",),
    action="登记告知不予立案",
)
