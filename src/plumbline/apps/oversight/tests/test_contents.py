"""What the notice has supervision look at: all of it, with the plans that do; what no plan looks at stands out."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from plumbline.apps.oversight import actions
from plumbline.apps.oversight.actions.plans import write
from plumbline.apps.oversight.contents import contents, point_texts
from plumbline.apps.oversight.events import PLAN_POINTS_CHOSEN
from plumbline.apps.oversight.web.contents import PAGES
from plumbline.apps.supervision.tests.scene import Scene
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent

from .test_plans import drafted


def test_the_six_kinds_and_their_45_points_are_whole() -> None:
    assert [len(content.points) for content in contents()] == [6, 8, 11, 7, 9, 4]
    assert len(point_texts()) == 45
    places = {name for content in contents() for point in content.points for name in point.where}
    assert places == set(PAGES) and all(reverse(name) for name in places)


@pytest.mark.django_db
def test_a_plan_says_which_points_it_looks_at_and_the_rest_stands_out(scene: Scene) -> None:
    plan, clerk = drafted(scene), scene.actor(scene.clerk)
    client = scene.client(scene.clerk)
    assert "还有 45 项没有安排" in client.get("/oversight/contents").content.decode()
    page = f"{plan.page}/contents"
    client.post(page, {"points": ["S2-05", "S1-03"]})
    assert list(plan.points.values_list("code", flat=True)) == ["S1-03", "S2-05"]
    assert "执法人员资格清理" in client.get(plan.page).content.decode()
    said = client.get("/oversight/contents", {"only": "none"}).content.decode()
    assert "还有 43 项没有安排" in said and "执法人员资格清理" not in said and "行政执法公示" in said
    year = client.get("/oversight/contents", {"year": clock.today().year - 1}).content.decode()
    assert "还有 45 项没有安排" in year
    client.post(page, {"points": ["S2-05"]})
    told = (
        StoredEvent.objects.unscoped("测试").filter(activity="supervision_plan_points_chosen").order_by("pk")
    )
    assert [each.data["points"] for each in told] == [["S1-03", "S2-05"], ["S2-05"]]
    assert told[1].data["before"] == ["S1-03", "S2-05"]
    # The record names the points in words: nobody knows them by their codes.
    assert "确定监督内容：执法人员资格清理" in client.get(plan.page).content.decode()
    # Older records name them by their codes only; they are read out all the same.
    write(clerk, plan, PLAN_POINTS_CHOSEN, "S1-03、S2-05", points=["S1-03", "S2-05"])
    told_again = client.get(plan.page).content.decode()
    assert "S1-03、S2-05" not in told_again and f"确定监督内容：{point_texts()['S1-03'][:10]}" in told_again
    again = client.post(page, {"points": ["S2-05"]})
    assert "与现在的选择相同" in again.content.decode()
    with pytest.raises(InputFault, match="S9-01"):
        actions.choose_points(actor=clerk, plan=plan, points=["S9-01"])
    with pytest.raises(Refusal):
        actions.choose_points(actor=scene.actor(scene.answering), plan=plan, points=["S1-01"])
    assert scene.client(scene.answering).get("/oversight/contents").status_code == 403
    actions.drop_plan(actor=scene.actor(scene.head), plan=plan, conclusion="并入年度计划。")
    assert "还有 45 项没有安排" in client.get("/oversight/contents").content.decode()


@pytest.mark.django_db
def test_the_year_shows_who_is_looked_at_and_who_is_not(scene: Scene) -> None:
    client, this = scene.client(scene.clerk), clock.today().year
    before = client.get("/oversight/year").content.decode()
    assert "0 个执法机关有计划安排" in before
    plan = drafted(scene, from_on=date(this, 3, 5), until_on=date(this, 5, 2), kind="routine", notice_word="")
    page = client.get("/oversight/year").content.decode()
    assert "1 个执法机关有计划安排" in page and page.count(f'href="{plan.page}"') == 3  # March, April, May
    assert "日常监督：检查频次重点监督" in page and page.index("没有安排") < page.index(plan.page)
    assert plan.page not in client.get("/oversight/year", {"year": this - 1}).content.decode()
    assert scene.client(scene.answering).get("/oversight/year").status_code == 403
