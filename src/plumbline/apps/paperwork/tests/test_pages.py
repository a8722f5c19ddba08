"""The 「文书」 tab, the document page and the public verification page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.paperwork import actions
from plumbline.apps.paperwork.contract import documents_of
from plumbline.platform.identity.models import Person

from .test_signing import drafted, signed

MOST_QUERIES = 30
PASSWORD = "qianfa-2026-mima"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(document: Any) -> str:
    return f"/cases/{document.matter_id}/docs/{document.pk}"


def test_the_tab_lists_what_the_steps_call_for_and_drafts_it(world: Any) -> None:
    case = world.noticed()
    client = signed_in(world.officer)
    tab = client.get(f"/cases/{case.matter_id}?tab=documents").content.decode()
    assert "行政处罚告知书" in tab
    assert "现场检查（勘验）笔录" in tab
    event = next(e.id for _, e, t in actions_called_for(case) if t.code == "D25")
    answer = client.post(f"/cases/{case.matter_id}/docs/draft", {"event": event, "template": "D25"})
    document = documents_of(case.matter_id).get()
    assert answer.status_code == 302
    assert answer["Location"] == page_of(document)


def actions_called_for(case: Any) -> Any:
    from plumbline.apps.paperwork.panel import called_for

    return called_for(case)


def test_the_page_signs_once_and_says_what_that_means(world: Any) -> None:
    document = drafted(world, world.noticed())
    world.head.set_password(PASSWORD)
    world.head.save()
    head = signed_in(world.head)
    before = head.get(page_of(document)).content.decode()
    assert "签发后编定文号、冻结全文" in before
    assert "签发并编号" in before
    head.post(f"{page_of(document)}/sign", {"password": "别的口令"})
    assert "登录密码不对" in head.get(page_of(document)).content.decode()
    assert documents_of(document.matter_id).get().number == ""
    head.post(f"{page_of(document)}/sign", {"password": PASSWORD})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        after = head.get(page_of(document))
    assert len(queries) <= MOST_QUERIES
    text = after.content.decode()
    assert "罚告〔" in text
    assert "与签发时一致" in text
    assert "签发并编号" not in text


def test_the_handler_sees_why_he_cannot_sign(world: Any) -> None:
    document = drafted(world, world.noticed())
    client = signed_in(world.officer)
    assert "没有签发权能" in client.get(page_of(document)).content.decode()
    client.post(f"{page_of(document)}/sign")
    assert documents_of(document.matter_id).get().number == ""


@pytest.mark.parametrize("verb", ["", "/sign", "/void"])
def test_another_agency_finds_nothing(world: Any, verb: str) -> None:
    document = drafted(world, world.noticed())
    client = signed_in(world.outsider)
    address = page_of(document) + verb
    assert (client.post(address) if verb else client.get(address)).status_code == 404


def test_a_document_is_found_only_under_its_own_case(world: Any) -> None:
    document = drafted(world, world.noticed())
    other = world.opened()
    assert signed_in(world.officer).get(f"/cases/{other.matter_id}/docs/{document.pk}").status_code == 404


def test_the_public_page_says_what_was_signed_and_nothing_of_the_party(world: Any) -> None:
    document = signed(world, world.noticed())
    page = Client().get(f"/open/verify/{document.code}")
    text = page.content.decode()
    assert page.status_code == 200
    for shown in ("行政处罚告知书", document.number, "阳逻街道办事处", document.sha256, "有效"):
        assert shown in text
    for hidden in ("江阳筑工", "平江路", "周晓岚", "何建国", document.matter_id):
        assert hidden not in text


def test_the_public_page_knows_neither_drafts_nor_invented_codes(world: Any) -> None:
    document = drafted(world, world.noticed())
    for code in (document.code, "0" * 16):
        page = Client().get(f"/open/verify/{code}")
        assert page.status_code == 404
        assert "没有这份文书" in page.content.decode()


def test_the_public_page_says_void(world: Any) -> None:
    document = signed(world, world.noticed())
    actions.void(actor=world.actor(world.head), document=document, reason="金额有误")
    assert "已作废" in Client().get(f"/open/verify/{document.code}").content.decode()


def test_the_reason_of_voiding_is_not_public(world: Any) -> None:
    document = signed(world, world.noticed())
    actions.void(actor=world.actor(world.head), document=document, reason="张三的身份证号写错")
    assert "张三" not in Client().get(f"/open/verify/{document.code}").content.decode()


def test_words_of_a_user_are_text_and_never_markup(world: Any) -> None:
    document = drafted(world, world.noticed())
    document.facts = [{"label": "当事人", "text": "<script>alert(1)</script>{{ 案由 }}", "gap": ""}]
    document.save()
    text = signed_in(world.head).get(page_of(document)).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 案由 }}" in text


def test_a_draft_is_marked_when_a_fact_has_changed(world: Any) -> None:
    case = world.noticed()
    drafted(world, case)
    party = case.party
    party.name = "武汉江阳筑工劳务有限公司"
    party.save()
    tab = signed_in(world.officer).get(f"/cases/{case.matter_id}?tab=documents").content.decode()
    assert "事实已变" in tab
