"""Cases and leads between bodies: sealed, taken or sent back, counted, and at one body at any time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, OTHER, STREET, ago
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.filing_days import filing_days
from plumbline.apps.coordination.models import Chain, Coordination, Holding, Receipt
from plumbline.apps.coordination.packages import hash_of, package_hash
from plumbline.apps.coordination.results import feed_results_back
from plumbline.law import statutory_calendar
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.store import is_intact
from plumbline.platform.notify.models import Notice
from plumbline.platform.verdicts.evaluation import recompute

from .between import Between


def holders(chain: Chain) -> list[str]:
    return list(chain.holdings.filter(to_at=None).values_list("agency_id", flat=True))


def test_a_case_that_is_taken_is_the_receivers_and_both_receipts_hold_the_hash(between: Between) -> None:
    case = between.world.opened()
    row = between.sent(case=case, days=2)
    assert (row.state, row.hop, row.number) == ("sent", 1, "新阳街综执移〔2026〕1号") and holders(
        row.chain
    ) == [STREET]
    assert row.package_hash == package_hash(list(reversed(row.package)))
    assert {each["kind"] for each in row.package} == {"事项记录"} and all(
        is_intact(each["sha256"]) for each in row.package
    )
    assert [(each["agency"], each["item"]) for each in row.competence] == [(STREET, ITEM)]
    assert row.due_on is None  # no document sets a term
    with pytest.raises(Refusal, match="只有收到的机关"):
        actions.accept_transfer(actor=between.actor(OTHER), row=row, handler=between.officer[OTHER])
    with pytest.raises(InputFault, match="不在本机关办理案件"):
        actions.accept_transfer(actor=between.actor(DEPARTMENT), row=row, handler=between.officer[STREET])
    between.accepted(row, 1)
    row.refresh_from_db(from_queryset=Coordination.objects.unscoped("测试").select_related("chain"))
    taken, left = between.case_of(row), Case.objects.unscoped("测试").get(pk=case.pk)
    assert (taken.agency_id, taken.stage, taken.party_id) == (DEPARTMENT, Stage.CLUE, case.party_id)
    assert left.stage == Stage.TRANSFERRED and holders(row.chain) == [DEPARTMENT]
    assert matter_events(taken.matter_id)[0].links[0].rel == "transferred_from"
    sender, receiver = Receipt.objects.filter(transfer=row)
    assert (
        sender.package_hash == receiver.package_hash == row.package_hash and receiver.seals == sender.sha256
    )
    assert all(each.sha256 == hash_of(each.content) and each.content["package"] == row.package_hash for each in (sender, receiver))  # fmt: skip
    assert feed_results_back() == 0
    Case.objects.unscoped("测试").filter(pk=taken.pk).update(stage=Stage.NOT_FILED)
    assert (feed_results_back(), feed_results_back()) == (1, 0)
    assert (
        row.moves.last().text == "不予立案" and Notice.objects.filter(title__contains="结果反馈").count() == 1
    )
    for again in ({"chain": row.chain}, {"chain": Chain.objects.create(origin="另一件", title="另一件")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Holding.objects.create(agency_id=OTHER, matter_id=row.result_matter, from_at=ago(1), **again)
    with pytest.raises(Refusal, match="已接收"):
        actions.return_transfer(actor=between.actor(DEPARTMENT), row=row, reason="item", text="不在清单上。")


def test_a_case_sent_back_is_the_senders_again_and_may_be_sent_anew(between: Between) -> None:
    row = between.sent(case=between.world.filed())
    case = between.case_of(row)
    with pytest.raises(Refusal, match="还没有接收或者退回"):
        actions.send_transfer(
            actor=between.actor(STREET), case=case, to=row.to, ground="level", text="再发一次。"
        )
    with pytest.raises(InputFault, match="材料不全不是"):
        actions.return_transfer(
            actor=between.actor(DEPARTMENT), row=row, reason="incomplete", text="缺照片。"
        )
    between.returned(row)
    case.refresh_from_db(from_queryset=Case.objects.unscoped("测试"))
    assert case.stage == Stage.FILED and holders(row.chain) == [STREET]
    assert [e.activity for e in matter_events(case.matter_id)][-1] == "transfer_returned"
    with pytest.raises(Refusal, match="没有经负责人批准"):
        actions.send_transfer(
            actor=between.actor(STREET), case=case, to=row.to, ground="level", text="直接再发。"
        )
    again = between.sent(case=case, days=10)
    assert again.hop == 2 and again.number.endswith("移〔2026〕2号")
    case.refresh_from_db(from_queryset=Case.objects.unscoped("测试"))
    recompute(case.matter_id)
    assert case.stage == Stage.TRANSFERRED


def test_consultation_keeps_the_package_and_adds_to_the_talk(between: Between) -> None:
    row = between.sent()
    sealed = row.package_hash
    actions.consult(actor=between.actor(DEPARTMENT), row=row, text="请补充现场照片。", at=ago(19))
    with pytest.raises(Refusal, match="会商中"):
        actions.consult(actor=between.actor(DEPARTMENT), row=row, text="再问。")
    actions.say(actor=between.actor(STREET), row=row, text="照片已补充。", at=ago(18))
    actions.remind(actor=between.actor(STREET), row=row, text="请尽快。", at=ago(17))
    with pytest.raises(Refusal, match="已经催办"):
        actions.remind(actor=between.actor(STREET), row=row, at=ago(17))
    row = between.accepted(row, 16)
    assert row.package_hash == sealed and row.state == "accepted"
    assert [m.what for m in row.moves.all()][-1].endswith("接收")


def test_the_third_hop_goes_to_the_organ_and_its_outcome_is_carried_out(between: Between) -> None:
    row = between.sent(days=30)
    case = between.case_of(row)
    between.returned(row, 29)
    between.returned(between.sent(case=case, days=25), 24)
    third = between.sent(case=case, days=20)
    assert third.state == "coordinating" and third.hop == 3 and holders(third.chain) == [STREET]
    with pytest.raises(Refusal):
        between.accepted(third)
    dispute = third.disputes.get().row
    assert (dispute.state, dispute.to_id, set(dispute.parties)) == ("applied", "T-SFJ", {STREET, DEPARTMENT})
    assert "第六条" in dispute.due_source and dispute.due_on is not None
    with pytest.raises(Refusal, match="区司法局"):
        actions.give_opinion(
            actor=between.actor(STREET), row=dispute, agency=third.to, method="domain", text="归你。"
        )
    with pytest.raises(InputFault, match="不能通过协调取得处罚权"):
        actions.give_opinion(
            actor=between.scene.actor(between.scene.head),
            row=dispute,
            agency=between.agency(OTHER),
            method="near",
            text="近。",
        )
    actions.give_opinion(
        actor=between.scene.actor(between.scene.head),
        row=dispute,
        agency=third.to,
        method="domain",
        text="按领域归口。",
        at=ago(15),
    )
    for code in (STREET, DEPARTMENT):
        actions.take_position(actor=between.actor(code), row=dispute, agrees=True, at=ago(14))
    third.refresh_from_db(
        from_queryset=Coordination.objects.unscoped("测试").select_related("chain", "to", "agency")
    )
    assert (third.state, third.to_id, third.directed) == ("sent", DEPARTMENT, True)
    with pytest.raises(Refusal, match="不能再退回"):
        between.returned(third, 13)
    between.accepted(third, 13)
    assert holders(third.chain) == [DEPARTMENT]


def test_the_days_for_filing_end_at_the_sender_and_begin_at_the_receiver(between: Between) -> None:
    """A clue of 40 days ago: handed on in time it is no longer the sender's; sent back, its days have run all along."""
    organ = between.scene.actor(between.scene.clerk)
    row = between.sent(days=30)
    recompute(row.about)
    (sender,) = filing_days(organ, row)
    assert (
        sender.says == "在期限内移送，期限在本机关结束" and "未核实" in sender.open and sender.due_on is None
    )
    row = between.accepted(row, 20)
    for matter in (row.about, row.result_matter):
        recompute(matter)
    sender, receiver = filing_days(organ, row)
    begun = ago(20).date()
    assert sender.says.startswith("在期限内移送") and receiver.says == "期限在走"
    assert receiver.due_on == statutory_calendar().nth_working_after(begun, 15)
    assert "材料送达到接收的 10 日" in receiver.open and "第十五条" in receiver.source
    page = between.scene.client(between.scene.clerk).get(row.page).content.decode()
    assert "核查立案的期限" in page and "未核实" in page
    theirs, ours = filing_days(between.actor(DEPARTMENT), row)
    assert theirs.says == "由阳逻街道办事处在自己的案件里计算" and ours.says == "期限在走"
    back = between.returned(between.sent(case=between.world.opened(), days=30), 29)
    recompute(back.about)
    (again,) = filing_days(organ, back)
    assert again.says == "超过期限" and again.open == ""
    assert not filing_days(organ, between.asked())
