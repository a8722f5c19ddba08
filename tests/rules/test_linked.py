"""A rule that looks into a linked matter does not take what it cannot see for nothing being there."""

from __future__ import annotations

import pytest

from plumbline.rules import RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.examples import expand, step
from plumbline.vocabulary import Event, Matter, Registers, end_of

BOOK = RuleBook.load(STANDARD_PACKS)


@pytest.mark.parametrize("held", [None, []])
def test_a_linked_matter_of_which_nothing_is_known_is_no_excuse(held: list[Event] | None) -> None:
    letter = step(
        "supervision_letter_issued",
        "2026-06-01",
        kind="supervision_instrument",
        links=[{"matter": "M-2", "rel": "about"}],
        to="A-1",
        respond_by="2026-06-15",
    )
    (document,) = expand([letter], "supervision_instrument")
    event = Event.from_json(document, 1)
    moment = end_of(event.on.replace(month=7))
    (found,) = evaluate(
        [BOOK.by_id["ESR-33-no-duplicate"]],
        Matter.of([event], moment),
        registers=Registers.none(),
        calendar=None,
        as_of=moment,
        others=lambda matter: held,
    )
    assert found.verdict == "unknown" and found.missing == ("@links",)
