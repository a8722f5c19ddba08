"""The life of a normative document in the steps of 地方组织法第七十五条, with the eight links of the district's handbook."""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Phase, Procedure

from ..words import DRAFT, PUBLISH, REVIEW
from . import steps_after, steps_before

LOCAL = "地方组织法第七十五条"

PHASES = (
    Phase("drafting", "起草", LOCAL, done_by=("document_drafted",), responsible=DRAFT, main=("drafted",)),
    Phase(
        "assessing", "评估论证", LOCAL, done_by=("assessment_done",), responsible=DRAFT, main=("assessed",)
    ),
    Phase(
        "opening",
        "公开征求意见",
        f"{LOCAL}、优化营商环境条例第六十二条",
        done_by=("comment_closed",),
        responsible=DRAFT,
        main=("opened", "closed", "adoption"),
    ),
    Phase(
        "competition",
        "公平竞争审查",
        "优化营商环境条例第六十三条",
        done_by=("fair_competition_review_given",),
        responsible=DRAFT,
        main=("fair_reviewed",),
        optional=True,
    ),
    Phase(
        "reviewing",
        "合法性审查",
        LOCAL,
        done_by=("legality_review_given",),
        responsible=REVIEW,
        main=("review_requested", "review_given"),
    ),
    Phase(
        "deliberating",
        "集体讨论决定",
        LOCAL,
        done_by=("collective_decision_made",),
        responsible=DRAFT,
        main=("decided",),
    ),
    Phase(
        "publishing",
        "统一登记、编号、公布",
        f"{LOCAL}、优化营商环境条例第六十四条",
        done_by=("document_published",),
        responsible=PUBLISH,
        main=("published",),
    ),
    Phase(
        "interpreting",
        "解读",
        "新政办[2022]14号 二(二)5",
        done_by=("interpretation_published",),
        responsible=DRAFT,
        main=("interpreted",),
        optional=True,
    ),
    Phase(
        "filing",
        "备案",
        LOCAL,
        done_by=("document_filed",),
        responsible=DRAFT,
        main=("filing_sent", "filed"),
    ),
    Phase(
        "evaluating",
        "实施和评估",
        "新政办[2022]14号 二(二)5",
        done_by=("document_evaluated",),
        responsible=DRAFT,
        main=("evaluated",),
        optional=True,
    ),
    Phase(
        "ending",
        "废止和失效",
        "新政办[2022]14号 二(二)5",
        done_by=("document_expired", "making_stopped"),
        responsible=PUBLISH,
        main=("ended",),
        optional=True,
        side=True,
    ),
)

MAKING_2022 = Procedure.declare(
    "normative_document",
    label="行政规范性文件制定",
    version="2022-03-12",
    in_force_from=date(2022, 3, 12),
    basis=LOCAL,
    phases=PHASES,
    steps=(*steps_before.STEPS, *steps_after.STEPS),
    kind="normative_document",
)
