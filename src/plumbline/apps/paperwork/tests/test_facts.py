"""Facts: where they come from, what is missing, what has changed, and amounts in characters."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.apps.paperwork import actions
from plumbline.apps.paperwork.amounts import in_characters
from plumbline.apps.paperwork.contract import printed
from plumbline.apps.paperwork.fitting import stale_facts
from plumbline.apps.paperwork.sources import CaseFacts
from plumbline.packs.penalty.documents import FACTS, TEMPLATES
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.platform.actions import InputFault, Refusal
from plumbline.vocabulary import load_vocabulary

from .test_pages import page_of, signed_in
from .test_signing import document_case, drafted, signed

STEPS = {step.key: step for procedure in PROCEDURES for step in procedure.steps.values()}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1_000_000, "壹万元整"),
        (1_000_005, "壹万元零伍分"),
        (10_050_030, "壹拾万零伍佰元叁角整"),
        (0, "零元整"),
        (5, "伍分"),
        (100_000_000_00, "壹亿元整"),
        (100_000_100_00, "壹亿零壹佰元整"),
        (20_003_00, "贰万零叁元整"),
        (123_456_78, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
    ],
)
def test_amounts_in_characters(fen: int, words: str) -> None:
    assert in_characters(fen) == words


def test_every_named_fact_is_known_and_every_detail_is_asked() -> None:
    for template in TEMPLATES.values():
        assert {name for name, _ in template.facts()} <= set(FACTS), template.code
    for fact in FACTS.values():
        assert fact.name.isidentifier(), f"{fact.name} cannot be written in a template"
        assert fact.example or fact.kind in ("sign", "system"), fact.name
        for source in fact.sources:
            found = re.fullmatch(r"([a-z_]+)@(\w+)", source)
            if found and found[1] in STEPS:
                asked = {ask.path for ask in STEPS[found[1]].asks}
                assert f"@{found[2]}" in asked, f"{fact.name}: {source} is asked by no form"


def test_facts_of_the_step_and_of_the_case_fill_the_notice(world: Any) -> None:
    document = drafted(world, world.noticed(), written=False)
    facts = {used["label"]: used for used in document.facts}
    assert facts["拟罚款"]["text"] == "10,000.00 元"
    assert facts["拟罚款大写"]["text"] == "壹万元整"
    assert facts["处罚依据"]["text"] == "《城市建筑垃圾管理规定》第二十五条"
    assert facts["告知的违法事实"]["origin"].startswith("送达处罚事先告知书")
    assert facts["联系方式"]["gap"] == "1" and facts["联系方式"]["typed"]
    assert not facts["当事人"]["typed"]


def test_what_the_case_supplies_is_not_written_on_the_page(world: Any) -> None:
    case = world.noticed()
    document = drafted(world, case)
    with pytest.raises(InputFault, match="取自案件"):
        actions.fill_in(
            actor=world.actor(world.officer), document=document, case=case, entries={"当事人": "别人"}
        )
    with pytest.raises(Refusal):
        actions.fill_in(actor=world.actor(world.outsider), document=document, case=case, entries={})


def test_a_changed_fact_is_named_and_stops_the_signing(world: Any) -> None:
    document = drafted(world, world.noticed())
    party = document_case(document).party
    party.name = "武汉江阳筑工劳务有限公司"
    party.save()
    assert [each.name for each in stale_facts(document)] == ["当事人"]
    with pytest.raises(Refusal, match="当事人"):
        actions.sign(actor=world.actor(world.head), document=document)


def test_a_signed_document_says_that_a_fact_has_changed_and_what_to_do(world: Any) -> None:
    document = signed(world, world.noticed())
    party = document_case(document).party
    party.name = "武汉江阳筑工劳务有限公司"
    party.save()
    page = signed_in(world.head).get(page_of(document)).content.decode()
    assert "事实已变" in page
    assert "作废本文书后重新制发" in page
    assert "与签发时一致" in page


def test_a_character_without_a_glyph_stops_the_signing_and_is_named(world: Any) -> None:
    case = world.noticed()
    document = drafted(world, case)
    actions.fill_in(
        actor=world.actor(world.officer), document=document, case=case, entries={"联系方式": "\U0002f9f4先生"}
    )
    with pytest.raises(InputFault, match="U\\+2F9F4"):
        actions.sign(actor=world.actor(world.head), document=document)


def test_any_document_of_the_catalogue_can_be_added(world: Any) -> None:
    case = world.noticed()
    client = signed_in(world.officer)
    page = client.get(f"/cases/{case.matter_id}/docs/add?q=协助").content.decode()
    assert "协助调查函" in page
    assert "送达回证" not in page
    answer = client.post(f"/cases/{case.matter_id}/docs/draft", {"template": "D07"})
    text = client.get(answer["Location"]).content.decode()
    assert "（缺：协助机关）" in text
    client.post(f"{answer['Location']}/fill", {"f-协助机关": "新洲区市场监督管理局"})
    assert "新洲区市场监督管理局" in client.get(answer["Location"]).content.decode()
    assert "手工添加" in client.get(f"/cases/{case.matter_id}?tab=documents").content.decode()


def test_the_public_page_knows_the_issued_file_byte_for_byte(world: Any) -> None:
    document = signed(world, world.noticed())
    paper = printed(document)

    def said(data: bytes, name: str) -> str:
        upload = SimpleUploadedFile(name, data)
        return Client().post(f"/open/verify/{document.code}", {"file": upload}).content.decode()

    assert "与签发时的 PDF 文件逐字节一致" in said(paper.pdf, "a.pdf")
    assert "与签发时的 Word 文件逐字节一致" in said(paper.docx, "a.docx")
    assert "不是签发的文件" in said(paper.pdf + b" ", "a.pdf")
    assert "请选择要核对的文件" in Client().post(f"/open/verify/{document.code}").content.decode()


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_files_are_handed_out_as_files_and_only_to_those_who_may_see(world: Any, kind: str) -> None:
    document = drafted(world, world.noticed())
    answer = signed_in(world.officer).get(f"{page_of(document)}/{kind}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content[:4] in (b"PK\x03\x04", b"%PDF")
    assert signed_in(world.outsider).get(f"{page_of(document)}/{kind}").status_code == 404


def test_an_event_that_is_no_step_of_the_procedure_is_called_by_the_contract(world: Any) -> None:
    case = world.opened()
    case.procedure = "summary"
    facts = CaseFacts(case)
    first = facts.events[0]
    assert facts.step_of(first) is None
    assert facts.label_of(first) == load_vocabulary().activity_zh("clue_received")
