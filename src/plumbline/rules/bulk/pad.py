"""The scratch pads of the kernel: state of the evaluation, values, frames, intervals; what stands where.

Every lane has a pad of its own. What is the same for all lanes that are at one instruction (the place, the height of the stack,
the innermost frame) lives in the machine's variables while they are there; it stands in the pad when a lane waits.
"""

from __future__ import annotations

from . import opcodes as op
from .jit import compiled
from .opcodes import NULL

STATE_WORDS = 40
STACK_WORDS = 256
FRAME_WORDS = 16
FRAMES = 32
INTERVALS = 512
SAVED_WORDS = 10
S_STATE = 0
S_FOUND = S_STATE + STATE_WORDS
S_STACK = S_FOUND + 16
S_FRAMES = S_STACK + STACK_WORDS
S_SAVED = S_FRAMES + FRAME_WORDS * FRAMES
S_TAKEN = S_SAVED + 16 * SAVED_WORDS
S_EXCLUDED = S_TAKEN + 2 * INTERVALS
S_STEPS = S_EXCLUDED + 2 * INTERVALS
S_UNITED = S_STEPS + 4 * 2 * INTERVALS
S_APART = S_UNITED + 2 * INTERVALS  # for a count within another one
PAD_WORDS = S_APART + 4 * INTERVALS

#: How many subjects are judged side by side: as many as the processor's first cache holds the used parts of.
LANES = 32
#: The words from one pad to the next, an odd number of cache lines, so that pads do not push each other out of the cache.
#: Only counts that are interrupted or extended use what comes after ``S_TAKEN``; for all others the pads stand close together.
WIDE = (PAD_WORDS // 8 | 1) * 8
CLOSE_BY = (S_TAKEN // 8 | 1) * 8
#: The pads follow the list of the lanes that are at work.
SCRATCH_WORDS = LANES + LANES * WIDE
#: Where a lane waits that has come to its end: behind every instruction.
FAR = 1 << 60

# A frame: what it goes over, where it is, where it ends, how many match, the first and the last of them, whether one is
# uncertain, whether the join of the present candidate is certain, the selection or the width, the ``it`` and ``item`` outside,
# and two more numbers.
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
) = range(9)

# The state: where the lane waits and on what, the outcome, and what a count gathers.
(
    T_WAIT,
    T_SUBJECT,
    T_SP,
    T_FP,
    T_IT,
    T_ITEM,
    T_VERDICT,
    T_DUE,
    T_TAKEN,
    T_LIMIT,
    T_UNIT,
    T_FLAGS,
    T_OVERLAY,
    T_CHOSEN,
    T_BEGIN,
    T_EXCLUDED,
    T_EXTENSIONS,
    T_ACCEPTED,
    T_TOLD,
    T_HIT,
    T_HIT_EVENT,
    T_HIT_FLAG,
    T_OPEN_QUESTION,
    T_STOP,
    T_TARGET,
    T_TOTAL,
    T_SUM_HIT,
    T_ACT,
    T_POSSIBLE,
    T_FAILED_UNKNOWN,
    T_DOUBT,
    T_DOUBTFUL,
    T_SAVED,
    T_STEP,
) = range(S_STATE, S_STATE + 34)

#: Where a group of instructions goes on when the evaluation is over.
DONE = -1
#: Verdicts beyond the contract's: the event is no subject after all; more suspensions than the pad holds.
NO_SUBJECT = -1
TOO_MANY = 7


@compiled
def leave(s, sp, fp, it, item, to):
    """Hand the machine its variables back, and the place to go on."""
    s[T_SP], s[T_FP], s[T_IT], s[T_ITEM] = sp, fp, it, item
    return to


@compiled
def finish(s, verdict, overlay):
    """End the evaluation with a verdict that has no clock."""
    s[T_VERDICT], s[T_OVERLAY] = verdict, overlay
    s[T_DUE] = s[T_TAKEN] = s[T_LIMIT] = NULL
    s[T_UNIT], s[T_FLAGS] = -1, 0
    return DONE


@compiled
def forget_outcome(s):
    """The outcome before anything is asked."""
    s[T_VERDICT], s[T_UNIT], s[T_FLAGS] = op.UNKNOWN_VERDICT, -1, 0
    s[T_DUE] = s[T_TAKEN] = s[T_LIMIT] = NULL


@compiled
def forget(s, moment):
    """The outcome and the notes before a requirement is asked; ``moment`` is the subject's."""
    forget_outcome(s)
    s[T_HIT] = s[T_STOP] = s[T_ACT] = NULL
    s[T_BEGIN], s[T_HIT_EVENT] = moment, -1
    s[T_EXCLUDED] = s[T_EXTENSIONS] = s[T_ACCEPTED] = s[T_TOLD] = s[T_HIT_FLAG] = s[T_OPEN_QUESTION] = 0
    s[T_FAILED_UNKNOWN] = s[T_POSSIBLE] = 0
