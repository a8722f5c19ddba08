"""The scratch pad of the kernel: values, frames, intervals and the state of the evaluation; what stands where.

State that the machine needs at every instruction lives in its variables; everything else stands here, so that the groups of
instructions can be functions of their own.
"""

from __future__ import annotations

from . import opcodes as op
from .jit import compiled
from .opcodes import NULL

STACK_WORDS = 256
FRAME_WORDS = 16
FRAMES = 32
INTERVALS = 512
S_FRAMES = STACK_WORDS
S_TAKEN = S_FRAMES + FRAME_WORDS * FRAMES
S_EXCLUDED = S_TAKEN + 2 * INTERVALS
S_STEPS = S_EXCLUDED + 2 * INTERVALS
S_UNITED = S_STEPS + 4 * 2 * INTERVALS
S_APART = S_UNITED + 2 * INTERVALS  # for a count within another one
S_FOUND = S_APART + 4 * INTERVALS
S_SAVED = S_FOUND + 16
SAVED_WORDS = 10
S_STATE = S_SAVED + 16 * SAVED_WORDS
STATE_WORDS = 32
SCRATCH_WORDS = S_STATE + STATE_WORDS

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

# The state: the machine's own variables while a group of instructions has it, the outcome, and what a count gathers.
(
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
) = range(S_STATE, S_STATE + STATE_WORDS)

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
def forget(s, moment):
    """The outcome before a requirement is asked; ``moment`` is the subject's."""
    s[T_VERDICT], s[T_UNIT], s[T_FLAGS] = op.UNKNOWN_VERDICT, -1, 0
    s[T_DUE] = s[T_TAKEN] = s[T_LIMIT] = s[T_HIT] = s[T_STOP] = s[T_ACT] = NULL
    s[T_BEGIN], s[T_HIT_EVENT] = moment, -1
    s[T_EXCLUDED] = s[T_EXTENSIONS] = s[T_ACCEPTED] = s[T_TOLD] = s[T_HIT_FLAG] = s[T_OPEN_QUESTION] = 0
    s[T_FAILED_UNKNOWN] = s[T_POSSIBLE] = 0
