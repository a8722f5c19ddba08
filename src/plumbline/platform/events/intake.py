"""Taking in events from outside: validated, replay-safe, and quick enough for a year's history.

The whole input is read and checked first. Then it goes into the log in chunks: all of it in one transaction,
or, when the sender chose to be able to resume, chunk by chunk (a second run skips what is already there). What the
rules and the case list owe for it is put in the outbox in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import Event, InputError

from .log import append_many, content_digest
from .models import StoredEvent
from .outbox import owe_many

CHUNK = 5000
CLOCK_DIFFERENCE = timedelta(minutes=10)  # by which a sender's clock may be ahead of ours
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Intake:
    """What an intake did: events received, newly added, already there, and the matters they belong to."""

    received: int
    added: int
    replayed: int
    matters: frozenset[str]


class IntakeRefused(Exception):
    """The input is refused as a whole; ``errors`` say where and what to do. Nothing has been written."""

    def __init__(self, errors: Sequence[InputError]) -> None:
        super().__init__(f"输入有 {len(errors)} 处问题，没有写入任何内容")
        self.errors = list(errors)


def take_in(
    events: Sequence[Event], *, actor: Actor, resumable: bool = False, progress: Progress = lambda *_: None
) -> Intake:
    """Append validated events to the log; a replay changes nothing.

    Raises IntakeRefused as ``refuse_unfit`` does.
    """
    progress(0, len(events), "与已有记录核对")
    refuse_unfit(events)
    added = 0
    matters: dict[str, set[str]] = {}
    # One transaction for everything, or one a chunk: then what is done stays done and a second run goes on from there.
    with nullcontext() if resumable else transaction.atomic():
        for start in range(0, len(events), CHUNK):
            chunk = events[start : start + CHUNK]
            with transaction.atomic():
                fresh = _append(chunk, actor=actor)
                touched: dict[str, set[str]] = {}
                for event in fresh:
                    touched.setdefault(event.matter, set()).add(event.activity)
                owe_many(touched)
            for matter, activities in touched.items():
                matters.setdefault(matter, set()).update(activities)
            added += len(fresh)
            progress(min(start + CHUNK, len(events)), len(events), "写入事件")
    return Intake(len(events), added, len(events) - added, frozenset(matters))


def refuse_unfit(events: Sequence[Event]) -> None:
    """Raises IntakeRefused when valid events do not fit what the platform holds.

    That is: an event id is known with other content, a matter changes its kind, a voided event is of another matter, an
    agency is not in the register of agencies, or something is said to have been recorded in the future.
    """
    errors = [*_unknown_agencies(events), *_from_the_future(events), *_clashes(events)]
    if errors:
        raise IntakeRefused(sorted(errors, key=lambda error: error.line)[:1000])


def _append(chunk: Sequence[Event], *, actor: Actor) -> list[Event]:
    """Insert those events of a chunk that are not in the log yet; returns them.

    The log itself decides what is new, so that two imports of one file at the same time add each event once.
    """
    added, replayed = append_many(chunk, by=actor)
    if replayed:
        rows = StoredEvent.objects.unscoped("导入时查重").filter(event_id__in=list(replayed))
        differing = {i for i, digest in rows.values_list("event_id", "digest") if replayed[i] != digest}
        if differing:
            raise IntakeRefused([_conflict(event) for event in chunk if event.id in differing])
    return [event for event in chunk if event.id in added]


def _unknown_agencies(events: Iterable[Event]) -> list[InputError]:
    known = set(Agency.objects.values_list("code", flat=True))
    first: dict[str, Event] = {}
    for event in events:
        if event.agency not in known:
            first.setdefault(event.agency, event)
    return [
        InputError(
            line=event.order,
            event=event.id,
            field="agency",
            code="E-ENUM",
            message_zh=f"第{event.order}行：机关编码 {code} 不在本区机关登记册中。请更正编码，或先登记该机关。",
            message_en=f"line {event.order}: agency {code} is not in the register of agencies",
        )
        for code, event in first.items()
    ]


def _from_the_future(events: Iterable[Event]) -> list[InputError]:
    """Events recorded after now. Nothing is recorded before it occurs, so none that has yet to occur passes either."""
    latest = clock.now() + CLOCK_DIFFERENCE
    return [
        _error(
            event,
            "recorded_at",
            "E-TIME",
            f"录入时刻 {event.recorded_at} 晚于现在，尚未发生的事不能报送，请核对日期和报送系统的时钟",
        )
        for event in events
        if event.recorded > latest
    ]


def _clashes(events: Sequence[Event]) -> list[InputError]:
    """Conflicts with what the log holds already: other content, another kind of matter, a void of another matter."""
    errors: list[InputError] = []
    rows = StoredEvent.objects.unscoped("导入时核对冲突")
    incoming = {event.id: event for event in events}
    for ids in _chunks(incoming):
        for event_id, digest in rows.filter(event_id__in=ids).values_list("event_id", "digest"):
            event = incoming[event_id]
            if content_digest(event.to_json()) != digest:
                errors.append(_conflict(event))
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.matter, event)
    for matters in _chunks(first):
        for matter, kind in rows.filter(matter_id__in=matters).values_list("matter_id", "kind").distinct():
            if first[matter].kind != kind:
                errors.append(
                    _error(first[matter], "kind", "E-KIND", f"事项 {matter} 已登记为 {kind}，类别不能改变")
                )
    voiding = {event.data["voids"]: event for event in events if event.activity == "event_voided"}
    elsewhere = {target for target in voiding if target not in incoming}
    for ids in _chunks(dict.fromkeys(elsewhere)):
        found = dict(rows.filter(event_id__in=ids).values_list("event_id", "matter_id"))
        errors += [
            _error(voiding[target], "data.voids", "E-VOID", f"作废的事件 {target} 不存在或不属于本事项")
            for target in ids
            if found.get(target) != voiding[target].matter
        ]
    return errors[:1000]


def _conflict(event: Event) -> InputError:
    what = f"事件号 {event.id} 已登记而内容不同。已登记的事件不能改写；更正请另发作废事件和新事件"
    return _error(event, "id", "E-CONFLICT", what)


def _error(event: Event, field: str, code: str, what: str) -> InputError:
    return InputError(
        line=event.order,
        event=event.id,
        field=field,
        code=code,
        message_zh=f"第{event.order}行：{what}。",
        message_en=f"line {event.order}: {field}: {code}",
    )


def _chunks(mapping: Mapping[str, Any], size: int = 10_000) -> Iterable[list[str]]:
    keys = iter(mapping)
    while batch := list(islice(keys, size)):
        yield batch
