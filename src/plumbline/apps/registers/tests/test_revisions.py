"""The life of a revision: drafted, sent in, returned, approved, published; versions, differences and undo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.powers.models import PowerItem
from plumbline.apps.registers import actions
from plumbline.apps.registers.models import Revision, State
from plumbline.apps.registers.versions import between_versions, published
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.lists import find_register

from .world import DEPARTMENT, ITEMS, ListWorld, power


def content(on_days: int = 0) -> dict[str, str]:
    register = find_register(ITEMS)
    assert register is not None
    found = register.content(DEPARTMENT, clock.today() + timedelta(days=on_days))
    return {key: values["violation"] for key, values in found.items()}


def test_a_revision_becomes_dated_rows_and_overwrites_nothing(lists: ListWorld) -> None:
    keeper, reviewer = lists.actor(lists.keeper), lists.actor(lists.reviewer)
    with pytest.raises(Refusal):
        lists.begin(by=lists.second)
    revision = lists.begin()
    with pytest.raises(Refusal):
        lists.begin()  # one at a time
    actions.change_row(actor=keeper, revision=revision, key="", texts=power("A-3"))
    actions.change_row(
        actor=keeper, revision=revision, key="A-1", texts=power("A-1", violation="擅自倾倒建筑垃圾")
    )
    actions.end_row(actor=keeper, revision=revision, key="A-2")
    assert content() == {"A-1": "随意倾倒建筑垃圾", "A-2": "沿途遗撒建筑垃圾"}
    start = clock.today() + timedelta(days=5)
    actions.submit_revision(actor=keeper, revision=revision, effective_on=start)
    with pytest.raises(Refusal):
        actions.approve_revision(actor=keeper, revision=revision)
    actions.return_revision(actor=reviewer, revision=revision, reason="A-3 的依据请核对。")
    with pytest.raises(Refusal):
        actions.publish_revision(actor=reviewer, revision=revision)
    actions.comment_on(actor=keeper, revision=revision, text="已核对，依据无误。")
    lists.publish(revision, on=start)
    assert content() == {"A-1": "随意倾倒建筑垃圾", "A-2": "沿途遗撒建筑垃圾"}
    assert content(5) == {"A-1": "擅自倾倒建筑垃圾", "A-3": "违法行为A-3"}
    old = PowerItem.objects.get(item="A-1", violation="随意倾倒建筑垃圾")
    assert old.valid_to == start - timedelta(days=1)
    steps = (
        StoredEvent.objects.unscoped("测试").filter(matter_id=f"LIST-{ITEMS}-{revision.pk}").order_by("seq")
    )
    told = list(steps.values_list("activity", flat=True))
    assert told[0] == "list_revision_drafted" and told[-1] == "list_version_published"
    assert "list_revision_returned" in told and "list_revision_commented" in told
    assert [each.step for each in revision.notes.all()] == [
        "drafted", "submitted", "returned", "comment", "submitted", "approved", "published",
    ]  # fmt: skip


def test_whoever_drafted_does_not_review_even_with_both_rights(lists: ListWorld) -> None:
    post = lists.reviewer.tenures.get().post
    post.capabilities = ["registers.review", "registers.maintain"]
    post.save()
    revision = lists.begin(by=lists.reviewer)
    both = lists.actor(lists.reviewer)
    actions.change_row(actor=both, revision=revision, key="", texts=power("A-3"))
    actions.submit_revision(actor=both, revision=revision, effective_on=clock.today())
    with pytest.raises(Refusal, match="不能审核自己的修订"):
        actions.approve_revision(actor=both, revision=revision)


def test_versions_differ_and_an_earlier_one_comes_back_as_a_new_one(lists: ListWorld) -> None:
    keeper = lists.actor(lists.keeper)
    first = lists.begin()
    actions.change_row(actor=keeper, revision=first, key="", texts=power("A-3"))
    lists.publish(first)
    second = lists.begin()
    later = clock.today() + timedelta(days=2)
    actions.change_row(actor=keeper, revision=second, key="A-3", texts=power("A-3", violation="改过一次"))
    actions.end_row(actor=keeper, revision=second, key="A-2")
    lists.publish(second, on=later)
    assert [each.number for each in published(ITEMS, DEPARTMENT)] == [2, 1]
    found = {change.key: change.kind.value for change in between_versions(ITEMS, DEPARTMENT, 1, 2)}
    assert found == {"A-3": "change", "A-2": "end"}
    assert {change.key for change in between_versions(ITEMS, DEPARTMENT, 0, 2)} == {"A-3", "A-2"}
    assert {change.key: change.kind.value for change in between_versions(ITEMS, DEPARTMENT, 2, 1)} == {"A-3": "change", "A-2": "add"}  # fmt: skip
    with pytest.raises(InputFault):
        actions.restore_version(actor=keeper, register=ITEMS, agency=DEPARTMENT, number=2, reason="试")
    with pytest.raises(Refusal):
        actions.restore_version(
            actor=lists.actor(lists.second), register=ITEMS, agency=DEPARTMENT, number=1, reason="试"
        )
    back = actions.restore_version(
        actor=keeper, register=ITEMS, agency=DEPARTMENT, number=1, reason="改错了。"
    )
    lists.publish(back, on=later + timedelta(days=1))
    assert content(3) == {"A-1": "随意倾倒建筑垃圾", "A-2": "沿途遗撒建筑垃圾", "A-3": "违法行为A-3"}
    assert between_versions(ITEMS, DEPARTMENT, 1, 3) == []


def test_what_may_not_be_drafted_and_when_a_row_moved_meanwhile(lists: ListWorld) -> None:
    keeper, reviewer = lists.actor(lists.keeper), lists.actor(lists.reviewer)
    with pytest.raises(InputFault):
        actions.start_revision(actor=keeper, register=ITEMS, agency=DEPARTMENT, reason=" ")
    revision = lists.begin()
    with pytest.raises(Refusal, match="没有任何变化"):
        actions.submit_revision(actor=keeper, revision=revision, effective_on=clock.today())
    for key, typed, field in (
        ("", power("A-1"), "item"),
        ("A-1", power("A-9"), "item"),
        ("", power("A-4", basis="第五条"), "basis"),
        ("", power("A-4", basis="《某规定》第5条"), "basis"),
        ("", power("A-4", kinds="警告"), "kinds"),
        ("", power("A-4", ranges="大家 五千"), "ranges"),
        ("", power("", violation=""), "violation"),
    ):
        with pytest.raises(InputFault) as fault:
            actions.change_row(actor=keeper, revision=revision, key=key, texts=typed)
        assert field in fault.value.faults, fault.value.faults
    with pytest.raises(InputFault):
        actions.end_row(actor=keeper, revision=revision, key="没有")
    actions.end_row(actor=keeper, revision=revision, key="A-2")
    actions.drop_change(actor=keeper, revision=revision, key="A-2")
    assert not revision.rows.exists()
    assert actions.change_row(actor=keeper, revision=revision, key="A-1", texts=power("A-1", violation="随意倾倒建筑垃圾")) is None  # fmt: skip
    actions.end_row(actor=keeper, revision=revision, key="A-2")
    PowerItem.objects.filter(item="A-2").update(violation="别处刚改过")
    actions.submit_revision(actor=keeper, revision=revision, effective_on=clock.today())
    with pytest.raises(Refusal, match="起草以后已经变了：A-2"):
        actions.approve_revision(actor=reviewer, revision=revision)
    actions.withdraw_revision(actor=keeper, revision=revision, reason="改用别的办法。")
    assert Revision.objects.visible_to(keeper).get().state == State.WITHDRAWN
    assert not Revision.objects.visible_to(lists.actor(lists.second)).exists()
    # Once there is a version, a list binds from its publication on.
    first = lists.begin()
    actions.end_row(actor=keeper, revision=first, key="A-2")
    lists.publish(first)
    again = lists.begin()
    actions.end_row(actor=keeper, revision=again, key="A-1")
    with pytest.raises(InputFault, match="不能早于今天"):
        actions.submit_revision(actor=keeper, revision=again, effective_on=clock.today() - timedelta(days=1))
