"""Counting in arrays, line by line as ``law.periods`` and ``law.calendar`` count; the tests compare the two.

Days are ordinals, moments as in ``opcodes``. Results of a count stand in the scratch pad.
"""

from __future__ import annotations

from . import opcodes as op
from .dates import (
    FOREVER,
    LAST_DAY,
    MICROSECONDS_A_DAY,
    add_months,
    covers,
    instant_at,
    is_instant,
    later_than,
    micro_of,
    month_of,
    next_working,
    nth_working_after,
    working_through,
)
from .jit import compiled
from .opcodes import DAY_SHIFT, NULL
from .pad import (
    N_DUE,
    N_EARLIEST,
    N_FLAGS,
    N_LATEST,
    N_LIMIT,
    N_START,
    N_STILL,
    N_UNIT,
    N_UNITED,
    S_EXCLUDED,
    S_FOUND,
    S_STEPS,
    S_TAKEN,
    S_UNITED,
)


@compiled
def united(s, source, target, upto):
    """The union of the first ``upto`` intervals at ``source``, in order, at ``target``; how many there are."""
    for i in range(2 * upto):
        s[target + i] = s[source + i]
    for i in range(1, upto):  # insertion sort: it keeps the order of equals
        start, end, j = s[target + 2 * i], s[target + 2 * i + 1], i - 1
        while j >= 0 and s[target + 2 * j] > start:
            s[target + 2 * j + 2] = s[target + 2 * j]
            s[target + 2 * j + 3] = s[target + 2 * j + 1]
            j -= 1
        s[target + 2 * j + 2], s[target + 2 * j + 3] = start, end
    kept = 0
    for i in range(upto):
        start, end = s[target + 2 * i], s[target + 2 * i + 1]
        if end <= start:
            continue
        if kept == 0 or s[target + 2 * kept - 1] < start:
            s[target + 2 * kept], s[target + 2 * kept + 1] = start, end
            kept += 1
        elif end > s[target + 2 * kept - 1]:
            s[target + 2 * kept - 1] = end
    return kept


@compiled
def every_day(s, start, last, kept):
    """``last`` moved on by the days taken off; -1 when the clock stands still."""
    for i in range(kept):
        begin, end = s[S_UNITED + 2 * i], s[S_UNITED + 2 * i + 1]
        if begin > last:
            break
        if end >= FOREVER:
            return -1
        last = min(LAST_DAY, last + max(0, end - max(begin, start + 1)))
    return last


@compiled
def working_due(p, s, start, n, kept):
    """The last working day; -1 outside the calendar, -2 when the clock stands still."""
    last = nth_working_after(p, start, n)
    if last < 0:
        return -1
    off = 0
    for i in range(kept):
        begin, end = s[S_UNITED + 2 * i], s[S_UNITED + 2 * i + 1]
        if begin > last:
            break
        if end >= FOREVER:
            return -2
        first = max(begin - 1, start)
        if not covers(p, first) or not covers(p, end - 1):
            return -1
        off += max(0, working_through(p, end - 1) - working_through(p, first))
        last = nth_working_after(p, start, n + off)
        if last < 0:
            return -1
    return last


@compiled
def due_of(p, s, start, n, unit, roll, kept):
    """Due day (or -1), earliest due day, whether it rolled, whether the clock stands still."""
    if unit == op.WD:
        last = working_due(p, s, start, n, kept)
        if last == -2:
            return -1, -1, False, True
        if last == -1:
            last = every_day(s, start, min(LAST_DAY, start + n), kept)
            if last < 0:
                return -1, -1, False, True
            return -1, last, False, False
        return last, last, False, False
    if unit == op.CD:
        end = min(LAST_DAY, start + n)
    else:
        end = add_months(start, n if unit == op.MONTH else 12 * n)
    last = every_day(s, start, end, kept)
    if last < 0:
        return -1, -1, False, True
    if roll == 0:
        return last, last, False, False
    rolled = next_working(p, last)
    if rolled < 0:
        return -1, last, False, False
    return rolled, rolled, rolled != last, False


@compiled
def reckon(p, s, begin, n, unit, roll, excluded, extensions):
    """The last moment of a period, as ``law.periods.reckon``; the answer stands in the pad. The flags are returned.

    The intervals stand in ``S_EXCLUDED``, the extensions (day, days) behind them in ``S_STEPS`` until they are merged here.
    """
    f = S_FOUND
    s[f + N_START], s[f + N_UNIT], s[f + N_LIMIT] = begin, unit, n
    s[f + N_LATEST], s[f + N_STILL], s[f + N_UNITED] = NULL, 0, 0
    if unit == op.H:
        span = n * 3_600_000_000
        if is_instant(begin):
            due = instant_at(micro_of(begin) + span)
            s[f + N_DUE] = s[f + N_EARLIEST] = due
        else:
            earliest = (begin >> DAY_SHIFT) * MICROSECONDS_A_DAY + span
            s[f + N_DUE] = NULL
            s[f + N_EARLIEST] = instant_at(earliest)
            s[f + N_LATEST] = instant_at(earliest + MICROSECONDS_A_DAY - 1)
        s[f + N_FLAGS] = 0
        return 0
    first = begin >> DAY_SHIFT
    flags = 0
    total = n
    kept = 0
    if excluded > 0 or extensions > 0:
        steps = 0
        for i in range(excluded):
            if s[S_EXCLUDED + 2 * i + 1] > first + 1:
                s[S_STEPS + 4 * steps] = s[S_EXCLUDED + 2 * i]
                s[S_STEPS + 4 * steps + 1] = 0
                s[S_STEPS + 4 * steps + 2] = s[S_EXCLUDED + 2 * i + 1]
                steps += 1
        for i in range(extensions):
            s[S_STEPS + 4 * steps] = s[S_TAKEN + 2 * i]
            s[S_STEPS + 4 * steps + 1] = 1
            s[S_STEPS + 4 * steps + 2] = s[S_TAKEN + 2 * i + 1]
            steps += 1
        for i in range(1, steps):
            day, what, value, j = s[S_STEPS + 4 * i], s[S_STEPS + 4 * i + 1], s[S_STEPS + 4 * i + 2], i - 1
            while j >= 0 and (
                s[S_STEPS + 4 * j] > day or (s[S_STEPS + 4 * j] == day and s[S_STEPS + 4 * j + 1] > what)
            ):
                for k in range(3):
                    s[S_STEPS + 4 * j + 4 + k] = s[S_STEPS + 4 * j + k]
                j -= 1
            s[S_STEPS + 4 * j + 4], s[S_STEPS + 4 * j + 5], s[S_STEPS + 4 * j + 6] = day, what, value
        taken = 0
        for i in range(steps):
            kept = united(s, S_TAKEN, S_UNITED, taken)
            due, earliest, _, still = due_of(p, s, first, total, unit, roll, kept)
            day, what, value = s[S_STEPS + 4 * i], s[S_STEPS + 4 * i + 1], s[S_STEPS + 4 * i + 2]
            limit = due if due >= 0 else earliest if earliest >= 0 else day
            in_time = still or day <= limit
            if what == 0:
                if in_time:
                    s[S_TAKEN + 2 * taken], s[S_TAKEN + 2 * taken + 1] = day, value
                    taken += 1
                else:
                    flags |= op.SUSPENSION_IGNORED
            elif in_time:
                total += value
            else:
                flags |= op.EXTENSION_IGNORED
        kept = united(s, S_TAKEN, S_UNITED, taken)
    due, earliest, rolled, still = due_of(p, s, first, total, unit, roll, kept)
    s[f + N_DUE] = due << DAY_SHIFT if due >= 0 else NULL
    s[f + N_EARLIEST] = earliest << DAY_SHIFT if earliest >= 0 else NULL
    s[f + N_LIMIT] = total
    s[f + N_STILL] = 1 if still else 0
    s[f + N_UNITED] = kept
    s[f + N_FLAGS] = flags | (op.ROLLED if rolled else 0)
    return 0


@compiled
def plain_days(s, begin, n):
    """As ``reckon``, for natural days that nothing interrupts, extends or rolls on."""
    f = S_FOUND
    s[f + N_START], s[f + N_UNIT], s[f + N_LIMIT] = begin, op.CD, n
    s[f + N_LATEST], s[f + N_STILL], s[f + N_UNITED], s[f + N_FLAGS] = NULL, 0, 0, 0
    s[f + N_DUE] = s[f + N_EARLIEST] = min(LAST_DAY, (begin >> DAY_SHIFT) + n) << DAY_SHIFT


@compiled
def used(p, s, until):
    """Units used through a moment, excluded days taken off; NULL when they cannot be counted."""
    f = S_FOUND
    begin, unit, kept = s[f + N_START], s[f + N_UNIT], s[f + N_UNITED]
    if unit == op.H:
        if is_instant(begin) and is_instant(until):
            return max(0, (micro_of(until) - micro_of(begin)) // 3_600_000_000)
        return NULL
    first, last = begin >> DAY_SHIFT, until >> DAY_SHIFT
    if last <= first:
        return 0
    if unit in (op.MONTH, op.YEAR):
        one, _ = month_of(first)
        other, _ = month_of(last)
        months = other - one
        if add_months(first, months) > last:
            months -= 1
        return months if unit == op.MONTH else months // 12
    if unit == op.WD:
        if not covers(p, first) or not covers(p, last):
            return NULL
        count = working_through(p, last) - working_through(p, first)
    else:
        count = last - first
    for i in range(kept):
        start = max(s[S_UNITED + 2 * i], first + 1)
        end = min(s[S_UNITED + 2 * i + 1], last + 1)
        if end > start:
            if unit == op.WD:
                if not covers(p, start - 1) or not covers(p, end - 1):
                    return NULL
                count -= working_through(p, end - 1) - working_through(p, start - 1)
            else:
                count -= end - start
    return count


@compiled
def set_due(s, due):
    """Another due date in the place of the one counted: certain, and it never rolls."""
    f = S_FOUND
    s[f + N_DUE] = s[f + N_EARLIEST] = due
    s[f + N_FLAGS] = s[f + N_STILL] = 0


@compiled
def against(s, as_of, hit, recorded, open_question):
    """What happened, or the present, against the due moment: verdict and flags."""
    f = S_FOUND
    due = s[f + N_DUE]
    reached = hit if hit != NULL else as_of
    done = op.MET if hit != NULL else op.PENDING
    if due == NULL:
        if s[f + N_STILL]:
            return done, 0
        earliest, latest = s[f + N_EARLIEST], s[f + N_LATEST]
        if latest != NULL and earliest != NULL:
            if later_than(reached, earliest) == 0:
                return done, 0
            return (op.BREACHED, 0) if later_than(reached, latest) == 1 else (op.UNKNOWN_VERDICT, 0)
        if earliest != NULL and later_than(reached, earliest) == 0:
            return done, 0
        return op.UNKNOWN_VERDICT, 0
    if hit != NULL:
        late = later_than(hit, due)
        if late == -1:
            return op.UNKNOWN_VERDICT, 0
        if late == 0:
            after = recorded > (due >> DAY_SHIFT)
            return op.MET, op.RECORDED_AFTER if after else 0
        return (op.UNKNOWN_VERDICT, 0) if open_question else (op.BREACHED, 0)
    late = later_than(as_of, due)
    if open_question and late == 1:
        return op.UNKNOWN_VERDICT, 0
    return (op.BREACHED, 0) if late == 1 else (op.PENDING, 0)


@compiled
def waited(s, as_of, act):
    """Whether what had to wait did."""
    f = S_FOUND
    due, earliest, latest = s[f + N_DUE], s[f + N_EARLIEST], s[f + N_LATEST]
    reached = act if act != NULL else as_of
    if latest != NULL and later_than(reached, latest) == 1:
        return op.MET
    if due == NULL:
        if earliest != NULL and later_than(reached, earliest) == 0:
            return op.BREACHED if act != NULL else op.PENDING
        return op.UNKNOWN_VERDICT
    late = later_than(reached, due)
    if act != NULL:
        return op.UNKNOWN_VERDICT if late == -1 else op.MET if late == 1 else op.BREACHED
    return op.MET if late == 1 else op.PENDING
