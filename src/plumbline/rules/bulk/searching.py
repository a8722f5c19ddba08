"""Searches: a frame goes over the events of a matter, the rows of a register, the people of an event or a list."""

from __future__ import annotations

from . import opcodes as op
from .jit import compiled
from .opcodes import DAY_SHIFT, UNKNOWN
from .pad import (
    F_AT,
    F_COUNT,
    F_END,
    F_FIRST,
    F_JOINED,
    F_LAST,
    F_MORE,
    F_OVER,
    F_ROLE,
    F_SELECTION,
    F_UNKNOWN,
    F_VALUE,
)
from .records import event_value, event_word, in_force, named_before, order_range


@compiled
def suits(p, m, subject, found, selection):
    """Whether a candidate stands in the place wanted and is joined: 1, 0, or -1 where a joined field is not stated."""
    place = p[selection + 2]
    if place == op.AFTER:
        if found <= subject:
            return 0
    elif place == op.BEFORE:
        if found >= subject:
            return 0
    elif place == op.NOT_AFTER:
        if found >= subject and event_word(m, found, op.E_MOMENT) != event_word(m, subject, op.E_MOMENT):
            return 0
    elif place == op.SAME_DAY:
        if (event_word(m, found, op.E_MOMENT) >> DAY_SHIFT) != (
            event_word(m, subject, op.E_MOMENT) >> DAY_SHIFT
        ):
            return 0
    for i in range(p[selection + 3]):
        there = event_value(p, m, found, p[selection + 4 + 2 * i])
        here = event_value(p, m, subject, p[selection + 5 + 2 * i])
        if there == UNKNOWN or here == UNKNOWN:
            return -1
        if there != here:
            return 0
    return 1


@compiled
def advance(p, m, s, f, subject):
    """Put the frame on its next candidate; whether there is one."""
    over = s[f + F_OVER]
    at, end = s[f + F_AT] + 1, s[f + F_END]
    if over == op.OVER_EVENTS:
        selection = s[f + F_SELECTION]
        activity, mask = p[selection], p[selection + 1]
        while at < end:
            found = m[m[op.M_ORDER] + at] if activity >= 0 else at
            if activity >= 0 or p[mask + event_word(m, found, op.E_ACTIVITY)] == 1:
                fits = suits(p, m, subject, found, selection)
                if fits != 0:
                    s[f + F_AT], s[f + F_JOINED], s[f + F_VALUE] = at, fits, found
                    return True
            at += 1
        s[f + F_AT] = end
        return False
    if over == op.OVER_ROWS:
        index = s[f + F_SELECTION]
        day = (event_word(m, subject, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
        while at < end:
            row = p[p[index + 4] + at]
            if s[f + F_MORE] < 4 or in_force(p, index, row, day):
                s[f + F_AT], s[f + F_JOINED], s[f + F_VALUE] = at, 1, row
                return True
            at += 1
        return False
    if over == op.OVER_ACTORS:
        first, role = s[f + F_SELECTION], s[f + F_ROLE]
        while at < end:
            if m[first + 2 * at + 1] == role and not named_before(m, first, at, role):
                s[f + F_AT], s[f + F_JOINED], s[f + F_VALUE] = at, 1, first + 2 * at
                return True
            at += 1
        return False
    if at < end:
        s[f + F_AT] = at
        return True
    return False


@compiled
def open_events(p, m, s, f, subject, selection):
    """A frame before its first event."""
    s[f + F_OVER], s[f + F_SELECTION] = op.OVER_EVENTS, selection
    s[f + F_COUNT] = s[f + F_UNKNOWN] = 0
    s[f + F_FIRST] = s[f + F_LAST] = s[f + F_MORE] = -1
    s[f + F_ROLE] = 0
    if p[selection] >= 0:
        low, high = order_range(m, subject, p[selection])
    else:
        low, high = bounds(p, m, subject, p[selection + 2])
    s[f + F_AT], s[f + F_END] = low - 1, high


@compiled
def search(p, m, s, f, subject, selection):
    """A search without a condition, done at once."""
    open_events(p, m, s, f, subject, selection)
    while advance(p, m, s, f, subject):
        if s[f + F_JOINED] == -1:
            s[f + F_UNKNOWN] = 1
            continue
        if s[f + F_COUNT] == 0:
            s[f + F_FIRST] = s[f + F_VALUE]
        s[f + F_LAST] = s[f + F_VALUE]
        s[f + F_COUNT] += 1


@compiled
def bounds(p, m, subject, place):
    """The events of the subject's matter that can stand in a place: from, to."""
    matter = event_word(m, subject, op.E_MATTER)
    low, high = m[m[op.M_MATTER_START] + matter], m[m[op.M_MATTER_START] + matter + 1]
    if place == op.AFTER:
        low = subject + 1
    elif place == op.BEFORE:
        high = subject
    return low, high


@compiled
def first_match(p, m, subject, selection):
    """The first event of a selection without a condition, -1 for none, -2 when only a join leaves it open."""
    activity, mask, joins = p[selection], p[selection + 1], p[selection + 3]
    low, high = bounds(p, m, subject, p[selection + 2])
    open_join = False
    easy = joins == 0 and p[selection + 2] <= op.AFTER
    if activity >= 0 and high - low > 16:
        low, high = order_range(m, subject, activity)
        for i in range(low, high):
            found = m[m[op.M_ORDER] + i]
            fits = suits(p, m, subject, found, selection)
            if fits == 1:
                return found
            open_join |= fits == -1
        return -2 if open_join else -1
    at = m[op.M_EVENT] + low * op.EVENT_WORDS
    for found in range(low, high):
        here = m[at]
        at += op.EVENT_WORDS
        if here == activity if activity >= 0 else p[mask + here] == 1:
            if easy:
                return found
            fits = suits(p, m, subject, found, selection)
            if fits == 1:
                return found
            open_join |= fits == -1
    return -2 if open_join else -1
