"""Signatures by hand on a draft, refusals with witnesses, and comments."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image, ImageDraw

from plumbline.apps.paperwork import actions, signing
from plumbline.apps.paperwork.contract import documents_of, printed
from plumbline.apps.paperwork.models import DocumentSignature
from plumbline.apps.paperwork.rendering import rendered, valid_signatures
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.printing.blocks import pictures_of, text_of
from plumbline.platform.printing.word_reading import read_word

from .test_pages import page_of, signed_in
from .test_signing import document_case, drafted

RECORD = {"记录人": "陈立群", "告知权利": "已告知", "现场负责人": "王强"}


def strokes() -> str:
    picture = Image.new("RGBA", (400, 160), (255, 255, 255, 0))
    ImageDraw.Draw(picture).line([(40, 80), (150, 40), (260, 120)], fill=(0, 0, 0, 255), width=5)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def record(world: Any) -> Any:
    """A draft of an on-site record with everything filled in that its step does not supply."""
    case = world.noticed()
    document = drafted(world, case, "D04")
    open_names = {used["label"] for used in document.facts if used["typed"]}
    entries = {name: text for name, text in RECORD.items() if name in open_names}
    actions.fill_in(actor=world.actor(world.officer), document=document, case=case, entries=entries)
    return document


def give(world: Any, document: Any, **given: Any) -> Any:
    values = {"role": "party", "name": "王强", "way": "typed"} | given
    return signing.hand_sign(
        actor=world.actor(world.officer), document=document, given=signing.Signed(**values)
    )


def test_a_drawn_name_stands_on_the_paper(world: Any, record: Any) -> None:
    client = signed_in(world.officer)
    answer = client.post(
        f"{page_of(record)}/signature",
        {"role": "party", "name": "王强", "way": "drawn", "drawn": strokes(), "opinion": "和我说的一样"},
    )
    assert answer.status_code == 302
    sheet = rendered(record).sheet
    assert [each.words for each in pictures_of(sheet)][:1] == ["王强的签名"]
    assert "和我说的一样" in text_of(sheet)
    row = DocumentSignature.objects.unscoped("测试").get()
    picture = client.get(f"{page_of(record)}/signature/{row.pk}")
    assert picture["Content-Type"] == "image/png"
    assert picture["Content-Disposition"].startswith("attachment")


def test_a_signature_holds_for_what_was_signed(world: Any, record: Any) -> None:
    give(world, record)
    assert "王强（本人当场确认）" in text_of(rendered(record).sheet)
    actions.fill_in(
        actor=world.actor(world.officer),
        document=record,
        case=document_case(record),
        entries={"附图附件": "示意图两张"},
    )
    assert "本人当场确认" not in text_of(rendered(record).sheet)
    assert valid_signatures(record) == []
    assert "内容已改，不再适用" in signed_in(world.officer).get(page_of(record)).content.decode()


def test_a_refusal_needs_its_reason_and_two_witnesses(world: Any, record: Any) -> None:
    for lacking in (
        {"witnesses": ("甲", "乙")},
        {"reason": "不认可", "witnesses": ("甲", "")},
        {"reason": "不认可", "witnesses": ("甲", "甲")},
        {"reason": "不认可", "witnesses": ("甲", "王强")},
    ):
        with pytest.raises(InputFault):
            give(world, record, way="refused", **lacking)
    give(world, record, way="refused", reason="不认可数量", witnesses=("赵甲", "钱乙"))
    assert "王强拒绝签名，理由：不认可数量。见证人：赵甲、钱乙。" in text_of(rendered(record).sheet)


@pytest.mark.parametrize("drawn", ["", "data:image/png;base64,AAAA", "text", "data:text/html;base64,PGI+"])
def test_an_empty_or_false_drawing_is_refused(world: Any, record: Any, drawn: str) -> None:
    page = signed_in(world.officer).post(
        f"{page_of(record)}/signature", {"role": "party", "name": "王强", "way": "drawn", "drawn": drawn}
    )
    assert page.status_code == 422
    assert not DocumentSignature.objects.unscoped("测试").exists()


def test_a_photograph_of_the_paper_is_kept_as_it_came(world: Any, record: Any) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    photo = SimpleUploadedFile("签名页.jpg", out.getvalue(), "image/jpeg")
    client = signed_in(world.officer)
    posted = {"role": "party", "name": "王强", "way": "paper", "photo": photo}
    assert client.post(f"{page_of(record)}/signature", posted).status_code == 302
    row = DocumentSignature.objects.unscoped("测试").get()
    assert client.get(f"{page_of(record)}/signature/{row.pk}").content == out.getvalue()
    assert row.sha256[:12] in text_of(rendered(record).sheet)


def test_officers_close_their_record_and_it_is_frozen_with_the_signatures(world: Any, record: Any) -> None:
    give(world, record, name="王强", way="drawn", picture=signing.drawn_picture(strokes()))
    actions.sign(actor=world.actor(world.officer), document=record, how="password")
    kept = documents_of(record.matter_id).get(pk=record.pk)
    assert (kept.number, kept.signed_how) == ("", "password")
    paper = printed(kept)
    assert (paper.pdf_sha256, paper.docx_sha256) == (kept.pdf_sha256, kept.docx_sha256)
    assert "王强的签名" in [each.words for each in pictures_of(read_word(paper.docx))]
    with pytest.raises(Refusal):
        give(world, kept)


def test_a_signature_cannot_be_changed(world: Any, record: Any) -> None:
    row = give(world, record)
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentSignature.objects.unscoped("测试").filter(pk=row.pk).update(name="别人")


def test_comments_are_made_and_settled(world: Any, record: Any) -> None:
    reviewer, officer = signed_in(world.reviewer), signed_in(world.officer)
    reviewer.post(f"{page_of(record)}/comments", {"text": "请写明长度", "quote": "现场堆放"})
    row = record.comments.unscoped("测试").get()
    assert "请写明长度" in officer.get(page_of(record)).content.decode()
    officer.post(f"{page_of(record)}/comments/{row.pk}")
    row.refresh_from_db(from_queryset=type(row).objects.unscoped("测试"))
    assert row.settled_label == "周晓岚"
    with pytest.raises(Refusal):
        signing.settle_comment(actor=world.actor(world.officer), comment=row)
    with pytest.raises(InputFault):
        signing.comment(actor=world.actor(world.officer), document=record, text=" ")
    with pytest.raises(Refusal):
        signing.comment(actor=world.actor(world.outsider), document=record, text="外单位")
