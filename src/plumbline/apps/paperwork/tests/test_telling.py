"""What the paper of a decision tells of reconsideration is read from the paper."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline.apps.cases.forms_open import SpotForm
from plumbline.apps.paperwork import keeping
from plumbline.apps.paperwork.layouts import sheet_of
from plumbline.apps.paperwork.telling import remedy_on_spot, told_by_template
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.packs.penalty.documents.remedies import reconsideration_told
from plumbline.platform import clock
from plumbline.platform.printing.blocks import Paragraph, Run, Sheet
from plumbline.platform.printing.word_writing import as_word

from .test_keeping import keeper  # noqa: F401 - the fixture

ALL = ["right", "organ", "period"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("可以在六个月内依法提起行政诉讼。", []),
        ("如不服，可以依法申请行政复议。", ["right"]),
        ("可以自收到之日起60日内向某某区人民政府申请行政复议。", ALL),
        ("可以自收到之日起六十日内向行政复议机关申请行政复议。", ["right", "period"]),
        ("可以向某某区人民政府申请复议，或者在六个月内提起行政诉讼。", ["right", "organ"]),
        ("可以在六个月内提起行政诉讼，也可以向某某区人民政府申请复议。", ["right", "organ"]),
        ("请在十五日内缴清罚款。可以申请行政复议。", ["right"]),
    ],
)
def test_the_text_is_read_for_what_it_tells(text: str, told: list[str]) -> None:
    assert reconsideration_told(text) == told


@pytest.mark.parametrize("code", ["D31", "D32", "D33"])
def test_the_projects_decisions_tell_all_of_it(code: str) -> None:
    words = "\n".join(
        part if isinstance(part, str) else getattr(part, "text", "") for part in TEMPLATES[code].body
    )
    assert reconsideration_told(words) == ALL
    assert reconsideration_told(remedy_on_spot()) == ALL and "{{" not in remedy_on_spot()


def test_an_agencys_own_form_that_leaves_out_the_period_prefills_without_it(
    world: Any,
    keeper: Any,  # noqa: F811
) -> None:
    today = clock.today()
    assert (
        told_by_template("summary", "T-STREET", today)
        == told_by_template("ordinary", "T-STREET", today)
        == ALL
    )
    sheet = sheet_of(TEMPLATES["D31"])
    blocks = [
        Paragraph((Run("如不服，可以向{{ 复议机关 }}申请行政复议。"),))
        if isinstance(each, Paragraph) and "六十日" in each.text
        else each
        for each in sheet.blocks
    ]
    version = keeping.upload_template(
        actor=world.actor(keeper), agency_code="T-STREET", template=TEMPLATES["D31"], name="当罚.docx",
        data=as_word(Sheet(tuple(blocks), sheet.margins, sheet.header, sheet.footer)), note="简写",
    )  # fmt: skip
    keeping.publish_template(actor=world.actor(keeper), version=version, valid_from=today)
    assert told_by_template("summary", "T-STREET", today) == ["right", "organ"]
    assert SpotForm(agency="T-STREET", me="HB001")["reconsideration_told"].initial == ["right", "organ"]
    assert told_by_template("summary", "T-OTHER", today) == ALL
