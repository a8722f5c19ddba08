"""What the rules on compulsory execution share: the fine that is owed, and when reconsideration and lawsuit are barred."""

from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    all_of,
    choose,
    date_after,
    event,
    it,
    last,
)

#: 行政诉讼法第四十六条: six months; the sixty days of 行政复议法第二十条 end earlier.
MONTHS_TO_SUE = 6

_DECISION = event("decision_made", place="before")
_FINED = all_of(it("outcome").eq("penalty"), it("penalty.kinds").holds("fine"))
IS_FINED = last(_DECISION, _FINED, False)
FINE = last(_DECISION, choose(_FINED, it("penalty.fine"), 0), 0)


def remedies_barred(served: Expression) -> Expression:
    """The last day for a lawsuit after service, moved on where it is a day of rest; null when never served."""
    return date_after(served, MONTHS_TO_SUE, "m", roll=True)


def remedies_barred_at_the_earliest(served: Expression) -> Expression:
    """The same day before it is moved on: known even where no calendar is stated."""
    return date_after(served, MONTHS_TO_SUE, "m")
