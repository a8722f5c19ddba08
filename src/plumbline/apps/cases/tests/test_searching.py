"""Searching and listing behind the wall: what finds a case, in which order, and that the indexes are used for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from plumbline.apps.cases import queries
from plumbline.apps.cases.models import Case, CaseIndexRow
from plumbline.apps.cases.queries import CaseFilter, case_page, cases_matching
from plumbline.platform.bigrams import INITIALS, grams_of, grams_wanted, is_exact
from plumbline.platform.events.models import StatedViolation
from plumbline.platform.initials import initials_of
from plumbline.platform.scope.rows import set_database_scope

from .world import World

pytestmark = pytest.mark.django_db


@contextmanager
def without_reading_all() -> Iterator[None]:
    """A small table is always read whole; here the planner does so only where it has no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = on")
        cursor.execute("SET LOCAL ROLE plumbline_app")
        set_database_scope(None)
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


@pytest.fixture
def app_may_read(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'plumbline_app'")
        if cursor.fetchone() is None:
            pytest.skip("the role plumbline_app does not exist on this server")
        cursor.execute("GRANT USAGE ON SCHEMA public TO plumbline_app")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO plumbline_app")


def test_every_character_and_pair_is_kept_and_single_figures_are_not() -> None:
    assert grams_of("江阳 A1") == ["a1", "江", "江阳", "阳"]
    assert grams_of("0742号") == ["07", "074", "2号", "42", "74", "742", "号"]
    assert grams_wanted("江") == ["江"] and grams_wanted("1") == [] and grams_wanted("江阳") == ["江阳"]


@pytest.mark.parametrize(
    ("word", "wanted", "exact"),
    [
        ("江", ["江"], True),
        ("江阳", ["江阳"], True),
        ("阳江阳", ["江阳", "阳江"], False),
        ("12", ["12"], True),
        ("123", ["123"], True),
        ("0742", ["074", "742"], False),
        ("罚〔2026〕12号", ["026", "12", "202", "2号", "6〕", "〔2", "〕1", "罚〔"], False),
    ],
)
def test_figures_are_looked_for_by_threes_and_one_gram_needs_no_second_look(
    word: str, wanted: list[str], exact: bool
) -> None:
    assert grams_wanted(word) == wanted and is_exact(word, wanted) is exact
    assert set(grams_wanted(word)) <= set(grams_of(f"在{word}前"))


def test_whoever_may_see_no_case_finds_none(world: World) -> None:
    world.opened()
    nobody = replace(world.actor(world.officer), grants=())
    page = case_page(nobody, CaseFilter(q="江阳"))
    assert not page.rows and page.count == "0" and not case_page(nobody, CaseFilter()).rows


def test_three_first_letters_find_the_party_and_the_violation(world: World) -> None:
    case = world.opened()
    assert case.party is not None and "江阳" in case.party.name
    officer, outsider = world.actor(world.officer), world.actor(world.outsider)
    for letters in (initials_of(case.party.name)[-4:], initials_of(case.title)[:3], "JYZ"):
        assert case in list(case_page(officer, CaseFilter(q=letters)).rows), letters
        assert not cases_matching(outsider, CaseFilter(q=letters)).exists()
    assert not case_page(officer, CaseFilter(q="qqq")).rows


def test_cases_kept_from_before_are_given_their_letters(world: World) -> None:
    case = world.opened()
    searched, grams = case.searched, case.bigrams
    plain = searched.partition(f" {INITIALS}")[0]
    Case.objects.unscoped("测试").update(searched=plain, bigrams=grams_of(plain))
    filled = import_module("plumbline.apps.cases.migrations.0013_initials_filled")
    then = MigrationLoader(connection).project_state(("cases", "0013_initials_filled")).apps
    for _ in range(2):
        filled.with_initials(then, None)
        case.refresh_from_db()
        assert (case.searched, case.bigrams) == (searched, grams)


@pytest.mark.usefixtures("app_may_read")
def test_the_role_that_serves_searches_by_index(world: World) -> None:
    world.opened()
    words = CaseIndexRow.objects.unscoped("测试").filter(
        bigrams__contains=["江阳"], searched__contains="江阳"
    )
    acts = StatedViolation.objects.unscoped("测试").filter(act="A1")
    with without_reading_all():
        assert "cases_bigrams" in words.explain()
        plan = acts.explain()
    assert "events_violation" in plan and "Index Cond" in plan
    # On the table itself the wall comes first, and the index cannot be used: the reason for the view.
    direct = Case.objects.unscoped("测试").filter(bigrams__contains=["江阳"])
    with without_reading_all():
        assert "cases_bigrams" not in direct.explain()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("江", True),
        ("囧", False),
        ("1", True),
        ("江阳", True),
        ("阳江", False),
        ("平江路 垃圾", True),
        ("平江路 囧", False),
    ],
)
def test_one_character_is_enough(world: World, words: str, found: bool) -> None:
    case = world.opened()
    rows = cases_matching(world.actor(world.officer), CaseFilter(q=words))
    assert (case.pk in rows.values_list("pk", flat=True)) is found
    assert not cases_matching(world.actor(world.outsider), CaseFilter(q=words)).exists()


def test_the_page_holds_whole_cases_in_the_order_of_their_latest_event(world: World) -> None:
    cases = [world.opened(), world.filed(), world.noticed()]
    page = case_page(world.actor(world.officer), CaseFilter())
    rows = Case.objects.unscoped("测试").order_by("-last_event_at", "-pk")
    assert [case.pk for case in page.rows] == list(rows.values_list("pk", flat=True))
    assert (
        page.count == "3" and page.rows[0].party and {case.pk for case in cases} == {c.pk for c in page.rows}
    )


@pytest.mark.parametrize("newest", [2000, 1])
def test_pages_of_a_search_follow_each_other_however_many_are_found(
    world: World, monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    monkeypatch.setattr(queries, "NEWEST", newest)
    monkeypatch.setattr(queries, "PAGE", 1)
    cases = [world.opened(), world.filed(), world.noticed()]
    Case.objects.unscoped("测试").filter(pk=cases[0].pk).update(last_event_at=cases[1].last_event_at)
    actor, seen, after = world.actor(world.officer), [], ""
    while True:
        page = case_page(actor, CaseFilter(q="平江"), after)
        seen += [case.pk for case in page.rows]
        if not (after := page.next_cursor):
            break
    rows = Case.objects.unscoped("测试").order_by("-last_event_at", "-pk")
    assert seen == list(rows.values_list("pk", flat=True)) and len(seen) == 3
    assert page.count == "3"
