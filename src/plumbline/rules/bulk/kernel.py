"""The array kernel: one pass over a chunk of matters, every rule on each of its subjects.

It reads three arrays of integers: the program, a chunk of events, and a scratch pad; what stands where is written in
``opcodes``. The source also runs without Numba (``NUMBA_DISABLE_JIT=1``), step by step.

Counting follows ``law.periods`` line by line; the tests compare the two on random histories.
"""

from __future__ import annotations

from numba import njit

from . import opcodes as op
from .opcodes import (
    DAY_SHIFT,
    IN_PROGRAM,
    LIST_SHIFT,
    NULL,
    UNKNOWN,
    WIDTH,
)

#: The scratch pad: values, frames, intervals, extensions, saved outcomes.
STACK_WORDS = 256
FRAME_WORDS = 16
FRAMES = 32
INTERVALS = 512
S_FRAMES = STACK_WORDS
S_TAKEN = S_FRAMES + FRAME_WORDS * FRAMES
S_EXCLUDED = S_TAKEN + 2 * INTERVALS
S_STEPS = S_EXCLUDED + 2 * INTERVALS
S_UNITED = S_STEPS + 4 * INTERVALS
S_APART = S_UNITED + 2 * INTERVALS  # for a count within another one
S_FOUND = S_APART + 4 * INTERVALS
S_SAVED = S_FOUND + 16
SAVED_WORDS = 10
SCRATCH_WORDS = S_SAVED + 16 * SAVED_WORDS

# A frame: what it goes over, where it is, where it ends, how many match, the first and the last of them, whether one is
# uncertain, whether the join of the present candidate is certain, the selection or the width, the ``it`` and ``item`` outside,
# and one more number.
(
    F_OVER,
    F_AT,
    F_END,
    F_COUNT,
    F_FIRST,
    F_LAST,
    F_UNKNOWN,
    F_JOINED,
    F_SELECTION,
    F_IT,
    F_ITEM,
    F_MORE,
    F_VALUE,
    F_ROLE,
) = range(14)

# What a count found.
(
    N_START,
    N_DUE,
    N_EARLIEST,
    N_LATEST,
    N_LIMIT,
    N_UNIT,
    N_FLAGS,
    N_STILL,
    N_UNITED,
    N_ROLLED,
) = range(10)

LAST_DAY = 3652059  # 9999-12-31
MICROSECONDS_A_DAY = 86_400_000_000
LOW = (1 << DAY_SHIFT) - 1
LENGTH = (1 << LIST_SHIFT) - 1
TOO_MANY = 7  # more suspensions or frames than the scratch pad holds
NO_ROW = -1
FOREVER = 1 << 40


@njit(cache=True, inline="always")
def is_instant(moment):
    return (moment & LOW) != 0


@njit(cache=True, inline="always")
def micro_of(moment):
    """Microseconds of an instant since day zero."""
    return (moment >> DAY_SHIFT) * MICROSECONDS_A_DAY + (((moment & LOW) - 1) >> 4)


@njit(cache=True)
def instant_at(micro):
    return ((micro // MICROSECONDS_A_DAY) << DAY_SHIFT) | (1 + (micro % MICROSECONDS_A_DAY) * 16 + 1)


@njit(cache=True, inline="always")
def later_than(moment, due):
    """1 if the moment lies after the due moment, 0 if not, -1 where a date against an instant leaves it open."""
    if is_instant(due):
        if is_instant(moment):
            return 1 if micro_of(moment) > micro_of(due) else 0
        if (moment >> DAY_SHIFT) == (due >> DAY_SHIFT):
            return -1
    return 1 if (moment >> DAY_SHIFT) > (due >> DAY_SHIFT) else 0


@njit(cache=True, inline="always")
def earlier(one, other):
    if is_instant(one) and is_instant(other):
        return micro_of(one) < micro_of(other)
    return (one >> DAY_SHIFT) < (other >> DAY_SHIFT)


@njit(cache=True)
def month_of(day):
    """Year × 12 + month - 1, and the day of the month, of an ordinal date."""
    days = day - 1
    n400, days = days // 146097, days % 146097
    n100 = min(days // 36524, 3)
    days -= n100 * 36524
    n4, days = days // 1461, days % 1461
    n1 = min(days // 365, 3)
    days -= n1 * 365
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    month = 0
    while True:
        length = month_length(month, leap)
        if days < length:
            return year * 12 + month, days + 1
        days -= length
        month += 1


@njit(cache=True, inline="always")
def month_length(month, leap):
    if month == 1:
        return 29 if leap else 28
    return 30 if month in (3, 5, 8, 10) else 31


@njit(cache=True)
def add_months(day, months):
    index, of_month = month_of(day)
    index += months
    year, month = index // 12, index % 12
    if year > 9999:
        return LAST_DAY
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    before = year - 1
    ordinal = before * 365 + before // 4 - before // 100 + before // 400
    for each in range(month):
        ordinal += month_length(each, leap)
    return ordinal + min(of_month, month_length(month, leap))


# -- the calendar; -1 says that a day lies outside it ------------------------------------------------------------------


@njit(cache=True, inline="always")
def covers(p, day):
    c = p[op.P_CALENDAR]
    return p[c] == 1 and p[c + op.C_FROM] <= day <= p[c + op.C_TO]


@njit(cache=True, inline="always")
def working_through(p, day):
    """Working days from the first covered day through ``day``, which has to be covered."""
    c = p[op.P_CALENDAR]
    return p[c + op.C_TABLES + day - p[c + op.C_FROM]]


@njit(cache=True)
def nth_working_after(p, day, n):
    if not covers(p, day):
        return -1
    c = p[op.P_CALENDAR]
    index = working_through(p, day) + n - 1
    if index < 0 or index >= p[c + op.C_WORKING]:
        return -1
    return p[c + op.C_TABLES + (p[c + op.C_TO] - p[c + op.C_FROM] + 1) + index]


@njit(cache=True)
def nth_working_before(p, day, n):
    if not covers(p, day):
        return -1
    c = p[op.P_CALENDAR]
    before = working_through(p, day - 1) if day > p[c + op.C_FROM] else 0
    index = before - n
    if index < 0:
        return -1
    return p[c + op.C_TABLES + (p[c + op.C_TO] - p[c + op.C_FROM] + 1) + index]


@njit(cache=True)
def next_working(p, day):
    if not covers(p, day):
        return -1
    c = p[op.P_CALENDAR]
    before = working_through(p, day - 1) if day > p[c + op.C_FROM] else 0
    if working_through(p, day) > before:
        return day
    return nth_working_after(p, day, 1)


# -- periods -----------------------------------------------------------------------------------------------------------


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
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


# -- reading records ---------------------------------------------------------------------------------------------------


@njit(cache=True, inline="always")
def event_word(m, event, word):
    return m[m[op.M_EVENT] + event * op.EVENT_WORDS + word]


@njit(cache=True, inline="always")
def event_value(p, m, event, path):
    """A path of an event's data; unknown where it is not stated."""
    if path < 0:
        return UNKNOWN
    at = m[op.M_EVENT] + event * op.EVENT_WORDS
    slot = p[p[op.P_SLOT] + path * p[op.P_ACTIVITIES] + m[at]]
    return UNKNOWN if slot < 0 else m[m[at + op.E_VALUES] + slot]


@njit(cache=True, inline="always")
def cell(p, m, address):
    return p[address ^ IN_PROGRAM] if address & IN_PROGRAM else m[address]


@njit(cache=True, inline="always")
def stated(value):
    """Null and not stated alike, for joins that do not tell them apart."""
    return NULL if value == UNKNOWN else value


@njit(cache=True)
def order_range(m, event, activity):
    """Where the events of an activity stand in the order by activity of the event's matter."""
    matter = event_word(m, event, op.E_MATTER)
    low = m[m[op.M_MATTER_START] + matter]
    high = m[m[op.M_MATTER_START] + matter + 1]
    keys = m[op.M_ORDER_ACTIVITY]
    end = high
    while high - low > 8:
        middle = (low + high) >> 1
        if m[keys + middle] < activity:
            low = middle + 1
        else:
            high = middle
    while low < end and m[keys + low] < activity:
        low += 1
    stop = low
    while stop < end and m[keys + stop] == activity:
        stop += 1
    return low, stop


@njit(cache=True)
def next_after(p, m, event, activity, path, other):
    """The day of the first event of an activity after another one, with an equal field if a path is given; -1 for none."""
    low, high = order_range(m, event, activity)
    order = m[op.M_ORDER]
    for i in range(low, high):
        found = m[order + i]
        if found > event:
            if path >= 0 and stated(event_value(p, m, found, other)) != stated(
                event_value(p, m, event, path)
            ):
                continue
            return event_word(m, found, op.E_MOMENT) >> DAY_SHIFT
    return -1


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True, inline="always")
def in_force(p, index, row, day):
    """Whether a row of a register is in force on a day (both as moments)."""
    row ^= IN_PROGRAM
    if p[row + p[index + 5]] > day:
        return False
    if p[index + 6] < 0:
        return True
    until = p[row + p[index + 6]]
    return until == NULL or until == UNKNOWN or day <= until


@njit(cache=True)
def named_before(m, first, at, role):
    for i in range(at):
        if m[first + 2 * i] == m[first + 2 * at] and m[first + 2 * i + 1] == role:
            return True
    return False


@njit(cache=True)
def count_people(m, event, role):
    """How many different people took part in a role; unknown when nobody is named in it."""
    actors = event_word(m, event, op.E_ACTORS)
    if actors == UNKNOWN:
        return UNKNOWN
    first, number, count = actors >> LIST_SHIFT, actors & LENGTH, 0
    for i in range(number):
        if m[first + 2 * i + 1] == role and not named_before(m, first, i, role):
            count += 1
    return count if count else UNKNOWN


@njit(cache=True)
def key_range(p, index, key):
    """Where the rows with a key stand; both 0 when there are none."""
    low, high = 0, p[index + 1]
    keys = p[index + 2]
    while low < high:
        middle = (low + high) >> 1
        if p[keys + middle] < key:
            low = middle + 1
        else:
            high = middle
    if low < p[index + 1] and p[keys + low] == key:
        return p[p[index + 3] + low], p[p[index + 3] + low + 1]
    return 0, 0


@njit(cache=True)
def holds(p, m, held, wanted, single, how):
    """Whether a list holds any or all of some values, or nothing else."""
    first, number = held >> LIST_SHIFT, held & LENGTH
    if held == NULL:
        number = 0
    if single == 1:
        if wanted == NULL:
            return 1 if how == op.HOLDS_ALL or (how == op.HOLDS_ONLY and number == 0) else 0
        found = False
        for i in range(number):
            value = cell(p, m, first + i)
            if value == wanted:
                found = True
            elif how == op.HOLDS_ONLY:
                return 0
        return 1 if found or how == op.HOLDS_ONLY else 0
    sought, count = wanted >> LIST_SHIFT, wanted & LENGTH
    if wanted == NULL:
        count = 0
    if how == op.HOLDS_ONLY:
        first, number, sought, count = sought, count, first, number
    # Every (or any) of the sought is among the first.
    for i in range(count):
        value, found = cell(p, m, sought + i), False
        for j in range(number):
            if cell(p, m, first + j) == value:
                found = True
                break
        if how == op.HOLDS_ANY:
            if found:
                return 1
        elif not found:
            return 0
    return 0 if how == op.HOLDS_ANY else 1


@njit(cache=True)
def days_outside(p, m, s, subject, start, end, begun, ended, key, other):
    """Days after ``start`` through ``end`` that lie in no interval between two activities."""
    low, high = order_range(m, subject, begun)
    count = 0
    for i in range(low, high):
        event = m[m[op.M_ORDER] + i]
        until = next_after(p, m, event, ended, key if key >= 0 else -1, other)
        if count >= INTERVALS:
            return UNKNOWN
        s[S_APART + 2 * count] = event_word(m, event, op.E_MOMENT) >> DAY_SHIFT
        s[S_APART + 2 * count + 1] = until if until >= 0 else LAST_DAY
        count += 1
    apart = S_APART + 2 * INTERVALS
    kept = united(s, S_APART, apart, count)
    first, last = (start >> DAY_SHIFT) + 1, end >> DAY_SHIFT
    days = max(0, last - first + 1)
    for i in range(kept):
        days -= max(0, min(s[apart + 2 * i + 1], last + 1) - max(s[apart + 2 * i], first))
    return max(0, days)


# -- the item's version (行政处罚法第三十七条) ---------------------------------------------------------------------------


@njit(cache=True)
def range_for(p, row, d, party):
    """The address of the range of a row for a kind of party; -1 for none. ``d`` describes the register."""
    ranges = p[(row ^ IN_PROGRAM) + p[d + 4]]
    if ranges == NULL or ranges == UNKNOWN:
        return -1
    own = p[d + 10] if party == p[d + 10] else p[d + 11]
    first, number, width = ranges >> LIST_SHIFT, ranges & LENGTH, p[d + 13]
    for attempt in range(2):
        wanted = own if attempt == 0 else p[d + 12]
        for i in range(number):
            here = (first ^ IN_PROGRAM) + i * width
            if p[here + p[d + 5]] == wanted:
                return here
    return -1


@njit(cache=True)
def attribute(p, m, subject, name, path):
    """A case attribute at an event: from where it is stated last, else first; unknown where nowhere."""
    source = m[m[op.M_ATTRIBUTE] + name * m[op.M_EVENTS] + subject]
    return UNKNOWN if source < 0 else event_value(p, m, source, path)


@njit(cache=True)
def row_on(p, index, low, high, day):
    """The first row in force on a day; NULL for none."""
    for i in range(low, high):
        row = p[p[index + 4] + i]
        if in_force(p, index, row, day):
            return row
    return NULL


@njit(cache=True)
def required_version(p, m, subject, d):
    index = p[d]
    if p[index] == 0:
        return UNKNOWN
    item = attribute(p, m, subject, p[d + 1], p[d + 2])
    if item == UNKNOWN:
        return UNKNOWN
    low, high = key_range(p, index, item)
    day = (event_word(m, subject, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
    new = row_on(p, index, low, high, day)
    if new == NULL:
        return NULL
    if high - low == 1:
        return new
    ended = attribute(p, m, subject, p[d + 14], p[d + 15])
    if ended == NULL:
        return new
    if ended == UNKNOWN:
        return UNKNOWN
    old = row_on(p, index, low, high, ended)
    if old in (NULL, new):
        return new
    if m[m[op.M_ATTRIBUTE] + p[d + 16] * m[op.M_EVENTS] + subject] < 0:
        return UNKNOWN
    party = attribute(p, m, subject, p[d + 16], p[d + 17])
    before, after = range_for(p, old, d, party), range_for(p, new, d, party)
    if before < 0 or after < 0:
        return UNKNOWN
    most_before, most_after = p[before + p[d + 6]], p[after + p[d + 6]]
    if UNKNOWN in (most_before, most_after):
        return UNKNOWN
    if most_after < most_before:
        return new
    least_before, least_after = p[before + p[d + 7]], p[after + p[d + 7]]
    least_before = 0 if least_before == UNKNOWN else least_before
    least_after = 0 if least_after == UNKNOWN else least_after
    return new if most_after == most_before and least_after < least_before else old


@njit(cache=True)
def version_changed(p, m, subject, d):
    index = p[d]
    if p[index] == 0:
        return UNKNOWN
    item = attribute(p, m, subject, p[d + 1], p[d + 2])
    if item == UNKNOWN:
        return UNKNOWN
    low, high = key_range(p, index, item)
    day = (event_word(m, subject, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
    unchanged = True
    for i in range(low, high):
        if not in_force(p, index, p[p[index + 4] + i], day):
            unchanged = False
    if unchanged:
        return 0
    ended = attribute(p, m, subject, p[d + 14], p[d + 15])
    if ended == UNKNOWN:
        return UNKNOWN
    if ended == NULL:
        return 0
    old = row_on(p, index, low, high, ended)
    return 1 if old != NULL and old != row_on(p, index, low, high, day) else 0


@njit(cache=True)
def range_bound(p, m, subject, d, largest, version, base):
    if version == UNKNOWN:
        return UNKNOWN
    if m[m[op.M_ATTRIBUTE] + p[d + 16] * m[op.M_EVENTS] + subject] < 0 or version == NULL:
        return UNKNOWN
    found = range_for(p, version, d, attribute(p, m, subject, p[d + 16], p[d + 17]))
    if found < 0:
        return UNKNOWN
    bound = p[found + p[d + 6 + (0 if largest == 1 else 1)]]
    if bound != UNKNOWN:
        return bound
    rate = p[found + p[d + 8 + (0 if largest == 1 else 1)]]
    if rate in (NULL, UNKNOWN):
        return UNKNOWN if largest == 1 else 0
    if base == UNKNOWN:
        return UNKNOWN
    return base * rate // 10_000 if largest == 1 else -(-base * rate // 10_000)


@njit(cache=True)
def compare(how, a, b):
    if how == op.EQ:
        return 1 if a == b else 0
    if how == op.NE:
        return 1 if a != b else 0
    if NULL in (a, b):
        return 0
    if how == op.LT:
        return 1 if a < b else 0
    if how == op.LE:
        return 1 if a <= b else 0
    if how == op.GT:
        return 1 if a > b else 0
    return 1 if a >= b else 0


@njit(cache=True)
def calendar_day(year, month, day):
    """A day of a year as a moment (day 0: the month's last); unknown for a year that no calendar has."""
    if year < 1 or year > 9999:
        return UNKNOWN
    first = add_months(1, (year - 1) * 12 + month - 1)
    if day > 0:
        return (first + day - 1) << DAY_SHIFT
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (first + month_length(month - 1, leap) - 1) << DAY_SHIFT


# -- searches ----------------------------------------------------------------------------------------------------------


@njit(cache=True)
def open_events(p, m, s, f, subject, selection):
    """A frame before its first event."""
    s[f + F_OVER], s[f + F_SELECTION] = op.OVER_EVENTS, selection
    s[f + F_COUNT] = s[f + F_UNKNOWN] = 0
    s[f + F_FIRST] = s[f + F_LAST] = s[f + F_MORE] = -1
    s[f + F_ROLE] = 0
    if p[selection] >= 0:
        low, high = order_range(m, subject, p[selection])
    else:
        matter = event_word(m, subject, op.E_MATTER)
        low, high = m[m[op.M_MATTER_START] + matter], m[m[op.M_MATTER_START] + matter + 1]
    s[f + F_AT], s[f + F_END] = low - 1, high


@njit(cache=True)
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


@njit(cache=True)
def separate(m, subject, event, role, other):
    """1 if nobody in a role of the subject is in a role of the event, 0 if somebody is, unknown if it names nobody at all."""
    there = event_word(m, event, op.E_ACTORS)
    if there == UNKNOWN:
        return UNKNOWN
    here = event_word(m, subject, op.E_ACTORS)
    for i in range(here & LENGTH):
        if m[(here >> LIST_SHIFT) + 2 * i + 1] == role:
            for j in range(there & LENGTH):
                at = (there >> LIST_SHIFT) + 2 * j
                if m[at + 1] == other and m[at] == m[(here >> LIST_SHIFT) + 2 * i]:
                    return 0
    return 1


@njit(cache=True)
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


@njit(cache=True)
def among(p, address, number, value):
    for i in range(number):
        if p[address + i] == value:
            return True
    return False


@njit(cache=True)
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
            if (
                waiver > event
                and waived not in (UNKNOWN, NULL)
                and holds(p, m, waived, p[d + 4], 1, op.HOLDS_ANY)
            ):
                day = event_word(m, waiver, op.E_MOMENT) >> DAY_SHIFT
                if until < 0 or day < until:
                    until = day
        if excluded >= INTERVALS:
            return -1
        s[S_EXCLUDED + 2 * excluded] = event_word(m, event, op.E_MOMENT) >> DAY_SHIFT
        s[S_EXCLUDED + 2 * excluded + 1] = until if until >= 0 else FOREVER
        excluded += 1
    return excluded


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
def take_grant(p, m, s, grant, d, step, count):
    days, cap = event_value(p, m, grant, p[d + 3]), p[d + 7 + 2 * p[d + 5] + 3 * step + 2]
    s[S_TAKEN + 2 * count] = event_word(m, grant, op.E_MOMENT) >> DAY_SHIFT
    s[S_TAKEN + 2 * count + 1] = days if cap == NULL else min(days, cap)


@njit(cache=True)
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


# -- comparing ---------------------------------------------------------------------------------------------------------


@njit(cache=True)
def set_due(s, due):
    """Another due date in the place of the one counted: certain, and it never rolls."""
    f = S_FOUND
    s[f + N_DUE] = s[f + N_EARLIEST] = due
    s[f + N_FLAGS] = s[f + N_STILL] = 0


@njit(cache=True)
def against(m, s, as_of, hit, hit_event, open_question):
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
            after = event_word(m, hit_event, op.E_RECORDED) > (due >> DAY_SHIFT)
            return op.MET, op.RECORDED_AFTER if after else 0
        return (op.UNKNOWN_VERDICT, 0) if open_question else (op.BREACHED, 0)
    late = later_than(as_of, due)
    if open_question and late == 1:
        return op.UNKNOWN_VERDICT, 0
    return (op.BREACHED, 0) if late == 1 else (op.PENDING, 0)


@njit(cache=True)
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


# -- the machine -------------------------------------------------------------------------------------------------------


@njit(cache=True, nogil=True)
def judge(
    p,
    m,
    s,
    as_of,
    rule_out,
    event_out,
    verdict_out,
    due_out,
    used_out,
    limit_out,
    unit_out,
    flags_out,
    overlay_out,
):
    """Every rule on each of its subjects in a chunk; gives the number of verdicts written."""
    row = 0
    rules, subjects = p[op.P_RULE], m[op.M_SUBJECT]
    starts = m[op.M_SUBJECT_START]
    for number in range(p[op.P_RULES]):
        rule = rules + number * op.RULE_WORDS
        kinds, kind_count = p[rule + op.R_KINDS], p[rule + op.R_KIND_COUNT]
        for each in range(p[rule + op.R_SUBJECT_COUNT]):
            activity = p[p[rule + op.R_SUBJECTS] + each]
            for place in range(m[starts + activity], m[starts + activity + 1]):
                subject = m[subjects + place]
                if kind_count:
                    kind = m[m[op.M_MATTER_KIND] + event_word(m, subject, op.E_MATTER)]
                    applies = False
                    for k in range(kind_count):
                        if p[kinds + k] == kind:
                            applies = True
                    if not applies:
                        continue
                verdict, due, taken, limit, unit, flags, overlay = one(
                    p, m, s, as_of, subject, p[op.P_CODE] + p[rule + op.R_ENTRY]
                )
                if verdict < 0:
                    continue
                rule_out[row] = number
                event_out[row] = subject
                verdict_out[row] = verdict
                due_out[row] = due
                used_out[row] = taken
                limit_out[row] = limit
                unit_out[row] = unit
                flags_out[row] = flags
                overlay_out[row] = overlay
                row += 1
    return row


@njit(cache=True, nogil=True)
def one(p, m, s, as_of, subject, entry):
    """One rule on one subject: verdict (-1: no subject after all), due, used, limit, unit, flags, overlay."""
    base = p[op.P_CODE]
    pc = entry
    sp = 0  # where the next value goes
    fp = S_FRAMES - FRAME_WORDS  # the innermost frame
    it = item = UNKNOWN
    moment = event_word(m, subject, op.E_MOMENT)
    today = (moment >> DAY_SHIFT) << DAY_SHIFT
    verdict, due, taken, limit, unit, flags = op.UNKNOWN_VERDICT, NULL, NULL, NULL, -1, 0
    overlay = chosen = -1
    begin = moment
    excluded = extensions = accepted = told = 0
    hit, hit_event, hit_flag, open_question = NULL, -1, 0, False
    stop = NULL
    target, total, sum_hit = NULL, 0, -1
    act = NULL
    possible = 0
    failed_unknown = doubt = doubtful = False
    saved = step = 0
    while True:
        code = p[pc]
        # -- values ----------------------------------------------------------------------------------------------------
        if code == op.CONST:
            s[sp] = p[pc + 1]
            sp += 1
        elif code == op.FIELD:
            s[sp] = event_value(p, m, subject, p[pc + 1])
            sp += 1
        elif code == op.IT_FIELD:
            s[sp] = event_value(p, m, it, p[pc + 1])
            sp += 1
        elif code == op.COMPARE_CONST:
            value = s[sp - 1]
            if value != UNKNOWN:
                s[sp - 1] = compare(p[pc + 1], value, p[pc + 2])
        elif code == op.COMPARE:
            sp -= 1
            a, b = s[sp - 1], s[sp]
            s[sp - 1] = UNKNOWN if UNKNOWN in (a, b) else compare(p[pc + 1], a, b)
        elif code == op.AND_STEP:
            sp -= 1
            value = s[sp]
            if value == 0:
                s[sp - 1] = 0
                pc = base + p[pc + 1]
                continue
            if value == UNKNOWN:
                s[sp - 1] = UNKNOWN
        elif code == op.OR_STEP:
            sp -= 1
            value = s[sp]
            if value == 1:
                s[sp - 1] = 1
                pc = base + p[pc + 1]
                continue
            if value == UNKNOWN:
                s[sp - 1] = UNKNOWN
        elif code == op.NOT:
            value = s[sp - 1]
            if value != UNKNOWN:
                s[sp - 1] = 1 if value in (0, NULL) else 0
        elif code == op.FIND:
            selection = p[pc + 1]
            fp += FRAME_WORDS
            s[fp + F_IT], s[fp + F_ITEM] = it, item
            search(p, m, s, fp, subject, selection)
        elif code == op.LOOP:
            fp += FRAME_WORDS
            s[fp + F_IT], s[fp + F_ITEM] = it, item
            open_events(p, m, s, fp, subject, p[pc + 1])
            if not advance(p, m, s, fp, subject):
                pc = base + p[pc + 2]
                continue
            it = s[fp + F_VALUE]
        elif code == op.MATCH:
            sp -= 1
            value, joined = s[sp], s[fp + F_JOINED]
            if value != 0 and joined == -1:
                value = UNKNOWN
            if value == 1:
                if s[fp + F_COUNT] == 0:
                    s[fp + F_FIRST] = s[fp + F_VALUE]
                s[fp + F_LAST] = s[fp + F_VALUE]
                s[fp + F_COUNT] += 1
                if p[pc + 2] == 1:
                    s[fp + F_AT] = s[fp + F_END]
            else:
                if value == UNKNOWN:
                    s[fp + F_UNKNOWN] = 1
                pc = base + p[pc + 1]
                continue
        elif code == op.NEXT:
            if advance(p, m, s, fp, subject):
                it = s[fp + F_VALUE]
                pc = base + p[pc + 1]
                continue
        elif code == op.END_EXISTS:
            s[sp] = 1 if s[fp + F_COUNT] else UNKNOWN if s[fp + F_UNKNOWN] else 0
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.END_COUNT:
            s[sp] = UNKNOWN if s[fp + F_UNKNOWN] else s[fp + F_COUNT]
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.END_PICK:
            if s[fp + F_UNKNOWN]:
                s[sp] = UNKNOWN
                sp += 1
                it, item = s[fp + F_IT], s[fp + F_ITEM]
                fp -= FRAME_WORDS
                pc = base + p[pc + 2]
                continue
            if s[fp + F_COUNT] == 0:
                it, item = s[fp + F_IT], s[fp + F_ITEM]
                fp -= FRAME_WORDS
                pc = base + p[pc + 3]
                continue
            it = s[fp + (F_LAST if p[pc + 1] == 1 else F_FIRST)]
        elif code in (op.END_PICKED, op.CLOSE):
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.JUMP:
            pc = base + p[pc + 1]
            continue
        elif code == op.JUMP_IF_KNOWN:
            if s[sp - 1] != UNKNOWN:
                pc = base + p[pc + 1]
                continue
            sp -= 1
        elif code == op.CHOOSE:
            sp -= 1
            value = s[sp]
            if value == UNKNOWN:
                pc = base + p[pc + 2]
                continue
            if value in (0, NULL):
                pc = base + p[pc + 1]
                continue
        elif code == op.SAME:
            sp -= 1
            if s[sp] != s[sp - 1]:
                s[sp - 1] = UNKNOWN
        elif code == op.DAY:
            value = event_word(m, it if p[pc + 1] == 1 else subject, op.E_MOMENT)
            s[sp] = (value >> DAY_SHIFT) << DAY_SHIFT
            sp += 1
        elif code == op.ORDER:
            s[sp] = it - m[m[op.M_MATTER_START] + event_word(m, it, op.E_MATTER)]
            sp += 1
        elif code == op.ENVELOPE:
            s[sp] = event_word(m, it if p[pc + 2] == 1 else subject, p[pc + 1])
            sp += 1
        elif code == op.ACTIVITY:
            s[sp] = p[p[op.P_ACTIVITY_CODE] + event_word(m, it if p[pc + 1] == 1 else subject, op.E_ACTIVITY)]
            sp += 1
        elif code == op.MATTER_KIND:
            s[sp] = p[p[op.P_KIND_CODE] + m[m[op.M_MATTER_KIND] + event_word(m, subject, op.E_MATTER)]]
            sp += 1
        elif code == op.AS_OF:
            s[sp] = (as_of >> DAY_SHIFT) << DAY_SHIFT
            sp += 1
        elif code == op.ATTRIBUTE:
            s[sp] = attribute(p, m, subject, p[pc + 1], p[pc + 2])
            sp += 1
        elif code == op.JOINED:
            s[sp] = m[m[op.M_JOINED] + p[pc + 1] * m[op.M_EVENTS] + subject]
            sp += 1
        elif code == op.ROW_FIELD:
            s[sp] = p[(it ^ IN_PROGRAM) + p[pc + 1]]
            sp += 1
        elif code == op.ACTOR_FIELD:
            s[sp] = m[it + p[pc + 1]]
            sp += 1
        elif code == op.ITEM:
            s[sp] = cell(p, m, item + p[pc + 1])
            sp += 1
        elif code == op.ONE_OF:
            value = s[sp - 1]
            if value != UNKNOWN:
                s[sp - 1] = 0
                for i in range(p[pc + 2]):
                    if p[p[pc + 1] + i] == value:
                        s[sp - 1] = 1
        elif code == op.HOLDS:
            sp -= 1
            a, b = s[sp - 1], s[sp]
            s[sp - 1] = UNKNOWN if UNKNOWN in (a, b) else holds(p, m, a, b, p[pc + 2], p[pc + 1])
        elif code == op.SIZE:
            value = s[sp - 1]
            if value != UNKNOWN:
                s[sp - 1] = 0 if value == NULL else value & LENGTH
        elif code == op.STATED:
            s[sp - 1] = 0 if s[sp - 1] == UNKNOWN else 1
        elif code == op.OR_UNKNOWN:
            if s[sp - 1] == 0:
                s[sp - 1] = UNKNOWN
        elif code in (op.PLUS, op.TIMES):
            sp -= 1
            a, b = s[sp - 1], s[sp]
            if UNKNOWN in (a, b):
                s[sp - 1] = UNKNOWN
            elif NULL in (a, b):
                s[sp - 1] = NULL
            else:
                s[sp - 1] = a + b if code == op.PLUS else a * b
        elif code == op.DAYS_BETWEEN:
            sp -= 1
            a, b = s[sp - 1], s[sp]
            if UNKNOWN in (a, b):
                s[sp - 1] = UNKNOWN
            elif NULL in (a, b):
                s[sp - 1] = NULL
            else:
                s[sp - 1] = (b >> DAY_SHIFT) - (a >> DAY_SHIFT)
        elif code == op.DATE_AFTER:
            value = s[sp - 1]
            if value not in (UNKNOWN, NULL):
                found, _, _, _ = due_of(p, s, value >> DAY_SHIFT, p[pc + 1], p[pc + 2], p[pc + 3], 0)
                s[sp - 1] = found << DAY_SHIFT if found >= 0 else UNKNOWN
        elif code == op.DAYS_OUTSIDE:
            sp -= 1
            a, b = s[sp - 1], s[sp]
            if UNKNOWN in (a, b):
                s[sp - 1] = UNKNOWN
            elif NULL in (a, b):
                s[sp - 1] = NULL
            else:
                s[sp - 1] = days_outside(p, m, s, subject, a, b, p[pc + 1], p[pc + 2], p[pc + 3], p[pc + 4])
        # -- people ----------------------------------------------------------------------------------------------------
        elif code == op.PERSON:
            value = UNKNOWN
            actors = event_word(m, subject, op.E_ACTORS)
            if actors != UNKNOWN:
                for i in range((actors & LENGTH) - 1, -1, -1):
                    if m[(actors >> LIST_SHIFT) + 2 * i + 1] == p[pc + 1]:
                        value = m[(actors >> LIST_SHIFT) + 2 * i]
            s[sp] = value
            sp += 1
        elif code == op.COUNT_PEOPLE:
            s[sp] = count_people(m, it if p[pc + 2] == 1 else subject, p[pc + 1])
            sp += 1
        elif code == op.LOOP_ACTORS:
            actors = event_word(m, it if p[pc + 2] == 1 else subject, op.E_ACTORS)
            fp += FRAME_WORDS
            s[fp + F_IT], s[fp + F_ITEM] = it, item
            s[fp + F_OVER], s[fp + F_AT], s[fp + F_ROLE] = op.OVER_ACTORS, -1, p[pc + 1]
            s[fp + F_SELECTION] = 0 if actors == UNKNOWN else actors >> LIST_SHIFT
            s[fp + F_END] = 0 if actors == UNKNOWN else actors & LENGTH
            s[fp + F_COUNT] = s[fp + F_UNKNOWN] = 0
            found_any = advance(p, m, s, fp, subject)
            s[fp + F_MORE] = 1 if found_any else 0
            if not found_any:
                pc = base + p[pc + 3]
                continue
            it = s[fp + F_VALUE]
        elif code == op.END_PEOPLE:
            s[sp] = UNKNOWN if s[fp + F_UNKNOWN] or not s[fp + F_MORE] else s[fp + F_COUNT]
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.SEPARATE_BEGIN:
            if count_people(m, subject, p[pc + 1]) == UNKNOWN:
                s[sp] = UNKNOWN
                sp += 1
                pc = base + p[pc + 2]
                continue
        elif code == op.SEPARATE_STEP:
            answer = separate(m, subject, it, p[pc + 1], p[pc + 2])
            if answer == 0:
                s[fp + F_ROLE] = 2
            elif answer == UNKNOWN and s[fp + F_ROLE] == 0:
                s[fp + F_ROLE] = 1
        elif code == op.END_SEPARATE:
            s[sp] = 1 if s[fp + F_ROLE] == 0 else UNKNOWN if s[fp + F_ROLE] == 1 else 0
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        # -- lists -----------------------------------------------------------------------------------------------------
        elif code == op.LOOP_ITEMS:
            sp -= 1
            value = s[sp]
            fp += FRAME_WORDS
            s[fp + F_IT], s[fp + F_ITEM] = it, item
            s[fp + F_OVER], s[fp + F_AT], s[fp + F_SELECTION] = op.OVER_ITEMS, 0, p[pc + 1]
            s[fp + F_COUNT] = 0
            s[fp + F_UNKNOWN] = 1 if value == UNKNOWN else 0
            s[fp + F_END] = 0 if value in (UNKNOWN, NULL) else value & LENGTH
            s[fp + F_VALUE] = value >> LIST_SHIFT
            if s[fp + F_END] == 0:
                pc = base + p[pc + 2]
                continue
            item = s[fp + F_VALUE]
        elif code == op.EACH_STEP:
            sp -= 1
            value = s[sp]
            if value == UNKNOWN:
                s[fp + F_UNKNOWN] = 1
            elif value == p[pc + 1]:
                s[fp + F_COUNT] = 1
                s[fp + F_AT] = s[fp + F_END]
            if advance(p, m, s, fp, subject):
                item += s[fp + F_SELECTION]
                pc = base + p[pc + 2]
                continue
        elif code == op.END_EACH:
            if s[fp + F_COUNT]:
                s[sp] = p[pc + 1]
            else:
                s[sp] = UNKNOWN if s[fp + F_UNKNOWN] else 1 - p[pc + 1]
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.COLUMN_OF:
            value = s[sp - 1]
            s[sp - 1] = UNKNOWN if value in (UNKNOWN, NULL) else cell(p, m, value + p[pc + 1])
        elif code == op.ELEMENT_WHERE:
            sp -= 1
            a, b = s[sp - 1], s[sp]
            s[sp - 1] = UNKNOWN
            if a not in (UNKNOWN, NULL) and b != UNKNOWN:
                for i in range((a & LENGTH) - 1, -1, -1):
                    value = cell(p, m, (a >> LIST_SHIFT) + i * p[pc + 1] + p[pc + 2])
                    if (NULL if value == UNKNOWN else value) == b:
                        s[sp - 1] = (a >> LIST_SHIFT) + i * p[pc + 1]
        # -- registers -------------------------------------------------------------------------------------------------
        elif code == op.KEY_EXISTS:
            value, index = s[sp - 1], p[pc + 1]
            if p[index] == 0 or value == UNKNOWN:
                s[sp - 1] = UNKNOWN
            else:
                low, high = key_range(p, index, value)
                if low == high:
                    s[sp - 1] = 0 if p[pc + 3] == 1 else UNKNOWN
                else:
                    s[sp - 1] = 1 if p[pc + 2] == 0 or row_on(p, index, low, high, today) != NULL else 0
        elif code == op.ROW_BY_KEY:
            value, index = s[sp - 1], p[pc + 1]
            if p[index] == 0 or value == UNKNOWN:
                s[sp - 1] = UNKNOWN
            else:
                low, high = key_range(p, index, value)
                if low == high:
                    s[sp - 1] = UNKNOWN
                else:
                    s[sp - 1] = p[(p[p[index + 4] + high - 1] ^ IN_PROGRAM) + p[pc + 2]]
        elif code == op.LOOP_ROWS:
            sp -= 1
            value, index = s[sp], p[pc + 1]
            fp += FRAME_WORDS
            s[fp + F_IT], s[fp + F_ITEM] = it, item
            s[fp + F_OVER], s[fp + F_SELECTION] = op.OVER_ROWS, index
            s[fp + F_COUNT] = s[fp + F_UNKNOWN] = 0
            low = high = state = 0
            if p[index] == 0 or value == UNKNOWN:
                s[fp + F_UNKNOWN] = 1
                state = 1
            else:
                low, high = key_range(p, index, value)
                state = 1 if high > low else 0
            s[fp + F_AT], s[fp + F_END] = low - 1, high
            s[fp + F_MORE] = state + 4 * p[pc + 2]
            if not advance(p, m, s, fp, subject):
                pc = base + p[pc + 3]
                continue
            it = s[fp + F_VALUE]
        elif code == op.END_ROW_EXISTS:
            if s[fp + F_COUNT]:
                value = 1
            elif s[fp + F_UNKNOWN]:
                value = UNKNOWN
            else:
                value = 0 if p[pc + 1] == 1 or s[fp + F_MORE] & 1 else UNKNOWN
            s[sp] = value
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.END_ROW_VALUE:
            s[sp] = p[(s[fp + F_LAST] ^ IN_PROGRAM) + p[pc + 1]] if s[fp + F_COUNT] else UNKNOWN
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.REQUIRED_VERSION:
            s[sp] = required_version(p, m, subject, p[pc + 1])
            sp += 1
        elif code == op.VERSION_CHANGED:
            s[sp] = version_changed(p, m, subject, p[pc + 1])
            sp += 1
        elif code == op.RANGE_BOUND:
            sp -= 1
            s[sp - 1] = range_bound(p, m, subject, p[pc + 1], p[pc + 2], s[sp - 1], s[sp])
        # -- the whole rule --------------------------------------------------------------------------------------------
        elif code == op.COUNTS:
            sp -= 1
            if s[sp] != 1:
                return -1, NULL, NULL, NULL, -1, 0, -1
        elif code == op.OVERLAY:
            if today < p[pc + 1] or today > p[pc + 2]:
                pc = base + p[pc + 4]
                continue
            # What is out for its domain need not be asked.
            if p[pc + 3] >= 0:
                value = attribute(p, m, subject, p[p[op.P_DOMAIN]], p[p[op.P_DOMAIN] + 1])
                if value not in (UNKNOWN, NULL) and value != p[pc + 3]:
                    pc = base + p[pc + 4]
                    continue
        elif code == op.APPLIES:
            sp -= 1
            if s[sp] != 1:
                pc = base + p[pc + 1]
                continue
        elif code == op.TAKE:
            if p[pc + 2] >= 0:
                value = attribute(p, m, subject, p[p[op.P_DOMAIN]], p[p[op.P_DOMAIN] + 1])
                if value in (UNKNOWN, NULL):
                    return op.UNKNOWN_VERDICT, NULL, NULL, NULL, -1, 0, -1
            if chosen >= 0:
                return op.ERROR, NULL, NULL, NULL, -1, 0, -1
            chosen, overlay = p[pc + 3], p[pc + 1]
        elif code == op.TEXT:
            if chosen >= 0:
                pc = base + chosen
                continue
        elif code == op.IN_FORCE:
            if today < p[pc + 1] or today > p[pc + 2]:
                return op.NOT_APPLICABLE, NULL, NULL, NULL, -1, 0, overlay
        elif code == op.WHEN:
            sp -= 1
            if s[sp] == 0:
                return op.NOT_APPLICABLE, NULL, NULL, NULL, -1, 0, overlay
            if s[sp] == UNKNOWN:
                return op.UNKNOWN_VERDICT, NULL, NULL, NULL, -1, 0, overlay
        elif code == op.OPEN_POINTS:
            if flags & op.ROLLED:
                flags |= p[pc + 1]
            if unit == op.CD:
                flags |= p[pc + 2]
            return verdict, due, taken, limit, unit, flags, overlay
        # -- forms -----------------------------------------------------------------------------------------------------
        elif code == op.CHECKED:
            sp -= 1
            value = s[sp]
            if value == UNKNOWN:
                verdict = op.UNKNOWN_VERDICT
            else:
                verdict = op.BREACHED if value in (0, NULL) else op.MET
        elif code == op.CHECK_DUE:
            sp -= 1
            if s[sp] not in (UNKNOWN, NULL):
                due = (s[sp] >> DAY_SHIFT) << DAY_SHIFT
        elif code == op.DECIDE_BEGIN:
            possible = 0
        elif code == op.DECIDE_CASE:
            sp -= 1
            if s[sp] == 1:
                possible |= 1 << p[pc + 1]
                pc = base + p[pc + 2]
                continue
            if s[sp] == UNKNOWN:
                possible |= 1 << p[pc + 1]
        elif code == op.DECIDE_END:
            if p[pc + 1] >= 0:
                possible |= 1 << p[pc + 1]
            else:
                verdict = op.UNKNOWN_VERDICT
                for v in range(6):
                    if possible == 1 << v:
                        verdict = v
        elif code == op.BY_CASE:
            sp -= 1
            if s[sp] == 0:
                pc = base + p[pc + 1]
                continue
            if s[sp] != 1:
                pc = base + p[pc + 2]
                continue
        elif code == op.SAVE_OUTCOME:
            s[S_SAVED + saved] = verdict
            saved += SAVED_WORDS
        elif code == op.MERGE_OUTCOME:
            saved -= SAVED_WORDS
            if s[S_SAVED + saved] != verdict or verdict == op.UNKNOWN_VERDICT:
                verdict, due, taken, limit, unit, flags = op.UNKNOWN_VERDICT, NULL, NULL, NULL, -1, 0
        elif code == op.RESET:
            verdict, due, taken, limit, unit, flags = op.UNKNOWN_VERDICT, NULL, NULL, NULL, -1, 0
            begin = moment
            excluded = extensions = accepted = told = 0
            hit, hit_event, hit_flag, open_question = NULL, -1, 0, False
            stop = act = NULL
            failed_unknown = False
        elif code == op.BEGIN_ON:
            sp -= 1
            value = s[sp]
            if value in (UNKNOWN, NULL):
                if p[pc + 4] != op.START_OF_STAGE and (value == UNKNOWN or p[pc + 4] == op.START_OF_WAIT):
                    limit, unit = p[pc + 2], p[pc + 3]
                if value == UNKNOWN:
                    verdict = op.UNKNOWN_VERDICT
                else:
                    verdict = op.BREACHED if p[pc + 4] == op.START_OF_WAIT else op.NOT_APPLICABLE
                pc = base + p[pc + 1]
                continue
            begin = (value >> DAY_SHIFT) << DAY_SHIFT
        elif code == op.EXCLUDE_BETWEEN:
            more, count = exclude_between(p, m, s, subject, p[pc + 1], excluded)
            if more < 0:
                return TOO_MANY, NULL, NULL, NULL, -1, 0, -1
            excluded = more
            accepted += count
        elif code == op.EXCLUDE_HEARING:
            excluded = exclude_hearing(p, m, s, subject, p[pc + 1], excluded)
            if excluded < 0:
                return TOO_MANY, NULL, NULL, NULL, -1, 0, -1
        elif code == op.EXCLUDE_DAYS:
            low, high = order_range(m, subject, p[pc + 1])
            if excluded + high - low >= INTERVALS:
                return TOO_MANY, NULL, NULL, NULL, -1, 0, -1
            for i in range(low, high):
                day = event_word(m, m[m[op.M_ORDER] + i], op.E_MOMENT) >> DAY_SHIFT
                s[S_EXCLUDED + 2 * excluded], s[S_EXCLUDED + 2 * excluded + 1] = day, day + p[pc + 2]
                excluded += 1
        elif code == op.TEST_COUNTS:
            sp -= 1
            if s[sp] != 0:
                day = event_word(m, it, op.E_MOMENT) >> DAY_SHIFT
                until = test_ended(p, m, it, p[pc + 1], p[pc + 2], p[pc + 3])
                if until < day:
                    return op.ERROR, NULL, NULL, NULL, -1, 0, -1
                if excluded >= INTERVALS:
                    return TOO_MANY, NULL, NULL, NULL, -1, 0, -1
                accepted += 1
                if s[sp] == UNKNOWN:
                    doubt = True
                if s[sp] != UNKNOWN or doubtful:
                    s[S_EXCLUDED + 2 * excluded], s[S_EXCLUDED + 2 * excluded + 1] = day, until
                    excluded += 1
        elif code == op.SUSPENSIONS_LEFT:
            count = 0
            for i in range(p[pc + 2]):
                low, high = order_range(m, subject, p[p[pc + 1] + i])
                count += high - low
            if count > accepted:
                told |= op.SUSPENSION_IGNORED
        elif code == op.EXTENSIONS:
            extensions, ignored = granted(p, m, s, subject, p[pc + 1])
            if extensions < 0:
                return TOO_MANY, NULL, NULL, NULL, -1, 0, -1
            if ignored:
                told |= op.EXTENSION_IGNORED
        elif code == op.GRANT_BEGIN:
            step = 0
        elif code == op.GRANT_CHECK:
            answer = entitled(p, m, subject, it, p[pc + 1], step)
            if answer != 1:
                if answer == 0:
                    told |= op.EXTENSION_IGNORED
                pc = base + p[pc + 2]
                continue
        elif code == op.STEP_IS:
            if step != p[pc + 1]:
                pc = base + p[pc + 2]
                continue
        elif code == op.GRANT_TAKE:
            sp -= 1
            if s[sp] == UNKNOWN:
                doubt = True
            if s[sp] in (0, NULL):
                told |= op.EXTENSION_IGNORED
            elif s[sp] != UNKNOWN or doubtful:
                if extensions >= INTERVALS:
                    return TOO_MANY, NULL, NULL, NULL, -1, 0, -1
                take_grant(p, m, s, it, p[pc + 1], step, extensions)
                extensions += 1
                step += 1
        elif code == op.GRANTS_IGNORED:
            low, high = order_range(m, subject, p[pc + 1])
            for i in range(low, high):
                if event_value(p, m, m[m[op.M_ORDER] + i], p[pc + 2]) == p[pc + 3]:
                    told |= op.EXTENSION_IGNORED
        elif code == op.RECKON:
            reckon(p, s, begin, p[pc + 1], p[pc + 2], p[pc + 3], excluded, extensions)
        elif code == op.SAME_DAY_DUE:
            sp -= 1
            if s[sp] == 1:
                set_due(s, (begin >> DAY_SHIFT) << DAY_SHIFT)
        elif code == op.REPLACE:
            value = s[S_FOUND + N_DUE]
            day = (event_word(m, it, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
            if value != NULL and later_than(day, value) == 0:
                set_due(s, (event_value(p, m, it, p[pc + 1]) >> DAY_SHIFT) << DAY_SHIFT)
        elif code == op.OVER:
            value = s[S_FOUND + N_DUE]
            day = (event_word(m, it, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
            if value != NULL and later_than(day, value) == 0:
                verdict = op.NOT_APPLICABLE
                it, item = s[fp + F_IT], s[fp + F_ITEM]
                fp -= FRAME_WORDS
                pc = base + p[pc + 1]
                continue
        elif code == op.STOP_FIRST:
            if s[fp + F_UNKNOWN]:
                open_question = True
            if s[fp + F_COUNT]:
                value = event_word(m, s[fp + F_FIRST], op.E_MOMENT)
                if hit == NULL or earlier(value, hit):
                    hit, hit_event, hit_flag = value, s[fp + F_FIRST], p[pc + 1]
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.STOP_BEGIN:
            sp -= 1
            target, total, sum_hit = s[sp], 0, -1
            if target == UNKNOWN:
                open_question = True
        elif code == op.STOP_SUM:
            if target != UNKNOWN and sum_hit < 0:
                value = event_value(p, m, it, p[pc + 1])
                if value == UNKNOWN:
                    open_question = True
                else:
                    total += value
                    if total >= target:
                        sum_hit = it
        elif code in (op.STOP_SUM_END, op.STOP_ON_END):
            if code == op.STOP_ON_END:
                sum_hit = s[fp + F_MORE]
                value = s[fp + F_ROLE]
            elif sum_hit >= 0:
                value = event_word(m, sum_hit, op.E_MOMENT)
            if s[fp + F_UNKNOWN]:
                open_question = True
            if sum_hit >= 0 and (hit == NULL or earlier(value, hit)):
                hit, hit_event, hit_flag = value, sum_hit, p[pc + 1]
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.STOP_ON:
            sp -= 1
            value = s[sp]
            if value == UNKNOWN:
                s[fp + F_UNKNOWN] = 1
            elif value != NULL:
                day = (value >> DAY_SHIFT) << DAY_SHIFT
                if s[fp + F_MORE] < 0 or day < s[fp + F_ROLE]:
                    s[fp + F_MORE], s[fp + F_ROLE] = it, day
        elif code == op.FIXED_DUE:
            sp -= 1
            value = s[sp]
            if value in (UNKNOWN, NULL):
                verdict = op.UNKNOWN_VERDICT if value == UNKNOWN else op.NOT_APPLICABLE
                pc = base + p[pc + 1]
                continue
            f = S_FOUND
            s[f + N_START], s[f + N_UNIT] = today, op.CD
            s[f + N_LIMIT] = (value >> DAY_SHIFT) - (today >> DAY_SHIFT)
            s[f + N_LATEST], s[f + N_UNITED], s[f + N_FLAGS] = NULL, 0, 0
            set_due(s, (value >> DAY_SHIFT) << DAY_SHIFT)
        elif code == op.AGAINST:
            limit, unit, due = s[S_FOUND + N_LIMIT], s[S_FOUND + N_UNIT], s[S_FOUND + N_DUE]
            verdict, flags = against(m, s, as_of, hit, hit_event, open_question)
            if hit != NULL:
                flags |= hit_flag
            stop = hit
            taken = used(p, s, hit if hit != NULL else as_of)
            if p[pc + 1] == 1:
                flags |= told | s[S_FOUND + N_FLAGS]
        elif code == op.ALSO:
            sp -= 1
            if (
                verdict == op.MET
                or verdict == op.PENDING
                or (p[pc + 1] == 1 and verdict == op.UNKNOWN_VERDICT)
            ):
                if s[sp] == 0:
                    verdict = op.BREACHED
                elif s[sp] == UNKNOWN and verdict == op.MET:
                    verdict = op.UNKNOWN_VERDICT
        elif code == op.DOUBT_AGAIN:
            if not doubt:
                pc = base + p[pc + 1]
                continue
            f = S_SAVED + saved
            s[f], s[f + 1], s[f + 2], s[f + 3] = verdict, due, taken, limit
            s[f + 4], s[f + 5], s[f + 6] = unit, flags, stop
            saved += SAVED_WORDS
            doubt, doubtful = False, True
            verdict, due, taken, limit, unit, flags = op.UNKNOWN_VERDICT, NULL, NULL, NULL, -1, 0
            begin = moment
            excluded = extensions = accepted = told = 0
            hit, hit_event, hit_flag, open_question = NULL, -1, 0, False
            stop = act = NULL
        elif code == op.DOUBT_END:
            saved -= SAVED_WORDS
            f = S_SAVED + saved
            doubt = doubtful = False
            if s[f] == verdict:
                verdict, due, taken, limit = s[f], s[f + 1], s[f + 2], s[f + 3]
                unit, flags, stop = s[f + 4], s[f + 5], s[f + 6]
            else:
                verdict, due, taken, flags, stop = op.UNKNOWN_VERDICT, NULL, NULL, 0, NULL
                limit, unit = p[pc + 1], p[pc + 2]
        elif code == op.ENTER_FORM:
            f = S_SAVED + saved
            s[f], s[f + 1], s[f + 2], s[f + 3] = verdict, due, taken, limit
            s[f + 4], s[f + 5], s[f + 6] = unit, flags, stop
            s[f + 7], s[f + 8] = possible, it
            saved += SAVED_WORDS
            verdict, due, taken, limit, unit, flags = op.UNKNOWN_VERDICT, NULL, NULL, NULL, -1, 0
            begin = moment
            excluded = extensions = accepted = told = 0
            hit, hit_event, hit_flag, open_question = NULL, -1, 0, False
            stop = act = NULL
            failed_unknown = False
        elif code == op.LEAVE_FORM:
            s[sp] = UNKNOWN if verdict == op.UNKNOWN_VERDICT else p[p[op.P_VERDICT_CODE] + verdict]
            sp += 1
            saved -= SAVED_WORDS
            f = S_SAVED + saved
            verdict, due, taken, limit = s[f], s[f + 1], s[f + 2], s[f + 3]
            unit, flags, stop = s[f + 4], s[f + 5], s[f + 6]
            possible, it = s[f + 7], s[f + 8]
            begin = moment
            excluded = extensions = accepted = told = 0
            hit, hit_event, hit_flag, open_question = NULL, -1, 0, False
            act = NULL
        elif code == op.TOTAL_STEP:
            sp -= 1
            if s[sp] == UNKNOWN:
                s[fp + F_UNKNOWN] = 1
            elif s[sp] != NULL:
                s[fp + F_ROLE] += s[sp]
        elif code == op.END_TOTAL:
            s[sp] = UNKNOWN if s[fp + F_UNKNOWN] else s[fp + F_ROLE]
            sp += 1
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
        elif code == op.END_BY_THEN:
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            if s[fp + F_COUNT] and s[fp + F_FIRST] <= it:
                s[sp] = 1
            else:
                s[sp] = UNKNOWN if s[fp + F_UNKNOWN] else 0
            sp += 1
            fp -= FRAME_WORDS
        elif code == op.CALENDAR_DAY:
            value = s[sp - 1]
            if value not in (UNKNOWN, NULL):
                s[sp - 1] = calendar_day(value + p[pc + 1], p[pc + 2], p[pc + 3])
        elif code == op.KIND_OF_DAY:
            day = moment >> DAY_SHIFT
            s[sp] = UNKNOWN
            if covers(p, day):
                s[sp] = p[p[op.P_DAY_KIND] + day - p[p[op.P_CALENDAR] + op.C_FROM]]
            sp += 1
        elif code == op.AT_NIGHT:
            s[sp] = UNKNOWN
            if is_instant(moment):
                now = ((moment & LOW) - 1) >> 4
                begins, ends = p[pc + 1], p[pc + 2]
                if begins <= ends:
                    s[sp] = 1 if begins <= now < ends else 0
                else:
                    s[sp] = 1 if now >= begins or now < ends else 0
            sp += 1
        elif code == op.RIGHT:
            if verdict == op.BREACHED and stop == NULL:
                verdict = op.NOT_APPLICABLE
        elif code == op.SECOND_STAGE:
            if verdict != op.MET:
                pc = base + p[pc + 1]
                continue
            begin = (event_word(m, hit_event, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
            hit, hit_event, hit_flag, open_question = NULL, -1, 0, False
        elif code == op.WAIT_ACT:
            limit, unit, due = s[S_FOUND + N_LIMIT], s[S_FOUND + N_UNIT], s[S_FOUND + N_DUE]
            flags = s[S_FOUND + N_FLAGS]
            if p[pc + 1] == 1:
                act = moment
            else:
                count, first, uncertain = s[fp + F_COUNT], s[fp + F_FIRST], s[fp + F_UNKNOWN]
                it, item = s[fp + F_IT], s[fp + F_ITEM]
                fp -= FRAME_WORDS
                act = NULL
                if uncertain:
                    value = s[S_FOUND + N_DUE] if s[S_FOUND + N_DUE] != NULL else s[S_FOUND + N_EARLIEST]
                    if not (
                        count and value != NULL and later_than(event_word(m, first, op.E_MOMENT), value) == 0
                    ):
                        verdict = op.UNKNOWN_VERDICT
                        pc = base + p[pc + 2]
                        continue
                if count == 0:
                    pc = base + p[pc + 3]
                    continue
                it = first
                act = event_word(m, first, op.E_MOMENT)
        elif code == op.WAIT_ACT_ON:
            sp -= 1
            if s[sp] not in (UNKNOWN, NULL):
                act = (s[sp] >> DAY_SHIFT) << DAY_SHIFT
        elif code == op.WAIT_COMPARE:
            stop = act
            taken = used(p, s, act if act != NULL else as_of)
            verdict = waited(s, as_of, act)
            if p[pc + 1] == 1 and verdict == op.BREACHED and act != NULL and not is_instant(due):
                if due != NULL and (act >> DAY_SHIFT) == (due >> DAY_SHIFT):
                    verdict = op.MET
            if verdict != op.BREACHED or act == NULL:
                pc = base + p[pc + 2]
                continue
        elif code == op.EXCUSED:
            sp -= 1
            if s[sp] == 1:
                verdict = op.MET
            elif s[sp] == UNKNOWN:
                verdict = op.UNKNOWN_VERDICT
        elif code == op.AHEAD_DUE:
            limit, unit = p[pc + 1], p[pc + 2]
            value = moment
            if p[pc + 3] == 1:
                sp -= 1
                value = s[sp]
            if value in (UNKNOWN, NULL):
                verdict = op.UNKNOWN_VERDICT if value == UNKNOWN else op.NOT_APPLICABLE
                pc = base + p[pc + 4]
                continue
            day = value >> DAY_SHIFT
            if unit == op.CD:
                due = (day - limit - 1) << DAY_SHIFT
            else:
                day = nth_working_before(p, day, limit)
                due = (day - 1) << DAY_SHIFT if day >= 0 else NULL
        elif code == op.AHEAD_COMPARE:
            count, first, uncertain = s[fp + F_COUNT], s[fp + F_FIRST], s[fp + F_UNKNOWN]
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
            if due == NULL:
                verdict = op.UNKNOWN_VERDICT
            elif count:
                late = (event_word(m, first, op.E_MOMENT) >> DAY_SHIFT) > (due >> DAY_SHIFT)
                verdict = op.MET
                if late:
                    verdict = op.UNKNOWN_VERDICT if uncertain else op.BREACHED
            elif uncertain:
                verdict = op.UNKNOWN_VERDICT
            else:
                verdict = op.BREACHED if later_than(as_of, due) == 1 else op.PENDING
            if verdict != op.BREACHED:
                pc = base + p[pc + 1]
                continue
        elif code == op.PROMPT_FAILS:
            sp -= 1
            if s[sp] == 1:
                verdict = op.BREACHED
                pc = base + p[pc + 1]
                continue
            failed_unknown = s[sp] == UNKNOWN
        elif code == op.PROMPT:
            count, first, uncertain = s[fp + F_COUNT], s[fp + F_FIRST], s[fp + F_UNKNOWN]
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
            closed = -1
            for i in range(p[pc + 2]):
                low, high = order_range(m, subject, p[p[pc + 1] + i])
                for k in range(low, high):
                    found = m[m[op.M_ORDER] + k]
                    if found > subject:
                        if closed < 0 or found < closed:
                            closed = found
                        break
            verdict = op.PENDING
            if count and (closed < 0 or first < closed):
                verdict = op.UNKNOWN_VERDICT if failed_unknown else op.MET
            elif uncertain:
                verdict = op.UNKNOWN_VERDICT
            elif closed >= 0:
                verdict = op.BREACHED
        elif code == op.VERDICT:
            verdict = p[pc + 1]
        pc += WIDTH
