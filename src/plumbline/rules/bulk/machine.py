"""The array kernel: one pass over a chunk of matters, every rule on each of its subjects.

It reads three arrays of integers: the program, a chunk of events, and the scratch pads; what stands where is written in
``opcodes`` and ``pad``. Many subjects of a rule are judged side by side, a lane each: an instruction is read once and done for
all lanes that are at it, so that reading it costs next to nothing. A lane that jumps waits at its target. The lanes furthest
behind go on first, so that lanes which parted meet again. The source also runs without Numba (``NUMBA_DISABLE_JIT=1``).
"""

from __future__ import annotations

from . import opcodes as op
from .clock_steps import clock_step
from .dates import earlier
from .form_steps import form_step
from .jit import compiled, first_element, shifted
from .lane_steps import count_plain, lane_step, picked_value
from .opcodes import DAY_SHIFT, NULL, UNKNOWN, WIDTH
from .pad import (
    CLOSE_BY,
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
    FAR,
    FRAME_WORDS,
    LANES,
    NO_SUBJECT,
    S_FRAMES,
    S_STACK,
    T_CHOSEN,
    T_DOUBT,
    T_DOUBTFUL,
    T_DUE,
    T_FLAGS,
    T_FP,
    T_HIT,
    T_HIT_EVENT,
    T_HIT_FLAG,
    T_IT,
    T_ITEM,
    T_LIMIT,
    T_OPEN_QUESTION,
    T_OVERLAY,
    T_POSSIBLE,
    T_SAVED,
    T_SP,
    T_SUBJECT,
    T_TAKEN,
    T_UNIT,
    T_VERDICT,
    T_WAIT,
    WIDE,
    finish,
    forget,
    forget_outcome,
)
from .rare_steps import rare_step
from .records import among, event_word
from .rule_steps import rule_step
from .searching import advance, open_events, prepare, search


@compiled
def judge(
    program,
    chunk,
    scratch,
    as_of,
    counts,
    answers,
    room,
):
    """Every rule on each of its subjects in a chunk; gives the number of verdicts.

    ``counts`` has a row of ``COUNTED`` numbers for each rule, which grow. ``answers`` are columns of ``room`` words each, in
    the order of ``running.COLUMNS``; with no room nothing but the counts is written.
    """
    row = 0
    p, m, w = first_element(program), first_element(chunk), first_element(scratch)
    told, out = first_element(counts), first_element(answers)
    if m[op.M_PREPARED] == 0:
        prepare(p, m)
    subjects, starts = m[op.M_SUBJECT], m[op.M_SUBJECT_START]
    for number in range(p[op.P_RULES]):
        rule = p[op.P_RULE] + number * op.RULE_WORDS
        waiting = 0
        stride = WIDE if p[rule + op.R_INTERVALS] == 1 else CLOSE_BY
        every_kind = p[rule + op.R_KIND_COUNT] == 0
        if not every_kind and m[op.M_ONE_KIND] >= 0:
            if not among(p, p[rule + op.R_KINDS], p[rule + op.R_KIND_COUNT], m[op.M_ONE_KIND]):
                continue
            every_kind = True
        for each in range(p[rule + op.R_SUBJECT_COUNT]):
            activity = p[p[rule + op.R_SUBJECTS] + each]
            last = m[starts + activity + 1]
            for place in range(m[starts + activity], last):
                subject = m[subjects + place]
                if every_kind or of_its_kind(p, m, rule, subject):
                    set_out(p, m, w, waiting, stride, rule, subject)
                    waiting += 1
                if waiting == LANES or (place == last - 1 and waiting > 0):
                    evaluate(p, m, w, as_of, waiting, stride, p[op.P_CODE] + p[rule + op.R_ENTRY])
                    for i in range(waiting):
                        s = LANES + i * stride
                        if w[s + T_VERDICT] == NO_SUBJECT:
                            continue
                        told[number * op.COUNTED + min(w[s + T_VERDICT], op.ERROR)] += 1
                        if room > 0:
                            write_down(shifted(w, s), shifted(out, row), room, number)
                        row += 1
                    waiting = 0
    return row


@compiled
def write_down(s, out, room, number):
    """The outcome in a lane as a row of the answers."""
    out[0], out[room], out[2 * room] = number, s[T_SUBJECT], s[T_VERDICT]
    out[3 * room], out[4 * room], out[5 * room] = s[T_DUE], s[T_TAKEN], s[T_LIMIT]
    out[6 * room], out[7 * room], out[8 * room] = s[T_UNIT], s[T_FLAGS], s[T_OVERLAY]


@compiled
def of_its_kind(p, m, rule, subject):
    """Whether a rule that names kinds looks at matters of the subject's."""
    kind = m[m[op.M_MATTER_KIND] + event_word(m, subject, op.E_MATTER)]
    return among(p, p[rule + op.R_KINDS], p[rule + op.R_KIND_COUNT], kind)


@compiled
def set_out(p, m, w, lane, stride, rule, subject):
    """A lane before the first instruction."""
    w[lane] = LANES + lane * stride
    s = shifted(w, LANES + lane * stride)
    s[T_SUBJECT] = subject
    s[T_OVERLAY] = s[T_CHOSEN] = -1
    if p[rule + op.R_NOTES] == 0:
        forget_outcome(s)
    else:
        s[T_DOUBT] = s[T_DOUBTFUL] = s[T_SAVED] = 0
        forget(s, event_word(m, subject, op.E_MOMENT))


@compiled
def wait(s, to, sp, fp):
    s[T_WAIT], s[T_SP], s[T_FP] = to, sp, fp


@compiled
def evaluate(p, m, w, as_of, lanes, stride, entry):
    """One rule on a subject in each of the lanes, from the instruction at ``entry``; the outcomes stand in the pads."""
    base = p[op.P_CODE]
    pc = entry
    n = lanes  # how many lanes are at this instruction; they stand at the head of ``w``
    sp = S_STACK  # where the next value goes
    fp = S_FRAMES - FRAME_WORDS  # the innermost frame
    ahead = FAR  # the first place at which other lanes wait
    while True:
        if n == 0 or ahead <= pc:
            for i in range(n):
                wait(shifted(w, w[i]), pc, sp, fp)
            pc = FAR
            for lane in range(lanes):
                pc = min(pc, w[LANES + lane * stride + T_WAIT])
            if pc == FAR:
                return
            n, ahead = 0, FAR
            for lane in range(lanes):
                s = LANES + lane * stride
                if w[s + T_WAIT] == pc:
                    w[n] = s
                    n += 1
                else:
                    ahead = min(ahead, w[s + T_WAIT])
            sp, fp = w[w[0] + T_SP], w[w[0] + T_FP]
        code, to = p[pc], pc + WIDTH
        if code < op.FIRST_THAT_BRANCHES:
            sp = lane_step(p, m, w, as_of, n, sp, pc)
            pc = to
            continue
        kept = 0
        after, inside = sp, fp  # what the lanes find that go on with the next instruction
        if code == op.PICKED_VALUE:
            picked_value(p, m, w, n, sp, pc)
            after, kept, to = sp + 1, n, base + p[pc + 4]
        elif code == op.COUNT_PLAIN:
            count_plain(p, m, w, as_of, n, pc)
            kept, to = n, pc + 3 * WIDTH
        elif code in (op.AND_STEP, op.OR_STEP):
            after, target = sp - 1, base + p[pc + 1]
            decides = 0 if code == op.AND_STEP else 1
            for i in range(n):
                a = w[i]
                value = w[a + after]
                if value == decides:
                    w[a + after - 1] = decides
                    wait(shifted(w, a), target, after, fp)
                    ahead = min(ahead, target)
                else:
                    if value == UNKNOWN:
                        w[a + after - 1] = UNKNOWN
                    w[kept] = a
                    kept += 1
        elif code == op.FIND:
            inside, kept = fp + FRAME_WORDS, n
            for i in range(n):
                s = shifted(w, w[i])
                s[inside + F_IT], s[inside + F_ITEM] = s[T_IT], s[T_ITEM]
                search(p, m, s, inside, s[T_SUBJECT], p[pc + 1])
        elif code == op.LOOP:
            inside, target = fp + FRAME_WORDS, base + p[pc + 2]
            for i in range(n):
                s = shifted(w, w[i])
                s[inside + F_IT], s[inside + F_ITEM] = s[T_IT], s[T_ITEM]
                open_events(p, m, s, inside, s[T_SUBJECT], p[pc + 1])
                if advance(p, m, s, inside, s[T_SUBJECT]):
                    s[T_IT] = s[inside + F_VALUE]
                    w[kept] = w[i]
                    kept += 1
                else:
                    wait(s, target, sp, inside)
                    ahead = min(ahead, target)
        elif code == op.MATCH:
            after, target = sp - 1, base + p[pc + 1]
            for i in range(n):
                s = shifted(w, w[i])
                value = s[after]
                if value != 0 and s[fp + F_JOINED] == -1:
                    value = UNKNOWN
                if value == 1:
                    if s[fp + F_COUNT] == 0:
                        s[fp + F_FIRST] = s[fp + F_VALUE]
                    s[fp + F_LAST] = s[fp + F_VALUE]
                    s[fp + F_COUNT] += 1
                    if p[pc + 2] == 1:
                        s[fp + F_AT] = s[fp + F_END]
                    w[kept] = w[i]
                    kept += 1
                else:
                    if value == UNKNOWN:
                        s[fp + F_UNKNOWN] = 1
                    wait(s, target, after, fp)
                    ahead = min(ahead, target)
        elif code == op.NEXT:
            target = base + p[pc + 1]
            for i in range(n):
                s = shifted(w, w[i])
                if advance(p, m, s, fp, s[T_SUBJECT]):
                    s[T_IT] = s[fp + F_VALUE]
                    wait(s, target, sp, fp)
                    ahead = min(ahead, target)
                else:
                    w[kept] = w[i]
                    kept += 1
        elif code in (op.END_EXISTS, op.END_COUNT):
            after, inside, kept = sp + 1, fp - FRAME_WORDS, n
            for i in range(n):
                s = shifted(w, w[i])
                if code == op.END_EXISTS:
                    s[sp] = 1 if s[fp + F_COUNT] else UNKNOWN if s[fp + F_UNKNOWN] else 0
                else:
                    s[sp] = UNKNOWN if s[fp + F_UNKNOWN] else s[fp + F_COUNT]
                s[T_IT], s[T_ITEM] = s[fp + F_IT], s[fp + F_ITEM]
        elif code == op.END_PICK:
            for i in range(n):
                s = shifted(w, w[i])
                if s[fp + F_UNKNOWN]:
                    s[sp] = UNKNOWN
                    s[T_IT], s[T_ITEM] = s[fp + F_IT], s[fp + F_ITEM]
                    wait(s, base + p[pc + 2], sp + 1, fp - FRAME_WORDS)
                    ahead = min(ahead, base + p[pc + 2])
                elif s[fp + F_COUNT] == 0:
                    s[T_IT], s[T_ITEM] = s[fp + F_IT], s[fp + F_ITEM]
                    wait(s, base + p[pc + 3], sp, fp - FRAME_WORDS)
                    ahead = min(ahead, base + p[pc + 3])
                else:
                    s[T_IT] = s[fp + (F_LAST if p[pc + 1] == 1 else F_FIRST)]
                    w[kept] = w[i]
                    kept += 1
        elif code in (op.END_PICKED, op.CLOSE, op.STOP_FIRST):
            inside, kept = fp - FRAME_WORDS, n
            for i in range(n):
                s = shifted(w, w[i])
                s[T_IT], s[T_ITEM] = s[fp + F_IT], s[fp + F_ITEM]
                if code != op.STOP_FIRST:
                    continue
                if s[fp + F_UNKNOWN]:
                    s[T_OPEN_QUESTION] = 1
                if s[fp + F_COUNT]:
                    value = event_word(m, s[fp + F_FIRST], op.E_MOMENT)
                    if s[T_HIT] == NULL or earlier(value, s[T_HIT]):
                        s[T_HIT], s[T_HIT_EVENT], s[T_HIT_FLAG] = value, s[fp + F_FIRST], p[pc + 1]
        elif code == op.JUMP:
            kept, to = n, base + p[pc + 1]
        elif code == op.JUMP_IF_KNOWN:
            after, target = sp - 1, base + p[pc + 1]
            for i in range(n):
                if w[w[i] + after] != UNKNOWN:
                    wait(shifted(w, w[i]), target, sp, fp)
                    ahead = min(ahead, target)
                else:
                    w[kept] = w[i]
                    kept += 1
        elif code == op.CHOOSE:
            after = sp - 1
            for i in range(n):
                value = w[w[i] + after]
                if value > 0:
                    w[kept] = w[i]
                    kept += 1
                else:
                    target = base + p[pc + (2 if value == UNKNOWN else 1)]
                    wait(shifted(w, w[i]), target, after, fp)
                    ahead = min(ahead, target)
        elif code == op.COUNTS:
            after = sp - 1
            for i in range(n):
                if w[w[i] + after] == 1:
                    w[kept] = w[i]
                    kept += 1
                else:
                    end_with(shifted(w, w[i]), NO_SUBJECT)
        elif code == op.IN_FORCE:
            for i in range(n):
                s = shifted(w, w[i])
                today = (event_word(m, s[T_SUBJECT], op.E_MOMENT) >> DAY_SHIFT) << DAY_SHIFT
                if p[pc + 1] <= today <= p[pc + 2]:
                    w[kept] = w[i]
                    kept += 1
                else:
                    end_with(s, op.NOT_APPLICABLE)
        elif code == op.WHEN:
            after = sp - 1
            for i in range(n):
                s = shifted(w, w[i])
                if s[after] == 0:
                    end_with(s, op.NOT_APPLICABLE)
                elif s[after] == UNKNOWN:
                    end_with(s, op.UNKNOWN_VERDICT)
                else:
                    w[kept] = w[i]
                    kept += 1
        elif code == op.OPEN_POINTS:
            for i in range(n):
                s = shifted(w, w[i])
                if s[T_FLAGS] & op.ROLLED:
                    s[T_FLAGS] |= p[pc + 1]
                if s[T_UNIT] == op.CD:
                    s[T_FLAGS] |= p[pc + 2]
                s[T_WAIT] = FAR
        elif code == op.DECIDE_CASE:
            after, target = sp - 1, base + p[pc + 2]
            for i in range(n):
                s = shifted(w, w[i])
                if s[after] == 1 or s[after] == UNKNOWN:
                    s[T_POSSIBLE] |= 1 << p[pc + 1]
                if s[after] == 1:
                    wait(s, target, after, fp)
                    ahead = min(ahead, target)
                else:
                    w[kept] = w[i]
                    kept += 1
        else:
            for i in range(n):
                s = shifted(w, w[i])
                s[T_SP], s[T_FP] = sp, fp
                subject = s[T_SUBJECT]
                if code < op.FIRST_OF_RULE:
                    target = rare_step(p, m, s, as_of, subject, pc)
                elif code < op.FIRST_OF_CLOCK:
                    target = rule_step(p, m, s, subject, pc)
                elif code < op.FIRST_OF_FORM:
                    target = clock_step(p, m, s, as_of, subject, pc)
                else:
                    target = form_step(p, m, s, as_of, subject, pc)
                if target == to:
                    w[kept] = w[i]
                    kept += 1
                elif target == DONE:
                    s[T_WAIT] = FAR
                else:
                    s[T_WAIT] = target
                    ahead = min(ahead, target)
            if kept > 0:
                after, inside = w[w[0] + T_SP], w[w[0] + T_FP]
        n, sp, fp, pc = kept, after, inside, to


@compiled
def end_with(s, verdict):
    """The lane is at its end, with a verdict that has no clock."""
    finish(s, verdict, s[T_OVERLAY])
    s[T_WAIT] = FAR
