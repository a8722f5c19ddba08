"""The recorded migrations are what the migrations do now, and give the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from plumbline.project import recorded as recording
from plumbline.project.recorded import RECORDED, source_of, written
from plumbline.project.recording import record

pytestmark = pytest.mark.slow
RENEW = "Run `python -m plumbline.project.recording`."
# Whatever makes up the tables; notes of what was applied when are left out by their column's name.
CATALOG = {
    "columns": """SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity,
        character_maximum_length FROM information_schema.columns WHERE table_schema = 'public'""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "policies": "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies",
    "walls": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind = 'r'",
    "functions": """SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        AND prokind = 'f' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "types": "SELECT t.typname, enumlabel, enumsortorder FROM pg_enum JOIN pg_type t ON t.oid = enumtypid",
}


@contextmanager
def empty_database(name: str) -> Iterator[None]:
    kept = connection.settings_dict["NAME"]
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{kept}_{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{kept}_{name}" TEMPLATE template0')
    connection.settings_dict["NAME"] = f"{kept}_{name}"
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = kept
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{kept}_{name}" WITH (FORCE)')


def catalog() -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = {}
    with connection.cursor() as cursor:
        for name, question in CATALOG.items():
            cursor.execute(question)
            found[name] = set(cursor.fetchall())
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[f"rows of {table}"] = set(cursor.fetchall())
        cursor.execute("SELECT app, name FROM django_migrations")
        found["applied"] = set(cursor.fetchall())
    return found


@pytest.fixture(scope="module", autouse=True)
def _databases(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Databases of their own: these tests leave the common one alone."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def run_for_real() -> tuple[str, dict[str, set[Any]]]:
    """What all migrations execute, and the tables they leave."""
    with empty_database("run"):
        steps = record()
        call_command("migrate", verbosity=0)  # what Django adds after the last one
        return written(steps), catalog()


def test_every_migration_is_recorded_as_it_stands() -> None:
    """What CI looks at each time; that the statements are theirs, `./test -m exhaustive` does."""
    now = {key: source_of(migration) for key, migration in MigrationLoader(None).disk_migrations.items()}
    then = {step.key: step.source for step, _ in recording.recorded()}
    assert then == now, RENEW


@pytest.mark.exhaustive
def test_what_is_recorded_is_what_the_migrations_do(run_for_real: tuple[str, Any]) -> None:
    now, then = run_for_real[0].splitlines(), RECORDED.read_text().splitlines()
    other = next(
        (n for n, (a, b) in enumerate(zip(now, then, strict=False)) if a != b), min(len(now), len(then))
    )
    assert now == then, (
        f"line {other + 1}: {now[other : other + 1]}, recorded {then[other : other + 1]}. {RENEW}"
    )


@pytest.mark.exhaustive
def test_played_back_they_give_the_same_tables(run_for_real: tuple[str, dict[str, set[Any]]]) -> None:
    with empty_database("played"):
        call_command("migrate", verbosity=0)
        played = catalog()
    assert len(played) > 100
    for name, there in run_for_real[1].items():
        assert played[name] == there, name


def test_a_changed_migration_is_run_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the changed one on nothing is played back, and the tables are the same."""
    steps = recording.recorded()
    half = len(steps) - 3
    other = [
        *steps[:half],
        (recording.Step(steps[half][0].app, steps[half][0].name, "another"), ""),
        *steps[half:],
    ]
    monkeypatch.setattr(recording, "recorded", lambda: other)
    with empty_database("half"):
        assert recording.play_back() == half
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            assert cursor.fetchone() == (len(steps),)
