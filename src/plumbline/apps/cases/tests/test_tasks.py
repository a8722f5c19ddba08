"""Whose turn it is follows from what was submitted, returned or withdrawn, without anybody asking."""

from __future__ import annotations

from functools import partial
from typing import Any

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import CaseTask

from .world import ITEM, World


def kinds(case_id: int) -> list[tuple[str, str]]:
    rows = CaseTask.objects.unscoped("测试").filter(case_id=case_id).order_by("key")
    return list(rows.values_list("kind", "capability"))


def test_a_request_is_on_the_heads_desk_and_back_on_the_officers(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    commit = partial(django_capture_on_commit_callbacks, execute=True)
    with commit():
        case = world.opened()
        world.take(case, "clue_verified", 39, {"established": True}, findings="属实。")
    data = {"item": ITEM, "domain": "housing_construction"}
    details = {"officers": ["HB001", "HB002"], "opinion": "建议立案。"}
    submit = {"actor": world.actor(world.officer), "case": case, "step": "case_filed"}
    with commit():
        request = actions.submit_step(**submit, data=data, details=details)
    assert kinds(case.pk) == [("approve", "cases.approve")]
    head = world.actor(world.head)
    with commit():
        actions.decide_request(actor=head, request=request, approve=False, opinion="请补照片。")
    assert kinds(case.pk) == [("returned", "cases.handle")]
    with commit():
        request = actions.submit_step(**submit, data=data, details=details)
    assert kinds(case.pk) == [("approve", "cases.approve")]
    with commit():
        actions.withdraw_request(actor=world.actor(world.officer), request=request)
    assert ("approve", "cases.approve") not in kinds(case.pk)
