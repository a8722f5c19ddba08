"""The time in which a party may challenge an act (行政复议法第二十条、行政诉讼法第四十五条至第四十七条).

It runs from one day (the act or the decision became known). Whoever was not told of it has it from the day of learning of it,
but no longer than a year from the former day.
"""

from plumbline.rules.expression import Expression
from plumbline.rules.forms.outcome import Form
from plumbline.rules.language import (
    ByCase,
    Clock,
    Right,
    Stop,
    Within,
    any_of,
    date_after,
    event,
    field,
    it,
    it_id,
    subject_id,
)


def period(
    activity: str, clock: Clock, *, since: str, not_told: Expression, learned_on: str, posted_on: str = ""
) -> Form:
    """``activity`` is the challenge itself, ``since`` and ``learned_on`` fields of it.

    ``posted_on`` names the day of posting: what was posted in time is in time whenever it arrives (民事诉讼法第八十五条).
    """
    itself = event(activity, where=it_id().eq(subject_id()))
    stops = (Stop(itself), *((Stop(itself, it(posted_on), "in_transit_excluded"),) if posted_on else ()))

    def right(length: Clock, start: str) -> Right:
        return Right(Within(length, stops, start=field(start)))

    learned = field(learned_on)
    a_year = Clock(1, "y")
    year_ends_first = any_of(
        learned.eq(None),  # it has never been learned of
        date_after(learned, clock.n, clock.unit, roll=True).gt(
            date_after(field(since), a_year.n, a_year.unit, roll=True)
        ),
    )
    # Where the day of learning is not stated the two ends of what is possible are asked: the day of the act, and a year.
    return ByCase(
        not_told,
        ByCase(
            year_ends_first,
            right(a_year, since),
            ByCase(learned.is_stated(), right(clock, learned_on), right(clock, since)),
        ),
        right(clock, since),
    )
