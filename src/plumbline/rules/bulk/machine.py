"""The array kernel: one pass over a chunk of matters, every rule on each of its subjects.

It reads three arrays of integers: the program, a chunk of events, and a scratch pad; what stands where is written in
``opcodes`` and ``pad``. The source also runs without Numba (``NUMBA_DISABLE_JIT=1``), step by step.
"""

from __future__ import annotations

from . import opcodes as op
from .clock_steps import clock_step
from .form_steps import form_step
from .jit import compiled, first_element
from .opcodes import DAY_SHIFT, NULL, UNKNOWN, WIDTH
from .pad import (
    DONE,
    F_AT,
    F_COUNT,
    F_END,
    F_FIRST,
    F_IT,
    F_ITEM,
    F_JOINED,
    F_LAST,
    F_UNKNOWN,
    F_VALUE,
    FRAME_WORDS,
    NO_SUBJECT,
    S_FRAMES,
    T_CHOSEN,
    T_DOUBT,
    T_DOUBTFUL,
    T_DUE,
    T_FLAGS,
    T_FP,
    T_IT,
    T_ITEM,
    T_LIMIT,
    T_OVERLAY,
    T_SAVED,
    T_SP,
    T_TAKEN,
    T_UNIT,
    T_VERDICT,
    forget,
)
from .rare_steps import rare_step
from .records import attribute, compare, event_value, event_word
from .rule_steps import rule_step
from .searching import advance, first_match, open_events, search


@compiled
def judge(
    program,
    chunk,
    scratch,
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
    p, m, s = first_element(program), first_element(chunk), first_element(scratch)
    rules, subjects = p[op.P_RULE], m[op.M_SUBJECT]
    starts = m[op.M_SUBJECT_START]
    for number in range(p[op.P_RULES]):
        rule = rules + number * op.RULE_WORDS
        kinds, kind_count = p[rule + op.R_KINDS], p[rule + op.R_KIND_COUNT]
        for each in range(p[rule + op.R_SUBJECT_COUNT]):
            activity = p[p[rule + op.R_SUBJECTS] + each]
            for place in range(m[starts + activity], m[starts + activity + 1]):
                subject = m[subjects + place]
                if kind_count > 0:
                    kind = m[m[op.M_MATTER_KIND] + event_word(m, subject, op.E_MATTER)]
                    applies = False
                    for k in range(kind_count):
                        if p[kinds + k] == kind:
                            applies = True
                    if not applies:
                        continue
                evaluate(p, m, s, as_of, subject, p[op.P_CODE] + p[rule + op.R_ENTRY])
                if s[T_VERDICT] == NO_SUBJECT:
                    continue
                rule_out[row] = number
                event_out[row] = subject
                verdict_out[row] = s[T_VERDICT]
                due_out[row] = s[T_DUE]
                used_out[row] = s[T_TAKEN]
                limit_out[row] = s[T_LIMIT]
                unit_out[row] = s[T_UNIT]
                flags_out[row] = s[T_FLAGS]
                overlay_out[row] = s[T_OVERLAY]
                row += 1
    return row


@compiled
def evaluate(p, m, s, as_of, subject, entry):
    """One rule on one subject, from the instruction at ``entry``; the outcome stands in the pad."""
    base = p[op.P_CODE]
    pc = entry
    sp = 0  # where the next value goes
    fp = S_FRAMES - FRAME_WORDS  # the innermost frame
    it = item = UNKNOWN
    forget(s, event_word(m, subject, op.E_MOMENT))
    s[T_OVERLAY] = s[T_CHOSEN] = -1
    s[T_DOUBT] = s[T_DOUBTFUL] = s[T_SAVED] = 0
    while True:
        code = p[pc]
        if code >= op.FIRST_RARE:
            s[T_SP], s[T_FP], s[T_IT], s[T_ITEM] = sp, fp, it, item
            if code < op.FIRST_OF_RULE:
                pc = rare_step(p, m, s, as_of, subject, pc)
            elif code < op.FIRST_OF_CLOCK:
                pc = rule_step(p, m, s, subject, pc)
            elif code < op.FIRST_OF_FORM:
                pc = clock_step(p, m, s, as_of, subject, pc)
            else:
                pc = form_step(p, m, s, as_of, subject, pc)
            if pc == DONE:
                return
            sp, fp, it, item = s[T_SP], s[T_FP], s[T_IT], s[T_ITEM]
            continue
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
            s[sp - 1] = UNKNOWN if (a == UNKNOWN or b == UNKNOWN) else compare(p[pc + 1], a, b)
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
                s[sp - 1] = 1 if (value == 0 or value == NULL) else 0
        elif code == op.EXISTS_PLAIN:
            found = first_match(p, m, subject, p[pc + 1])
            s[sp] = 1 if found >= 0 else UNKNOWN if found == -2 else 0
            sp += 1
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
            if value == 0 or value == NULL:
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
        elif code == op.ATTRIBUTE:
            s[sp] = attribute(p, m, subject, p[pc + 1], p[pc + 2])
            sp += 1
        elif code == op.STATED:
            s[sp - 1] = 0 if s[sp - 1] == UNKNOWN else 1
        pc += WIDTH
