"""Instructions of the forms that are no plain count: checks, cases, waits, notice ahead, duties without a number."""

from __future__ import annotations

from . import opcodes as op
from .counting import used, waited
from .dates import is_instant, later_than, nth_working_before
from .jit import compiled
from .opcodes import DAY_SHIFT, NULL, UNKNOWN, WIDTH
from .pad import (
    F_COUNT,
    F_FIRST,
    F_IT,
    F_ITEM,
    F_UNKNOWN,
    FRAME_WORDS,
    N_DUE,
    N_EARLIEST,
    N_FLAGS,
    N_LIMIT,
    N_UNIT,
    S_FOUND,
    S_SAVED,
    SAVED_WORDS,
    T_ACT,
    T_BEGIN,
    T_DUE,
    T_FAILED_UNKNOWN,
    T_FLAGS,
    T_FP,
    T_IT,
    T_ITEM,
    T_LIMIT,
    T_POSSIBLE,
    T_SAVED,
    T_SP,
    T_STOP,
    T_TAKEN,
    T_UNIT,
    T_VERDICT,
    forget,
    leave,
)
from .records import event_word, order_range


@compiled
def form_step(p, m, s, as_of, subject, pc):
    """One instruction; gives the place of the next."""
    code, base, to = p[pc], p[op.P_CODE], pc + WIDTH
    sp, fp, it, item = s[T_SP], s[T_FP], s[T_IT], s[T_ITEM]
    moment = event_word(m, subject, op.E_MOMENT)
    if code == op.CHECK_DUE:
        sp -= 1
        if s[sp] > NULL:
            s[T_DUE] = (s[sp] >> DAY_SHIFT) << DAY_SHIFT
    elif code == op.DECIDE_END:
        if p[pc + 1] >= 0:
            s[T_POSSIBLE] |= 1 << p[pc + 1]
        else:
            s[T_VERDICT] = op.UNKNOWN_VERDICT
            for v in range(6):
                if s[T_POSSIBLE] == 1 << v:
                    s[T_VERDICT] = v
    elif code == op.BY_CASE:
        sp -= 1
        if s[sp] == 0:
            return leave(s, sp, fp, it, item, base + p[pc + 1])
        if s[sp] != 1:
            return leave(s, sp, fp, it, item, base + p[pc + 2])
    elif code == op.SAVE_OUTCOME:
        s[S_SAVED + s[T_SAVED]] = s[T_VERDICT]
        s[T_SAVED] += SAVED_WORDS
    elif code == op.MERGE_OUTCOME:
        s[T_SAVED] -= SAVED_WORDS
        if s[S_SAVED + s[T_SAVED]] != s[T_VERDICT] or s[T_VERDICT] == op.UNKNOWN_VERDICT:
            forget(s, moment)
    elif code == op.RESET:
        forget(s, moment)
    elif code == op.ENTER_FORM:
        f = S_SAVED + s[T_SAVED]
        s[f], s[f + 1], s[f + 2], s[f + 3] = s[T_VERDICT], s[T_DUE], s[T_TAKEN], s[T_LIMIT]
        s[f + 4], s[f + 5], s[f + 6] = s[T_UNIT], s[T_FLAGS], s[T_STOP]
        s[f + 7], s[f + 8], s[f + 9] = s[T_POSSIBLE], it, s[T_BEGIN]
        s[T_SAVED] += SAVED_WORDS
        forget(s, moment)
    elif code == op.LEAVE_FORM:
        s[sp] = UNKNOWN if s[T_VERDICT] == op.UNKNOWN_VERDICT else p[p[op.P_VERDICT_CODE] + s[T_VERDICT]]
        sp += 1
        s[T_SAVED] -= SAVED_WORDS
        f = S_SAVED + s[T_SAVED]
        forget(s, moment)
        s[T_VERDICT], s[T_DUE], s[T_TAKEN], s[T_LIMIT] = s[f], s[f + 1], s[f + 2], s[f + 3]
        s[T_UNIT], s[T_FLAGS], s[T_STOP] = s[f + 4], s[f + 5], s[f + 6]
        s[T_POSSIBLE], it, s[T_BEGIN] = s[f + 7], s[f + 8], s[f + 9]
    elif code == op.WAIT_ACT:
        s[T_LIMIT], s[T_UNIT], s[T_DUE] = s[S_FOUND + N_LIMIT], s[S_FOUND + N_UNIT], s[S_FOUND + N_DUE]
        s[T_FLAGS] = s[S_FOUND + N_FLAGS]
        if p[pc + 1] == 1:
            s[T_ACT] = moment
        else:
            count, first, uncertain = s[fp + F_COUNT], s[fp + F_FIRST], s[fp + F_UNKNOWN]
            it, item = s[fp + F_IT], s[fp + F_ITEM]
            fp -= FRAME_WORDS
            s[T_ACT] = NULL
            if uncertain:
                value = s[S_FOUND + N_DUE] if s[S_FOUND + N_DUE] != NULL else s[S_FOUND + N_EARLIEST]
                if not (
                    count and value != NULL and later_than(event_word(m, first, op.E_MOMENT), value) == 0
                ):
                    s[T_VERDICT] = op.UNKNOWN_VERDICT
                    return leave(s, sp, fp, it, item, base + p[pc + 2])
            if count == 0:
                return leave(s, sp, fp, it, item, base + p[pc + 3])
            it = first
            s[T_ACT] = event_word(m, first, op.E_MOMENT)
    elif code == op.WAIT_ACT_ON:
        sp -= 1
        if s[sp] > NULL:
            s[T_ACT] = (s[sp] >> DAY_SHIFT) << DAY_SHIFT
    elif code == op.WAIT_COMPARE:
        s[T_STOP] = s[T_ACT]
        s[T_TAKEN] = used(p, s, s[T_ACT] if s[T_ACT] != NULL else as_of)
        s[T_VERDICT] = waited(s, as_of, s[T_ACT])
        if p[pc + 1] == 1 and s[T_VERDICT] == op.BREACHED and s[T_ACT] != NULL and not is_instant(s[T_DUE]):
            if s[T_DUE] != NULL and (s[T_ACT] >> DAY_SHIFT) == (s[T_DUE] >> DAY_SHIFT):
                s[T_VERDICT] = op.MET
        if s[T_VERDICT] != op.BREACHED or s[T_ACT] == NULL:
            return leave(s, sp, fp, it, item, base + p[pc + 2])
    elif code == op.EXCUSED:
        sp -= 1
        if s[sp] == 1:
            s[T_VERDICT] = op.MET
        elif s[sp] == UNKNOWN:
            s[T_VERDICT] = op.UNKNOWN_VERDICT
    elif code == op.AHEAD_DUE:
        s[T_LIMIT], s[T_UNIT] = p[pc + 1], p[pc + 2]
        value = moment
        if p[pc + 3] == 1:
            sp -= 1
            value = s[sp]
        if value <= NULL:
            s[T_VERDICT] = op.UNKNOWN_VERDICT if value == UNKNOWN else op.NOT_APPLICABLE
            return leave(s, sp, fp, it, item, base + p[pc + 4])
        day = value >> DAY_SHIFT
        if s[T_UNIT] == op.CD:
            s[T_DUE] = (day - s[T_LIMIT] - 1) << DAY_SHIFT
        else:
            day = nth_working_before(p, day, s[T_LIMIT])
            s[T_DUE] = (day - 1) << DAY_SHIFT if day >= 0 else NULL
    elif code == op.AHEAD_COMPARE:
        count, first, uncertain = s[fp + F_COUNT], s[fp + F_FIRST], s[fp + F_UNKNOWN]
        it, item = s[fp + F_IT], s[fp + F_ITEM]
        fp -= FRAME_WORDS
        if s[T_DUE] == NULL:
            s[T_VERDICT] = op.UNKNOWN_VERDICT
        elif count:
            late = (event_word(m, first, op.E_MOMENT) >> DAY_SHIFT) > (s[T_DUE] >> DAY_SHIFT)
            s[T_VERDICT] = op.MET
            if late:
                s[T_VERDICT] = op.UNKNOWN_VERDICT if uncertain else op.BREACHED
        elif uncertain:
            s[T_VERDICT] = op.UNKNOWN_VERDICT
        else:
            s[T_VERDICT] = op.BREACHED if later_than(as_of, s[T_DUE]) == 1 else op.PENDING
        if s[T_VERDICT] != op.BREACHED:
            return leave(s, sp, fp, it, item, base + p[pc + 1])
    elif code == op.PROMPT_FAILS:
        sp -= 1
        if s[sp] == 1:
            s[T_VERDICT] = op.BREACHED
            return leave(s, sp, fp, it, item, base + p[pc + 1])
        s[T_FAILED_UNKNOWN] = s[sp] == UNKNOWN
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
        s[T_VERDICT] = op.PENDING
        if count and (closed < 0 or first < closed):
            s[T_VERDICT] = op.UNKNOWN_VERDICT if s[T_FAILED_UNKNOWN] else op.MET
        elif uncertain:
            s[T_VERDICT] = op.UNKNOWN_VERDICT
        elif closed >= 0:
            s[T_VERDICT] = op.BREACHED
    elif code == op.VERDICT:
        s[T_VERDICT] = p[pc + 1]
    return leave(s, sp, fp, it, item, to)
