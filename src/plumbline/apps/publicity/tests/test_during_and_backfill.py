"""What is shown during and after enforcement; rows of other channels for old decisions; a party of another province."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.publicity import channels as channels_of
from plumbline.apps.publicity.actions import publish
from plumbline.apps.publicity.backfilling import backfill, owed_anywhere
from plumbline.apps.publicity.channel_board import told_party
from plumbline.apps.publicity.channels import (
    OURS,
    Said,
    duty,
    fine_class,
    registered_elsewhere,
    suggested_severity,
    term,
)
from plumbline.apps.publicity.disclosing import disclose
from plumbline.apps.publicity.disclosing_during import after_board, during, during_board
from plumbline.apps.publicity.models import Publication
from plumbline.apps.publicity.preparing import follow
from plumbline.lawbook import rule_facts
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.models import StoredVerdict

from .scene import Scene, stated

BEIJING = "91110000600037341L"
DECIDED = date(2026, 5, 6)


def said(**more: Any) -> Said:
    given: dict[str, Any] = {
        "kind": "penalty", "act": "penalty", "domain": "market", "procedure": "ordinary", "party_kind": "legal_person", "kinds": ("fine",),
    }  # fmt: skip
    return Said(**{**given, **more})


def test_a_party_of_another_province_is_handed_over_in_half_the_time() -> None:
    assert registered_elsewhere(BEIJING) is True and registered_elsewhere("") is None
    for elsewhere, days, rule in (
        (True, 10, "SAMP-10-10wd"),
        (False, 20, "EIP-6-20wd"),
        (None, 20, "EIP-6-20wd"),
    ):
        owed = duty("enterprise_credit", said(elsewhere=elsewhere), DECIDED)
        assert owed and (owed.n, owed.unit, owed.rule) == (days, rule_facts()[rule].unit, rule)
        assert bool(owed.says and owed.then) is (elsewhere is True)
    assert rule_facts()["SAMP-10-10wd"].n == 10


def test_an_amount_decides_only_where_a_competent_authority_set_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = said(fine_fen=300_000), said(fine_fen=900_000)
    days = {"decided_on": DECIDED, "published_on": DECIDED}
    unknown = term("enterprise_credit", small, **days)
    assert (
        unknown
        and unknown.ends_on is None
        and "没有录入" in unknown.unknown
        and fine_class("credit_china", small) == ""
    )
    for channel in ("enterprise_credit", "credit_china"):
        amounts = [
            {"domains": ["market"], "class": "small", "up_to_fen": 500_000},
            {"domains": ["market"], "class": "large"},
        ]
        monkeypatch.setitem(channels_of.channels()[channel]["fines"], "amounts", amounts)
    ends = [found.ends_on for each in (small, large) if (found := term("enterprise_credit", each, **days))]
    assert ends == [date(2026, 8, 6), date(2029, 5, 6)]
    assert [suggested_severity("credit_china", each) for each in (small, large)] == ["minor", "general"]
    assert fine_class("credit_china", said(fine_fen=1, domain="ecology")) == ""


def test_every_rule_of_the_board_is_in_the_book() -> None:
    rules = {rule for about in during().values() for rule in about.get("rules", ())}
    assert rules and rules <= set(rule_book().by_id)


def _verdict(number: int, rule: str, verdict: str) -> None:
    StoredVerdict.objects.create(
        matter_id=f"M{number}", agency_code="T", rule=rule, subject=f"E{number}", verdict=verdict, severity="red", law="法", article="条",
        as_of=clock.now(), explanation_zh="",
    )  # fmt: skip


@pytest.mark.django_db
def test_the_boards_count_what_was_kept_broken_and_not_told() -> None:
    agency = Agency.objects.create(
        code="T", name="城管局", short_name="城管", kind="department", level="district", enforces=True
    )
    found = {each.topic: each for each in during_board([agency])["T"]}
    assert (
        found["rights"].none
        and not found["window"].is_there
        and found["uniform"].by_person
        and not found["uniform"].is_there
    )
    for number, verdict in enumerate(("met", "met", "breached", "unknown", "not_applicable")):
        _verdict(number, "APL-44-notice", verdict)
    for matter, shown in (("A", True), ("B", False)):
        for activity, data in (
            ("record_made", {"record": "onsite"}),
            *((("certificate_shown", {}),) if shown else ()),
        ):
            record(
                actor=system_actor("t"),
                matter=matter,
                kind="penalty",
                activity=activity,
                agency="T",
                data=data,
            )
    found = {each.topic: each for each in during_board([agency])["T"]}
    rights, shown = found["rights"], found["certificate"]
    assert (rights.kept, rights.broken, rights.untold, rights.is_there) == (2, 1, 1, False)
    assert (shown.kept, shown.untold, shown.is_there) == (1, 1, False)
    year, today = date(clock.today().year, 1, 1), clock.today()
    for number, on in enumerate((year, today, None)):
        Publication.objects.create(
            matter_id=f"M{number}", decision_event=f"E{number}", agency_id="T", decided_on=year, due_on=year, published_on=on,
            state="published" if on else "due",
        )  # fmt: skip
    decisions = after_board([agency])["T"][0]
    assert (decisions.kept, decisions.broken, decisions.untold) == (1, 1, 1)
    assert after_board([agency])["T"][1].none


@pytest.mark.django_db
def test_old_decisions_get_their_rows_once_and_the_window_its_text(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated(monkeypatch, "domain", "market")
    decided = scene.world.decided()
    follow(decided.matter_id, frozenset({"decision_made"}))
    Publication.objects.exclude(channel=OURS).delete()
    Publication.objects.update(doubtful=False, doubts=[])
    first = scene.actor(scene.first)
    ours = publish(actor=first, publication=Publication.objects.get())
    Publication.objects.filter(channel=OURS).update(kinds=["fine"])
    assert owed_anywhere([STREET]) == [ours] and "补建缺少的渠道" in scene.reads(scene.first, "/publicity")
    with pytest.raises(Refusal):
        backfill(actor=scene.actor(scene.elsewhere), agencies=[STREET])
    done = backfill(actor=first, agencies=[STREET])
    row = Publication.objects.get(channel="enterprise_credit")
    assert (done.made, row.backfilled_on, row.decided_on) == (1, clock.today(), ours.decided_on)
    again, told = backfill(actor=first, agencies=[STREET]), StringIO()
    call_command("backfill_publications", stdout=told)
    assert (again.made, owed_anywhere(None)) == (0, []) and "已补建 0 条" in told.getvalue()
    preview = scene.reads(scene.first, f"/publicity/{row.public_id}")
    assert "补建" in preview and "送达时应当书面告知（市场监督管理行政处罚信息公示规定第八条）" in preview
    assert told_party(row).owed and told_party(row).told is not True

    with pytest.raises(InputFault, match="公示牌设在哪里"):
        disclose(actor=first, agency=STREET, text="大厅", topic="window")
    with pytest.raises(InputFault, match="没有这一项"):
        disclose(actor=first, agency=STREET, text="大厅里的公示牌写明岗位职责和投诉电话。", topic="none")
    client = Client()
    client.force_login(scene.first, backend="django.contrib.auth.backends.ModelBackend")
    text = "公示牌在政务服务大厅三号窗口，写明岗位职责、材料样本、进度查询和投诉举报。"
    client.post(f"/publicity/disclosure/{STREET}", {"topic": "window", "text": text})
    public = Client().get(f"/open/disclosure/{STREET}").content.decode()
    assert text in public and "执法时您应当看到" in public and "行政处罚法第四十四条" in public
    for when, words in (("during", "窗口岗位信息公示牌"), ("after", "撤销、变更后按期撤回")):
        assert words in scene.reads(scene.first, f"/publicity/disclosure?when={when}")
