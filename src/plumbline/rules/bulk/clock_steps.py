"""Instructions of counts: what begins, excludes, extends, replaces and stops a period."""

from __future__ import annotations

from . import opcodes as op
from .counting import set_due
from .dates import earlier, later_than
from .granting import entitled, exclude_between, exclude_hearing, granted, take_grant, test_ended
from .jit import compiled
from .opcodes import DAY_SHIFT, NULL, UNKNOWN, WIDTH
from .pad import (
    F_IT,
    F_ITEM,
    F_MORE,
    F_ROLE,
    F_UNKNOWN,
    FRAME_WORDS,
    INTERVALS,
    N_DUE,
    N_FLAGS,
    N_LATEST,
    N_LIMIT,
    N_START,
    N_UNIT,
    N_UNITED,
    S_EXCLUDED,
    S_FOUND,
    S_SAVED,
    SAVED_WORDS,
    T_ACCEPTED,
    T_BEGIN,
    T_DOUBT,
    T_DOUBTFUL,
    T_DUE,
    T_EXCLUDED,
    T_EXTENSIONS,
    T_FLAGS,
    T_FP,
    T_HIT,
    T_HIT_EVENT,
    T_HIT_FLAG,
    T_IT,
    T_ITEM,
    T_LIMIT,
    T_OPEN_QUESTION,
    T_SAVED,
    T_SP,
    T_STEP,
    T_STOP,
    T_SUM_HIT,
    T_TAKEN,
    T_TARGET,
    T_TOLD,
    T_TOTAL,
    T_UNIT,
    T_VERDICT,
    TOO_MANY,
    finish,
    forget,
    leave,
)
from .records import (
    event_value,
    event_word,
    order_range,
)


@compiled
def clock_step(p, m, s, as_of, subject, pc):
    """One instruction; gives the place of the next, or ``DONE``."""
    code, base, to = p[pc], p[op.P_CODE], pc + WIDTH
    sp, fp, it, item = s[T_SP], s[T_FP], s[T_IT], s[T_ITEM]
    moment = event_word(m, subject, op.E_MOMENT)
    today = (moment >> DAY_SHIFT) << DAY_SHIFT
    if code == op.BEGIN_ON:
        sp -= 1
        value = s[sp]
        if value <= NULL:
            if p[pc + 4] != op.START_OF_STAGE and (value == UNKNOWN or p[pc + 4] == op.START_OF_WAIT):
                s[T_LIMIT], s[T_UNIT] = p[pc + 2], p[pc + 3]
            if value == UNKNOWN:
                s[T_VERDICT] = op.UNKNOWN_VERDICT
            else:
                s[T_VERDICT] = op.BREACHED if p[pc + 4] == op.START_OF_WAIT else op.NOT_APPLICABLE
            return leave(s, sp, fp, it, item, base + p[pc + 1])
        s[T_BEGIN] = (value >> DAY_SHIFT) << DAY_SHIFT
    elif code == op.EXCLUDE_BETWEEN:
        more, count = exclude_between(p, m, s, subject, p[pc + 1], s[T_EXCLUDED])
        if more < 0:
            return finish(s, TOO_MANY, -1)
        s[T_EXCLUDED] = more
        s[T_ACCEPTED] += count
    elif code == op.EXCLUDE_HEARING:
        s[T_EXCLUDED] = exclude_hearing(p, m, s, subject, p[pc + 1], s[T_EXCLUDED])
        if s[T_EXCLUDED] < 0:
            return finish(s, TOO_MANY, -1)
    elif code == op.EXCLUDE_DAYS:
        low, high = order_range(m, subject, p[pc + 1])
        if s[T_EXCLUDED] + high - low >= INTERVALS:
            return finish(s, TOO_MANY, -1)
        for i in range(low, high):
            day = event_word(m, m[m[op.M_ORDER] + i], op.E_MOMENT) >> DAY_SHIFT
            s[S_EXCLUDED + 2 * s[T_EXCLUDED]], s[S_EXCLUDED + 2 * s[T_EXCLUDED] + 1] = day, day + p[pc + 2]
            s[T_EXCLUDED] += 1
    elif code == op.TEST_COUNTS:
        sp -= 1
        if s[sp] != 0:
            day = event_word(m, it, op.E_MOMENT) >> DAY_SHIFT
            until = test_ended(p, m, it, p[pc + 1], p[pc + 2], p[pc + 3])
            if until < day:
                return finish(s, op.ERROR, -1)
            if s[T_EXCLUDED] >= INTERVALS:
                return finish(s, TOO_MANY, -1)
            s[T_ACCEPTED] += 1
            if s[sp] == UNKNOWN:
                s[T_DOUBT] = 1
            if s[sp] != UNKNOWN or s[T_DOUBTFUL]:
                s[S_EXCLUDED + 2 * s[T_EXCLUDED]], s[S_EXCLUDED + 2 * s[T_EXCLUDED] + 1] = day, until
                s[T_EXCLUDED] += 1
    elif code == op.SUSPENSIONS_LEFT:
        count = 0
        for i in range(p[pc + 2]):
            low, high = order_range(m, subject, p[p[pc + 1] + i])
            count += high - low
        if count > s[T_ACCEPTED]:
            s[T_TOLD] |= op.SUSPENSION_IGNORED
    elif code == op.EXTENSIONS:
        s[T_EXTENSIONS], ignored = granted(p, m, s, subject, p[pc + 1])
        if s[T_EXTENSIONS] < 0:
            return finish(s, TOO_MANY, -1)
        if ignored:
            s[T_TOLD] |= op.EXTENSION_IGNORED
    elif code == op.GRANT_BEGIN:
        s[T_STEP] = 0
    elif code == op.GRANT_CHECK:
        answer = entitled(p, m, subject, it, p[pc + 1], s[T_STEP])
        if answer != 1:
            if answer == 0:
                s[T_TOLD] |= op.EXTENSION_IGNORED
            return leave(s, sp, fp, it, item, base + p[pc + 2])
    elif code == op.STEP_IS:
        if s[T_STEP] != p[pc + 1]:
            return leave(s, sp, fp, it, item, base + p[pc + 2])
    elif code == op.GRANT_TAKE:
        sp -= 1
        if s[sp] == UNKNOWN:
            s[T_DOUBT] = 1
        if s[sp] == 0 or s[sp] == NULL:
            s[T_TOLD] |= op.EXTENSION_IGNORED
        elif s[sp] != UNKNOWN or s[T_DOUBTFUL]:
            if s[T_EXTENSIONS] >= INTERVALS:
                return finish(s, TOO_MANY, -1)
            take_grant(p, m, s, it, p[pc + 1], s[T_STEP], s[T_EXTENSIONS])
            s[T_EXTENSIONS] += 1
            s[T_STEP] += 1
    elif code == op.GRANTS_IGNORED:
        low, high = order_range(m, subject, p[pc + 1])
        for i in range(low, high):
            if event_value(p, m, m[m[op.M_ORDER] + i], p[pc + 2]) == p[pc + 3]:
                s[T_TOLD] |= op.EXTENSION_IGNORED
    elif code == op.SAME_DAY_DUE:
        sp -= 1
        if s[sp] == 1:
            set_due(s, (s[T_BEGIN] >> DAY_SHIFT) << DAY_SHIFT)
    elif code == op.REPLACE:
        value = s[S_FOUND + N_DUE]
        day = (event_word(m, it, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
        if value != NULL and later_than(day, value) == 0:
            set_due(s, (event_value(p, m, it, p[pc + 1]) >> DAY_SHIFT) << DAY_SHIFT)
    elif code == op.OVER:
        value = s[S_FOUND + N_DUE]
        day = (event_word(m, it, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
        if value != NULL and later_than(day, value) == 0:
            s[T_VERDICT] = op.NOT_APPLICABLE
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
            return leave(s, sp, fp, it, item, base + p[pc + 1])
    elif code == op.STOP_BEGIN:
        sp -= 1
        s[T_TARGET], s[T_TOTAL], s[T_SUM_HIT] = s[sp], 0, -1
        if s[T_TARGET] == UNKNOWN:
            s[T_OPEN_QUESTION] = 1
    elif code == op.STOP_SUM:
        if s[T_TARGET] != UNKNOWN and s[T_SUM_HIT] < 0:
            value = event_value(p, m, it, p[pc + 1])
            if value == UNKNOWN:
                s[T_OPEN_QUESTION] = 1
            else:
                s[T_TOTAL] += value
                if s[T_TOTAL] >= s[T_TARGET]:
                    s[T_SUM_HIT] = it
    elif code in (op.STOP_SUM_END, op.STOP_ON_END):
        if code == op.STOP_ON_END:
            s[T_SUM_HIT] = s[fp + F_MORE]
            value = s[fp + F_ROLE]
        elif s[T_SUM_HIT] >= 0:
            value = event_word(m, s[T_SUM_HIT], op.E_MOMENT)
        if s[fp + F_UNKNOWN]:
            s[T_OPEN_QUESTION] = 1
        if s[T_SUM_HIT] >= 0 and (s[T_HIT] == NULL or earlier(value, s[T_HIT])):
            s[T_HIT], s[T_HIT_EVENT], s[T_HIT_FLAG] = value, s[T_SUM_HIT], p[pc + 1]
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
        if value <= NULL:
            s[T_VERDICT] = op.UNKNOWN_VERDICT if value == UNKNOWN else op.NOT_APPLICABLE
            return leave(s, sp, fp, it, item, base + p[pc + 1])
        f = S_FOUND
        s[f + N_START], s[f + N_UNIT] = today, op.CD
        s[f + N_LIMIT] = (value >> DAY_SHIFT) - (today >> DAY_SHIFT)
        s[f + N_LATEST], s[f + N_UNITED], s[f + N_FLAGS] = NULL, 0, 0
        set_due(s, (value >> DAY_SHIFT) << DAY_SHIFT)
    elif code == op.ALSO:
        sp -= 1
        if (
            s[T_VERDICT] == op.MET
            or s[T_VERDICT] == op.PENDING
            or (p[pc + 1] == 1 and s[T_VERDICT] == op.UNKNOWN_VERDICT)
        ):
            if s[sp] == 0:
                s[T_VERDICT] = op.BREACHED
            elif s[sp] == UNKNOWN and s[T_VERDICT] == op.MET:
                s[T_VERDICT] = op.UNKNOWN_VERDICT
    elif code == op.DOUBT_AGAIN:
        if not s[T_DOUBT]:
            return leave(s, sp, fp, it, item, base + p[pc + 1])
        f = S_SAVED + s[T_SAVED]
        s[f], s[f + 1], s[f + 2], s[f + 3] = s[T_VERDICT], s[T_DUE], s[T_TAKEN], s[T_LIMIT]
        s[f + 4], s[f + 5], s[f + 6] = s[T_UNIT], s[T_FLAGS], s[T_STOP]
        s[T_SAVED] += SAVED_WORDS
        s[T_DOUBT], s[T_DOUBTFUL] = 0, 1
        forget(s, moment)
    elif code == op.DOUBT_END:
        s[T_SAVED] -= SAVED_WORDS
        f = S_SAVED + s[T_SAVED]
        s[T_DOUBT] = s[T_DOUBTFUL] = 0
        if s[f] == s[T_VERDICT]:
            s[T_VERDICT], s[T_DUE], s[T_TAKEN], s[T_LIMIT] = s[f], s[f + 1], s[f + 2], s[f + 3]
            s[T_UNIT], s[T_FLAGS], s[T_STOP] = s[f + 4], s[f + 5], s[f + 6]
        else:
            s[T_VERDICT], s[T_DUE], s[T_TAKEN], s[T_FLAGS], s[T_STOP] = (
                op.UNKNOWN_VERDICT,
                NULL,
                NULL,
                0,
                NULL,
            )
            s[T_LIMIT], s[T_UNIT] = p[pc + 1], p[pc + 2]
    elif code == op.RIGHT:
        if s[T_VERDICT] == op.BREACHED and s[T_STOP] == NULL:
            s[T_VERDICT] = op.NOT_APPLICABLE
    elif code == op.SECOND_STAGE:
        if s[T_VERDICT] != op.MET:
            return leave(s, sp, fp, it, item, base + p[pc + 1])
        s[T_BEGIN] = (event_word(m, s[T_HIT_EVENT], op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
        s[T_HIT], s[T_HIT_EVENT], s[T_HIT_FLAG], s[T_OPEN_QUESTION] = NULL, -1, 0, 0
    return leave(s, sp, fp, it, item, to)
