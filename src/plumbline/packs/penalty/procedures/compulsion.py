"""Compulsion that no penalty case holds: a measure taken by itself, and the execution of a decision or order (行政强制法).

The steps are those of a penalty case, resting on what opened the matter instead of on filing and decision. A structure
is pulled down where the decision to do so was made and served (第四十四条), so execution here never names one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.procedures import Ask, Phase, Procedure, Step

from .steps import STEPS

MEASURE, EXECUTION = "compulsory_measure", "compulsory_execution"
BOTH = (MEASURE, EXECUTION)
IN_FORCE = date(2012, 1, 1)
OPENED = ("compulsion_opened",)
CLOSED = ("case_closed",)
_BY_KEY = {step.key: step for step in STEPS}
_NOT_A_STRUCTURE = Ask(
    "object",
    required=True,
    only=("money", "goods", "conduct"),
    help="拆除建筑物、构筑物、设施的，在作出拆除决定的案件中办理（行政强制法第四十四条）。",
)

GROUNDS = (
    ("clue", "线索、举报"),
    ("inspection", "行政检查"),
    ("correction", "责令改正或者责令履行的决定逾期未履行"),
    ("emergency", "紧急情况"),
    ("other", "其他"),
)
#: What a step asks in the opening form; it is taken there, so the page shows it as done.
OPENING = Step(
    "compulsion_opened",
    "登记行政强制事项",
    "compulsion_opened",
    phase="opening",
    basis="行政强制法第十六条、第三十四条",
    asks=(
        Ask("@ground", "来源", kind="choice", required=True, choices=GROUNDS),
        Ask("@facts", "事实", kind="long", required=True),
        Ask("@order", "据以执行的决定", kind="text"),
        Ask("@served_on", "决定送达日", kind="date"),
        Ask("@term_until", "履行期限", kind="date"),
    ),
    after=(),
    until=OPENED,
    declared=True,
    states=("ground", "served_on", "term_until"),
    procedures=BOTH,
)


def _here(
    key: str,
    phase: str,
    *,
    after: tuple[tuple[str, ...], ...] = (OPENED,),
    until: tuple[str, ...] = CLOSED,
    procedure: str = MEASURE,
    documents: tuple[str, ...] | None = None,
    asks: tuple[Ask, ...] = (),
    settles: tuple[str, ...] | None = None,
    order: int | None = None,
    optional: bool | None = None,
) -> Step:
    """A step of the penalty case in a matter of its own."""
    step = _BY_KEY[key]
    return replace(
        step,
        phase=phase,
        after=after,
        until=until,
        procedures=(procedure,),
        documents=step.documents if documents is None else documents,
        asks=asks or step.asks,
        settles=step.settles if settles is None else settles,
        order=step.order if order is None else order,
        optional=step.optional if optional is None else optional,
    )


def _with(asks: Iterable[Ask], changed: Ask) -> tuple[Ask, ...]:
    return tuple(changed if ask.path == changed.path else ask for ask in asks)


def _closing(
    procedure: str, after: tuple[str, ...], manners: tuple[tuple[str, str], ...]
) -> tuple[Step, ...]:
    closed = _BY_KEY["case_closed"]
    manner = replace(closed.asks[0], choices=manners)
    return (
        replace(
            closed,
            basis="行政强制法第二十八条、第三十七条",
            asks=(manner, *closed.asks[1:]),
            after=(after,),
            procedures=(procedure,),
            settles=(),
            documents=(),
            house=True,
        ),
        replace(
            _BY_KEY["file_archived"],
            procedures=(procedure,),
            settles=(),
            demands=(),
            basis="行政处罚法第四十七条",
        ),
    )


_ON_THE_SPOT = tuple(
    _here(key, phase, procedure=procedure, order=order, optional=True)
    for procedure, phase in ((MEASURE, "taking"), (EXECUTION, "carrying"))
    for key, order in (("certificate_shown", 80), ("onsite_made", 81), ("officer_assigned", 90))
)

_MEASURE_STEPS = (
    _here("seizure_approved", "approving"),
    _here("freeze_approved", "approving"),
    *(_here(key, "taking") for key in ("sealed", "seized", "other_measure_taken", "deposits_frozen")),
    _here("measure_ratified", "approving", after=(ANY_MEASURE,)),
    _here("freeze_decision_served", "taking", after=(("deposits_frozen",),)),
    _here("seizure_extended", "ending", after=(ANY_MEASURE,)),
    _here("extension_notice_served", "ending", after=(("seizure_extended",),)),
    _here("test_started", "ending", after=(ANY_MEASURE,), documents=()),
    _here("test_ended", "ending", after=(("test_started",),), documents=()),
    _here("seizure_lifted", "ending", after=(ANY_MEASURE,)),
    _here("measure_disposed", "ending", after=(ANY_MEASURE,)),
    _here("goods_returned", "ending", after=(("seizure_lifted",),)),
    *_closing(
        MEASURE,
        ("seizure_lifted", "measure_disposed"),
        (("lifted", "措施已经解除"), ("disposed", "财物已经依法处理"), ("case", "已立案处罚，随案处理")),
    ),
)

_EXECUTION_STEPS = (
    _here("demand_notice_served", "demand", procedure=EXECUTION, documents=(), optional=False),
    _here(
        "execution_statement_received", "demand", procedure=EXECUTION,
        after=(("demand_notice_served",),), documents=(),
    ),
    _here(
        "execution_statement_reviewed", "demand", procedure=EXECUTION,
        after=(("demand_notice_served",), ("statement_received",)), documents=(),
    ),
    _here(
        "execution_decision_made", "deciding", procedure=EXECUTION, after=(("demand_notice_served",),),
        asks=_with(_BY_KEY["execution_decision_made"].asks, _NOT_A_STRUCTURE),
    ),
    _here("substitute_decision_served", "deciding", procedure=EXECUTION, after=(("demand_notice_served",),)),
    _here(
        "court_application_filed", "deciding", procedure=EXECUTION, after=(("demand_notice_served",),),
        documents=(), settles=(),
    ),
    _here(
        "execution_done", "carrying", procedure=EXECUTION, after=(("execution_decision_made",),),
        asks=_with(_BY_KEY["execution_done"].asks, _NOT_A_STRUCTURE),
    ),
    _here("substitute_demanded", "carrying", procedure=EXECUTION, after=(("substitute_decision_served",),)),
    _here("substitute_performed", "carrying", procedure=EXECUTION),
    _here(
        "substitute_cost_fixed", "carrying", procedure=EXECUTION, after=(("substitute_performance_done",),)
    ),
    _here(
        "court_application_accepted", "carrying", procedure=EXECUTION, after=(("court_application_filed",),)
    ),
    _here("execution_agreed", "carrying", procedure=EXECUTION, after=(("demand_notice_served",),)),
    _here(
        "execution_halted", "carrying", procedure=EXECUTION,
        after=(("demand_notice_served", "execution_decision_made"),),
    ),
    _here("execution_resumed", "carrying", procedure=EXECUTION, after=(("execution_halted",),)),
    _here(
        "execution_ended", "carrying", procedure=EXECUTION, until=("case_closed", "execution_ended"),
    ),
    *_closing(
        EXECUTION,
        (
            "execution_done", "substitute_performance_done", "court_application_accepted", "execution_ended",
            "demand_notice_served",
        ),
        (
            ("executed", "已经强制执行"), ("substituted", "已经代履行"), ("performed", "当事人自行履行"),
            ("court", "法院受理强制执行申请"), ("ended", "终结执行"),
        ),
    ),
)  # fmt: skip

_CLOSING_PHASE = Phase(
    "closing",
    "结案归档",
    "行政处罚法第四十七条",
    done_by=("file_archived",),
    responsible="cases.handle",
    main=("case_closed", "file_archived"),
)
_OPENING_PHASE = Phase(
    "opening", "登记", "行政强制法第十六条、第三十四条", done_by=OPENED, responsible="cases.handle"
)

MEASURE_2012 = Procedure.declare(
    MEASURE,
    label="行政强制措施",
    version="2012-01-01",
    in_force_from=IN_FORCE,
    basis="行政强制法第三章",
    kind="compulsion",
    steps=(OPENING, *_ON_THE_SPOT, *_MEASURE_STEPS),
    phases=(
        _OPENING_PHASE,
        Phase(
            "approving",
            "报批",
            "行政强制法第十八条、第十九条",
            done_by=("measure_approved",),
            responsible="cases.approve",
            main=("measure_ratified", "seizure_approved", "freeze_approved"),
            clocks=("ACL-19-urgent-24h",),
        ),
        Phase(
            "taking",
            "实施",
            "行政强制法第十八条至第二十四条",
            done_by=ANY_MEASURE,
            responsible="cases.handle",
            main=("sealed", "seized", "other_measure_taken", "deposits_frozen"),
            clocks=("ACL-31-freeze-3wd",),
        ),
        Phase(
            "ending",
            "期限、解除和处理",
            "行政强制法第二十五条至第二十八条、第三十二条、第三十三条",
            done_by=("seizure_lifted", "measure_disposed"),
            responsible="cases.handle",
            main=("seizure_lifted", "measure_disposed"),
            clocks=("ACL-25-30d", "ACL-32-freeze-30d", "ACL-28-lift"),
        ),
        _CLOSING_PHASE,
    ),
)

EXECUTION_2012 = Procedure.declare(
    EXECUTION,
    label="行政强制执行",
    version="2012-01-01",
    in_force_from=IN_FORCE,
    basis="行政强制法第四章、第五章",
    kind="compulsion",
    steps=(OPENING, *_ON_THE_SPOT, *_EXECUTION_STEPS),
    phases=(
        _OPENING_PHASE,
        Phase(
            "demand",
            "催告和申辩",
            "行政强制法第三十五条、第三十六条",
            done_by=("demand_notice_served",),
            responsible="cases.handle",
            main=("demand_notice_served",),
        ),
        Phase(
            "deciding",
            "决定",
            "行政强制法第三十七条、第五十条、第五十三条",
            done_by=("execution_decision_made", "substitute_decision_served", "court_application_filed"),
            responsible="cases.approve",
            main=("execution_decision_made", "substitute_decision_served", "court_application_filed"),
        ),
        Phase(
            "carrying",
            "实施",
            "行政强制法第四十三条、第五十一条、第五十二条",
            done_by=(
                "execution_done",
                "substitute_performance_done",
                "court_application_accepted",
            ),
            responsible="cases.handle",
            main=("execution_done", "substitute_performed", "court_application_accepted"),
        ),
        _CLOSING_PHASE,
    ),
)
