"""The registers as the rules read them, gathered from whichever apps keep them.

An app registers a source for each register it keeps: ``@register_source("officers")`` over a function that returns
contract rows. A register without a source is *not stated*, so rules that need it answer ``unknown``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import F

from plumbline.law import statutory_calendar
from plumbline.law.calendar import Calendar
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district
from plumbline.vocabulary import Registers, load_vocabulary

Source = Callable[[], Any]
_SOURCES: dict[str, Source] = {}
_lock = threading.Lock()
_kept: tuple[int, Registers, Calendar] | None = None


class RegisterDefect(RuntimeError):
    """A register source returned rows that the contract refuses: a defect of ours."""


class RegisterRevision(models.Model):
    """One row that counts changes to any register, so that processes know when to gather anew."""

    number = models.BigIntegerField(default=0)

    class Meta:
        app_label = "verdicts"
        db_table = "register_revision"


def register_source(name: str) -> Callable[[Source], Source]:
    """Register the function that returns the contract rows of register ``name``."""

    def keep(source: Source) -> Source:
        _SOURCES[name] = source
        return source

    return keep


Sink = Callable[[list[dict[str, Any]], Actor], int]
_SINKS: dict[str, Sink] = {}


def register_sink(name: str) -> Callable[[Sink], Sink]:
    """Register the function that adds a sender's rows to register ``name``; it returns how many were new."""

    def keep(sink: Sink) -> Sink:
        _SINKS[name] = sink
        return sink

    return keep


def take_in_registers(document: Mapping[str, Any], *, actor: Actor) -> dict[str, int]:
    """Add a sender's validated register rows to ours, in one transaction; returns the new rows by register.

    Registers that nobody here keeps (``holidays``: the calendar is the statute's, not the sender's) are left out.
    """
    with transaction.atomic():
        added = {
            name: _SINKS[name](document[name], actor)
            for name in _SINK_ORDER
            if name in document and name in _SINKS
        }
        if any(added.values()):
            registers_changed()
    return added


_SINK_ORDER = (
    "agencies",
    "officers",
    "reviewers",
    "entrustments",
    "power_items",
    "legal_review_list",
    "benchmarks",
    "hearing_thresholds",
    "inspection_list",
    "monitoring_devices",
    "normative_documents",
)


def registers_changed() -> None:
    """Say, in the transaction of the change, that some register has changed."""
    if not RegisterRevision.objects.filter(pk=1).update(number=F("number") + 1):
        RegisterRevision.objects.get_or_create(pk=1, defaults={"number": 1})


def current_registers() -> tuple[Registers, Calendar]:
    """The registers and the working-day calendar in force; gathered anew only when a register has changed."""
    global _kept
    revision = RegisterRevision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    with _lock:
        if _kept is None or _kept[0] != revision:
            with whole_district():
                document: dict[str, Any] = {"registers": 1} | {
                    name: source() for name, source in _SOURCES.items()
                }
            calendar = statutory_calendar()
            document.setdefault("holidays", calendar.as_register())
            registers, errors = Registers.parse(load_vocabulary(), document)
            if errors:
                raise RegisterDefect("；".join(error.message_zh for error in errors[:5]))
            _kept = (revision, registers, calendar)
        return _kept[1], _kept[2]
