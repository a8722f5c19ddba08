"""What the sender takes back before anybody has signed for it; and numbers of the district that are ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.cases.tests.world import DEPARTMENT, OTHER, STREET, ago
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.clocks import clocks_of, hop_limit, parameters
from plumbline.apps.coordination.models import Coordination, Parameter, Receipt
from plumbline.apps.coordination.packages import hash_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.desk import tasks_for
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.notify.models import Notice

from .between import Between
from .test_transfers import holders


def logged(matter: str) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=matter).order_by("seq")
    return list(rows.values_list("activity", flat=True))


def taken_back(between: Between, row: Coordination, days: int) -> Coordination:
    return actions.take_back_transfer(
        actor=between.actor(STREET), row=row, text="清单有误，改正后另行移送。", at=ago(days)
    )


def test_a_transfer_is_taken_back_until_it_is_signed_for_and_is_no_hop(between: Between) -> None:
    row = between.sent(case=between.world.filed(), days=10)
    case = between.case_of(row)
    for code in (DEPARTMENT, OTHER):
        with pytest.raises(Refusal, match="只有移送机关可以撤回"):
            actions.take_back_transfer(actor=between.actor(code), row=row, text="不要了。")
    with pytest.raises(InputFault, match="撤回的理由"):
        actions.take_back_transfer(actor=between.actor(STREET), row=row, text=" ")
    actions.consult(actor=between.actor(DEPARTMENT), row=row, text="请补充照片。", at=ago(9))
    taken_back(between, row, 8)
    case.refresh_from_db(from_queryset=Case.objects.unscoped("测试"))
    assert (row.state, case.stage, holders(row.chain)) == ("withdrawn", Stage.FILED, [STREET])
    last = matter_events(case.matter_id)[-1]
    assert last.activity == "transfer_returned" and last.data["reason"].startswith("移送机关撤回：清单有误")
    assert logged(row.matter_id)[-1] == "transfer_taken_back"
    sent, back = Receipt.objects.filter(transfer=row)
    assert (back.side, back.what, back.number) == ("sender", "withdrawn", "新阳街综执移撤〔2026〕1号")
    assert back.seals == sent.sha256 and back.sha256 == hash_of(back.content)
    assert Notice.objects.filter(agency_code=DEPARTMENT, title__contains="撤回移送").exists()
    assert not tasks_for(between.actor(DEPARTMENT))[0]
    with pytest.raises(Refusal, match="已撤回"):
        between.accepted(row, 7)
    again = between.sent(case=case, days=6)
    assert (again.hop, again.state) == (1, "sent") and again.number.endswith("移〔2026〕2号")
    between.accepted(again, 5)
    with pytest.raises(Refusal, match="已经签了回执（已接收），不能再撤回"):
        taken_back(between, again, 4)
    assert holders(again.chain) == [DEPARTMENT] and Receipt.objects.filter(transfer=again).count() == 2


def test_what_came_back_or_is_coordinated_is_not_taken_back(between: Between) -> None:
    row = between.returned(between.sent(days=30), 29)
    with pytest.raises(Refusal, match=r"已经签了回执（已退回）"):
        taken_back(between, row, 28)
    case = between.case_of(row)
    between.returned(between.sent(case=case, days=25), 24)
    third = between.sent(case=case, days=20)
    with pytest.raises(Refusal, match="已转区司法局协调，不能撤回"):
        taken_back(between, third, 19)


def test_a_number_is_ended_from_a_day_on_and_one_to_come_is_taken_back(between: Between) -> None:
    organ, today = between.scene.actor(between.scene.head), clock.today()
    soon, later = today + timedelta(days=3), today + timedelta(days=10)

    def limit(key: str, value: int, valid_from) -> None:  # type: ignore[no-untyped-def]
        actions.set_parameter(
            actor=organ, key=key, value=value, source="本区办法第八条（示例）", valid_from=valid_from
        )

    limit("transfer_answer", 5, today)
    limit("hops", 2, later)
    before = between.sent(days=0, at=clock.now())
    with pytest.raises(Refusal, match="由区司法局设定"):
        actions.end_parameter(
            actor=between.actor(STREET), key="transfer_answer", source="废止", valid_from=today
        )
    for wrong, said in (({"source": " "}, "停用的理由"), ({"valid_from": ago(1).date()}, "不能从过去停用")):
        with pytest.raises(InputFault, match=said):
            actions.end_parameter(
                actor=organ, **({"key": "transfer_answer", "source": "办法废止", "valid_from": soon} | wrong)
            )
    with pytest.raises(Refusal, match="没有设定“收到派单后签收或者退回”"):
        actions.end_parameter(actor=organ, key="dispatch_sign", source="办法废止", valid_from=today)
    actions.end_parameter(actor=organ, key="transfer_answer", source="办法废止（示例）", valid_from=soon)
    actions.end_parameter(actor=organ, key="hops", source="没有施行就修改（示例）", valid_from=later)
    assert (
        parameters(today)["transfer_answer"].number == 5
        and parameters(soon)["transfer_answer"].number is None
    )
    assert clocks_of("transfer", "", soon)[0].off == "法律没有规定期限，本区也没有设定"
    assert hop_limit(later) == 3  # what the platform proposes, not what was taken back
    before.refresh_from_db(from_queryset=Coordination.objects.unscoped("测试"))
    assert before.due_on is not None
    assert list(Parameter.objects.values_list("value", flat=True).order_by("pk")) == [5, 2, None, None]
    assert [logged(f"XTCS-{row.pk}") for row in Parameter.objects.order_by("pk")] == [
        ["coordination_parameter_set"], ["coordination_parameter_set"],
        ["coordination_parameter_ended"], ["coordination_parameter_ended"],
    ]  # fmt: skip
