"""An agency keeps its own Word templates."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.paperwork import actions, keeping
from plumbline.apps.paperwork.layouts import sheet_of, word_template
from plumbline.apps.paperwork.models import TemplateVersion
from plumbline.apps.paperwork.rendering import rendered
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Person, Post
from plumbline.platform.printing.blocks import Paragraph, Run, Sheet, text_of
from plumbline.platform.printing.word_writing import as_word

from .test_pages import signed_in
from .test_signing import drafted, signed

NOTICE = TEMPLATES["D25"]


def adjusted(words: str) -> bytes:
    """The project's notice with a line of the agency's own before it."""
    sheet = sheet_of(NOTICE)
    return as_word(
        Sheet((Paragraph((Run(words),)), *sheet.blocks), sheet.margins, sheet.header, sheet.footer)
    )


@pytest.fixture
def keeper(world: Any) -> Person:
    return world.person(
        "guan", "管理员", "", "T-STREET", "单位管理", ["agency.administer"], "other", staff="G1"
    )


def uploaded(world: Any, keeper: Person, words: str) -> TemplateVersion:
    return keeping.upload_template(
        actor=world.actor(keeper), agency_code="T-STREET", template=NOTICE,
        name="告知书.docx", data=adjusted(words), note="加一行",
    )  # fmt: skip


def test_a_published_version_holds_for_new_drafts_and_the_signed_keep_theirs(
    world: Any, keeper: Person
) -> None:
    case = world.noticed()
    before = signed(world, case)
    version = uploaded(world, keeper, "（本街道样式）")
    assert "本街道样式" not in text_of(rendered(drafted(world, case)).sheet)
    keeping.publish_template(actor=world.actor(keeper), version=version, valid_from=clock.today())
    draft = drafted(world, case)
    assert "本街道样式" in text_of(rendered(draft).sheet)
    assert draft.layout == version
    before.refresh_from_db(from_queryset=type(before).objects.unscoped("测试"))
    assert before.layout is None
    assert "本街道样式" not in before.html


def test_a_later_day_waits_and_a_day_gone_by_is_refused(world: Any, keeper: Person) -> None:
    version, actor = uploaded(world, keeper, "（明天起）"), world.actor(keeper)
    with pytest.raises(InputFault, match="施行日"):
        keeping.publish_template(actor=actor, version=version, valid_from=clock.today() - timedelta(days=1))
    keeping.publish_template(actor=actor, version=version, valid_from=clock.today() + timedelta(days=1))
    assert "明天起" not in text_of(rendered(drafted(world, world.noticed())).sheet)
    with pytest.raises(Refusal):
        keeping.publish_template(actor=actor, version=version, valid_from=clock.today())


def test_withdrawn_and_restored(world: Any, keeper: Person) -> None:
    case, actor = world.noticed(), world.actor(keeper)
    first = uploaded(world, keeper, "（甲式）")
    keeping.publish_template(actor=actor, version=first, valid_from=clock.today())
    second = uploaded(world, keeper, "（乙式）")
    keeping.publish_template(actor=actor, version=second, valid_from=clock.today())
    assert "乙式" in text_of(rendered(drafted(world, case)).sheet)
    again = keeping.restore_template(actor=actor, version=first)
    assert (again.version, again.sha256) == (3, first.sha256)
    assert "甲式" in text_of(rendered(drafted(world, case)).sheet)
    for version in (again, second, first):
        keeping.withdraw_template(actor=actor, version=version)
    assert "式）" not in text_of(rendered(drafted(world, case)).sheet)
    with pytest.raises(Refusal):
        keeping.withdraw_template(actor=actor, version=first)


def test_only_an_administrator_and_only_of_the_own_agency(world: Any, keeper: Person) -> None:
    values = {"template": NOTICE, "name": "a.docx", "data": word_template(NOTICE), "note": "x"}
    for person, agency in ((world.officer, "T-STREET"), (keeper, "T-OTHER"), (keeper, "")):
        with pytest.raises(Refusal):
            keeping.upload_template(actor=world.actor(person), agency_code=agency, **values)
    version = uploaded(world, keeper, "（甲式）")
    stranger = world.person(
        "yi", "别处管理员", "", "T-OTHER", "单位管理", ["agency.administer"], "other", staff="G2"
    )
    assert Post.objects.filter(title="单位管理").count() == 2
    with pytest.raises(Refusal):
        keeping.publish_template(actor=world.actor(stranger), version=version, valid_from=clock.today())
    client = signed_in(stranger)
    assert client.get(f"/templates/D25/{version.pk}/word").status_code == 404
    assert client.post(f"/templates/D25/{version.pk}", {"verb": "withdraw"}).status_code == 404


def test_the_page_says_everything_that_is_wrong_and_keeps_nothing(world: Any, keeper: Person) -> None:
    lacking = as_word(Sheet((Paragraph((Run("{{ 当事入 }}"),)),)))
    page = signed_in(keeper).post(
        "/templates/D25/upload", {"file": SimpleUploadedFile("a.docx", lacking), "note": "试"}
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "缺少必备的字段" in text
    assert "是不是“当事人”" in text
    for name, data in (("a.docx", b"no"), ("a.pdf", b"%PDF-1.7 x"), ("a.docx", io.BytesIO(b"PK").read())):
        with pytest.raises(InputFault):
            keeping.upload_template(
                actor=world.actor(keeper),
                agency_code="T-STREET",
                template=NOTICE,
                name=name,
                data=data,
                note="试",
            )
    assert not TemplateVersion.objects.exists()


def test_upload_look_publish_through_the_pages(world: Any, keeper: Person) -> None:
    client = signed_in(keeper)
    own = client.get("/templates/D25/0/word").content
    answer = client.post(
        "/templates/D25/upload", {"file": SimpleUploadedFile("告知书.docx", own), "note": "照旧"}
    )
    version = TemplateVersion.objects.get()
    assert answer["Location"] == f"/templates/D25?version={version.pk}"
    page = client.get(answer["Location"]).content.decode()
    assert "第 1 版（待发布）" in page
    assert "武汉楚安示例工程有限公司" in page
    assert client.get(f"/templates/D25/{version.pk}/sample").content.startswith(b"%PDF")
    client.post(f"/templates/D25/{version.pk}", {"verb": "publish", "valid_from": clock.today().isoformat()})
    assert "本单位第 1 版" in client.get("/templates").content.decode()
    assert "当事人" in client.get("/templates/facts").content.decode()
    assert client.get("/templates/D99").status_code == 404


def test_documents_drafted_before_are_told_of_a_new_version(world: Any, keeper: Person) -> None:
    document = drafted(world, world.noticed())
    version = uploaded(world, keeper, "（新式）")
    keeping.publish_template(actor=world.actor(keeper), version=version, valid_from=clock.today())
    assert (
        "模板有了新的版本"
        in signed_in(world.officer).get(f"/cases/{document.matter_id}/docs/{document.pk}").content.decode()
    )
    assert actions.draft_case_document.__name__ == "draft_case_document"
