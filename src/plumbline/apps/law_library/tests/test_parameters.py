"""Local parameters: an unset one makes the rule answer unknown and is shown; entering one judges its matters anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from plumbline.apps.law_library import parameters
from plumbline.apps.law_library.actions import NewParameter, set_parameter, withdraw_parameter
from plumbline.apps.law_library.models import LocalParameter
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import Person
from plumbline.platform.verdicts import registers
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.platform.verdicts.registers import current_registers

from .people import BUREAU, acting, browser, holder

RULE, NIGHT_RULE = "APL-63-hearing-notice", "ACL-43-night"
MATTER = "T-PARAMETER-1"


@pytest.fixture
def keeper(db: None, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(registers, "_kept", None)  # of a test whose transaction was undone
    return holder("hu", "law.maintain", "supervision.supervise")


def threshold(amount: int = 5_000_000, **changes: Any) -> NewParameter:
    given: dict[str, Any] = {
        "name": "hearing_threshold",
        "domain": "agriculture",
        "party": "organization",
        "amount": amount,
        "source": "某省听证规定",
        "article": "第五条",
        "level": "local_government_rule",
        "valid_from": date(2021, 7, 15),
    }
    return NewParameter(**(given | changes))


def notice(fen: int = 6_000_000) -> None:
    """A firm in a farming matter is told of a fine, without a word of a hearing."""
    day = clock.today() - timedelta(days=3)
    by, common = system_actor("test"), {"matter": MATTER, "kind": "penalty", "agency": BUREAU}
    party = {"id": "P-1", "kind": "legal_person"}
    record(actor=by, activity="case_filed", occurred_at=day, data={"item": "X-1", "domain": "agriculture", "party": party}, **common)  # fmt: skip
    told = {"method": "direct", "states": ["proposed_penalty"], "proposed": {"kinds": ["fine"], "fine": fen}}
    record(actor=by, activity="penalty_notice_served", occurred_at=day, data=told, **common)
    work_off()


def verdict(rule: str = RULE) -> StoredVerdict:
    return StoredVerdict.objects.unscoped("测试").get(matter_id=MATTER, rule=rule)


def test_an_unset_threshold_is_unknown_until_it_is_entered(keeper: Person) -> None:
    notice()
    assert (verdict().verdict, verdict().missing) == ("unknown", ["registers.hearing_thresholds.amount"])
    row, judged = set_parameter(actor=acting(keeper), value=threshold())
    assert judged == 1
    work_off()
    assert verdict().verdict == "pending"  # 60,000 yuan reach 50,000: the right has to be told
    event = StoredEvent.objects.unscoped("测试").get(activity="local_parameter_set")
    assert event.by_person_id == keeper.pk and event.data["source"] == "《某省听证规定》第五条"
    assert withdraw_parameter(actor=acting(keeper), parameter=row, reason="录错领域") == 1
    work_off()
    assert verdict().verdict == "unknown"
    assert StoredEvent.objects.unscoped("测试").filter(activity="local_parameter_withdrawn").count() == 1


def test_a_new_value_ends_the_one_before_and_a_withdrawal_restores_it(keeper: Person) -> None:
    first, _ = set_parameter(actor=acting(keeper), value=threshold())
    second, _ = set_parameter(actor=acting(keeper), value=threshold(10_000_000, valid_from=date(2026, 1, 1)))
    first.refresh_from_db()
    assert first.valid_to == date(2025, 12, 31) and second.follows == first
    kept, _ = current_registers()
    assert [(r["amount"], r["valid_to"]) for r in kept.rows("hearing_thresholds")] == [
        (10_000_000, None),
        (5_000_000, "2025-12-31"),
    ]
    assert kept.rows("hearing_thresholds")[0]["basis"] == {
        "law": "某省听证规定",
        "article": "第五条",
        "level": "local_government_rule",
    }
    with pytest.raises(InputFault, match="先撤销新的"):
        withdraw_parameter(actor=acting(keeper), parameter=first, reason="试")
    withdraw_parameter(actor=acting(keeper), parameter=second, reason="文件尚未施行")
    first.refresh_from_db()
    assert first.valid_to is None
    with pytest.raises(InputFault, match="已经撤销"):
        withdraw_parameter(actor=acting(keeper), parameter=second, reason="再撤")
    with pytest.raises(InputFault, match="理由"):
        withdraw_parameter(actor=acting(keeper), parameter=first, reason=" ")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"domain": "nothing"}, "domain"),
        ({"party": ""}, "party"),
        ({"amount": 0}, "amount"),
        ({"amount": None}, "amount"),
        ({"level": "rumour"}, "level"),
        ({"source": " "}, "source"),
        ({"valid_to": date(2021, 7, 14)}, "valid_to"),
        ({"name": "population"}, "name"),
        ({"name": "night_from", "hour": "25:00"}, "hour"),
        ({"name": "night_from", "hour": "晚上十点"}, "hour"),
    ],
)
def test_a_value_without_a_source_or_sense_is_refused(
    keeper: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputFault) as refused:
        set_parameter(actor=acting(keeper), value=threshold(**changes))
    assert field in refused.value.faults and all(
        said.endswith("。") for said in refused.value.faults.values()
    )
    assert not LocalParameter.objects.exists()


def test_days_that_are_taken_are_refused(keeper: Person) -> None:
    set_parameter(actor=acting(keeper), value=threshold(valid_from=date(2024, 1, 1)))
    with pytest.raises(InputFault, match="2024-01-01"):
        set_parameter(actor=acting(keeper), value=threshold(valid_from=date(2023, 1, 1)))
    earlier = threshold(valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31))
    set_parameter(actor=acting(keeper), value=earlier)
    assert LocalParameter.objects.count() == 2


def test_only_a_post_of_the_whole_district_enters_or_withdraws(keeper: Person) -> None:
    row, _ = set_parameter(actor=acting(keeper), value=threshold())
    for who in (holder("jie", "law.maintain", scope="agency"), holder("kong")):
        with pytest.raises(Refusal):
            set_parameter(actor=acting(who), value=threshold(valid_from=date(2026, 1, 1)))
        with pytest.raises(Refusal):
            withdraw_parameter(actor=acting(who), parameter=row, reason="试")


def night(actor: Actor) -> None:
    day = clock.today() - timedelta(days=3)
    at = clock.now().replace(
        year=day.year, month=day.month, day=day.day, hour=21, minute=0, second=0, microsecond=0
    )
    record(actor=actor, matter=MATTER, kind="compulsion", activity="execution_done", occurred_at=at, agency=BUREAU,
           data={"urgent": False, "utilities_cut": False, "object": "money"})  # fmt: skip
    work_off()


def test_hours_of_the_night_are_used_from_their_day_on(keeper: Person) -> None:
    assert current_registers()[0].settings == {}
    night(acting(keeper))
    assert verdict(NIGHT_RULE).verdict == "met"  # nine in the evening is before the contract's ten
    tomorrow = clock.today() + timedelta(days=1)
    value = NewParameter("night_from", "某市规定", tomorrow, hour="20:00")
    parameters.hours_come_into_force()
    assert set_parameter(actor=acting(keeper), value=value)[1] == 1
    work_off()
    assert verdict(NIGHT_RULE).verdict == "met" and current_registers()[0].settings == {}
    with time_machine.travel(clock.now() + timedelta(days=1), tick=True):
        parameters.hours_come_into_force()
        work_off()
        assert current_registers()[0].settings == {"night_from": "20:00"}
        assert verdict(NIGHT_RULE).verdict == "breached"


def test_the_page_shows_what_is_unset_and_what_that_means(keeper: Person, client: Client) -> None:
    notice()
    page = browser(keeper).get("/law/parameters").content.decode()
    assert "未设定" in page and RULE in page and "农业，法人或者其他组织" in page
    assert "市场监督管理行政处罚听证办法第五条已定数额" in page  # no local number needed there
    assert "事件契约的默认值 22:00" in page
    assert "需要的地方参数未设定" in browser(keeper).get(f"/law/rules/{RULE}").content.decode()
    assert "登记<span" not in browser(holder("kong")).get("/law/parameters").content.decode()


def test_a_value_is_entered_and_withdrawn_by_page(keeper: Person) -> None:
    notice()
    site, address = browser(keeper), "/law/parameters/new/hearing_threshold"
    assert browser(holder("kong")).get(address).status_code == 403
    assert site.get("/law/parameters/new/population").status_code == 404
    assert (
        'value="agriculture" selected'
        in site.get(f"{address}?domain=agriculture&party=organization").content.decode()
    )
    form = {"domain": "agriculture", "party": "organization", "amount": "50000", "inclusive": "1", "source": "某省听证规定",
            "article": "第五条", "level": "local_government_rule", "valid_from": "2021-07-15", "valid_to": ""}  # fmt: skip
    assert "请填写" in site.post(address, form | {"source": ""}).content.decode()
    answer = site.post(address, form, follow=True)
    assert "1 个事项由后台重新判断" in answer.content.decode()
    row = LocalParameter.objects.get()
    assert (row.amount, row.by_label, row.inclusive) == (5_000_000, "hu某", True)
    work_off()
    assert verdict().verdict == "pending"
    assert (
        "已登记" in site.post(address, form).content.decode()
    )  # the same days again are refused, with what is there
    assert LocalParameter.objects.count() == 1
    answer = site.post(f"/law/parameters/{row.pk}", {"reason": "录错"}, follow=True)
    assert "已撤销" in answer.content.decode()
    assert "录错" in site.get(f"/law/parameters/{row.pk}").content.decode()
    assert site.post("/law/parameters/new/night_to", {"hour": "07:00", "source": "某市规定", "valid_from": "2026-01-01"}).status_code == 302  # fmt: skip
    assert current_registers()[0].settings == {"night_to": "07:00"}
