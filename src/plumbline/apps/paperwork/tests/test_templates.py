"""Every document a step calls for can be made."""

from __future__ import annotations

import re

import pytest

from plumbline.packs.penalty.documents import TEMPLATES, DocumentTemplate
from plumbline.packs.penalty.procedures import PROCEDURES


def called_for() -> list[tuple[str, str]]:
    return sorted(
        {(step.key, code) for p in PROCEDURES for step in p.steps.values() for code in step.documents}
    )


@pytest.mark.parametrize(("step", "code"), called_for())
def test_the_document_of_a_step_has_a_template(step: str, code: str) -> None:
    """Without one the 「文书」 tab would leave the document out without a word."""
    assert code in TEMPLATES, f"{step} calls for {code}"


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.code)
def test_a_document_to_the_party_has_a_number_and_its_articles(template: DocumentTemplate) -> None:
    if template.to_party:
        assert template.mark, "a document that goes out carries a number"
        assert re.search(r"第.+条", template.basis), "and names the article it answers to"


def test_marks_are_told_apart() -> None:
    """One mark, one kind of document: otherwise two kinds would share a series and its numbers."""
    marks = [template.mark for template in TEMPLATES.values() if template.mark]
    assert len(marks) == len(set(marks))
