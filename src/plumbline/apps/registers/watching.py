"""Watching the articles that lists rest on: what was reworded, repealed or gone since a row came into force."""

from __future__ import annotations

from datetime import date

from plumbline.apps.law_library.contract import changed_places
from plumbline.law.texts import short_title
from plumbline.platform import clock
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.lists import Register, registers
from plumbline.platform.lists.citations import articles_of

from .keepers import keepers
from .models import ArticleWatch

Resting = dict[tuple[str, str, str], list[tuple[str, date | None]]]


def resting_on(register: Register, on: date) -> Resting:
    """The rows in force that rest on each article: by (agency, law, article), each with its first day."""
    found: Resting = {}
    district = next((each.code for each in keepers(register)), "") if register.owner == "district" else ""
    for row in register.table.rows(None, on) if register.basis_columns else ():
        for column in register.basis_columns:
            for law, article in articles_of(row.values.get(column)):
                place = (district or row.agency, short_title(law), article)
                found.setdefault(place, []).append((register.key_of(row.values), row.since))
    return found


def notice_changes() -> int:
    """Raise what waits, and settle what no row rests on any more; returns how many are new. Harmless to repeat."""
    today, now = clock.today(), clock.now()
    changed = changed_places()
    new = 0
    for register in registers():
        standing: set[int] = set()
        for (agency, law, article), rows in resting_on(register, today).items():
            change = changed.get((law, article)) or changed.get((law, ""))
            if change is None:
                continue
            since_before = [key for key, since in rows if since is None or since <= change.at.date()]
            if not since_before:
                continue
            watch, fresh = ArticleWatch.objects.unscoped("核对依据").get_or_create(
                register=register.key,
                agency_id=agency,
                law=law,
                article=article,
                sha256=change.sha256,
                gone=change.gone,
                defaults={"keys": since_before, "noticed_at": now},
            )
            new += fresh
            standing.add(watch.pk)
            if watch.settled_at is None and watch.keys != since_before:
                watch.keys = since_before
                watch.save(update_fields=["keys"])
        left = ArticleWatch.objects.unscoped("核对依据").filter(register=register.key, settled_at=None)
        left.exclude(pk__in=standing).update(
            settled_at=now, settled_by="系统", outcome="清单已经修订，现行的行不再依据变动前的条文。"
        )
    return new


@subscriber("registers.watch", order=80)
def watch_after(matter_id: str, activities: frozenset[str]) -> None:
    """After texts were loaded or a version was published."""
    if activities & {"texts_loaded", "list_version_published"}:
        notice_changes()
