"""What the migrations do to an empty database, recorded once: a new site gets its tables in a second.

Django renders a third of all models anew for each of some four hundred operations, which takes half a minute of one
core; the statements themselves take about one second. So ``python -m plumbline.project.recording`` runs every migration on an
empty database and writes down what each of them executed (``recorded_migrations.sql``), and ``migrate`` plays that back
where there is no table yet. A migration that was changed after the recording, and everything behind it, is run as
ever. See docs/adr/0028-recorded-migrations.md.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

RECORDED = Path(__file__).with_name("recorded_migrations.sql")
HEAD = "-- migration "


@dataclass
class Step:
    """One migration: its app and name, the fingerprint of its source, and the statements it executed, in order."""

    app: str
    name: str
    source: str
    statements: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.app, self.name

    def __str__(self) -> str:
        return f"{HEAD}{self.app} {self.name} {self.source}\n" + "".join(
            f"{each};\n" for each in self.statements
        )


def source_of(migration: Migration) -> str:
    """The fingerprint of the file that a migration stands in."""
    file = inspect.getsourcefile(sys.modules[type(migration).__module__])
    if file is None:
        raise ValueError(f"{migration} has no source")
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:16]


def is_empty() -> bool:
    """Whether the database has no table of anybody yet."""
    return not connection.introspection.table_names()


def written(steps: list[Step]) -> str:
    """The recording as it stands in the file."""
    return "".join(map(str, steps))


def recorded() -> list[tuple[Step, str]]:
    """The recorded migrations in the order in which they ran, each with its statements as one text."""
    found: list[tuple[Step, str]] = []
    for block in ("\n" + RECORDED.read_text()).split("\n" + HEAD)[1:]:
        head, _, text = block.partition("\n")
        app, name, source = head.split(" ")
        found.append((Step(app, name, source), text))
    return found


def play_back() -> int:
    """Give an empty database what was recorded, each migration in a transaction of its own; returns how many those were.

    The first one whose file is another now ends it. What is interrupted is taken up by ``migrate`` where it stands.
    """
    known = MigrationLoader(None).disk_migrations
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    done = 0
    for step, statements in recorded():
        migration = known.get(step.key)
        if migration is None or source_of(migration) != step.source:
            break
        # PostgreSQL 15 lets nobody use a value in the transaction that added it to its type.
        with transaction.atomic():
            if statements:
                with connection.cursor() as cursor:
                    cursor.execute(statements)
            recorder.record_applied(*step.key)
        done += 1
    return done
