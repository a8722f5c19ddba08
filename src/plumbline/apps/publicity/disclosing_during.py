"""What is shown while the law is being enforced (事中公示), agency by agency: from events, verdicts, and what is written.

A topic says where the platform looks: events that have to stand in a matter beside others, rules whose verdicts answer,
a text that the agency writes. What only a person on the spot can know is said to be so. A missing fact is never compliance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from plumbline.platform import clock
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.models import StoredVerdict

from .disclosing import Limit, data, limits, written_on
from .models import Publication, PublicationState

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Kept:
    """One topic of one agency: how often it was kept, broken, or not told; ``none`` where nothing of the kind happened."""

    topic: str
    label: str
    kept: int = 0
    broken: int = 0
    untold: int = 0
    words: str = ""
    is_there: bool = False
    by_person: bool = False  # neither kept nor broken: only somebody on the spot can know

    @property
    def none(self) -> bool:
        return not self.kept and not self.broken and not self.untold and not self.words


def during() -> dict[str, dict[str, Any]]:
    return data()["during"]["topics"]


def during_board(agencies: Iterable[Agency]) -> dict[str, list[Kept]]:
    """Every topic of the agencies named, whose rows the caller may see."""
    codes = [agency.code for agency in agencies]
    seen = _verdicts(codes)
    written = {topic: written_on(topic) for topic, about in during().items() if about.get("written")}
    shown = {topic: _beside(codes, about["events"]) for topic, about in during().items() if "events" in about}
    return {
        code: [
            _of(code, topic, about, seen, shown.get(topic, {}), written.get(topic, {}))
            for topic, about in during().items()
        ]
        for code in codes
    }


def _of(
    code: str,
    topic: str,
    about: Mapping[str, Any],
    seen: Mapping[tuple[str, str, str], int],
    shown: Mapping[str, tuple[int, int]],
    written: Mapping[str, date],
) -> Kept:
    if about.get("written"):
        day = written.get(code)
        return Kept(
            topic, about["label"], words=f"{day} 公布" if day else "没有公布", is_there=day is not None
        )
    if about.get("person"):
        return Kept(topic, about["label"], words=about["person"], by_person=True)
    with_it, of_all = shown.get(code, (0, 0))
    counted = {
        verdict: sum(seen.get((code, rule, verdict), 0) for rule in about.get("rules", ()))
        for verdict in ("met", "breached", "unknown")
    }
    broken, untold = counted["breached"], counted["unknown"] + of_all - with_it
    return Kept(
        topic, about["label"], counted["met"] + with_it, broken, untold, is_there=not broken and not untold
    )


def _verdicts(codes: list[str]) -> dict[tuple[str, str, str], int]:
    rules = sorted({rule for about in during().values() for rule in about.get("rules", ())})
    rows = StoredVerdict.objects.unscoped("机关已按读者的范围选定").filter(
        agency_code__in=codes, rule__in=rules, verdict__in=["met", "breached", "unknown"]
    )
    counted = rows.order_by().values_list("agency_code", "rule", "verdict").annotate(n=Count("pk"))
    return {(agency, rule, verdict): n for agency, rule, verdict, n in counted}


def _beside(codes: list[str], about: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Per agency: in how many matters of the last year with one of ``acts`` the event ``shown`` stands, of how many."""
    wanted = [about["shown"], *about["acts"]]
    rows = StoredEvent.objects.unscoped("机关已按读者的范围选定").filter(
        agency_code__in=codes, activity__in=wanted, occurred_on__gte=clock.today() - YEAR
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    pairs = rows.order_by().values_list("agency_code", "matter_id", "activity").distinct()
    for agency, matter, activity in pairs.iterator(chunk_size=5_000):
        found[agency, matter].add(activity)
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (agency, _), activities in found.items():
        if activities & set(about["acts"]):
            counted[agency][0] += about["shown"] in activities
            counted[agency][1] += 1
    return {agency: (with_it, of_all) for agency, (with_it, of_all) in counted.items()}


def expected() -> list[tuple[str, list[Limit], str]]:
    """What a person may expect of those who enforce: the topic, the rules behind it in words, the article of the whole."""
    book = rule_book().by_id
    return [
        (about["label"], limits([rule for rule in about.get("rules", ()) if rule in book]), about["says"])
        for about in during().values()
    ]


def after_board(agencies: Iterable[Agency]) -> dict[str, list[Kept]]:
    """What came after (事后公开): per agency and channel, shown in its term, late, not shown, and undone ones still up."""
    today, year = clock.today(), date(clock.today().year, 1, 1)
    topics = {
        "decisions": ("决定按期公开", {"due_on__gte": year, "due_on__lt": today}),
        "withdrawn": ("撤销、变更后按期撤回", {"withdraw_due_on__gte": year, "withdraw_due_on__lt": today}),
    }
    found: dict[str, list[Kept]] = {agency.code: [] for agency in agencies}
    for topic, (label, when) in topics.items():
        counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        rows = Publication.objects.filter(agency_id__in=list(found), **when)
        columns = ("agency_id", "state", "due_on", "published_on", "withdraw_due_on", "withdrawn_on")
        for agency, *row in rows.exclude(state=PublicationState.WITHHELD).values_list(*columns):
            counted[agency][_outcome(topic, *row)] += 1
        for code, kept in found.items():
            done, late, open_ = counted[code]
            kept.append(Kept(topic, label, done, late, open_, is_there=not late and not open_))
    return found


def _outcome(
    topic: str,
    state: str,
    due: date,
    published: date | None,
    withdraw_due: date | None,
    withdrawn: date | None,
) -> int:
    """0 in its term, 1 late, 2 not done yet though the term is over."""
    done, by = (published, due) if topic == "decisions" else (withdrawn, withdraw_due)
    if done is None:
        return 2
    return int(by is not None and done > by)
