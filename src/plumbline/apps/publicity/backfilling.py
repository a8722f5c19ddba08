"""Rows of channels that old decisions owe and never got: made once, marked as made late, by a person or by command.

A row comes to be at the next event of its matter; a decision of before a channel was known may have no further event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from plumbline.platform import clock
from plumbline.platform.actions import action
from plumbline.platform.events.log import events_of
from plumbline.platform.identity.actor import Actor

from .actions import log_about
from .channels import OURS, channels, duty, name_of, term, why_not
from .events import PUBLICATION_PREPARED
from .models import Publication, PublicationState
from .policies import may_backfill
from .preparing import new_row, results_of, said_of, said_of_row, whole

BATCH = 200
MOST = 2_000  # rows of one go: the rest waits for the next


@dataclass(frozen=True)
class Backfilled:
    """How many rows were made, how many decisions owe none after all, and whether more are left."""

    made: int
    needless: int
    more: bool

    def __str__(self) -> str:
        left = "，还有没补完的，请再点一次" if self.more else ""
        spared = f"；{self.needless} 件不需要补建（公示期已过或者依法不公示）" if self.needless else ""
        return f"已补建 {self.made} 条{spared}{left}。"


def owing(channel: str, agencies: Sequence[str] | None = None) -> QuerySet[Publication, Any]:
    """Our own published rows that a duty of ``channel`` may speak of and that have no row there."""
    wanted = Q(pk=None)
    for about in channels()[channel]["duties"]:
        one = Q(kind__in=about["kinds"], act__in=about["acts"], decided_on__gte=about["from"])
        one &= Q(domain__in=about["domains"]) if "domains" in about else Q()
        wanted |= one & (Q(procedure__in=about["procedures"]) if "procedures" in about else Q())
    beside = Publication.objects.filter(decision_event=OuterRef("decision_event"), channel=channel)
    rows = Publication.objects.filter(wanted, channel=OURS, state=PublicationState.PUBLISHED)
    rows = rows if agencies is None else rows.filter(agency_id__in=agencies)
    for never in channels()[channel].get("never", ()):
        asked = set(never) - {"reason", "basis"}
        if asked == {"party"}:
            rows = rows.exclude(party_kind__in=never["party"])
        elif asked == {"only"}:
            rows = rows.exclude(~Q(kinds=[]), kinds__contained_by=never["only"])
    if (longest := _longest(channel)) is not None:
        rows = rows.filter(decided_on__gte=clock.today() - longest)
    return rows.filter(~Exists(beside)).order_by("decided_on", "pk")


def _longest(channel: str) -> timedelta | None:
    """The longest time a decision can matter on a channel, roundly; None where its display has no end."""
    steps = channels()[channel].get("terms", {}).get("steps", ())
    spans = [each for step in steps for each in (step, *step.get("choices", ())) if "n" in each]
    days = {"y": 366, "m": 31}
    return timedelta(days=max(each["n"] * days[each["unit"]] for each in spans) + 60) if spans else None


def owed_anywhere(agencies: Sequence[str] | None = None) -> list[Publication]:
    """Decisions that owe a row on some channel; each as often as it owes one."""
    return [row for _, row in _owed(agencies)]


def _owed(agencies: Sequence[str] | None) -> Iterator[tuple[str, Publication]]:
    for channel in channels():
        if channel == OURS:
            continue
        for row in owing(channel, agencies)[: MOST + 1]:
            if _owes(channel, row):
                yield channel, row


def _owes(channel: str, row: Publication) -> bool:
    """The whole question, asked of the row; a display whose term would be over by now is owed no more."""
    said = said_of_row(row)
    owed = duty(channel, said, row.decided_on)
    if owed is None or why_not(channel, said) is not None:
        return False
    by = owed.due_after(row.decided_on)
    stands = term(channel, said, decided_on=row.decided_on, published_on=by)
    return stands is None or stands.ends_on is None or stands.ends_on > clock.today()


@action(
    "publicity.backfill",
    policy=may_backfill,
    on="agencies",
    records=(PUBLICATION_PREPARED,),
    basis="企业信息公示暂行条例第六条、国办发〔2018〕118号（六）",
)
def backfill(*, actor: Actor, agencies: Sequence[str] | None) -> Backfilled:
    """Make the rows that the decisions of ``agencies`` (None: of all) owe on other channels. A second run makes none."""
    made, needless = 0, 0
    wanted = list(_owed(agencies))
    for start in range(0, min(len(wanted), MOST), BATCH):
        part = wanted[start : min(start + BATCH, MOST)]
        events = events_of([row.matter_id for _, row in part])
        for channel, row in part:
            fresh = _row_of(channel, row, events.get(row.matter_id, []))
            if fresh is None:
                needless += 1
                continue
            fresh.backfilled_on = clock.today()
            fresh.save()
            made += 1
            log_about(actor, fresh, PUBLICATION_PREPARED, {"channel": name_of(channel), "backfilled": True})
    return Backfilled(made, needless, len(wanted) > MOST)


def _row_of(channel: str, row: Publication, events: list[Any]) -> Publication | None:
    """As the subscriber would have made it on the day, from the matter's events; none where the matter says no."""
    if not events:
        return None
    matter = whole(events)
    for result, act in results_of(matter):
        if result.id == row.decision_event:
            said = said_of(matter, result, act)
            owed = duty(channel, said, result.on)
            return (
                new_row(matter, result, said, channel, owed)
                if owed and why_not(channel, said) is None
                else None
            )
    return None
