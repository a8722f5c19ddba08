"""What excludes and what extends a period, put into the pad."""

from __future__ import annotations

from . import opcodes as op
from .dates import FOREVER
from .jit import compiled
from .opcodes import DAY_SHIFT, NULL
from .pad import (
    INTERVALS,
    S_EXCLUDED,
    S_TAKEN,
)
from .records import (
    among,
    event_value,
    event_word,
    holds,
    next_after,
    order_range,
    stated,
)


@compiled
def exclude_between(p, m, s, subject, d, excluded):
    """Intervals from one activity to another; with approvers only those they approved. How many there are now.

    ``d`` describes: begun, ended, path of what both share in each (-1: nothing), path of the approver (-1: anybody),
    address and number of those who may, whether it is a suspension.
    """
    low, high = order_range(m, subject, p[d])
    count = 0
    for i in range(low, high):
        event = m[m[op.M_ORDER] + i]
        if p[d + 4] >= 0 and not among(p, p[d + 5], p[d + 6], event_value(p, m, event, p[d + 4])):
            continue
        if excluded >= INTERVALS:
            return -1, 0
        until = next_after(p, m, event, p[d + 1], p[d + 2], p[d + 3])
        s[S_EXCLUDED + 2 * excluded] = event_word(m, event, op.E_MOMENT) >> DAY_SHIFT
        s[S_EXCLUDED + 2 * excluded + 1] = until if until >= 0 else FOREVER
        excluded += 1
        count += p[d + 7]
    return excluded, count


@compiled
def exclude_hearing(p, m, s, subject, d, excluded):
    """From each request for a hearing to its end, or to a waiver of it. ``d``: request, end, waiver, path and code of what is waived."""
    low, high = order_range(m, subject, p[d])
    for i in range(low, high):
        event = m[m[op.M_ORDER] + i]
        until = next_after(p, m, event, p[d + 1], -1, -1)
        from_, to = order_range(m, subject, p[d + 2])
        for k in range(from_, to):
            waiver = m[m[op.M_ORDER] + k]
            waived = event_value(p, m, waiver, p[d + 3])
            if waiver > event and waived > NULL and holds(p, m, waived, p[d + 4], 1, op.HOLDS_ANY):
                day = event_word(m, waiver, op.E_MOMENT) >> DAY_SHIFT
                if until < 0 or day < until:
                    until = day
        if excluded >= INTERVALS:
            return -1
        s[S_EXCLUDED + 2 * excluded] = event_word(m, event, op.E_MOMENT) >> DAY_SHIFT
        s[S_EXCLUDED + 2 * excluded + 1] = until if until >= 0 else FOREVER
        excluded += 1
    return excluded


@compiled
def test_ended(p, m, test, ended, path, other):
    """The day a test ended, wherever in the matter that stands; far away when it did not."""
    wanted = stated(event_value(p, m, test, path))
    low, high = order_range(m, test, ended)
    until = FOREVER
    for i in range(low, high):
        event = m[m[op.M_ORDER] + i]
        if stated(event_value(p, m, event, other)) == wanted:
            until = min(until, event_word(m, event, op.E_MOMENT) >> DAY_SHIFT)
    return until


@compiled
def entitled(p, m, subject, grant, d, step):
    """1 if a grant may extend the period at this step, 0 if it is left out, -1 if it is about something else.

    ``d`` describes: activity, path and code of the clock (-1: any), path of the days, path of the approver, number of joins,
    number of steps; then the joins (path there, path here), then the steps (address and number of the entitled or -1, cap).
    """
    if p[d + 1] >= 0 and event_value(p, m, grant, p[d + 1]) != p[d + 2]:
        return -1
    joins = p[d + 5]
    for k in range(joins):
        there = stated(event_value(p, m, grant, p[d + 7 + 2 * k]))
        if there != stated(event_value(p, m, subject, p[d + 8 + 2 * k])):
            return -1
    if step >= p[d + 6] or event_value(p, m, grant, p[d + 3]) <= 0:
        return 0
    at = d + 7 + 2 * joins + 3 * step
    if p[at + 1] >= 0 and not among(p, p[at], p[at + 1], event_value(p, m, grant, p[d + 4])):
        return 0
    return 1


@compiled
def take_grant(p, m, s, grant, d, step, count):
    days, cap = event_value(p, m, grant, p[d + 3]), p[d + 7 + 2 * p[d + 5] + 3 * step + 2]
    s[S_TAKEN + 2 * count] = event_word(m, grant, op.E_MOMENT) >> DAY_SHIFT
    s[S_TAKEN + 2 * count + 1] = days if cap == NULL else min(days, cap)


@compiled
def granted(p, m, s, subject, d):
    """Extensions by those entitled, in order: how many, and whether some grant is left out."""
    low, high = order_range(m, subject, p[d])
    count, ignored = 0, False
    for i in range(low, high):
        grant = m[m[op.M_ORDER] + i]
        answer = entitled(p, m, subject, grant, d, count)
        if answer == 1:
            if count >= INTERVALS:
                return -1, False
            take_grant(p, m, s, grant, d, count, count)
            count += 1
        elif answer == 0:
            ignored = True
    return count, ignored
