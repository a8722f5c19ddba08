"""Reading records in arrays: events, register rows, lists; and the comparison of an item's versions."""

from __future__ import annotations

from . import opcodes as op
from .counting import united
from .dates import LAST_DAY
from .jit import compiled
from .opcodes import DAY_SHIFT, IN_PROGRAM, LIST_SHIFT, NULL, UNKNOWN
from .pad import INTERVALS, S_APART

LENGTH = (1 << LIST_SHIFT) - 1


@compiled
def event_word(m, event, word):
    return m[m[op.M_EVENT] + event * op.EVENT_WORDS + word]


@compiled
def event_value(p, m, event, path):
    """A path of an event's data; unknown where it is not stated."""
    if path < 0:
        return UNKNOWN
    at = m[op.M_EVENT] + event * op.EVENT_WORDS
    slot = p[p[op.P_SLOT] + path * p[op.P_ACTIVITIES] + m[at]]
    return UNKNOWN if slot < 0 else m[m[at + op.E_VALUES] + slot]


@compiled
def cell(p, m, address):
    return p[address ^ IN_PROGRAM] if address & IN_PROGRAM else m[address]


@compiled
def stated(value):
    """Null and not stated alike, for joins that do not tell them apart."""
    return NULL if value == UNKNOWN else value


@compiled
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


@compiled
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


@compiled
def in_force(p, index, row, day):
    """Whether a row of a register is in force on a day (both as moments)."""
    row ^= IN_PROGRAM
    if p[row + p[index + 5]] > day:
        return False
    if p[index + 6] < 0:
        return True
    until = p[row + p[index + 6]]
    return until <= NULL or day <= until


@compiled
def named_before(m, first, at, role):
    for i in range(at):
        if m[first + 2 * i] == m[first + 2 * at] and m[first + 2 * i + 1] == role:
            return True
    return False


@compiled
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


@compiled
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


@compiled
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


@compiled
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


@compiled
def range_for(p, row, d, party):
    """The address of the range of a row for a kind of party; -1 for none. ``d`` describes the register."""
    ranges = p[(row ^ IN_PROGRAM) + p[d + 4]]
    if ranges <= NULL:
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


@compiled
def attribute(p, m, subject, name, path):
    """A case attribute at an event: from where it is stated last, else first; unknown where nowhere."""
    source = m[m[op.M_ATTRIBUTE] + name * m[op.M_EVENTS] + subject]
    return UNKNOWN if source < 0 else event_value(p, m, source, path)


@compiled
def row_on(p, index, low, high, day):
    """The first row in force on a day; NULL for none."""
    for i in range(low, high):
        row = p[p[index + 4] + i]
        if in_force(p, index, row, day):
            return row
    return NULL


@compiled
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
    if old == NULL or old == new:
        return new
    if m[m[op.M_ATTRIBUTE] + p[d + 16] * m[op.M_EVENTS] + subject] < 0:
        return UNKNOWN
    party = attribute(p, m, subject, p[d + 16], p[d + 17])
    before, after = range_for(p, old, d, party), range_for(p, new, d, party)
    if before < 0 or after < 0:
        return UNKNOWN
    most_before, most_after = p[before + p[d + 6]], p[after + p[d + 6]]
    if most_before == UNKNOWN or most_after == UNKNOWN:
        return UNKNOWN
    if most_after < most_before:
        return new
    least_before, least_after = p[before + p[d + 7]], p[after + p[d + 7]]
    least_before = 0 if least_before == UNKNOWN else least_before
    least_after = 0 if least_after == UNKNOWN else least_after
    return new if most_after == most_before and least_after < least_before else old


@compiled
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


@compiled
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
    if rate <= NULL:
        return UNKNOWN if largest == 1 else 0
    if base == UNKNOWN:
        return UNKNOWN
    return base * rate // 10_000 if largest == 1 else -(-base * rate // 10_000)


@compiled
def compare(how, a, b):
    if how == op.EQ:
        return 1 if a == b else 0
    if how == op.NE:
        return 1 if a != b else 0
    if a == NULL or b == NULL:
        return 0
    if how == op.LT:
        return 1 if a < b else 0
    if how == op.LE:
        return 1 if a <= b else 0
    if how == op.GT:
        return 1 if a > b else 0
    return 1 if a >= b else 0


@compiled
def among(p, address, number, value):
    for i in range(number):
        if p[address + i] == value:
            return True
    return False


@compiled
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
