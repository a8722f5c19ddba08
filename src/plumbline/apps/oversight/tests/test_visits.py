"""Follow-up visits: a draw that can be repeated, answers by telephone and on the web, nothing shown of few."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.models import Case
from plumbline.apps.oversight import actions
from plumbline.apps.oversight.asking import QUESTIONS, code_of, summary
from plumbline.apps.oversight.drawing import draw, hash_of_pool
from plumbline.apps.oversight.models import Visit, VisitRound, visits_of
from plumbline.apps.supervision.contract import Source, leads_of
from plumbline.apps.supervision.tests.scene import Scene
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal

GOOD = {"shown": "yes", "told": "yes", "served": "yes", "paid": "no", "clean": "no", "content": "5"}


def opened(scene: Scene, size: int = 1) -> VisitRound:
    today = clock.today()
    return actions.open_round(
        actor=scene.actor(scene.clerk),
        title="上月回访",
        closed_from=today - timedelta(30),
        closed_to=today,
        size=size,
    )


def test_a_draw_depends_on_pool_and_seed_alone() -> None:
    pool = [f"M-{n:02}" for n in range(30)]
    assert draw(pool, "123", 5) == draw(list(pool), "123", 5) != draw(pool, "124", 5)
    assert hash_of_pool(pool) != hash_of_pool(pool[1:]) and len(set(draw(pool, "123", 30))) == 30


def test_a_round_is_fixed_drawn_once_and_answered_on_both_ways(scene: Scene) -> None:
    with pytest.raises(InputFault, match="没有办结"):
        opened(scene)
    first, second = scene.world.investigated(), scene.world.investigated()
    Case.objects.unscoped("测试").filter(pk__in=[first.pk, second.pk]).update(closed_on=clock.today())
    with pytest.raises(InputFault, match="1 至 2"):
        opened(scene, size=3)
    clerk = scene.actor(scene.clerk)
    round = opened(scene, size=2)
    with pytest.raises(Refusal):
        actions.draw_round(actor=scene.actor(scene.answering), round=round, seed="123", seed_source="福彩")
    actions.draw_round(actor=clerk, round=round, seed="123", seed_source="福彩 3D，今天")
    with pytest.raises(Refusal, match="不能重抽"):
        actions.draw_round(actor=clerk, round=round, seed="321", seed_source="福彩")
    page = scene.client(scene.clerk).get(f"/visits/{round.pk}").content.decode()
    assert "已复算，一致" in page
    told = scene.client(scene.clerk).get(f"/visits/{round.pk}/check").content.decode()
    assert round.pool_hash in told and told.count("抽中") == 2
    one, two = visits_of(round)
    with pytest.raises(Refusal):
        actions.enter_visit(
            actor=scene.actor(scene.elsewhere), visit=one, way="phone", reached=True, answers=GOOD
        )
    with pytest.raises(InputFault, match="请回答"):
        actions.enter_visit(actor=clerk, visit=one, way="phone", reached=True, answers={})
    scene.client(scene.clerk).post(f"/visits/entry/{one.pk}", {"way": "phone", "reached": "1", **GOOD})
    assert Visit.objects.unscoped("测试").get(pk=one.pk).lead_matter == ""
    code = code_of(two)
    assert code in scene.client(scene.clerk).get(f"/visits/paper/{two.pk}").content.decode()
    public = Client()
    assert "没有这个回访码" in public.post("/open/visit", {"code": f"{two.pk}-000000000000"}).content.decode()
    assert QUESTIONS[0].text in public.post("/open/visit", {"code": code}).content.decode()
    bad = GOOD | {"paid": "yes", "content": "1", "said": "多收二百元"}
    assert "已收到" in public.post("/open/visit", {"do": "answer", "code": code, **bad}).content.decode()
    assert "这件已经答复" in public.post("/open/visit", {"code": code}).content.decode()
    lead = leads_of(clerk).get(source=Source.VISIT)
    assert lead.about == two.matter_id and "另外交钱" in lead.title


def test_groups_of_few_are_not_shown_nor_in_the_total() -> None:
    def answer(agency: str, **deviation: Any) -> Any:
        from types import SimpleNamespace

        given = GOOD | deviation
        return SimpleNamespace(
            agency=SimpleNamespace(short_name=agency), answered_at=clock.now(), reached=True, answers=given
        )

    rows = [answer("甲") for _ in range(5)] + [answer("乙", paid="yes", content="1") for _ in range(4)]
    (first, second), total = summary(rows, 5)
    assert (first.name, first.answered) == ("乙", None) or (second.name, second.answered) == ("乙", None)
    assert total is not None and total.answered == 5 and {n for _, n in total.bad} == {0}
