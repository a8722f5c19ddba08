"""Administrative reconsideration as its law stands since 1 January 2024: heard elsewhere, or by the district's office."""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Phase, Procedure

from . import answering, any_route, applying, deciding

_STEPS = (*applying.STEPS, *answering.STEPS, *deciding.STEPS, *any_route.STEPS)
_FROM = date(2024, 1, 1)

_BEFORE = (
    Phase(
        "applying",
        "递交与转送",
        "行政复议法第三十二条",
        done_by=("application_forwarded", "self_corrected"),
        responsible="cases.handle",
        main=("application_forwarded",),
        optional=True,
    ),
    Phase(
        "accepting",
        "受理",
        "行政复议法第三十条",
        done_by=("reconsideration_accepted", "reconsideration_refused", "self_corrected"),
        responsible="challenges.reconsider",
        main=("application_received", "accepted"),
    ),
)


def _deciding(*main: str) -> Phase:
    return Phase(
        "deciding",
        "复议决定",
        "行政复议法第六十二条",
        done_by=("reconsideration_decision_received", "challenge_terminated"),
        responsible="cases.handle",
        main=main,
    )


_ANSWER = (
    Phase(
        "answering",
        "答复举证",
        "行政复议法第四十八条",
        done_by=("reconsideration_answer_filed",),
        responsible="cases.handle",
        main=("copy_received", "answer_approved", "answer_filed"),
    ),
    Phase(
        "hearing",
        "听证与负责人参加",
        "行政复议法第五十一条",
        done_by=("reconsideration_hearing_held",),
        responsible="cases.handle",
        main=("hearing_held",),
        optional=True,
    ),
)
_AFTER = (
    Phase(
        "performing",
        "履行与纠正",
        "行政复议法第七十七条",
        done_by=("new_act_made",),
        responsible="cases.handle",
        main=("new_act_made",),
        optional=True,
    ),
    Phase(
        "closing",
        "办结",
        "行政处罚法第四十七条",
        done_by=("matter_closed",),
        responsible="cases.handle",
        main=("closed",),
    ),
)

RECONSIDERATION_2024 = Procedure.declare(
    "reconsideration",
    label="行政复议",
    version="2024-01-01",
    in_force_from=_FROM,
    basis="行政复议法",
    steps=_STEPS,
    phases=(*_ANSWER, _deciding("decision_received"), *_AFTER),
)
RECONSIDERATION_HERE_2024 = Procedure.declare(
    "reconsideration_here",
    label="行政复议（区复议机构审理）",
    version="2024-01-01",
    in_force_from=_FROM,
    basis="行政复议法",
    steps=_STEPS,
    phases=(*_BEFORE, *_ANSWER, _deciding("decision_made", "decision_received"), *_AFTER),
)
