"""Importing contract events: read and check everything, write it, then check every matter it touched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import transaction

from plumbline.platform.events.intake import Intake, IntakeRefused, refuse_unfit, take_in
from plumbline.platform.events.models import OutboxMessage
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.running import JobCancelled
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind
from plumbline.platform.verdicts.registers import take_in_registers
from plumbline.vocabulary import Event, InputError, Registers, load_vocabulary, read_events

Progress = Callable[[int, int, str], None]
SHOWN_EVERY = 5000
FEW = 50
OWN_REGISTERS = ("officers", "reviewers", "power_items")  # whose rows name the agency they belong to


@dataclass(frozen=True)
class Imported:
    """The outcome of an import: what was taken in, or the errors for which nothing was.

    ``registers`` are the new rows of each register that the sender stated and that is kept here; ``left_out`` the stated
    registers that are not taken from senders. ``is_checked`` is False when checking goes on in the worker.
    """

    intake: Intake | None = None
    errors: list[InputError] = field(default_factory=list)
    verdicts: dict[str, int] = field(default_factory=dict)
    registers: dict[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    is_checked: bool = True


def import_events(
    lines: Iterable[bytes],
    *,
    actor: Actor,
    registers: bytes | None = None,
    resumable: bool = False,
    check: bool = True,
    progress: Progress = lambda *_: None,
) -> Imported:
    """Validate contract lines, append them to the log and check every matter touched.

    With any error nothing is written, not even of the registers (``resumable`` changes only how much an interruption
    loses). ``registers`` is the sender's register document; its rows are added to ours by the apps that keep them.
    """
    progress(0, 0, "读取并逐行核对")
    stated, errors = _registers(registers)
    reading = read_events(load_vocabulary(), _watched(lines, progress))
    errors += reading.errors
    if not errors:
        errors = [*_unknown_owners(stated), *_out_of_reach(reading.events, stated, actor)]
    if errors:
        return Imported(errors=errors)
    try:
        added, intake = _write(reading.events, stated, actor, resumable, progress)
    except IntakeRefused as refusal:
        return Imported(errors=refusal.errors)
    is_checked = check and _check(intake, progress)
    return Imported(
        intake=intake,
        verdicts=_counts(intake.matters) if check else {},
        registers=added,
        left_out=tuple(
            name for name in stated if name not in {"registers", *added} and not name.startswith("x_")
        ),
        is_checked=is_checked,
    )


def _registers(content: bytes | None) -> tuple[dict[str, Any], list[InputError]]:
    if content is None:
        return {}, []
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as fault:
        zh = f"登记册：不是 UTF-8 编码的 JSON（第 {fault.lineno} 行第 {fault.colno} 个字符附近）。请重新导出"
        return {}, [InputError(0, None, "registers", "E-JSON", zh, f"registers: not JSON: {fault.msg}")]
    _, errors = Registers.parse(load_vocabulary(), document)
    return (document if not errors else {}), list(errors)


def _watched(lines: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    """The lines as they come, with a word (and the chance to stop) every few thousand."""
    for number, line in enumerate(lines, start=1):
        if number % SHOWN_EVERY == 0:
            progress(number, 0, "读取并逐行核对")
        yield line


def _unknown_owners(stated: Mapping[str, Any]) -> list[InputError]:
    """Register rows of an agency that neither we nor the sender's own list know."""
    known = set(Agency.objects.values_list("code", flat=True)) if stated else set()
    known |= {row["code"] for row in stated.get("agencies", ())}
    return [
        _register_error(
            name,
            number,
            "E-ENUM",
            f"机关编码 {row['agency']} 不在本区登记册中，也不在所附的 agencies 中。请更正或补报该机关",
        )
        for name in OWN_REGISTERS
        for number, row in enumerate(stated.get(name, ()))
        if row["agency"] not in known
    ]


def _out_of_reach(events: Iterable[Event], stated: Mapping[str, Any], actor: Actor) -> list[InputError]:
    """What a person whose post does not reach an agency sends in its name. The system itself reaches everything."""
    if actor.is_system:
        return []
    errors: list[InputError] = []
    first = {event.agency: event for event in reversed(list(events))}
    for code, event in sorted(first.items(), key=lambda each: each[1].order):
        if not actor.can("exchange.import", code):
            zh = f"第{event.order}行：您的岗位不能代 {code} 导入事件。请由该机关或者区司法局导入。"
            en = f"line {event.order}: your post does not reach agency {code}"
            errors.append(InputError(event.order, event.id, "agency", "E-ENUM", zh, en))
    if actor.reach("exchange.import") is not None:
        known = set(Agency.objects.values_list("code", flat=True))
        errors += [
            _register_error(
                "agencies",
                number,
                "E-ENUM",
                f"{row['code']} 是新机关，只能由区司法局登记。请联系区司法局",
                "code",
            )
            for number, row in enumerate(stated.get("agencies", ()))
            if row["code"] not in known
        ]
    for name in OWN_REGISTERS:
        for number, row in enumerate(stated.get(name, ())):
            if not actor.can("exchange.import", row["agency"]):
                zh = f"您的岗位不能代 {row['agency']} 报送登记册。请由该机关或者区司法局导入"
                errors.append(_register_error(name, number, "E-ENUM", zh))
    return errors


def _register_error(name: str, number: int, code: str, zh: str, field_name: str = "agency") -> InputError:
    path = f"registers.{name}[{number}].{field_name}"
    return InputError(0, None, path, code, f"登记册：{path} {zh}。", f"{path}: {code}")


def _write(
    events: list[Event], stated: Mapping[str, Any], actor: Actor, resumable: bool, progress: Progress
) -> tuple[dict[str, int], Intake]:
    """Registers and events in one transaction; to be able to resume, the registers first and the events in chunks."""
    with nullcontext() if resumable else transaction.atomic():
        with transaction.atomic():
            added = take_in_registers(stated, actor=actor)
            if resumable:
                refuse_unfit(events)  # a refusal takes the registers back with it
        return added, take_in(events, actor=actor, resumable=resumable, progress=progress)


def _check(intake: Intake, progress: Progress) -> bool:
    """Work off what the import owes; the outbox keeps it if we are interrupted, and the worker goes on.

    Asked to stop here, we only stop waiting: the events are in, and what is in is checked.
    """
    matters = sorted(intake.matters)
    try:
        while left := _owed(matters):
            progress(len(matters) - len(left), len(matters), "对照规则核查")
            # A few matters are asked for by name, so that they do not wait behind whatever else is owed.
            worked = work_off(left) if len(left) <= FEW else work_off(limit=400)
            if not worked:
                time.sleep(0.2)  # the worker has them in hand
    except JobCancelled:
        return False
    return True


def _owed(matters: Sequence[str]) -> set[str]:
    """Those of some matters for which work is due; what has failed once is the worker's to repeat."""
    owed: set[str] = set()
    for start in range(0, len(matters), 10_000):
        due = OutboxMessage.objects.filter(key__in=matters[start : start + 10_000], attempts=0)
        owed.update(due.values_list("key", flat=True))
    return owed


def _counts(matters: frozenset[str]) -> dict[str, int]:
    counts = dict.fromkeys(VerdictKind.values, 0)
    wanted = sorted(matters)
    rows = StoredVerdict.objects.unscoped("导入结果统计")
    for start in range(0, len(wanted), 10_000):
        found = rows.filter(matter_id__in=wanted[start : start + 10_000]).values_list("verdict", flat=True)
        for verdict in found:
            counts[verdict] += 1
    return counts
