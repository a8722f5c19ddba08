"""Instructions for values that are asked for less often: people, registers, lists, days and sums."""

from __future__ import annotations

from . import opcodes as op
from .counting import due_of
from .dates import LOW, calendar_day, covers, is_instant
from .jit import compiled
from .opcodes import DAY_SHIFT, IN_PROGRAM, LIST_SHIFT, NULL, UNKNOWN, WIDTH
from .pad import (
    F_AT,
    F_COUNT,
    F_END,
    F_FIRST,
    F_IT,
    F_ITEM,
    F_LAST,
    F_MORE,
    F_OVER,
    F_ROLE,
    F_SELECTION,
    F_UNKNOWN,
    F_VALUE,
    FRAME_WORDS,
    T_FP,
    T_IT,
    T_ITEM,
    T_SP,
    leave,
)
from .records import (
    LENGTH,
    cell,
    count_people,
    days_outside,
    event_word,
    holds,
    key_range,
    range_bound,
    required_version,
    row_on,
    separate,
    version_changed,
)
from .searching import advance


@compiled
def rare_step(p, m, s, as_of, subject, pc):
    """One instruction; gives the place of the next."""
    code, base, to = p[pc], p[op.P_CODE], pc + WIDTH
    sp, fp, it, item = s[T_SP], s[T_FP], s[T_IT], s[T_ITEM]
    moment = event_word(m, subject, op.E_MOMENT)
    today = (moment >> DAY_SHIFT) << DAY_SHIFT
    if code == op.ACTIVITY:
        s[sp] = p[p[op.P_ACTIVITY_CODE] + event_word(m, it if p[pc + 1] == 1 else subject, op.E_ACTIVITY)]
        sp += 1
    elif code == op.MATTER_KIND:
        s[sp] = p[p[op.P_KIND_CODE] + m[m[op.M_MATTER_KIND] + event_word(m, subject, op.E_MATTER)]]
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
    elif code == op.HOLDS:
        sp -= 1
        a, b = s[sp - 1], s[sp]
        s[sp - 1] = UNKNOWN if (a == UNKNOWN or b == UNKNOWN) else holds(p, m, a, b, p[pc + 2], p[pc + 1])
    elif code == op.SIZE:
        value = s[sp - 1]
        if value != UNKNOWN:
            s[sp - 1] = 0 if value == NULL else value & LENGTH
    elif code == op.OR_UNKNOWN:
        if s[sp - 1] == 0:
            s[sp - 1] = UNKNOWN
    elif code == op.TIMES:
        sp -= 1
        a, b = s[sp - 1], s[sp]
        if a == UNKNOWN or b == UNKNOWN:
            s[sp - 1] = UNKNOWN
        elif a == NULL or b == NULL:
            s[sp - 1] = NULL
        else:
            s[sp - 1] = a * b
    elif code == op.DATE_AFTER:
        value = s[sp - 1]
        if value > NULL:
            found, _, _, _ = due_of(p, s, value >> DAY_SHIFT, p[pc + 1], p[pc + 2], p[pc + 3], 0)
            s[sp - 1] = found << DAY_SHIFT if found >= 0 else UNKNOWN
    elif code == op.DAYS_OUTSIDE:
        sp -= 1
        a, b = s[sp - 1], s[sp]
        if a == UNKNOWN or b == UNKNOWN:
            s[sp - 1] = UNKNOWN
        elif a == NULL or b == NULL:
            s[sp - 1] = NULL
        else:
            s[sp - 1] = days_outside(p, m, s, subject, a, b, p[pc + 1], p[pc + 2], p[pc + 3], p[pc + 4])
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
            return leave(s, sp, fp, it, item, base + p[pc + 3])
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
            return leave(s, sp, fp, it, item, base + p[pc + 2])
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
    elif code == op.LOOP_ITEMS:
        sp -= 1
        value = s[sp]
        fp += FRAME_WORDS
        s[fp + F_IT], s[fp + F_ITEM] = it, item
        s[fp + F_OVER], s[fp + F_AT], s[fp + F_SELECTION] = op.OVER_ITEMS, 0, p[pc + 1]
        s[fp + F_COUNT] = 0
        s[fp + F_UNKNOWN] = 1 if value == UNKNOWN else 0
        s[fp + F_END] = 0 if value <= NULL else value & LENGTH
        s[fp + F_VALUE] = value >> LIST_SHIFT
        if s[fp + F_END] == 0:
            return leave(s, sp, fp, it, item, base + p[pc + 2])
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
            return leave(s, sp, fp, it, item, base + p[pc + 2])
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
        s[sp - 1] = UNKNOWN if value <= NULL else cell(p, m, value + p[pc + 1])
    elif code == op.ELEMENT_WHERE:
        sp -= 1
        a, b = s[sp - 1], s[sp]
        s[sp - 1] = UNKNOWN
        if a > NULL and b != UNKNOWN:
            for i in range((a & LENGTH) - 1, -1, -1):
                value = cell(p, m, (a >> LIST_SHIFT) + i * p[pc + 1] + p[pc + 2])
                if (NULL if value == UNKNOWN else value) == b:
                    s[sp - 1] = (a >> LIST_SHIFT) + i * p[pc + 1]
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
            return leave(s, sp, fp, it, item, base + p[pc + 3])
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
        if value > NULL:
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
    return leave(s, sp, fp, it, item, to)
