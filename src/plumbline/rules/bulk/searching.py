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
    place = p[selection + op.L_PLACE]
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
    for i in range(p[selection + op.L_JOINS]):
        pair = selection + op.SELECTION_WORDS + 2 * i
        there = event_value(p, m, found, p[pair])
        here = event_value(p, m, subject, p[pair + 1])
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
        activity, mask = p[selection], p[selection + op.L_FLAGS]
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
    if surely_none(p, m, subject, selection):
        low = high = 0
    elif p[selection] >= 0:
        low, high = order_range(m, subject, p[selection])
    else:
        low, high = bounds(p, m, subject, p[selection + op.L_PLACE])
    s[f + F_AT], s[f + F_END] = low - 1, high


@compiled
def search(p, m, s, f, subject, selection):
    """A search without a condition, done at once."""
    if p[selection + op.L_JOINS] == 0 and p[selection + op.L_PLACE] <= op.AFTER:
        find_plain(p, m, s, f, subject, selection)
        return
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
def pick_plain(p, m, subject, selection, last):
    """The first or last event of a selection without joined fields, on one side of the subject or anywhere; -1 for none."""
    if surely_none(p, m, subject, selection):
        return -1
    activity, flags = p[selection], p[selection + op.L_FLAGS]
    low, high = bounds(p, m, subject, p[selection + op.L_PLACE])
    if last == 1:
        at = m[op.M_EVENT] + (high - 1) * op.EVENT_WORDS + op.E_ACTIVITY
        for found in range(high - 1, low - 1, -1):
            here = m[at]
            at -= op.EVENT_WORDS
            if here == activity if activity >= 0 else p[flags + here] == 1:
                return found
        return -1
    at = m[op.M_EVENT] + low * op.EVENT_WORDS + op.E_ACTIVITY
    for found in range(low, high):
        here = m[at]
        at += op.EVENT_WORDS
        if here == activity if activity >= 0 else p[flags + here] == 1:
            return found
    return -1


@compiled
def find_plain(p, m, s, f, subject, selection):
    """As ``search``, where every event of the activities in the place is wanted."""
    count, first, last = 0, -1, -1
    if not surely_none(p, m, subject, selection):
        activity, flags = p[selection], p[selection + op.L_FLAGS]
        low, high = bounds(p, m, subject, p[selection + op.L_PLACE])
        at = m[op.M_EVENT] + low * op.EVENT_WORDS + op.E_ACTIVITY
        for found in range(low, high):
            here = m[at]
            at += op.EVENT_WORDS
            if here == activity if activity >= 0 else p[flags + here] == 1:
                if count == 0:
                    first = found
                last = found
                count += 1
    s[f + F_COUNT], s[f + F_FIRST], s[f + F_LAST], s[f + F_UNKNOWN] = count, first, last, 0


@compiled
def prepare(p, m):
    """Write down for each event which activities lie before and after it in its matter, and the kind all matters share, if any."""
    bits = p[op.P_BIT]
    kind = m[m[op.M_MATTER_KIND]]
    for matter in range(m[op.M_MATTERS]):
        low, high = m[m[op.M_MATTER_START] + matter], m[m[op.M_MATTER_START] + matter + 1]
        seen = 0
        for event in range(low, high):
            m[m[op.M_BEFORE] + event] = seen
            seen |= p[bits + event_word(m, event, op.E_ACTIVITY)]
        seen = 0
        for event in range(high - 1, low - 1, -1):
            m[m[op.M_AFTER] + event] = seen
            seen |= p[bits + event_word(m, event, op.E_ACTIVITY)]
        if m[m[op.M_MATTER_KIND] + matter] != kind:
            kind = -1
    m[op.M_ONE_KIND] = kind
    m[op.M_PREPARED] = 1


@compiled
def around(p, m, subject, place):
    """The bits of the activities that lie in a place, or nearer than it can be told."""
    if place == op.AFTER:
        return m[m[op.M_AFTER] + subject]
    if place == op.BEFORE:
        return m[m[op.M_BEFORE] + subject]
    own = p[p[op.P_BIT] + event_word(m, subject, op.E_ACTIVITY)]
    return m[m[op.M_BEFORE] + subject] | m[m[op.M_AFTER] + subject] | own


@compiled
def surely_none(p, m, subject, selection):
    """Whether no event of the matter can be one of those wanted, told by the bits alone."""
    bits = p[selection + op.L_BITS]
    return bits != 0 and (bits & around(p, m, subject, p[selection + op.L_PLACE])) == 0


@compiled
def exists(p, m, subject, selection):
    """Whether there is an event of a selection without a condition: 1, 0 or unknown."""
    bits = p[selection + op.L_BITS]
    if bits != 0:
        present = bits & around(p, m, subject, p[selection + op.L_PLACE])
        if present == 0:
            return 0
        if p[selection + op.L_JOINS] == 0 and p[selection + op.L_PLACE] <= op.AFTER:
            return 1
    found = first_match(p, m, subject, selection)
    return 1 if found >= 0 else UNKNOWN if found == -2 else 0


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
    if surely_none(p, m, subject, selection):
        return -1
    activity, mask, place = p[selection], p[selection + op.L_FLAGS], p[selection + op.L_PLACE]
    low, high = bounds(p, m, subject, place)
    open_join = False
    easy = p[selection + op.L_JOINS] == 0 and place <= op.AFTER
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
