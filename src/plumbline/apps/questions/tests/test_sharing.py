"""Answers that all may read: no name of the case gets in, doubtful words are weighed, what no longer holds says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.apps.cases.tests.test_pages import sheets_of
from plumbline.apps.cases.tests.world import DEPARTMENT, OTHER, STREET, ago
from plumbline.apps.coordination.tests.between import Between
from plumbline.apps.questions import actions
from plumbline.apps.questions.models import Question, SharedAnswer
from plumbline.apps.questions.namelessness import without_names
from plumbline.apps.questions.queries import Asked, shared_answers
from plumbline.platform.actions import InputFault, Refusal

from .asked import answered, asked

ASKED = "工地围挡以内堆放三天，没有外运，是否属于擅自处置。"
ANSWERED = "围挡以内暂存并且有清运安排的，不属于擅自处置。"


def about_a_case(between: Between) -> tuple[Question, str]:
    """An answered question about a case, and the name of the party that must not get out."""
    case = between.world.opened()
    assert case.party is not None
    name = case.party.name
    row = asked(between, about=case.matter_id, text=f"{name}在工地围挡以内堆放三天，是否属于擅自处置。")
    return answered(between, row), name


def test_the_party_of_the_case_is_taken_out_and_never_gets_in(between: Between) -> None:
    row, name = about_a_case(between)
    first = row.sayings.first()
    assert first is not None and name in first.text and name not in without_names(row, first.text)
    department = between.actor(DEPARTMENT)
    wanted: dict[str, Any] = {"title": "围挡以内堆放是否算擅自处置", "asked": ASKED, "answered": ANSWERED}
    with pytest.raises(InputFault, match=name):
        actions.share(actor=department, row=row, **(wanted | {"asked": first.text}))
    with pytest.raises(InputFault, match="13800001111"):
        actions.share(actor=department, row=row, **(wanted | {"answered": f"{ANSWERED}联系 13800001111。"}))
    with pytest.raises(Refusal, match="由答复的机关"):
        actions.share(actor=between.actor(STREET), row=row, weighed=True, **wanted)
    shared = actions.share(actor=department, row=row, weighed=True, **wanted)
    assert shared.articles == ["《行政处罚法》第二十四条"] and shared.agency_id == DEPARTMENT
    with pytest.raises(Refusal, match="已经共享"):
        actions.share(actor=department, row=row, weighed=True, **wanted)


def test_everybody_finds_it_and_nobody_is_led_to_the_question(between: Between) -> None:
    row, name = about_a_case(between)
    actions.share(
        actor=between.actor(DEPARTMENT), row=row, title="围挡以内堆放是否算擅自处置", asked=ASKED, answered=ANSWERED, weighed=True
    )  # fmt: skip
    shared = SharedAnswer.objects.get()
    assert list(shared_answers(Asked(q="清运安排"))) == [shared]
    page = between.scene.client(between.office[OTHER]).get(shared.page).content.decode()
    assert ANSWERED in page and row.matter_id not in page and name not in page
    assert row.matter_id in between.scene.client(between.office[STREET]).get(shared.page).content.decode()


def test_what_no_longer_holds_is_withdrawn_with_a_reason_that_all_read(between: Between) -> None:
    row, _ = about_a_case(between)
    told: dict[str, Any] = {
        "title": "围挡以内堆放是否算擅自处置",
        "asked": ASKED,
        "answered": ANSWERED,
        "weighed": True,
    }
    shared = actions.share(actor=between.actor(DEPARTMENT), row=row, **told)
    with pytest.raises(Refusal, match="由答复的机关或者区司法局"):
        actions.unshare(actor=between.actor(OTHER), answer=shared, reason="依据已经修改。")
    held = actions.unshare(
        actor=between.scene.actor(between.scene.clerk), answer=shared, reason="依据的规定已经修改。"
    )
    assert not shared_answers(Asked()).exists() and list(shared_answers(Asked(state="all"))) == [held]
    page = between.scene.client(between.office[OTHER]).get(held.page).content.decode()
    assert "已停止共享" in page and "依据的规定已经修改" in page
    again = actions.share(actor=between.actor(DEPARTMENT), row=row, **told)
    assert again.pk != held.pk


def test_a_name_among_the_papers_does_not_get_in_either(between: Between) -> None:
    row, name = about_a_case(between)
    actions.ask_on(actor=between.actor(STREET), row=row, text="超过三天又没有合同的，怎么认定？", at=ago(5))
    answered(between, row, days=4, basis=[], papers=f"关于{name}堆放问题的复函（新城管函〔2026〕3号）")
    wanted: dict[str, Any] = {
        "title": "围挡以内堆放是否算擅自处置",
        "asked": ASKED,
        "answered": ANSWERED,
        "weighed": True,
    }
    department = between.actor(DEPARTMENT)
    with pytest.raises(InputFault, match="请写明答复依据"):
        actions.share(actor=department, row=row, **wanted)
    with pytest.raises(InputFault, match=name):
        actions.share(actor=department, row=row, papers=f"关于{name}堆放问题的复函", **wanted)
    form = between.scene.client(between.office[DEPARTMENT]).get(f"{row.page}/do/share").content.decode()
    assert "堆放问题的复函" in form and name not in form.split('<form method="post"')[1]
    shared = actions.share(
        actor=department, row=row, papers="堆放问题的复函（新城管函〔2026〕3号）", **wanted
    )
    assert name not in shared.papers and "3号" in shared.papers


def test_words_written_for_an_earlier_answer_are_not_shared_as_the_last_one(between: Between) -> None:
    row, _ = about_a_case(between)
    client = between.scene.client(between.office[DEPARTMENT])
    told = {"title": "围挡以内堆放是否算擅自处置", "asked": ASKED, "answered": ANSWERED, "weighed": "on"}
    told["last"] = str(row.sayings.get(did="answered").pk)
    actions.ask_on(actor=between.actor(STREET), row=row, text="超过三天又没有合同的，怎么认定？", at=ago(5))
    answered(between, row, days=4, text="超过三天又没有合同的，属于擅自处置。")
    late = client.post(f"{row.page}/do/share", told)
    assert late.status_code == 422 and "又有了新的答复" in late.content.decode()
    assert not SharedAnswer.objects.exists()
    told["last"] = str(row.sayings.filter(did="answered").latest("pk").pk)
    assert client.post(f"{row.page}/do/share", told).status_code == 302


def test_stopping_writes_into_a_question_that_nobody_else_can_write_meanwhile(between: Between) -> None:
    row, _ = about_a_case(between)
    shared = actions.share(
        actor=between.actor(DEPARTMENT), row=row, title="围挡以内堆放是否算擅自处置", asked=ASKED, answered=ANSWERED, weighed=True
    )  # fmt: skip
    with CaptureQueriesContext(connection) as ran:
        actions.unshare(actor=between.actor(DEPARTMENT), answer=shared, reason="依据的规定已经修改。")
    locks = [each["sql"] for each in ran.captured_queries if "FOR UPDATE" in each["sql"]]
    assert [table for each in locks for table in ("questions", "shared_answers") if f'FROM "{table}"' in each] == [
        "questions", "shared_answers",
    ]  # fmt: skip


def test_the_workbook_says_every_part_of_its_filter(between: Between) -> None:
    about_a_case(between)
    client = between.scene.client(between.office[DEPARTMENT])
    book = client.get(f"/questions/answers.xlsx?q=清运&domain=housing_construction&by={DEPARTMENT}&state=all")
    about = {line[0]: line[1] for line in sheets_of(book.content)["说明"]}
    short = between.agency(DEPARTMENT).short_name
    assert about["筛选"] == f"含“清运”、住房和城乡建设、城市管理、由{short}答复、连同停止共享的"
    plain = {line[0]: line[1] for line in sheets_of(client.get("/questions/answers.xlsx").content)["说明"]}
    assert plain["筛选"] == "没有停止共享的"
