"""What the rules on the surcharge for late payment share (行政处罚法第七十二条、第七十三条)."""

from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    all_of,
    choose,
    date_after,
    event,
    exists,
    field,
    it,
    it_on,
    last,
)

#: Three per cent of the fine a day (行政处罚法第七十二条第一款第一项); amounts are compared a hundredfold, in whole fen.
PER_CENT_A_DAY = 3

_DECISION = event("decision_made", place="before")
FINE = last(
    _DECISION,
    choose(
        all_of(it("outcome").eq("penalty"), it("penalty.kinds").holds("fine")),
        it("penalty.fine"),
        0,
    ),
    0,
)


def _deferred_by(due: Expression) -> Expression:
    """The last day under a deferral granted on or before ``due``; ``due`` itself without one."""
    granted = event("deferral_granted", place="before", where=it_on().le(due))
    return choose(exists(granted), last(granted, it("until")), due)


#: The last day for paying (行政处罚法第六十七条), with up to two deferrals one after the other; null when never served.
PAYMENT_DUE = _deferred_by(
    _deferred_by(date_after(last(event("decision_served", place="before"), it_on()), 15, "cd", roll=True))
)
THROUGH = field("through")
AMOUNT = field("amount")


def within(days: Expression) -> Expression:
    """The amount claimed is no more than ``days`` days of surcharge."""
    return AMOUNT.times(100).le(FINE.times(PER_CENT_A_DAY).times(days))
