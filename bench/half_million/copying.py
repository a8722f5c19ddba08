"""Writing the copies: one process a core, each with teams of its own, in chunks of COPY by table."""

from __future__ import annotations

import hashlib
import random
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy as copy_of
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import orjson
import psycopg

from plumbline.apps.cases.models import Case, Party
from plumbline.apps.cases.projection import search_text
from plumbline.apps.publicity.actions import content_hash
from plumbline.apps.publicity.models import Publication
from plumbline.apps.publicity.redaction import surname_only
from plumbline.platform.bigrams import grams_of
from plumbline.project.demo.names import credit_code, firm, person

from .patterns import (
    BIGRAMS,
    CASE,
    CASE_COLUMNS,
    DIGEST,
    EVENT_COLUMNS,
    NUMBER,
    PARTY,
    PLAIN,
    SEARCHED,
    SECOND,
    TIMES,
    Pattern,
)
from .people import TEAMS, in_team

FIRST_NUMBER = 100_000
COPIED = r"^.{8}[1-9][0-9]{5,}$"  # what the id of a copy looks like, and of no case of the demonstration
CHUNK = 250
PARTY_COLUMNS = (
    "id, pseudonym, kind, name, identity_number, credit_code, legal_representative, address, phone, birth_on"
)
_PERSON = re.compile("\ue000w([^\ue000]+)\ue000")
_REQUEST = re.compile("\ue000r(\\d+)\ue000")
#: Columns of a publication that each copy has of its own, and tables whose text tells the party's name.
OWN_COLUMNS = (
    "public_id", "matter_id", "decision_event", "published_event", "party_name", "credit_code", "violation", "facts",
    "searched", "bigrams", "sha256",
)  # fmt: skip
TELLING = frozenset({"case_step_entries", "case_step_requests", "alerts"})


@dataclass(frozen=True)
class Plan:
    """What every process needs to know. Ids are those after which the copies' own begin."""

    url: str
    seed: int
    copies: int
    first_case: int
    first_party: int
    request_ids: Mapping[str, int]
    first_request: int
    persons: Mapping[str, int]
    last_numbers: Mapping[str, int]
    in_series: Mapping[str, int]
    publication_columns: Sequence[str]


def write_teams(plan: Plan, patterns: Sequence[Pattern], teams: Sequence[int]) -> int:
    """Write every copy that belongs to ``teams``; returns how many cases."""
    written = 0
    with psycopg.connect(plan.url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        for team in teams:
            ready = [_Ready(plan, pattern, team) for pattern in patterns]
            for copy in range(1, plan.copies + 1):
                if copy % TEAMS == team:
                    for start in range(0, len(ready), CHUNK):
                        _write(connection, plan, copy, len(patterns), start, ready[start : start + CHUNK])
                    written += len(ready)
    return written


def _write(
    connection: psycopg.Connection, plan: Plan, copy: int, total: int, start: int, ready: Sequence[_Ready]
) -> None:
    lines: dict[str, list[str]] = defaultdict(list)
    for at, each in enumerate(ready, start=start):
        each.write(lines, copy, (copy - 1) * total + at + 1)
    columns = {"parties": PARTY_COLUMNS, "cases": CASE_COLUMNS, "events": EVENT_COLUMNS} | {
        name: named for name, (named, _) in PLAIN.items()
    }
    columns["publications"] = ", ".join(plan.publication_columns)
    with connection.transaction():
        for table, texts in lines.items():
            with connection.cursor().copy(f"COPY {table} ({columns[table]}) FROM STDIN") as sink:
                sink.write("".join(texts))


class _Ready:
    """One pattern with the officers of one team in it."""

    def __init__(self, plan: Plan, pattern: Pattern, team: int) -> None:
        self.plan, self.pattern = plan, pattern
        numbers = re.compile("|".join(map(re.escape, plan.persons)))

        def of_team(text: str) -> str:
            text = numbers.sub(lambda m: in_team(m[0], team), text)
            return _PERSON.sub(lambda m: str(plan.persons[m[1]]), text)

        self.blocks = {table: of_team(text) for table, text in pattern.blocks.items()}
        self.canons = of_team("\n".join(pattern.canons))
        self.telling = (
            TELLING & self.blocks.keys() if pattern.case.party and pattern.case.party.name else frozenset()
        )
        self.publication = Publication(**pattern.publication) if pattern.publication else None
        self.columns = (
            {name: _column(getattr(self.publication, name)) for name in plan.publication_columns}
            if self.publication
            else {}
        )

    def write(self, lines: dict[str, list[str]], copy: int, place: int) -> None:
        """Add the rows of one copy; ``place`` is its place among all copies, from one."""
        plan, pattern, case = self.plan, self.pattern, self.pattern.case
        rng = random.Random(plan.seed * 10_000_019 + place)
        matter = f"{pattern.matter[:8]}{FIRST_NUMBER + place}"
        number = case.number
        if pattern.series:
            at = (
                plan.last_numbers[pattern.series] + (copy - 1) * plan.in_series[pattern.series] + pattern.rank
            )
            number = f"{pattern.series}{at}号"
        party = _party(case.party, matter, rng)
        old = case.party.name if case.party else ""
        replaced = {
            pattern.matter: matter,
            CASE: str(plan.first_case + place),
            PARTY: str(plan.first_party + place),
            SECOND: f"{place * 37 % 60:02d}",
            TIMES: f"{copy:08x}",
        }

        def own(text: str) -> str:
            for before, after in replaced.items():
                text = text.replace(before, after)
            return text

        for table in PLAIN:
            if block := self.blocks.get(table):
                text = own(block)
                if table in self.telling:
                    text = text.replace(old, party.name)
                if "\ue000r" in text:
                    text = _REQUEST.sub(lambda m: self._request(m[1], copy), text)
                lines[table].append(text)
        digests = (hashlib.sha256(canon.encode()).hexdigest() for canon in own(self.canons).split("\n"))
        parts = own(self.blocks["events"]).split(DIGEST)
        lines["events"].append(
            "".join(part + digest for part, digest in zip(parts, digests, strict=False)) + parts[-1]
        )
        words = SimpleNamespace(
            matter_id=matter,
            number=number,
            title=case.title,
            place=case.place,
            item_code=case.item_code,
            party=party,
        )
        searched = search_text(cast(Case, words))
        row = own(self.blocks["cases"]).replace(NUMBER, number).replace(SEARCHED, searched)
        lines["cases"].append(row.replace(BIGRAMS, _array(grams_of(searched))))
        birth = party.birth_on.isoformat() if party.birth_on else r"\N"
        told = [
            plan.first_party + place, party.pseudonym, party.kind, party.name, "", party.credit_code,
            party.legal_representative, party.address, party.phone, birth,
        ]  # fmt: skip
        lines["parties"].append("\t".join(map(str, told)) + "\n")
        if self.publication is not None:
            lines["publications"].append(self._publication(own, matter, old, party))

    def _request(self, old: str, copy: int) -> str:
        ids = self.plan.request_ids
        return str(self.plan.first_request + (copy - 1) * len(ids) + ids[old])

    def _publication(self, own: Any, matter: str, old: str, party: NewParty) -> str:
        row = copy_of(self.publication)
        shown = party.name if row.party_name == old else surname_only(party.name)
        for name in ("facts", "violation"):
            setattr(row, name, getattr(row, name).replace(row.party_name, shown))
        row.public_id = hashlib.blake2b(matter.encode(), digest_size=6).hexdigest()
        row.matter_id = matter
        row.decision_event, row.published_event = own(row.decision_event), own(row.published_event)
        row.party_name = shown if row.party_name else ""
        row.credit_code = party.credit_code if row.credit_code else ""
        row.make_findable()
        if row.sha256:
            row.sha256 = content_hash(row)
        row.bigrams = _Pairs(row.bigrams)
        fresh = {name: _column(getattr(row, name)) for name in OWN_COLUMNS}
        return "\t".join((self.columns | fresh).values()) + "\n"


@dataclass(frozen=True)
class NewParty:
    pseudonym: str
    kind: str
    name: str
    credit_code: str
    legal_representative: str
    address: str
    phone: str
    birth_on: date | None


def _party(like: Party | None, matter: str, rng: random.Random) -> NewParty:
    assert like is not None
    natural = like.kind == "natural_person"
    return NewParty(
        pseudonym=f"P-{matter}",
        kind=like.kind,
        name=person(rng) if natural else firm(rng),
        credit_code="" if natural else credit_code(rng),
        legal_representative="" if natural else person(rng),
        address=like.address,
        phone=f"1700000{rng.randrange(10_000):04d}",
        birth_on=like.birth_on,
    )


def _array(texts: Sequence[str]) -> str:
    if any('"' in text or "\\" in text for text in texts):
        texts = [text.replace("\\", "\\\\").replace('"', '\\"') for text in texts]
    return _escaped('{"' + '","'.join(texts) + '"}') if texts else "{}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _column(value: object) -> str:
    """A value as COPY reads it; lists of the array column are strings alone, those of JSON columns are written as JSON."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, _Pairs):
        return _array(value)
    if isinstance(value, list | dict):
        return _escaped(orjson.dumps(value).decode())
    return _escaped(str(value))


class _Pairs(list[str]):
    """A list for an array column."""


def measured(began: float, words: str) -> float:
    """Say how long something took; returns the time now."""
    now = time.monotonic()
    print(f"{words}: {now - began:.0f} s", flush=True)
    return now
