"""What the rules on compulsory measures share: who may approve, what ends a measure, what a test takes off its period."""

from plumbline.rules.expression import Expression
from plumbline.rules.forms.clock import Exclusion
from plumbline.rules.language import (
    Clock,
    ExtensionStep,
    Stop,
    Within,
    all_of,
    event,
    field,
    it,
)
from plumbline.rules.nodes.selection import Place, Selection

ANY_MEASURE = ("sealed", "seized", "compulsory_measure_taken", "deposits_frozen")
SEIZING = ("sealed", "seized")

#: 行政机关负责人 (the contract's group ``head``).
HEAD = ("agency_head", "principal_head", "collective")
BY_HEAD = it("approved_by").one_of(*HEAD)
APPROVED_BY_HEAD = all_of(it("result").eq("approved"), BY_HEAD)


def of_the_measure(*activities: str, place: Place = "after", where: Expression | None = None) -> Selection:
    """Events of the same measure as the subject; two measures of a case stay two."""
    return event(*activities, place=place, same=("measure",), where=where)


#: Approval by the head before the act (行政强制法第十八条第一项).
PRIOR_APPROVAL = of_the_measure("measure_approved", place="before", where=APPROVED_BY_HEAD)
LIFTED = of_the_measure("seizure_lifted")
ENDED = of_the_measure("seizure_lifted", "measure_disposed")

#: A fixed test period, told in writing, of the things held (行政强制法第二十五条第三款).
_TEST = Exclusion(
    "test",
    ("test", "inspection", "quarantine", "appraisal"),
    all_of(
        it("measures").holds(field("measure")),
        it("planned_until").ne(None),
        it("told_in_writing").is_true(),
    ),
)


def thirty_days(*, excludes: tuple[Exclusion, ...] = ()) -> Within:
    """Thirty days and, once, up to thirty more with the head's approval (行政强制法第二十五条、第三十二条)."""
    return Within(
        Clock(30, "cd"),
        (Stop(ENDED),),
        excludes=excludes,
        extensions=(ExtensionStep("head", 30),),
        extended_by="seizure_extended",
        extension_same=("measure",),
    )


#: How long property may be sealed or seized (行政强制法第二十五条).
SEIZURE_PERIOD = thirty_days(excludes=(_TEST,))
