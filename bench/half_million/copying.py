"""Writing the copies: one process for the verdicts, which are the most, and one for all else, each in one transaction."""

from __future__ import annotations

import hashlib
import random
import re
import time
from collections.abc import Mapping, Sequence
from copy import copy as copy_of
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from typing import cast

import orjson
import psycopg

from plumbline.apps.cases.models import Case, Party
from plumbline.apps.cases.projection import search_text
from plumbline.apps.publicity.actions import content_hash
from plumbline.apps.publicity.models import Publication
from plumbline.apps.publicity.redaction import surname_only
from plumbline.platform.bigrams import grams_of
from plumbline.project.demo.names import credit_code, firm, person

from .bare_tables import Taken, strip
from .patterns import (
    BIGRAMS,
    CASE,
    CASE_COLUMNS,
    DIGEST,
    EVENT_COLUMNS,
    NUMBER,
    PARTY,
    PERSON,
    PLAIN,
    REQUEST,
    SEARCHED,
    SECOND,
    TIMES,
    Pattern,
)
from .people import TEAMS, in_team

FIRST_NUMBER = 100_000
COPIED = r"^.{8}[1-9][0-9]{5,}$"  # what the id of a copy looks like, and of no case of the demonstration
CHUNK = 250
TOGETHER = 4  # what is handed over at once: libpq moves all that waits whenever a part of it is sent
PARTY_COLUMNS = (
    "id, pseudonym, kind, name, identity_number, credit_code, legal_representative, address, phone, birth_on"
)
#: Columns of a publication that each copy has of its own, and tables whose text tells the party's name.
OWN_COLUMNS = (
    "public_id", "matter_id", "decision_event", "published_event", "party_name", "credit_code", "violation", "facts",
    "searched", "bigrams", "sha256",
)  # fmt: skip
OWN_EVENTS = ("decision_event", "published_event")
TELLING = frozenset({"case_step_entries", "case_step_requests", "alerts"})
REQUESTED = REQUEST.partition("{")[0].encode()


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
    officers: Sequence[str]
    last_numbers: Mapping[str, int]
    in_series: Mapping[str, int]
    publication_columns: Sequence[str]


def write_tables(plan: Plan, patterns: Sequence[Pattern], tables: Sequence[str]) -> tuple[int, list[Taken]]:
    """Write every copy's rows of ``tables``; returns how many cases, and what was taken from the tables before."""
    columns = {"parties": PARTY_COLUMNS, "cases": CASE_COLUMNS, "events": EVENT_COLUMNS}
    columns |= {name: named for name, (named, _) in PLAIN.items()}
    columns["publications"] = ", ".join(plan.publication_columns)
    ready = [_Ready(plan, pattern, tables) for pattern in patterns]
    with psycopg.connect(plan.url, autocommit=True) as connection, connection.transaction():
        connection.execute("SET LOCAL TimeZone = 'Asia/Shanghai'")
        taken = [strip(connection, table) for table in tables]
        place = 0
        for copy in range(1, plan.copies + 1):
            officers = _team(plan, copy % TEAMS)
            for start in range(0, len(ready), CHUNK):
                lines: dict[str, list[bytes]] = {table: [] for table in tables}
                for each in ready[start : start + CHUNK]:
                    place += 1
                    each.write(lines, copy, place, officers)
                for table, texts in lines.items():
                    words = f"COPY {table} ({columns[table]}) FROM STDIN (FREEZE)"
                    with connection.cursor().copy(words) as sink:
                        for at in range(0, len(texts), TOGETHER):
                            sink.write(b"".join(texts[at : at + TOGETHER]))
    return place, taken


def _team(plan: Plan, team: int) -> dict[bytes, bytes]:
    """The officers of a team in place of the first one's: certificate numbers, and marks for the keys of persons."""
    numbers = {number: in_team(number, team) for number in plan.officers}
    keys = {PERSON.format(number): str(plan.persons[new]) for number, new in numbers.items()}
    return {old.encode(): new.encode() for old, new in (numbers | keys).items()}


class _Cut:
    """A text cut once at its marks; a copy's own text is what stands between them, joined with the copy's own words."""

    def __init__(self, text: str, marks: re.Pattern[str]) -> None:
        self._parts = [part.encode() for part in marks.split(text)]
        self.marks = self._parts[1::2]

    def filled(self, own: Mapping[bytes, bytes]) -> bytes:
        parts = self._parts.copy()
        parts[1::2] = map(own.__getitem__, self.marks)
        return b"".join(parts)


class _Ready:
    """One pattern, cut at its marks, for the rows of some tables."""

    def __init__(self, plan: Plan, pattern: Pattern, tables: Sequence[str]) -> None:
        self.plan, self.pattern, self.tables = plan, pattern, tables
        self.matter = pattern.matter.encode()
        self.name = pattern.case.party.name if pattern.case.party else ""
        whole = "".join((*pattern.blocks.values(), *pattern.canons))
        fixed = [pattern.matter, CASE, PARTY, SECOND, TIMES, NUMBER, SEARCHED, BIGRAMS, DIGEST]
        present = [number for number in plan.officers if number in whole]
        usual = [r"\ue000[wr][^\ue000]+\ue000", *map(re.escape, (*fixed, *present))]
        marks = re.compile("(" + "|".join(usual) + ")")
        telling = re.compile("(" + "|".join((*usual, re.escape(self.name))) + ")") if self.name else marks
        self.cuts = {
            table: _Cut(pattern.blocks[table], telling if table in TELLING else marks)
            for table in tables
            if table in pattern.blocks
        }
        self.canons = _Cut("\n".join(pattern.canons), marks) if "events" in tables else None
        self.requests = {
            mark: int(plan.request_ids[mark.decode()[2:-1]])
            for cut in (*self.cuts.values(), *((self.canons,) if self.canons else ()))
            for mark in cut.marks
            if mark.startswith(REQUESTED)
        }
        self.publication = None
        if pattern.publication and "publications" in tables:
            row = self.publication = Publication(**pattern.publication)
            self.columns = {name: _column(getattr(row, name)) for name in plan.publication_columns}
            self.told = {name: _Cut(getattr(row, name), marks) for name in OWN_EVENTS}

    def write(
        self, lines: dict[str, list[bytes]], copy: int, place: int, officers: Mapping[bytes, bytes]
    ) -> None:
        """Add the rows of one copy; ``place`` is its place among all copies, from one."""
        plan = self.plan
        matter = f"{self.pattern.matter[:8]}{FIRST_NUMBER + place}"
        own = officers | {
            self.matter: matter.encode(),
            CASE.encode(): b"%d" % (plan.first_case + place),
            PARTY.encode(): b"%d" % (plan.first_party + place),
            SECOND.encode(): b"%02d" % (place * 37 % 60),
            TIMES.encode(): b"%08x" % copy,
            DIGEST.encode(): DIGEST.encode(),
        }
        first = plan.first_request + (copy - 1) * len(plan.request_ids)
        for mark, number in self.requests.items():
            own[mark] = b"%d" % (first + number)
        if "cases" in self.tables:
            party = _party(self.pattern.case.party, matter, random.Random(plan.seed * 10_000_019 + place))
            if self.name:
                own[self.name.encode()] = party.name.encode()
            self._case(own, copy, matter, party)
            lines["parties"].append(_party_row(plan.first_party + place, party))
            if self.publication is not None:
                lines["publications"].append(self._publication(own, matter, party))
        for table, cut in self.cuts.items():
            text = cut.filled(own)
            if table == "events":
                assert self.canons is not None
                text = _with_digests(text, self.canons.filled(own))
            lines[table].append(text)

    def _case(self, own: dict[bytes, bytes], copy: int, matter: str, party: NewParty) -> None:
        """What the row of the case has of its own: number, text to be found by."""
        plan, pattern = self.plan, self.pattern
        number = pattern.case.number
        if pattern.series:
            before = plan.last_numbers[pattern.series] + (copy - 1) * plan.in_series[pattern.series]
            number = f"{pattern.series}{before + pattern.rank}号"
        words = SimpleNamespace(
            matter_id=matter,
            number=number,
            title=pattern.case.title,
            place=pattern.case.place,
            item_code=pattern.case.item_code,
            party=party,
        )
        searched = search_text(cast(Case, words))
        own[NUMBER.encode()] = number.encode()
        own[SEARCHED.encode()] = searched.encode()
        own[BIGRAMS.encode()] = _array(_grams(searched)).encode()

    def _publication(self, own: Mapping[bytes, bytes], matter: str, party: NewParty) -> bytes:
        row = copy_of(self.publication)
        assert row is not None
        shown = party.name if row.party_name == self.name else surname_only(party.name)
        for name in ("facts", "violation"):
            setattr(row, name, getattr(row, name).replace(row.party_name, shown))
        row.public_id = hashlib.blake2b(matter.encode(), digest_size=6).hexdigest()
        row.matter_id = matter
        for name, cut in self.told.items():
            setattr(row, name, cut.filled(own).decode())
        row.party_name = shown if row.party_name else ""
        row.credit_code = party.credit_code if row.credit_code else ""
        row.make_findable()
        if row.sha256:
            row.sha256 = content_hash(row)
        row.bigrams = _Pairs(row.bigrams)
        fresh = {name: _column(getattr(row, name)) for name in OWN_COLUMNS}
        return ("\t".join((self.columns | fresh).values()) + "\n").encode()


def _with_digests(rows: bytes, canons: bytes) -> bytes:
    """The rows of events, each with the digest of its canonical text."""
    *parts, last = rows.split(DIGEST.encode())
    digests = (hashlib.sha256(canon).hexdigest().encode() for canon in canons.split(b"\n"))
    return b"".join(part + digest for part, digest in zip(parts, digests, strict=True)) + last


def _party_row(key: int, party: NewParty) -> bytes:
    birth = party.birth_on.isoformat() if party.birth_on else r"\N"
    told = [
        key, party.pseudonym, party.kind, party.name, "", party.credit_code, party.legal_representative, party.address,
        party.phone, birth,
    ]  # fmt: skip
    return ("\t".join(map(str, told)) + "\n").encode()


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


@lru_cache(100_000)
def _grams_of_word(word: str) -> frozenset[str]:
    return frozenset(grams_of(word))


def _grams(searched: str) -> list[str]:
    """``grams_of``, which looks at each word by itself: titles, places and names come again and again."""
    return sorted(frozenset().union(*map(_grams_of_word, searched.split(" "))))


def _array(texts: Sequence[str]) -> str:
    joined = "".join(texts)
    if '"' in joined or "\\" in joined:
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
