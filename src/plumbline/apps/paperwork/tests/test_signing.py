"""Drafting, signing, freezing, voiding: through the public verbs, with the database."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from plumbline.apps.paperwork import actions
from plumbline.apps.paperwork.contract import documents_of
from plumbline.apps.paperwork.models import Document, DocumentState, NumberSeries
from plumbline.apps.paperwork.panel import called_for
from plumbline.apps.paperwork.rendering import rendered
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import AccessRecord, StoredEvent

WRITTEN = {"D25": {"陈述申辩期限": "收到本告知书之日起五个工作日内", "联系方式": "阳逻街道综合行政执法中心"}}


def drafted(world: Any, case: Any, code: str = "D25", *, written: bool = True) -> Document:
    """A draft of what a step of the case calls for, with what only this document says filled in."""
    actor = world.actor(world.officer)
    for _, event, template in called_for(case):
        if template.code == code:
            document = actions.draft_case_document(
                actor=actor, case=case, template=template, event_id=event.id
            )
            if written and code in WRITTEN:
                actions.fill_in(actor=actor, document=document, case=case, entries=WRITTEN[code])
            return document
    raise AssertionError(f"no step of the case calls for {code}")


def signed(world: Any, case: Any, code: str = "D25") -> Document:
    document = actions.sign(actor=world.actor(world.head), document=drafted(world, case, code))
    document.refresh_from_db(from_queryset=Document.objects.unscoped("测试"))
    return document


def document_case(document: Document) -> Any:
    from plumbline.apps.cases.contract import case_behind

    return case_behind(document.matter_id)


def numbers_taken() -> int:
    return sum(NumberSeries.objects.values_list("last", flat=True))


def change(document: Document, **fields: Any) -> None:
    with transaction.atomic():
        Document.objects.unscoped("测试").filter(pk=document.pk).update(**fields)


def test_a_draft_has_no_number_and_says_what_the_step_says(world: Any) -> None:
    document = drafted(world, world.noticed())
    assert document.state == DocumentState.DRAFT
    assert document.number == ""
    text = rendered(document).html
    assert "武汉江阳筑工建筑劳务有限公司" in text
    assert "10,000.00 元" in text
    assert numbers_taken() == 0


def test_drafting_again_renews_the_same_draft(world: Any) -> None:
    case = world.noticed()
    assert drafted(world, case).pk == drafted(world, case).pk
    assert documents_of(case.matter_id).count() == 1


def test_signing_gives_the_number_and_keeps_the_hash(world: Any) -> None:
    case = world.noticed()
    document = signed(world, case)
    assert document.number.startswith("新阳街综执罚告〔")
    assert document.number.endswith("〕1号")
    assert document.number in document.html
    assert document.sha256 == hashlib.sha256(document.html.encode()).hexdigest()
    assert document.signed_label == "何建国"
    event = StoredEvent.objects.unscoped("测试").get(activity="document_signed")
    assert event.data["sha256"] == document.sha256


def test_who_may_not_sign_is_refused_and_the_attempt_is_kept(world: Any) -> None:
    document = drafted(world, world.noticed())
    with pytest.raises(Refusal, match="没有签发权能"):
        actions.sign(actor=world.actor(world.officer), document=document)
    assert numbers_taken() == 0
    assert AccessRecord.objects.filter(kind="refused", action="paperwork.sign").exists()


def test_the_head_of_another_agency_may_not_sign(world: Any) -> None:
    document = drafted(world, world.noticed())
    stranger = world.person(
        "bie", "别处负责人", "", "T-OTHER", "别处负责人", ["documents.sign"], "agency_head"
    )
    with pytest.raises(Refusal):
        actions.sign(actor=world.actor(stranger), document=document)


def test_a_document_is_signed_once(world: Any) -> None:
    document = signed(world, world.noticed())
    with pytest.raises(Refusal, match="已签发"):
        actions.sign(actor=world.actor(world.head), document=document)
    assert numbers_taken() == 1


def test_a_gap_stops_the_signing_and_takes_no_number(world: Any) -> None:
    document = drafted(world, world.noticed())
    actions.fill_in(
        actor=world.actor(world.officer),
        document=document,
        case=document_case(document),
        entries={"联系方式": " "},
    )
    assert '<mark class="blank">（缺：联系方式）</mark>' in rendered(document).html
    with pytest.raises(InputFault, match="联系方式"):
        actions.sign(actor=world.actor(world.head), document=document)
    assert numbers_taken() == 0


def test_a_signing_that_fails_leaves_neither_number_nor_text(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = drafted(world, world.noticed())

    def fails(**_: Any) -> None:
        raise RuntimeError("log is down")

    monkeypatch.setattr(actions, "record", fails)
    with pytest.raises(RuntimeError):
        actions.sign(actor=world.actor(world.head), document=document)
    monkeypatch.undo()
    kept = documents_of(document.matter_id).get()
    assert (kept.state, kept.number, kept.html) == (DocumentState.DRAFT, "", "")
    assert numbers_taken() == 0


def test_of_two_heads_who_hold_the_same_draft_one_signs(world: Any) -> None:
    """Both read it as a draft; the second signing fails in the database and takes no number."""
    first = drafted(world, world.noticed())
    second = documents_of(first.matter_id).get()
    actions.sign(actor=world.actor(world.head), document=first)
    with pytest.raises((DatabaseError, Refusal)):
        actions.sign(actor=world.actor(world.head), document=second)
    assert documents_of(first.matter_id).get().number.endswith("〕1号")
    assert numbers_taken() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"html": "<p>别的内容</p>"},
        {"number": "新阳街综执罚告〔2026〕99号"},
        {"sha256": "0" * 64},
        {"signed_on": "2020-01-01"},
        {"state": "draft"},
        {"state": "draft", "html": ""},
    ],
    ids=str,
)
def test_a_signed_document_cannot_be_changed(world: Any, fields: dict[str, str]) -> None:
    document = signed(world, world.noticed())
    with pytest.raises(DatabaseError, match="Cannot update"):
        change(document, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"facts": []},
        {"title": "别的文书"},
        {"matter_id": "another"},
        {"signed_label": "别人"},
        {"code": "0" * 16},
    ],
    ids=str,
)
def test_the_rest_of_a_signed_document_cannot_be_changed_either(world: Any, fields: dict[str, Any]) -> None:
    document = signed(world, world.noticed())
    with pytest.raises(DatabaseError, match="Cannot update"):
        change(document, **fields)


def test_a_signed_document_cannot_be_deleted(world: Any) -> None:
    document = signed(world, world.noticed())
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Document.objects.unscoped("测试").filter(pk=document.pk).delete()


def test_voiding_needs_a_reason_and_keeps_text_and_number(world: Any) -> None:
    document = signed(world, world.noticed())
    head = world.actor(world.head)
    with pytest.raises(InputFault, match="作废理由"):
        actions.void(actor=head, document=document, reason=" ")
    number, text = document.number, document.html
    actions.void(actor=head, document=document, reason="金额有误")
    kept = documents_of(document.matter_id).get()
    assert (kept.state, kept.number, kept.html) == (DocumentState.VOID, number, text)


def test_the_number_of_a_void_document_is_not_given_again(world: Any) -> None:
    case = world.noticed()
    actions.void(actor=world.actor(world.head), document=signed(world, case), reason="金额有误")
    assert signed(world, case).number.endswith("〕2号")


@pytest.mark.parametrize("fields", [{"html": "<p>别的内容</p>"}, {"state": "signed"}], ids=str)
def test_a_void_document_cannot_be_changed_or_revived(world: Any, fields: dict[str, str]) -> None:
    document = signed(world, world.noticed())
    actions.void(actor=world.actor(world.head), document=document, reason="金额有误")
    with pytest.raises(DatabaseError):
        change(document, **fields)
