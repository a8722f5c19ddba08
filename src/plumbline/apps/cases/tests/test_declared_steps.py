"""Steps that only this platform knows: forms, events, days on the desk, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from plumbline.apps.cases import actions
from plumbline.apps.cases.forms import StepForm
from plumbline.apps.cases.models import CaseTask
from plumbline.apps.cases.reading import CaseFile
from plumbline.apps.cases.task_rows import refresh
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent

from .world import World


def due(case: object) -> dict[str, object]:
    refresh(case.matter_id)  # type: ignore[attr-defined]
    return {t.step: t.due_on for t in CaseTask.objects.unscoped("测试").filter(case=case)}


def test_every_form_of_every_procedure_can_be_drawn(world: World) -> None:
    file = CaseFile(world.decided())
    for procedure in PROCEDURES:
        for step in procedure.steps.values():
            form = StepForm(step=step, file=file)
            drawn = "".join(str(field) for _, fields in form.grouped() for field in fields)
            asked = [ask for ask in step.asks if ask.required and not ask.given and ask.path != "fine_base"]
            assert drawn or not asked, step.key


def test_help_that_was_asked_for_is_on_the_desk_until_it_is_answered(world: World) -> None:
    case = world.filed()
    by = (clock.today() + timedelta(days=9)).isoformat()
    with pytest.raises(InputFault, match="请求回复的期限"):
        world.take(case, "assistance_requested", 30, organ="住建局", about="调取规划许可。")
    world.take(case, "assistance_requested", 30, organ="住建局", about="调取规划许可。", reply_by=by)
    row = StoredEvent.objects.unscoped("测试").get(activity="assistance_requested")
    assert not row.in_contract and row.data["reply_by"] == by
    assert "about" not in row.data and "organ" not in row.data, "names stay beside the event"
    assert str(due(case)["assistance_replied"]) == by
    number = row.data["assistance"]
    world.take(case, "assistance_replied", 20, assistance=number, how="given", result="没有办理许可。")
    assert "assistance_replied" not in due(case)
    with pytest.raises(Refusal, match="没有未回复的协助函"):
        world.take(case, "assistance_replied", 20, assistance=number, how="given", result="再次。")


def test_a_correction_is_looked_at_again_by_its_day(world: World) -> None:
    case = world.filed()
    by = (clock.today() + timedelta(days=3)).isoformat()
    world.take(
        case,
        "correction_ordered",
        30,
        facts="倾倒。",
        basis="某规定第一条",
        content="清运。",
        due=by,
        receipt="当面签收",
    )
    row = StoredEvent.objects.unscoped("测试").get(activity="correction_ordered")
    assert str(due(case)["correction_rechecked"]) == by
    world.take(
        case, "correction_rechecked", 10, correction=row.data["correction"], officers=["HB001", "HB002"],
        result="corrected", findings="已清运。",
    )  # fmt: skip
    assert "correction_rechecked" not in due(case)


def test_a_declared_step_can_be_voided_like_any_other(world: World) -> None:
    case = world.filed()
    by = (clock.today() + timedelta(days=9)).isoformat()
    world.take(case, "assistance_requested", 30, organ="住建局", about="调取。", reply_by=by)
    row = StoredEvent.objects.unscoped("测试").get(activity="assistance_requested")
    actions.void_event(
        actor=world.actor(world.officer), case=case, event_id=row.event_id, reason="函件没有发出。"
    )
    assert not CaseFile(case).happened("assistance_requested")


def test_a_clue_that_is_not_filed_is_told_to_who_reported_it(world: World) -> None:
    case = world.opened()
    with pytest.raises(Refusal, match="尚未决定不予立案"):
        world.take(case, "not_filing_told", 38, whom="reporter", how="电话", content="不属实。")
    world.take(case, "clue_verified", 39, {"established": False}, findings="查无此事。")
    world.approve(world.take(case, "case_not_filed", 38, {"reason": "违法事实不成立。"}), 38)
    assert world.take(case, "not_filing_told", 37, whom="reporter", how="电话", content="不属实。")


def test_the_page_folds_what_does_not_lead_on(world: World) -> None:
    case = world.filed()
    client = Client()
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/cases/{case.matter_id}").content.decode()
    leading, _, rest = page.partition('id="more-steps"')
    assert "登记调查终结" in leading.partition('class="lead-steps"')[2]
    assert "发出协助调查函" in rest and "其他阶段 · 行政强制" in rest and "data-filter-steps" in rest
    assert "行政强制" not in leading.partition("法定步骤")[2].partition("</ol>")[0]
    page = client.get(f"/cases/{case.matter_id}?phase=measures").content.decode()
    assert "行政强制：可以办理的步骤" in page
