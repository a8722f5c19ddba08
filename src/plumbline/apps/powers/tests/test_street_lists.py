"""Streets take over from the guide what they can; the map shows who holds what; the agencies' review catalogues are one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from plumbline.apps.powers.actions import settle_conflict
from plumbline.apps.powers.competence import gap_map
from plumbline.apps.powers.conflicts import conflicts, district_catalogue
from plumbline.apps.powers.contract import competent_for
from plumbline.apps.powers.models import Benchmark, LegalReviewEntry, PowerItem, PowerTransfer
from plumbline.apps.registers import actions
from plumbline.apps.registers.models import Revision
from plumbline.apps.registers.tests.world import DEPARTMENT, PLACE, SECOND, STREET, ListWorld, build
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.desk import tasks_for
from plumbline.platform.scope.rows import set_database_scope
from plumbline.platform.verdicts.registers import current_registers
from plumbline.vocabulary.registers import in_force

PUBLISHED = "2021-03-03"


@pytest.fixture
def lists(db: None, settings: Any, tmp_path: Path) -> Iterator[ListWorld]:
    settings.DATA_DIR = tmp_path
    yield build()
    set_database_scope(None)


def guide(lists: ListWorld, *items: str) -> Revision:
    revision = lists.begin("takeover-guide", agency="R-BUREAU", by=lists.drafter)
    for item in items:
        texts = {
            "item": item, "granting": "城管局", "decision": "省级决定", "published_on": PUBLISHED,
            "guidance": "每季度培训", "oversight": "日常监管",
        }  # fmt: skip
        actions.change_row(actor=lists.actor(lists.drafter), revision=revision, key="", texts=texts)
    return lists.publish(revision, by=lists.drafter)


def take_over(lists: ListWorld, item: str, on: date, *, published: str = PUBLISHED) -> Revision:
    revision = lists.begin("takeovers", agency=STREET, by=lists.street)
    texts = {"item": item, "granting": "城管局", "decision_published_on": published}
    actions.change_row(actor=lists.actor(lists.street), revision=revision, key="", texts=texts)
    return lists.publish(revision, on=on, by=lists.street)


def holders(item: str, on: date) -> list[str]:
    return [each.agency_code for each in competent_for(item, PLACE, on)]


def test_a_street_holds_what_it_took_over_from_its_day_on_and_until_it_ends(lists: ListWorld) -> None:
    today = clock.today()
    with pytest.raises(InputFault, match="指导清单上没有"):
        take_over(lists, "A-1", today)
    actions.withdraw_revision(
        actor=lists.actor(lists.street),
        reason="重来",
        revision=Revision.objects.unscoped("测试").get(state="draft"),
    )
    guide(lists, "A-1")
    with pytest.raises(InputFault, match="2021-03-03"):
        take_over(lists, "A-1", today, published="2020-01-01")
    actions.withdraw_revision(
        actor=lists.actor(lists.street),
        reason="重来",
        revision=Revision.objects.unscoped("测试").get(state="draft"),
    )
    start = today + timedelta(days=3)
    take_over(lists, "A-1", start)
    assert holders("A-1", start - timedelta(days=1)) == [DEPARTMENT]
    assert holders("A-1", start) == [STREET]
    # Another version of the item is held as well; ending it gives it back.
    change = lists.begin()
    texts = {
        "item": "A-1", "violation": "擅自倾倒", "domain": "housing_construction",
        "basis": "《城市建筑垃圾管理规定》第二十六条（部门规章）", "kinds": "警告",
    }  # fmt: skip
    actions.change_row(actor=lists.actor(lists.keeper), revision=change, key="A-1", texts=texts)
    lists.publish(change, on=start + timedelta(days=5))
    assert holders("A-1", start + timedelta(days=5)) == [STREET]
    back = lists.begin("takeovers", agency=STREET, by=lists.street)
    back.effective_on = start
    back.save()
    actions.end_row(actor=lists.actor(lists.street), revision=back, key="A-1 随意倾倒建筑垃圾")
    lists.publish(back, on=start + timedelta(days=10), by=lists.street)
    assert holders("A-1", start + timedelta(days=9)) == [STREET]
    assert holders("A-1", start + timedelta(days=10)) == [DEPARTMENT]


def test_the_map_shows_conflicts_and_gaps_by_number_and_sign(lists: ListWorld) -> None:
    today = clock.today()
    PowerItem.objects.create(
        item="A-1",
        agency_id=SECOND,
        violation="随意倾倒建筑垃圾",
        domain="housing_construction",
        valid_from=date(2024, 1, 1),
    )
    PowerItem.objects.filter(item="A-2").update(valid_to=today - timedelta(days=1))
    marks = {line.item: line.cells[0].mark for line in gap_map(today)}
    assert marks == {"A-1": "▲ 2", "A-2": "○ 0"}
    reader = lists.client(lists.bare)
    page = reader.get("/lists/gaps").content.decode()
    assert "1 项有冲突，1 项有空白" in page and "▲ 2" in page
    asked = {"item": "倾倒", "place": PLACE}
    assert "2 个机关的清单都列有" in reader.get("/lists/competent", asked).content.decode()
    gone = reader.get("/lists/competent", {"item": "遗撒", "place": PLACE}).content.decode()
    assert "没有机关的清单列有" in gone
    before = reader.get(
        "/lists/competent", {"item": "A-2", "place": PLACE, "on": str(today - timedelta(days=1))}
    )
    assert "城管局" in before.content.decode()
    from django.test import Client

    public = Client().get("/open/competent", asked).content.decode()
    assert "2 个机关的清单都列有" in public and "/lists/powers" not in public
    assert (
        "是哪一项" in Client().get("/open/competent", {"item": "建筑垃圾", "place": PLACE}).content.decode()
    )
    listed = Client().get("/open/lists/takeovers").content.decode()
    assert "街道承接事项清单" in listed and Client().get("/open/lists/power-items").status_code == 404
    assert "list-takeovers" in Client().get("/open/data").content.decode()


def test_a_published_entry_turns_the_legal_review_gate_on(lists: ListWorld) -> None:
    today = clock.today()
    revision = lists.begin("legal-review")
    texts = {"title": "罚没二万元以上", "fine_from": "2 万元", "basis": "《行政处罚法》第58条"}
    actions.change_row(actor=lists.actor(lists.keeper), revision=revision, key="", texts=texts)
    lists.publish(revision)
    registers, _ = current_registers()
    [row] = registers.where("legal_review_list", "agency", DEPARTMENT)
    assert (
        row["fine_from"] == 2_000_000
        and in_force(row, today)
        and not in_force(row, today - timedelta(days=1))
    )
    assert LegalReviewEntry.objects.get().basis == [{"law": "行政处罚法", "article": "第五十八条"}]


def test_conflicts_between_catalogues_are_shown_decided_and_followed(lists: ListWorld) -> None:
    today = clock.today()
    basis = [{"law": "行政处罚法", "article": "第五十八条"}]
    for agency, fine in ((DEPARTMENT, 2_000_000), (STREET, 5_000_000)):
        LegalReviewEntry.objects.create(
            agency_id=agency,
            title="较大数额罚款",
            item="A-1",
            fine_from=fine,
            basis=basis,
            valid_from=date(2024, 1, 1),
        )
    LegalReviewEntry.objects.create(
        agency_id=SECOND, title="停业", kinds=["suspend_business"], valid_from=date(2024, 1, 1)
    )
    LegalReviewEntry.objects.create(
        agency_id=SECOND,
        title="停产停业",
        kinds=["suspend_business"],
        basis=basis,
        valid_from=date(2025, 1, 1),
    )
    found = {each.kind: each for each in conflicts(today)}
    assert set(found) == {"threshold", "overlap", "basis"}
    assert len(district_catalogue(today)) == 4
    reviewer = lists.actor(lists.reviewer)
    assert "处理法制审核目录的冲突：3 处" in [task.title for task in tasks_for(reviewer)[0]]
    mark = found["threshold"].mark
    with pytest.raises(Refusal):
        settle_conflict(actor=lists.actor(lists.keeper), mark=mark, outcome="统一。")
    with pytest.raises(InputFault):
        settle_conflict(actor=reviewer, mark=mark, outcome=" ")
    with pytest.raises(InputFault):
        settle_conflict(actor=reviewer, mark=found["overlap"].mark, outcome="合并。", fine_from=1)
    page = f"/lists/legal-review/{mark}"
    client = lists.client(lists.reviewer)
    assert "阳逻街道" in client.get(page).content.decode()
    assert (
        "不是金额" in client.post(page, {"outcome": "统一为二万元。", "fine_from": "若干"}).content.decode()
    )
    assert (
        client.post(page, {"outcome": "统一为二万元。", "fine_from": "2万"})["Location"]
        == "/lists/legal-review"
    )
    assert "统一为二万元" in lists.client(lists.bare).get("/lists/legal-review").content.decode()
    told = [task.title for task in tasks_for(lists.actor(lists.street))[0]]
    assert told == ["按处理意见修改法制审核目录：随意倾倒建筑垃圾统一为 20,000 元"]
    assert not tasks_for(lists.actor(lists.keeper))[0]
    # The street follows by a revision: the conflict is gone, and with it the task.
    revision = lists.begin("legal-review", agency=STREET, by=lists.street)
    texts = {
        "title": "较大数额罚款",
        "item": "A-1",
        "fine_from": "20000",
        "basis": "《行政处罚法》第五十八条",
    }
    actions.change_row(actor=lists.actor(lists.street), revision=revision, key="较大数额罚款", texts=texts)
    lists.publish(revision, by=lists.street)
    assert "threshold" not in {each.kind for each in conflicts(today)}
    assert not tasks_for(lists.actor(lists.street))[0]


def test_a_benchmark_keeps_its_number_for_one_set_of_steps(lists: ListWorld) -> None:
    keeper = lists.actor(lists.keeper)
    first = lists.begin("benchmarks")
    texts = {"item": "A-1", "number": "B-1", "steps": "S1 较轻 5000 至 20000｜初次\nS2 一般 20000 至 50000"}
    overlapping = texts | {"steps": "S1 较轻 5000 至 20000\nS2 一般 10000 至 50000"}
    with pytest.raises(InputFault, match="重叠"):
        actions.change_row(actor=keeper, revision=first, key="", texts=overlapping)
    row = actions.change_row(actor=keeper, revision=first, key="", texts=texts)
    assert row is not None
    lists.publish(first, on=clock.today() - timedelta(days=30))
    second = lists.begin("benchmarks")
    changed = texts | {"steps": "S1 较轻 5000 至 10000\nS2 一般 10000 至 50000"}
    with pytest.raises(InputFault, match="新的编号"):
        actions.change_row(actor=keeper, revision=second, key=row.key, texts=changed)
    actions.change_row(actor=keeper, revision=second, key=row.key, texts=changed | {"number": "B-1-2"})
    lists.publish(second)
    assert [each.number for each in Benchmark.objects.order_by("valid_from")] == ["B-1", "B-1-2"]
    assert Benchmark.objects.get(number="B-1-2").published_on == clock.today()
    assert not PowerTransfer.objects.exists()
