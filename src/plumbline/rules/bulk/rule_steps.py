"""Instructions around a rule: whether it looks at the event, which text applies, and the end."""

from __future__ import annotations

from . import opcodes as op
from .jit import compiled
from .opcodes import DAY_SHIFT, NULL, WIDTH
from .pad import (
    T_CHOSEN,
    T_FP,
    T_IT,
    T_ITEM,
    T_OVERLAY,
    T_SP,
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
    if code == op.OVERLAY:
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
    return leave(s, sp, fp, it, item, to)
