"""Instructions around a rule: whether it looks at the event, which text applies, and the end."""

from __future__ import annotations

from . import opcodes as op
from .jit import compiled
from .opcodes import DAY_SHIFT, NULL, UNKNOWN, WIDTH
from .pad import (
    DONE,
    NO_SUBJECT,
    T_CHOSEN,
    T_FLAGS,
    T_FP,
    T_IT,
    T_ITEM,
    T_OVERLAY,
    T_SP,
    T_UNIT,
    finish,
    leave,
)
from .records import attribute, event_word


@compiled
def rule_step(p, m, s, subject, pc):
    """One instruction; gives the place of the next, or ``DONE``."""
    code, base, to = p[pc], p[op.P_CODE], pc + WIDTH
    sp, fp, it, item = s[T_SP], s[T_FP], s[T_IT], s[T_ITEM]
    today = (event_word(m, subject, op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
    if code == op.COUNTS:
        sp -= 1
        if s[sp] != 1:
            return finish(s, NO_SUBJECT, -1)
    elif code == op.OVERLAY:
        if today < p[pc + 1] or today > p[pc + 2]:
            return leave(s, sp, fp, it, item, base + p[pc + 4])
        # What is out for its domain need not be asked.
        if p[pc + 3] >= 0:
            value = attribute(p, m, subject, p[p[op.P_DOMAIN]], p[p[op.P_DOMAIN] + 1])
            if value > NULL and value != p[pc + 3]:
                return leave(s, sp, fp, it, item, base + p[pc + 4])
    elif code == op.APPLIES:
        sp -= 1
        if s[sp] != 1:
            return leave(s, sp, fp, it, item, base + p[pc + 1])
    elif code == op.TAKE:
        if p[pc + 2] >= 0:
            value = attribute(p, m, subject, p[p[op.P_DOMAIN]], p[p[op.P_DOMAIN] + 1])
            if value <= NULL:
                return finish(s, op.UNKNOWN_VERDICT, -1)
        if s[T_CHOSEN] >= 0:
            return finish(s, op.ERROR, -1)
        s[T_CHOSEN], s[T_OVERLAY] = p[pc + 3], p[pc + 1]
    elif code == op.TEXT:
        if s[T_CHOSEN] >= 0:
            return leave(s, sp, fp, it, item, base + s[T_CHOSEN])
    elif code == op.IN_FORCE:
        if today < p[pc + 1] or today > p[pc + 2]:
            return finish(s, op.NOT_APPLICABLE, s[T_OVERLAY])
    elif code == op.WHEN:
        sp -= 1
        if s[sp] == 0:
            return finish(s, op.NOT_APPLICABLE, s[T_OVERLAY])
        if s[sp] == UNKNOWN:
            return finish(s, op.UNKNOWN_VERDICT, s[T_OVERLAY])
    elif code == op.OPEN_POINTS:
        if s[T_FLAGS] & op.ROLLED:
            s[T_FLAGS] |= p[pc + 1]
        if s[T_UNIT] == op.CD:
            s[T_FLAGS] |= p[pc + 2]
        return DONE
    return leave(s, sp, fp, it, item, to)
