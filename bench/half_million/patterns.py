"""The cases that are copied: their rows as text for COPY, with marks where a copy has ids, names and officers of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
import psycopg

from plumbline.apps.cases.models import Case, StepRequest
from plumbline.apps.publicity.models import Publication
from plumbline.platform import clock
from plumbline.platform.events.log import as_document, content_digest
from plumbline.platform.events.models import StoredEvent

# Marks in private characters, which occur in no row.
CASE, PARTY, SECOND, DIGEST, NUMBER, SEARCHED, BIGRAMS, TIMES = (f"\ue000{c}\ue000" for c in "cpsdntbk")
PERSON = "\ue000w{}\ue000"
REQUEST = "\ue000r{}\ue000"

#: Copied as they are, but for the marks. Each query gives the matter first, then the columns in the order named.
PLAIN: dict[str, tuple[str, str]] = {
    "case_officers": (
        "case_id, number, from_on, to_on, person_id",
        f"SELECT c.matter_id, '{CASE}', t.number, t.from_on, t.to_on, '\ue000w' || t.number || '\ue000'"
        " FROM case_officers t JOIN cases c ON c.id = t.case_id",
    ),
    "case_step_entries": (
        "case_id, step, event_id, details, by_label, at",
        f"SELECT c.matter_id, '{CASE}', t.step, t.event_id, t.details, t.by_label, t.at"
        " FROM case_step_entries t JOIN cases c ON c.id = t.case_id",
    ),
    "case_tasks": (
        'case_id, agency_id, key, kind, title, "where", verb, step, capability, holders, rule, basis, due_on, unit,'
        " standing, url, since, post_id",
        f"SELECT c.matter_id, '{CASE}', t.agency_id, t.key, t.kind, t.title, t.where, t.verb, t.step, t.capability,"
        " t.holders, t.rule, t.basis, t.due_on, t.unit, t.standing, t.url, t.since, t.post_id"
        " FROM case_tasks t JOIN cases c ON c.id = t.case_id",
    ),
    "case_step_requests": (
        "id, case_id, kind, attached_to, step, state, data, details, occurred, written_by_id, written_label, written_at,"
        " submitted_at, decided_by_id, decided_label, decided_at, opinion, event_id, post_id, opened_at, opened_label,"
        " reminded_on, countersigning",
        f"SELECT c.matter_id, '\ue000r' || t.id || '\ue000', '{CASE}', t.kind, t.attached_to, t.step, t.state, t.data,"
        " t.details, t.occurred,"
        " t.written_by_id, t.written_label, t.written_at, t.submitted_at, t.decided_by_id, t.decided_label,"
        " t.decided_at, t.opinion, t.event_id, t.post_id, t.opened_at, t.opened_label, t.reminded_on, t.countersigning"
        " FROM case_step_requests t JOIN cases c ON c.id = t.case_id",
    ),
    "verdicts": (
        "matter_id, agency_code, rule, subject, verdict, due, due_on, days_used, days_limit, unit, severity, overlay,"
        " law, article, events, missing, flags, explanation_zh, as_of, first_breached_at",
        "SELECT matter_id, matter_id, agency_code, rule, subject, verdict, due, due_on, days_used, days_limit, unit,"
        " severity, overlay, law, article, events, missing, flags, explanation_zh, as_of, first_breached_at"
        " FROM verdicts",
    ),
    # What somebody had to decide long ago has been decided; what came up in the last month is open.
    "alerts": (
        "matter_id, agency_id, kind, rule, subject, severity, law, article, facts, due_on, still_breached, state,"
        " owner_id, reason, created_at, decided_at, decided_label",
        "SELECT matter_id, matter_id, agency_id, kind, rule, subject, severity, law, article, facts, due_on,"
        " still_breached AND fresh, CASE WHEN fresh THEN 'new' ELSE 'corrected' END, NULL, '', came,"
        " CASE WHEN NOT fresh THEN came + interval '9 days' END,"
        " CASE WHEN fresh THEN '' ELSE '刘清源' END FROM (SELECT *, came > now() - interval '30 days' AS fresh"
        " FROM (SELECT *, least(created_at, coalesce(due_on, created_at::date - 90) + interval '33 hours') AS came"
        " FROM alerts) AS dated) AS aged",
    ),
}
ORDER = {"case_officers": "t.id", "case_step_entries": "t.id", "case_step_requests": "t.id"}
EVENT_COLUMNS = (
    "event_id, matter_id, kind, activity, occurred_at, occurred_on, recorded_at, received_at, agency_code, actors, data,"
    " links, source, in_contract, by_person_id, by_label, digest"
)
_RECORDED = (
    "CASE WHEN extract(second FROM e.recorded_at) = 0 THEN"
    f" to_char(e.recorded_at, 'YYYY-MM-DD HH24:MI:') || '{SECOND}+08' ELSE e.recorded_at::text END"
)
_EVENTS = (
    f"SELECT e.matter_id, e.event_id, e.matter_id, kind, activity, occurred_at, occurred_on, {_RECORDED}, {_RECORDED},"
    " agency_code, actors, data, links, source, in_contract, CASE WHEN p.certificate_number <> ''"
    " THEN '\ue000w' || p.certificate_number || '\ue000' ELSE by_person_id::text END,"
    f" by_label, '{DIGEST}' FROM events e LEFT JOIN identity_person p ON p.id = by_person_id ORDER BY e.seq"
)
_CASE = (
    "agency_id, title, origin, procedure, procedure_version, item_code, domain, place, division_code, summary, stage,"
    " opened_on, filed_on, decided_on, served_on, closed_on, outcome, fine_fen, due_on, due_unit, standing, created_at"
)
CASE_COLUMNS = f"id, matter_id, number, party_id, searched, bigrams, last_event_at, {_CASE}"
_LAST = _RECORDED.replace("e.recorded_at", "last_event_at")
_CASES = f"SELECT matter_id, '{CASE}', matter_id, '{NUMBER}', '{PARTY}', '{SEARCHED}', '{BIGRAMS}', {_LAST}, {_CASE} FROM cases"
_NUMBERED = re.compile(r"(.+〔\d{4}〕)(\d+)号")


@dataclass
class Pattern:
    """One case to copy. ``blocks`` are lines for COPY by table; ``canons`` the events' canonical text for their digests."""

    matter: str
    case: Case
    blocks: dict[str, str] = field(default_factory=dict)
    canons: list[str] = field(default_factory=list)
    series: str = ""
    rank: int = 0
    publication: dict[str, Any] | None = None


def patterns(connection: psycopg.Connection) -> list[Pattern]:
    """Every case of the database, with all that hangs on it.

    Left out is what would need the copy of another matter: a merged case, and one with a request of its reconsideration or
    action.
    """
    connection.execute("SET TimeZone = 'Asia/Shanghai'")
    found = {
        case.matter_id: Pattern(case.matter_id, case)
        for case in Case.objects.unscoped("案件作为样本")
        .exclude(requests__in=StepRequest.objects.exclude(attached_to=""))
        .select_related("party")
        .order_by("pk")
        if case.party is not None and case.merged_into_id is None
    }
    queries = {name: (query, ORDER.get(name, "1")) for name, (_, query) in PLAIN.items()}
    for table, (query, order) in queries.items():
        _keep(found, table, _lines(connection, f"{query} ORDER BY {order}"))
    _keep(found, "events", _lines(connection, _EVENTS))
    _keep(found, "cases", _lines(connection, _CASES))
    canons = defaultdict(list)
    for row in StoredEvent.objects.unscoped("案件作为样本").order_by("seq").iterator(2000):
        if row.matter_id in found:
            canons[row.matter_id].append(_canon(row))
    numbers: dict[str, int] = {}
    for matter, pattern in found.items():
        pattern.canons = canons[matter]
        if numbered := _NUMBERED.fullmatch(pattern.case.number):
            pattern.series = numbered[1]
            numbers[pattern.series] = pattern.rank = numbers.get(pattern.series, 0) + 1
    for row in Publication.objects.filter(channel="government_site").order_by("pk").values():
        if row["matter_id"] in found:
            found[row["matter_id"]].publication = row
    return [_without_foreign_ids(pattern) for pattern in found.values()]


def _lines(connection: psycopg.Connection, query: str) -> Iterator[tuple[str, str]]:
    with connection.cursor().copy(f"COPY ({query}) TO STDOUT") as copy:
        rest = b""
        for part in copy:
            *lines, rest = (rest + bytes(part)).split(b"\n")
            for line in lines:
                matter, _, text = line.decode().partition("\t")
                yield matter, text


def _keep(found: dict[str, Pattern], table: str, lines: Iterator[tuple[str, str]]) -> None:
    by_matter = defaultdict(list)
    for matter, text in lines:
        by_matter[matter].append(text)
    for matter, texts in by_matter.items():
        if matter in found:
            found[matter].blocks[table] = "".join(f"{text}\n" for text in texts)


def _canon(row: StoredEvent) -> str:
    document = as_document(row)
    assert content_digest(document) == row.digest
    recorded = clock.as_instant(datetime.fromisoformat(document["recorded_at"]))
    text = orjson.dumps({**document, "recorded_at": recorded}, option=orjson.OPT_SORT_KEYS).decode()
    if row.recorded_at.second == row.recorded_at.microsecond == 0:
        text = text.replace(
            f'"recorded_at":"{recorded}"', f'"recorded_at":"{recorded[:17]}{SECOND}{recorded[19:]}"'
        )
    return text


_OWN_ID = re.compile(r"(PL-[0-9a-f]{24})[0-9a-f]{8}")
_REQUEST_URL = re.compile(r"(/requests/|\brequest:)(\d+)")


def _without_foreign_ids(pattern: Pattern) -> Pattern:
    """Ids that the platform gave by chance, and numbers of requests in addresses, marked for each copy to have its own."""

    def marked(text: str) -> str:
        text = _OWN_ID.sub(rf"\1{TIMES}", text)
        return _REQUEST_URL.sub(lambda m: m[1] + REQUEST.format(m[2]), text)

    pattern.blocks = {table: marked(text) for table, text in pattern.blocks.items()}
    pattern.canons = [marked(text) for text in pattern.canons]
    if pattern.publication is not None:
        for name in ("decision_event", "published_event"):
            pattern.publication[name] = marked(pattern.publication[name])
    return pattern
