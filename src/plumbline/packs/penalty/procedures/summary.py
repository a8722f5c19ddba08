"""Summary procedure (简易程序，当场处罚): 行政处罚法 (2021) articles 51 to 53. One form on the spot, then the remainder."""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Phase, Procedure

from .steps import STEPS

SUMMARY_2021 = Procedure.declare(
    "summary",
    label="简易程序",
    version="2021-07-15",
    in_force_from=date(2021, 7, 15),
    basis="行政处罚法第五十一条至第五十三条",
    steps=STEPS,
    phases=(
        Phase(
            "decision",
            "当场处罚",
            "行政处罚法第五十一条、第五十二条",
            done_by=("decision_made",),
            responsible="cases.handle",
        ),
        Phase(
            "record",
            "报所属机关备案",
            "行政处罚法第五十二条",
            done_by=("decision_filed_for_record",),
            responsible="cases.handle",
            main=("decision_filed_for_record",),
            clock="APL-52-deliver",
        ),
        Phase(
            "execution",
            "执行",
            "行政处罚法第六十七条至第七十一条",
            done_by=(),
            responsible="cases.handle",
            main=("fine_paid", "fine_handed_in", "fine_banked"),
            clock="APL-67-pay-15d",
        ),
        Phase(
            "challenge",
            "复议、诉讼和撤销",
            "行政处罚法第七十三条、第七十五条",
            done_by=(),
            responsible="cases.handle",
            clocks=("NDRC-19-report-change",),
            side=True,
        ),
        Phase(
            "closing",
            "结案归档",
            "行政处罚法第四十七条",
            done_by=("file_archived",),
            responsible="cases.handle",
            main=("case_closed", "file_archived"),
        ),
    ),
)
