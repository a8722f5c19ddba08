"""The menu: eight on the rail, four on a phone, and a way to the rest from both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.ui import navigation
from plumbline.platform.ui.navigation import Entry, every_link, links_for, on_a_phone

SOMEBODY = Actor(label="某人", number="1", person_id=1)
PLACES = ["desk", "tasks", "cases", "alerts", "orders", "publicity", "law", "rules", "notices", "search"]


@pytest.fixture(params=[3, 8, 10])
def number(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    entries = {name: Entry(name, name, order) for order, name in enumerate(PLACES[: request.param])}
    monkeypatch.setattr(navigation, "_ENTRIES", entries)
    return int(request.param)


def test_the_last_of_too_many_leads_to_all(number: int) -> None:
    links = links_for(SOMEBODY, "/cases/1")
    assert [link.label for link in links if link.current] == ["cases"]
    if number <= 8:
        assert [link.label for link in links] == PLACES[:number]
    else:
        assert [link.label for link in links] == [*PLACES[:7], "更多"]
    assert [link.label for link in every_link(SOMEBODY)] == PLACES[:number]
    phone = on_a_phone(links)
    assert [link.label for link in phone] == (PLACES[:3] if number == 3 else [*PLACES[:4], "更多"])


def test_more_is_current_where_its_entries_are(number: int) -> None:
    if number < 10:
        pytest.skip("everything has a place of its own")
    assert [link.label for link in links_for(SOMEBODY, "/notices") if link.current] == ["更多"]
    assert [link.label for link in links_for(SOMEBODY, "/menu") if link.current] == ["更多"]
    assert on_a_phone(links_for(SOMEBODY, "/law/"))[-1].current
    assert not [link for link in links_for(SOMEBODY, "/me") if link.current]


def test_a_number_is_counted_only_where_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    entries = {
        name: replace(Entry(name, name, order), counter=lambda actor, name=name: asked.append(name) or 1)
        for order, name in enumerate(PLACES)
    }
    monkeypatch.setattr(navigation, "_ENTRIES", entries)
    links_for(SOMEBODY, "/desk")
    assert asked == PLACES[:7]
    assert links_for(ANONYMOUS, "/desk") == []
