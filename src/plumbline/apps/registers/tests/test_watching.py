"""Articles that lists rest on: a change raises what has to be looked at, once for each wording."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.law_library.actions import load_texts
from plumbline.apps.law_library.loading import TextFile
from plumbline.apps.powers.models import PowerItem
from plumbline.apps.registers.actions import settle_article
from plumbline.apps.registers.models import ArticleWatch
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.desk import tasks_for
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import system_actor

from .world import ListWorld


def load(words: str, *, superseded: bool = False) -> None:
    text = f"# 城市建筑垃圾管理规定\n\n- 标题: 城市建筑垃圾管理规定\n\n第二十六条 {words}\n"
    file = TextFile("a.md", text.encode(), superseded)
    load_texts(actor=system_actor("test"), files=[file])
    while work_off():
        pass


def waiting() -> list[tuple[str, bool, list[str]]]:
    rows = ArticleWatch.objects.unscoped("测试").filter(settled_at=None)
    return [(f"{each.law}{each.article}", each.gone, each.keys) for each in rows]


def test_a_reworded_article_becomes_a_task_and_a_revised_row_ends_it(lists: ListWorld) -> None:
    load("任何单位和个人不得随意倾倒。")
    assert waiting() == []
    load("任何单位和个人不得随意倾倒、抛撒。")
    load("任何单位和个人不得随意倾倒、抛撒。")
    assert waiting() == [("城市建筑垃圾管理规定第二十六条", False, ["A-1", "A-2"])]
    tasks = [task.title for task in tasks_for(lists.actor(lists.keeper))[0]]
    assert tasks == ["核对清单依据：城市建筑垃圾管理规定第二十六条已修改"]
    assert not tasks_for(lists.actor(lists.second))[0]
    watch = ArticleWatch.objects.visible_to(lists.actor(lists.keeper)).get()
    page = f"/registers/articles/{watch.pk}"
    assert lists.client(lists.second).get(page).status_code == 404
    assert "A-1" in lists.client(lists.keeper).get(page).content.decode()
    with pytest.raises(Refusal):
        settle_article(actor=lists.actor(lists.second), watch=watch, outcome="试")
    with pytest.raises(InputFault):
        settle_article(actor=lists.actor(lists.keeper), watch=watch, outcome=" ")
    lists.client(lists.keeper).post(page, {"outcome": "两行的表述不变。"})
    assert waiting() == []
    assert "两行的表述不变" in lists.client(lists.keeper).get("/registers/articles").content.decode()
    # Another wording asks anew; rows that came into force under it do not wait.
    load("任何单位和个人不得随意倾倒、抛撒或者堆放。")
    assert len(waiting()) == 1
    later = clock.today() + timedelta(days=1)
    PowerItem.objects.filter(item="A-1").update(valid_from=later)
    PowerItem.objects.filter(item="A-2").update(valid_to=clock.today() - timedelta(days=1))
    load("任何单位和个人不得随意倾倒、抛撒或者堆放。")
    assert waiting() == []


def test_a_law_that_was_replaced_leaves_its_rows_without_a_basis(lists: ListWorld) -> None:
    load("任何单位和个人不得随意倾倒。", superseded=True)
    assert waiting() == [("城市建筑垃圾管理规定第二十六条", True, ["A-1", "A-2"])]
    said = lists.client(lists.keeper).get("/registers/power-items").content.decode()
    assert "1 处依据变动待核对" in said
