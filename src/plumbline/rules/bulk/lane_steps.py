"""Instructions that are done for all lanes at once and after which they all go on together.

The list of lanes at work stands at the head of the scratch (``w[0]`` … ``w[n - 1]``), each by the address of its pad.
"""

from __future__ import annotations

from . import opcodes as op
from .counting import against, plain_days, reckon, used
from .dates import LAST_DAY, earlier, is_instant
from .jit import compiled, shifted
from .opcodes import DAY_SHIFT, NULL, UNKNOWN, WIDTH
from .pad import (
    N_DUE,
    N_FLAGS,
    N_LIMIT,
    N_START,
    N_UNIT,
    N_UNITED,
    S_FOUND,
    T_BEGIN,
    T_DUE,
    T_EXCLUDED,
    T_EXTENSIONS,
    T_FLAGS,
    T_HIT,
    T_HIT_EVENT,
    T_HIT_FLAG,
    T_IT,
    T_LIMIT,
    T_OPEN_QUESTION,
    T_POSSIBLE,
    T_STOP,
    T_SUBJECT,
    T_TAKEN,
    T_TOLD,
    T_UNIT,
    T_VERDICT,
)
from .records import attribute, compare, event_value, event_word
from .searching import exists, first_match, pick_plain


@compiled
def lane_step(p, m, w, as_of, n, sp, pc):
    """One instruction for the first ``n`` lanes of the list; gives the height of the stack afterwards."""
    code, a, b = p[pc], p[pc + 1], p[pc + 2]
    if code == op.CONST:
        for i in range(n):
            w[w[i] + sp] = a
        return sp + 1
    if code == op.FIELD:
        for i in range(n):
            s = w[i]
            w[s + sp] = event_value(p, m, w[s + T_SUBJECT], a)
        return sp + 1
    if code == op.IT_FIELD:
        for i in range(n):
            s = w[i]
            w[s + sp] = event_value(p, m, w[s + T_IT], a)
        return sp + 1
    if code == op.COMPARE_CONST:
        for i in range(n):
            s = w[i] + sp - 1
            value = w[s]
            if value != UNKNOWN:
                w[s] = compare(a, value, b)
        return sp
    if code == op.COMPARE:
        for i in range(n):
            s = w[i] + sp - 2
            one, other = w[s], w[s + 1]
            w[s] = UNKNOWN if (one == UNKNOWN or other == UNKNOWN) else compare(a, one, other)
        return sp - 1
    if code == op.NOT:
        for i in range(n):
            s = w[i] + sp - 1
            value = w[s]
            if value != UNKNOWN:
                w[s] = 1 if (value == 0 or value == NULL) else 0
        return sp
    if code == op.EXISTS_PLAIN:
        for i in range(n):
            s = w[i]
            w[s + sp] = exists(p, m, w[s + T_SUBJECT], a)
        return sp + 1
    if code == op.SAME:
        for i in range(n):
            s = w[i] + sp - 2
            if w[s + 1] != w[s]:
                w[s] = UNKNOWN
        return sp - 1
    if code == op.DAY:
        of = T_IT if a == 1 else T_SUBJECT
        for i in range(n):
            s = w[i]
            w[s + sp] = (event_word(m, w[s + of], op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
        return sp + 1
    if code == op.ORDER:
        for i in range(n):
            s = w[i]
            it = w[s + T_IT]
            w[s + sp] = it - m[m[op.M_MATTER_START] + event_word(m, it, op.E_MATTER)]
        return sp + 1
    if code == op.ATTRIBUTE:
        for i in range(n):
            s = w[i]
            w[s + sp] = attribute(p, m, w[s + T_SUBJECT], a, b)
        return sp + 1
    if code == op.STATED:
        for i in range(n):
            s = w[i] + sp - 1
            w[s] = 0 if w[s] == UNKNOWN else 1
        return sp
    if code == op.ENVELOPE:
        of = T_IT if b == 1 else T_SUBJECT
        for i in range(n):
            s = w[i]
            w[s + sp] = event_word(m, w[s + of], a)
        return sp + 1
    if code == op.AS_OF:
        for i in range(n):
            w[w[i] + sp] = (as_of >> DAY_SHIFT) << DAY_SHIFT
        return sp + 1
    if code in (op.PLUS, op.DAYS_BETWEEN):
        for i in range(n):
            s = w[i] + sp - 2
            one, other = w[s], w[s + 1]
            if one == UNKNOWN or other == UNKNOWN:
                w[s] = UNKNOWN
            elif one == NULL or other == NULL:
                w[s] = NULL
            else:
                w[s] = one + other if code == op.PLUS else (other >> DAY_SHIFT) - (one >> DAY_SHIFT)
        return sp - 1
    if code == op.ONE_OF:
        for i in range(n):
            s = w[i] + sp - 1
            value = w[s]
            if value != UNKNOWN:
                w[s] = 0
                for k in range(b):
                    if p[a + k] == value:
                        w[s] = 1
        return sp
    if code == op.RECKON:
        c = p[pc + 3]
        for i in range(n):
            s = shifted(w, w[i])
            if b == op.CD and c == 0 and s[T_EXCLUDED] == 0 and s[T_EXTENSIONS] == 0:
                plain_days(s, s[T_BEGIN], a)
            else:
                reckon(p, s, s[T_BEGIN], a, b, c, s[T_EXCLUDED], s[T_EXTENSIONS])
        return sp
    if code == op.STOP_PLAIN:
        for i in range(n):
            s = shifted(w, w[i])
            found = first_match(p, m, s[T_SUBJECT], a)
            if found >= 0:
                value = event_word(m, found, op.E_MOMENT)
                if s[T_HIT] == NULL or earlier(value, s[T_HIT]):
                    s[T_HIT], s[T_HIT_EVENT], s[T_HIT_FLAG] = value, found, b
        return sp
    if code == op.AGAINST:
        for i in range(n):
            s = shifted(w, w[i])
            due, hit = s[S_FOUND + N_DUE], s[T_HIT]
            if due == NULL or is_instant(due) or s[S_FOUND + N_UNIT] != op.CD or s[S_FOUND + N_UNITED] != 0:
                compare_with_due(p, m, s, as_of)
            else:
                compare_with_day(m, s, due, hit, as_of)
            if hit != NULL:
                s[T_FLAGS] |= s[T_HIT_FLAG]
            s[T_STOP] = hit
            if a == 1:
                s[T_FLAGS] |= s[T_TOLD] | s[S_FOUND + N_FLAGS]
        return sp
    if code == op.CHECKED:
        for i in range(n):
            s = w[i]
            value = w[s + sp - 1]
            if value == UNKNOWN:
                w[s + T_VERDICT] = op.UNKNOWN_VERDICT
            else:
                w[s + T_VERDICT] = op.BREACHED if (value == 0 or value == NULL) else op.MET
        return sp - 1
    for i in range(n):  # DECIDE_BEGIN
        w[w[i] + T_POSSIBLE] = 0
    return sp


@compiled
def picked_value(p, m, w, n, sp, pc):
    """A field or the date of the event picked, for all lanes."""
    selection, last, path, default = p[pc + 1], p[pc + 2], p[pc + 3], p[p[op.P_CODE] + p[pc + 4] - WIDTH + 1]
    for i in range(n):
        s = w[i]
        found = pick_plain(p, m, w[s + T_SUBJECT], selection, last)
        value = default
        if found >= 0:
            if path >= 0:
                value = event_value(p, m, found, path)
            else:
                value = (event_word(m, found, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
        w[s + sp] = value


@compiled
def count_plain(p, m, w, as_of, n, pc):
    """A count in natural days from its beginning to the first event of a search, for all lanes."""
    days, selection, flag, tells = p[pc + 1], p[pc + 2], p[pc + 3], p[pc + 4]
    for i in range(n):
        s = shifted(w, w[i])
        found = pick_plain(p, m, s[T_SUBJECT], selection, 0)
        first = s[T_BEGIN] >> DAY_SHIFT
        last = min(LAST_DAY, first + days)
        flags = 0
        if found >= 0:
            hit = event_word(m, found, op.E_MOMENT)
            reached, flags = hit >> DAY_SHIFT, flag
            if reached > last:
                verdict = op.UNKNOWN_VERDICT if s[T_OPEN_QUESTION] else op.BREACHED
            else:
                verdict = op.MET
                if event_word(m, found, op.E_RECORDED) > last:
                    flags |= op.RECORDED_AFTER
        else:
            hit, reached = NULL, as_of >> DAY_SHIFT
            verdict = op.PENDING
            if reached > last:
                verdict = op.UNKNOWN_VERDICT if s[T_OPEN_QUESTION] else op.BREACHED
        if tells == 1:
            flags |= s[T_TOLD]
        s[T_VERDICT], s[T_FLAGS], s[T_DUE], s[T_LIMIT], s[T_UNIT] = (
            verdict,
            flags,
            last << DAY_SHIFT,
            days,
            op.CD,
        )
        s[T_TAKEN] = max(0, reached - first)
        s[T_HIT], s[T_HIT_EVENT], s[T_HIT_FLAG], s[T_STOP] = hit, found, flag, hit


@compiled
def compare_with_day(m, s, due, hit, as_of):
    """As ``compare_with_due``, for a due day and natural days without an interruption: nearly every count, in few steps."""
    s[T_LIMIT], s[T_UNIT], s[T_DUE], s[T_FLAGS] = s[S_FOUND + N_LIMIT], op.CD, due, 0
    last = due >> DAY_SHIFT
    if hit != NULL:
        reached = hit >> DAY_SHIFT
        if reached <= last:
            s[T_VERDICT] = op.MET
            if event_word(m, s[T_HIT_EVENT], op.E_RECORDED) > last:
                s[T_FLAGS] = op.RECORDED_AFTER
        else:
            s[T_VERDICT] = op.UNKNOWN_VERDICT if s[T_OPEN_QUESTION] else op.BREACHED
    else:
        reached = as_of >> DAY_SHIFT
        if reached <= last:
            s[T_VERDICT] = op.PENDING
        else:
            s[T_VERDICT] = op.UNKNOWN_VERDICT if s[T_OPEN_QUESTION] else op.BREACHED
    s[T_TAKEN] = max(0, reached - (s[S_FOUND + N_START] >> DAY_SHIFT))


@compiled
def compare_with_due(p, m, s, as_of):
    """What happened, or the present, against the due moment; the outcome of a count."""
    s[T_LIMIT], s[T_UNIT], s[T_DUE] = s[S_FOUND + N_LIMIT], s[S_FOUND + N_UNIT], s[S_FOUND + N_DUE]
    recorded = event_word(m, s[T_HIT_EVENT], op.E_RECORDED) if s[T_HIT] != NULL else 0
    s[T_VERDICT], s[T_FLAGS] = against(s, as_of, s[T_HIT], recorded, s[T_OPEN_QUESTION])
    s[T_TAKEN] = used(p, s, s[T_HIT] if s[T_HIT] != NULL else as_of)
