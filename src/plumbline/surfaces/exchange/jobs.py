"""The import as a job: read and check everything, write it, then check every matter it touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from plumbline.platform.events.intake import Intake, IntakeRefused, take_in
from plumbline.platform.events.outbox import work_off
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs.running import JobRun, job
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind
from plumbline.platform.verdicts.registers import take_in_registers
from plumbline.vocabulary import InputError, Registers, load_vocabulary, read_events

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Imported:
    """The outcome of an import: what was taken in, or the errors for which nothing was."""

    intake: Intake | None = None
    errors: list[InputError] = field(default_factory=list)
    verdicts: dict[str, int] = field(default_factory=dict)


def import_events(
    lines: Iterable[bytes],
    *,
    actor: Actor,
    registers: dict[str, Any] | None = None,
    resumable: bool = False,
    check: bool = True,
    progress: Progress = lambda *_: None,
) -> Imported:
    """Validate contract lines, append them to the log and check every matter touched.

    With any error nothing is written (``resumable`` changes only how much an interruption loses). ``registers`` is the
    sender's register document; its rows are added to ours by the apps that keep them.
    """
    progress(0, 0, "读取并逐行核对")
    vocabulary = load_vocabulary()
    if registers is not None:
        _, errors = Registers.parse(vocabulary, registers)
        if errors:
            return Imported(errors=list(errors))
    reading = read_events(vocabulary, lines)
    if reading.errors:
        return Imported(errors=list(reading.errors))
    if registers is not None:
        take_in_registers(registers, actor=actor)
    try:
        intake = take_in(reading.events, actor=actor, resumable=resumable, progress=progress)
    except IntakeRefused as refusal:
        return Imported(errors=refusal.errors)
    if check:
        _check(intake, progress)
    return Imported(intake=intake, verdicts=_counts(intake.matters))


def _check(intake: Intake, progress: Progress) -> None:
    """Work off what the import owes; the outbox keeps it if we are interrupted, and the worker goes on."""
    worked = 0
    while step := work_off(limit=400):
        worked += step
        progress(min(worked, 10**9), max(worked, len(intake.matters)), "对照规则核查")


def _counts(matters: frozenset[str]) -> dict[str, int]:
    counts = dict.fromkeys(VerdictKind.values, 0)
    wanted = sorted(matters)
    rows = StoredVerdict.objects.unscoped("导入结果统计")
    for start in range(0, len(wanted), 10_000):
        found = rows.filter(matter_id__in=wanted[start : start + 10_000]).values_list("verdict", flat=True)
        for verdict in found:
            counts[verdict] += 1
    return counts


@job("exchange.import")
def run_import(
    run: JobRun, *, person_id: int, events_file: str, registers_file: str = "", resumable: bool = False
) -> dict[str, Any]:
    """The upload page's import. The files lie in the content-addressed store."""
    from plumbline.platform import clock

    person = Person.objects.get(pk=person_id)
    actor = Actor.of(person, on=clock.today()) if person.is_active else system_actor("import")
    registers = None
    if registers_file:
        with open_kept(registers_file) as source:
            registers = orjson.loads(source.read())
    with open_kept(events_file) as lines:
        done = import_events(
            lines,
            actor=actor,
            registers=registers,
            resumable=resumable,
            progress=lambda at, total, text: run.progress(at, total, text),
        )
    if done.intake is None:
        return {
            "headline": f"没有导入：{len(done.errors)} 处需要修改，没有写入任何内容",
            "errors": [error.to_json() for error in done.errors],
        }
    intake = done.intake
    return {
        "headline": f"已导入 {intake.added} 个事件，涉及 {len(intake.matters)} 个事项",
        "figures": [
            {"label": "收到事件", "value": intake.received},
            {"label": "新增事件", "value": intake.added},
            {"label": "以前收到过，未重复登记", "value": intake.replayed},
            {"label": "涉及事项", "value": len(intake.matters)},
            *({"label": VerdictKind(name).label, "value": count} for name, count in done.verdicts.items()),
        ],
        "matters": sorted(intake.matters)[:200],
    }
