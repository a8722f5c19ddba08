"""The pages: asking with an item goes to the department that gave it; lists, figures and workbooks."""

from __future__ import annotations

import pytest

from plumbline.apps.cases.tests.test_pages import sheets_of
from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, OTHER, STREET
from plumbline.apps.coordination.tests.between import Between
from plumbline.apps.questions.models import Question

from .asked import answered, asked


def test_an_item_alone_says_whom_to_ask_and_its_articles_are_offered(between: Between) -> None:
    officer = between.scene.client(between.officer[STREET])
    told = {"title": "工地内临时堆放是否算擅自处置", "text": "围挡以内堆放三天，没有外运，拿不准。"}
    nobody = officer.post("/questions/new", told)
    assert "请选择向哪个机关咨询" in nobody.content.decode()
    assert officer.post("/questions/new", told | {"item": ITEM}).status_code == 302
    row = Question.objects.unscoped("测试").get()
    assert (row.to_id, row.domain) == (DEPARTMENT, "housing_construction")
    office = between.scene.client(between.office[DEPARTMENT])
    form = office.get(f"{row.page}/do/answer").content.decode()
    assert "《城市建筑垃圾管理规定》第二十五条" in form
    answer = {"text": "围挡以内暂存的，不属于擅自处置。", "listed": "《城市建筑垃圾管理规定》第二十五条"}
    wrong = office.post(f"{row.page}/do/answer", answer | {"basis": "建筑垃圾的规定"})
    assert "没有写明是哪部法规的哪一条" in wrong.content.decode()
    assert (
        office.post(f"{row.page}/do/answer", answer | {"basis": "《行政处罚法》第二十四条"}).status_code
        == 302
    )
    cited = row.sayings.filter(did="answered").values_list("basis", flat=True).get()
    assert [each["law"] for each in cited] == ["城市建筑垃圾管理规定", "行政处罚法"]
    assert "城市建筑垃圾管理规定" in officer.get(row.page).content.decode()


@pytest.mark.parametrize(
    ("address", "sheet"),
    [("/questions/export.xlsx", "业务咨询"), ("/questions/figures.xlsx", "业务咨询统计")],
)
def test_lists_and_figures_go_out_as_workbooks(between: Between, address: str, sheet: str) -> None:
    row = answered(between, asked(between))
    told = between.scene.client(between.office[DEPARTMENT]).get(address)
    cells = [cell for line in sheets_of(told.content)[sheet] for cell in line]
    assert row.title in cells or f"{row.to.short_name}（答复）" in cells


def test_a_question_of_others_is_not_there(between: Between) -> None:
    row = asked(between)
    other = between.scene.client(between.office[OTHER])
    assert other.get(row.page).status_code == 404
    assert row.title not in other.get("/questions").content.decode()
    assert (
        row.title in between.scene.client(between.officer[STREET]).get("/questions?side=out").content.decode()
    )
    mine = between.scene.client(between.office[DEPARTMENT]).get("/questions?side=mine").content.decode()
    assert row.title in mine and "没有设定期限" in mine
