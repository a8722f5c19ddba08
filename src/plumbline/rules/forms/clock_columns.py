"""The parts of a clock as instructions of the array kernel: excluded time and extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..bulk.kinds import NotInColumns

if TYPE_CHECKING:
    from ..bulk.program import Program

from .clock import SUSPENDING, Exclusion, ExtensionStep

#: Intervals from one activity to the next of another: begun, ended, the field that both share.
_BETWEEN = {
    "refund": ("refund_ordered", "refund_ended", ""),
    "crime_transfer": ("transfer_sent", "police_refused", ""),
    "reconsideration_suspension": ("reconsideration_suspended", "reconsideration_resumed", ""),
    "consultation": ("consultation_started", "consultation_ended", ""),
    "challenge": ("challenge_started", "challenge_ended", "route"),
}
_ANNOUNCED_DAYS = 30


def emit_exclusions(program: Program, exclusions: tuple[Exclusion, ...]) -> None:
    """The instructions that put the excluded intervals into the pad."""
    for each in exclusions:
        if each.name == "test":
            _emit_tests(program, each)
        elif each.condition is not None:
            raise NotInColumns(f"a condition on the excluded time {each.name}")
        elif each.name == "announcement":
            started = program.activities["announcement_service_started"]
            program.op(op.EXCLUDE_DAYS, started, _ANNOUNCED_DAYS)
        elif each.name == "hearing":
            path, kind = program.path("waives", ("statement_waived",))
            names = ("hearing_requested", "hearing_ended", "statement_waived")
            waived, _ = program.encoded("hearing", kind.inner)
            words = [*(program.activities[name] for name in names), path, waived]
            program.op(op.EXCLUDE_HEARING, program.constants(words))
        else:
            program.op(op.EXCLUDE_BETWEEN, _between_words(program, each.name))


def _between_words(program: Program, name: str) -> int:
    if name == "investigation_suspension":
        begun, ended = "investigation_suspended", "investigation_resumed"
        path, kind = program.path("approved_by", (begun,))
        heads = [program.encoded(who, kind)[0] for who in program.vocabulary.approver_groups["head"]]
        entitled = [path, program.constants(heads), len(heads), 1]
        return program.constants([program.activities[begun], program.activities[ended], -1, -1, *entitled])
    begun, ended, same = _BETWEEN[name]
    shared = [program.path(same, (each,))[0] for each in (begun, ended)] if same else [-1, -1]
    return program.constants([program.activities[begun], program.activities[ended], *shared, -1, 0, 0, 0])


def _emit_tests(program: Program, exclusion: Exclusion) -> None:
    tested, kind = program.path("test_kind", ("test_started",))
    wanted = [program.encoded(each, kind)[0] for each in exclusion.kinds]
    keys = [program.path("test", (name,))[0] for name in ("test_started", "test_ended")]

    def counts() -> None:
        if exclusion.condition is None:
            program.op(op.CONST, 1)
        else:
            program.condition(exclusion.condition)
        program.op(op.TEST_COUNTS, program.activities["test_ended"], *keys)

    def of_a_kind_wanted() -> None:
        program.op(op.IT_FIELD, tested)
        program.op(op.ONE_OF, program.constants(wanted), len(wanted))
        known = program.op(op.JUMP_IF_KNOWN)
        program.op(op.CONST, 0)
        program.land(known, 1)

    program.each_event("test_started", counts, when=of_a_kind_wanted)


def emit_suspensions_left(program: Program) -> None:
    """The instruction that flags a recorded suspension which takes nothing off."""
    numbers = [program.activities[name] for name in SUSPENDING if name in program.activities]
    program.op(op.SUSPENSIONS_LEFT, program.constants(numbers), len(numbers))


def emit_extensions(
    program: Program, activity: str, steps: tuple[ExtensionStep, ...], clock: str, same: tuple[str, ...]
) -> None:
    """The instructions that put the valid extensions into the pad."""
    words = _grant_words(program, activity, steps, clock, same)
    if all(step.where is None for step in steps):
        program.op(op.EXTENSIONS, words)
        return

    def one_grant() -> None:
        check = program.op(op.GRANT_CHECK, words)
        taken = []
        for number, step in enumerate(steps):
            this = program.op(op.STEP_IS, number)
            if step.where is None:
                program.op(op.CONST, 1)
            else:
                program.condition(step.where)
            program.op(op.GRANT_TAKE, words)
            taken.append(program.op(op.JUMP))
            program.land(this, 2)
        for jump in taken:
            program.land(jump, 1)
        program.land(check, 2)

    program.op(op.GRANT_BEGIN)
    program.each_event(activity, one_grant)


def _grant_words(
    program: Program, activity: str, steps: tuple[ExtensionStep, ...], clock: str, same: tuple[str, ...]
) -> int:
    """The description of a period's extensions (``kernel.entitled``)."""
    path, kind = program.path("clock", (activity,)) if clock else (-1, None)
    wanted = program.encoded(clock, kind)[0] if clock else 0
    days = program.path("days", (activity,))[0]
    by, by_kind = program.path("approved_by", (activity,))
    words = [program.activities[activity], path, wanted, days, by, len(same), len(steps)]
    for name in same:
        words += [program.path(name, (activity,))[0], program.path(name, program.around.subject)[0]]
    for step in steps:
        cap = op.NULL if step.days is None else step.days
        if step.by:
            group = [program.encoded(who, by_kind)[0] for who in program.vocabulary.approver_groups[step.by]]
            words += [program.constants(group), len(group), cap]
        else:
            words += [0, -1, cap]
    return program.constants(words)
