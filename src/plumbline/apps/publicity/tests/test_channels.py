"""Channels as data: who must show what where, by when, for how long; and that the data say what the rules say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.models import Party
from plumbline.apps.publicity import ending, preparing
from plumbline.apps.publicity.actions import Shown, hide, publish, withdraw
from plumbline.apps.publicity.channels import (
    Said,
    channels,
    due_channels,
    suggested_severity,
    term,
    why_not,
)
from plumbline.apps.publicity.models import Publication, PublicationState
from plumbline.apps.publicity.portal import decision_rows
from plumbline.law import statutory_calendar
from plumbline.lawbook import rule_facts
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.rules import evaluate
from plumbline.rules.examples import expand, filed, step
from plumbline.vocabulary import Event, Matter, Registers

from .scene import Scene, logged, stated

pytestmark = pytest.mark.django_db
DECIDED = date(2026, 5, 6)


def said(**more: Any) -> Said:
    given: dict[str, Any] = {
        "kind": "penalty", "act": "penalty", "domain": "market", "procedure": "ordinary", "party_kind": "legal_person", "kinds": ("fine",),
    }  # fmt: skip
    return Said(**{**given, **more})


@pytest.mark.parametrize(("more", "expected"), [
    ({}, {"government_site": "2026-05-14", "enterprise_credit": "2026-06-02"}),
    ({"domain": "housing_construction"}, {"government_site": "2026-05-14"}),
    ({"procedure": "summary"}, {"government_site": "2026-05-14"}),
    ({"kinds": ("warning",)}, {"government_site": "2026-05-14"}),
    ({"kinds": ("warning", "fine")}, {"government_site": "2026-05-14", "enterprise_credit": "2026-06-02"}),
    ({"party_kind": "natural_person"}, {"government_site": "2026-05-14"}),
    ({"act": "execution", "kind": "compulsion"}, {"government_site": "2026-06-02"}),
    ({"act": "license", "kind": "other_act"}, {"government_site": "2026-05-14"}),
    ({"act": "inspection", "kind": "inspection"}, {"government_site": "2026-06-02"}),
])  # fmt: skip
def test_where_a_result_is_due_and_by_when(more: dict[str, Any], expected: dict[str, str]) -> None:
    found = due_channels(said(**more), DECIDED)
    assert {channel: str(owed.due_after(DECIDED)) for channel, owed in found} == expected


def _verdicts(domain: str, procedure: str, party: str, kinds: list[str]) -> dict[str, tuple[str, str | None]]:
    decided = step(
        "decision_made", "2026-05-06", outcome="penalty", procedure=procedure, penalty={"kinds": kinds, "fine": 5000}
    )  # fmt: skip
    events = [
        Event.from_json(e, n)
        for n, e in enumerate(
            expand((filed("2026-04-01", domain=domain, party=party), decided), "penalty"), 1
        )
    ]
    as_of = max(e.recorded for e in events)
    rules = [r for r in rule_book().rules if r.id in {"EIP-6-20wd", "T118-6-penalty-7wd"}]
    found = evaluate(
        rules,
        Matter.of(events, as_of),
        registers=Registers({}, complete=True),
        calendar=statutory_calendar(),
        as_of=as_of,
    )
    return {v.rule: (v.verdict, v.due_text) for v in found}


def test_the_data_say_what_the_rules_say() -> None:
    """Each duty and its day, against the rule that judges it afterwards, over every combination of what they look at."""
    for domain in ("market", "housing_construction"):
        for procedure in ("ordinary", "summary"):
            for party in ("legal_person", "other_organization", "natural_person"):
                for kinds in (["warning"], ["fine"], ["warning", "fine"]):
                    asked = said(domain=domain, procedure=procedure, party_kind=party, kinds=tuple(kinds))
                    mine = {o.rule: str(o.due_after(DECIDED)) for _, o in due_channels(asked, DECIDED)}
                    theirs = _verdicts(domain, procedure, party, kinds)
                    applying = {
                        rule: due for rule, (verdict, due) in theirs.items() if verdict != "not_applicable"
                    }
                    assert mine == applying, (domain, procedure, party, kinds)


@pytest.mark.parametrize(("channel", "more", "ends", "least"), [
    ("government_site", {}, None, None),
    ("enterprise_credit", {"kinds": ("circular_criticism",)}, "2026-08-11", None),
    ("enterprise_credit", {"kinds": ("fine", "suspend_business")}, "2029-05-11", None),
    ("credit_china", {"severity": "minor", "necessity": True}, "2026-08-06", None),
    ("credit_china", {"severity": "general"}, "2027-05-06", "2026-08-06"),
    ("credit_china", {"severity": "serious"}, "2029-05-06", "2027-05-06"),
])  # fmt: skip
def test_how_long_a_record_stands(
    channel: str, more: dict[str, Any], ends: str | None, least: str | None
) -> None:
    found = term(channel, said(**more), decided_on=DECIDED, published_on=date(2026, 5, 11))
    if ends is None:
        assert found is None
    else:
        assert (
            found is not None
            and str(found.ends_on) == ends
            and (str(found.least_on) if found.least_on else None) == least
        )


def test_a_term_that_hangs_on_an_amount_nobody_entered_is_not_known_until_it_is_chosen() -> None:
    given = {"decided_on": DECIDED, "published_on": date(2026, 5, 11)}
    open_term = term("enterprise_credit", said(), **given)
    assert open_term is not None and open_term.ends_on is None and "没有录入" in open_term.unknown
    assert [code for code, _ in open_term.choices] == ["3m", "3y"]
    for code, ends in (("3m", "2026-08-11"), ("3y", "2029-05-11")):
        assert str(term("enterprise_credit", said(), chosen=code, **given).ends_on) == ends  # type: ignore[union-attr]
    unsaid = term("credit_china", said(), **given)
    assert unsaid is not None and unsaid.ends_on is None


@pytest.mark.parametrize(("more", "severity"), [
    ({"procedure": "summary"}, "minor"), ({"kinds": ("warning",)}, "minor"), ({"kinds": ("fine", "confiscate_goods")}, "general"),
    ({"kinds": ("fine", "revoke_license")}, "serious"), ({}, ""),
])  # fmt: skip
def test_a_severity_is_proposed_only_where_the_measure_gives_it(more: dict[str, Any], severity: str) -> None:
    assert suggested_severity("credit_china", said(**more)) == severity


def test_natural_persons_and_needless_minor_ones_stay_off_credit_china() -> None:
    assert why_not("credit_china", said(party_kind="natural_person", severity="serious"))
    assert why_not("credit_china", said(severity="minor")) and why_not(
        "credit_china", said(severity="minor", necessity=False)
    )
    assert why_not("credit_china", said(severity="minor", necessity=True)) is None


def test_every_number_names_its_article_and_its_rule_exists() -> None:
    known = rule_facts()  # the lawbook's: some are named there that no event can tell
    for channel, about in channels().items():
        for duty in about["duties"]:
            assert duty["basis"] and duty["rule"] in known, channel
        assert about["withdraw"]["rule"] in known
        assert all(row["reason"] and row["basis"] for row in about.get("never", ()))
        assert "terms" not in about or about["terms"]["basis"]


@pytest.fixture
def market(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> dict[str, Publication]:
    stated(monkeypatch, "domain", "market")
    decided = scene.world.decided()
    Party.objects.update(legal_representative="李代表")
    preparing.follow(decided.matter_id, frozenset({"decision_made"}))
    Publication.objects.update(doubtful=False, doubts=[])
    return {row.channel: row for row in Publication.objects.filter(matter_id=decided.matter_id)}


def test_each_channel_has_its_own_row_clock_text_and_state(
    scene: Scene, market: dict[str, Publication]
) -> None:
    site, credit = market["government_site"], market["enterprise_credit"]
    assert (site.due_on, credit.due_on) == (date(2026, 11, 30), date(2026, 12, 17))
    assert site.legal_representative == "" and credit.legal_representative
    publish(actor=scene.actor(scene.first), publication=site)
    credit.refresh_from_db()
    assert credit.state == PublicationState.DUE
    # What stands on another body's site is none of the portal's pages, nor found there.
    assert Client().get(f"/open/decisions/{credit.public_id}").status_code == 404
    assert credit.searched == "" and credit.bigrams == []
    publish(actor=scene.actor(scene.first), publication=credit, shown=Shown(receipt="GS-1", term="3m"))
    assert Client().get(f"/open/decisions/{credit.public_id}").status_code == 404
    assert len(list(decision_rows())) == 1
    sent = [
        e.data["channel"] for e in StoredEvent.objects.unscoped("测试").filter(activity="decision_published")
    ]
    assert sent == ["government_site", "enterprise_credit"]
    assert credit.take_down_on == date(2027, 2, 24)


def test_words_hidden_on_one_channel_are_hidden_on_all(scene: Scene, market: dict[str, Publication]) -> None:
    hide(actor=scene.actor(scene.first), publication=market["government_site"], words="建筑垃圾")
    credit = market["enterprise_credit"]
    credit.refresh_from_db()
    assert "建筑垃圾" not in credit.facts + credit.violation and "经复核遮盖" in str(credit.masks)


def test_a_term_ends_by_the_job_on_its_day_and_not_before(
    scene: Scene, market: dict[str, Publication]
) -> None:
    row = publish(
        actor=scene.actor(scene.first), publication=market["enterprise_credit"], shown=Shown(receipt="GS-1", term="3m")
    )  # fmt: skip
    assert ending.end_by_term() == 0
    with pytest.raises(Refusal, match="由系统"):
        ending.take_down(actor=scene.actor(scene.first), publication=row)
    Publication.objects.filter(pk=row.pk).update(take_down_on=clock.today())
    assert ending.end_by_term() == 1 and ending.end_by_term() == 0
    row.refresh_from_db()
    assert (row.state, row.taken_down_on) == (PublicationState.ENDED, clock.today())
    kept = StoredEvent.objects.unscoped("测试").filter(activity="publication_withdrawn").get()
    assert kept.data == {"of": row.published_event}
    with pytest.raises(Refusal):
        ending.check_outside(actor=scene.actor(scene.elsewhere), publication=row)
    assert ending.check_outside(actor=scene.actor(scene.first), publication=row).confirmed_on == clock.today()
    assert logged(row)[-1] == "publication_checked"


def test_a_record_of_ours_that_ends_is_gone_at_once(scene: Scene) -> None:
    row = publish(actor=scene.actor(scene.first), publication=scene.due())
    Publication.objects.filter(pk=row.pk).update(take_down_on=clock.today())
    link = f"/open/decisions/{row.public_id}"
    assert ending.end_by_term() == 1
    page = Client().get(link)
    assert (
        page.status_code == 410
        and "公示期满" in page.content.decode()
        and row.violation not in page.content.decode()
    )
    assert link not in Client().get("/open/decisions").content.decode() and not list(decision_rows())


def test_early_stop_asks_every_condition_and_never_serves_the_grave(
    scene: Scene, market: dict[str, Publication]
) -> None:
    row = publish(
        actor=scene.actor(scene.first), publication=market["enterprise_credit"], shown=Shown(term="3y")
    )
    with pytest.raises(InputFault, match="还有条件没有核对"):
        ending.stop_early(actor=scene.actor(scene.first), publication=row, met=[0, 1, 2])
    Publication.objects.filter(pk=row.pk).update(kinds=["fine", "suspend_business"])
    with pytest.raises(Refusal, match="不得提前"):
        ending.stop_early(actor=scene.actor(scene.first), publication=row, met=[0, 1, 2, 3])
    Publication.objects.filter(pk=row.pk).update(kinds=["fine"])
    assert (
        ending.stop_early(actor=scene.actor(scene.first), publication=row, met=[0, 1, 2, 3]).state
        == PublicationState.ENDED
    )


def test_credit_china_is_taken_up_by_hand_and_told_of_changes(scene: Scene) -> None:
    site = scene.due()
    Publication.objects.update(doubtful=False, doubts=[])
    first = scene.actor(scene.first)
    with pytest.raises(Refusal, match="轻微"):
        ending.take_up(actor=first, publication=site, channel="credit_china", severity="minor")
    row = ending.take_up(actor=first, publication=site, channel="credit_china", severity="general")
    assert row.due_on is None and row.facts  # 报送天数未核实: no clock
    with pytest.raises(Refusal, match="已有"):
        ending.take_up(actor=first, publication=site, channel="credit_china", severity="general")
    row.doubtful = False
    row.save()
    publish(actor=first, publication=row)
    assert row.take_down_on == date(2027, 11, 19)
    with pytest.raises(Refusal, match="最短公示期"):
        ending.stop_early(actor=first, publication=row, met=[0, 1, 2])
    with pytest.raises(Refusal, match="没有需要报送"):
        ending.report_change(actor=first, publication=row)
    record(
        actor=system_actor("测试"), matter=row.matter_id, kind="penalty", activity="decision_revoked", agency=row.agency_id,
        data={"outcome": "revoked"}, occurred_at=clock.now() - timedelta(minutes=1),
    )  # fmt: skip
    preparing.follow(row.matter_id, frozenset({"decision_revoked"}))
    row.refresh_from_db()
    assert row.withdraw_due_on is not None
    assert ending.report_change(actor=first, publication=row).change_reported_on == clock.today()
    withdraw(actor=first, publication=row, reason="原处罚决定已被撤销")
    assert logged(row)[-2:] == ["credit_change_reported", "publication_withdrawn"]


def test_nothing_sealed_or_of_a_minor_goes_to_any_channel(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = scene.due()
    stated(monkeypatch, "domain", "public_security")
    for channel in set(channels()) - {"government_site"}:
        with pytest.raises(Refusal, match="治安管理"):
            ending.take_up(
                actor=scene.actor(scene.first), publication=site, channel=channel, severity="serious"
            )
    assert Publication.objects.count() == 1
