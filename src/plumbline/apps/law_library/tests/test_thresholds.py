"""Standards from which on an offence is a crime: only with a source, dated, withdrawn not changed; an empty field is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plumbline.apps.law_library.models import CrimeThreshold
from plumbline.apps.law_library.prosecution import (
    SUSPICION,
    NewThreshold,
    empty_domains,
    set_crime_threshold,
    standard_on,
    standards_on,
    withdraw_crime_threshold,
)
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Person

from .people import acting, browser, holder

DAY = date(2026, 6, 1)


@pytest.fixture
def keeper(db: None) -> Person:
    return holder("hu", "law.maintain", "supervision.supervise")


def threshold(amount: int | None = 5_000_000, **changes: Any) -> NewThreshold:
    given: dict[str, Any] = {
        "crime": "试验罪", "domain": "ecology", "measure": "违法所得", "amount": amount, "standard": "达到数额的移送",
        "source": "试验解释", "article": "第一条第一项", "valid_from": date(2024, 1, 1),
    }  # fmt: skip
    return NewThreshold(**(given | changes))


def test_nothing_is_known_but_what_the_provisions_say_themselves(keeper: Person) -> None:
    (only,) = standards_on(DAY, "ecology")
    assert only.ref == SUSPICION and only.amount is None and only.article == "第三条第二款"
    # The paragraph came with the text of 2020: earlier there is no such standard.
    assert standards_on(date(2020, 8, 6)) == [] and standards_on(date(2020, 8, 7)) == [only]
    assert "ecology" in empty_domains(DAY)
    page = browser(keeper).get("/law/thresholds").content.decode()
    assert "未登记" in page and "生态环境" in page and "合理嫌疑" in page


def test_a_standard_holds_from_its_day_and_a_new_one_follows_it(keeper: Person) -> None:
    first = set_crime_threshold(actor=acting(keeper), value=threshold())
    second = set_crime_threshold(
        actor=acting(keeper), value=threshold(10_000_000, valid_from=date(2026, 6, 2))
    )
    assert [s.amount for s in standards_on(date(2026, 6, 1), "ecology")][:1] == [5_000_000]
    assert [s.amount for s in standards_on(date(2026, 6, 2), "ecology")][:1] == [10_000_000]
    assert standard_on(str(first.pk), date(2026, 6, 2)) is None
    assert "ecology" not in empty_domains(DAY) and "health" in empty_domains(DAY)
    with pytest.raises(InputFault, match="先撤销新的"):
        withdraw_crime_threshold(actor=acting(keeper), threshold=first, reason="试")
    withdraw_crime_threshold(actor=acting(keeper), threshold=second, reason="文件尚未施行")
    first.refresh_from_db()
    assert first.valid_to is None and standard_on(str(first.pk), date(2026, 7, 1)) is not None
    with pytest.raises(InputFault, match="已经撤销"):
        withdraw_crime_threshold(actor=acting(keeper), threshold=second, reason="再撤")
    kept = StoredEvent.objects.unscoped("测试")
    assert kept.filter(activity="crime_threshold_set").count() == 2
    assert kept.get(activity="crime_threshold_withdrawn").by_person_id == keeper.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"crime": " "}, "crime"),
        ({"domain": "nothing"}, "domain"),
        ({"measure": ""}, "measure"),
        ({"standard": ""}, "standard"),
        ({"source": " "}, "source"),
        ({"article": ""}, "article"),
        ({"amount": 0}, "amount"),
        ({"valid_to": date(2023, 12, 31)}, "valid_to"),
    ],
)
def test_a_standard_without_source_or_sense_is_refused(
    keeper: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputFault) as refused:
        set_crime_threshold(actor=acting(keeper), value=threshold(**changes))
    assert set(refused.value.faults) == {field} and refused.value.faults[field].endswith("。")
    assert not CrimeThreshold.objects.exists()


def test_only_the_post_that_keeps_the_law_for_the_district_enters(keeper: Person) -> None:
    row = set_crime_threshold(actor=acting(keeper), value=threshold())
    for who in (holder("jie", "law.maintain", scope="agency"), holder("kong")):
        with pytest.raises(Refusal):
            set_crime_threshold(actor=acting(who), value=threshold(valid_from=date(2026, 1, 1)))
        with pytest.raises(Refusal):
            withdraw_crime_threshold(actor=acting(who), threshold=row, reason="试")


def test_by_page(keeper: Person) -> None:
    site, address = browser(keeper), "/law/thresholds/new"
    assert browser(holder("kong")).get(address).status_code == 403
    assert 'value="ecology" selected' in site.get(f"{address}?domain=ecology").content.decode()
    form = {"crime": "试验罪", "domain": "ecology", "measure": "违法所得", "amount": "50000", "standard": "达到的移送",
            "source": "试验解释", "article": "第一条", "valid_from": "2024-01-01", "valid_to": ""}  # fmt: skip
    wrong = site.post(address, form | {"article": ""})
    assert wrong.status_code == 422 and "请填写" in wrong.content.decode()
    assert "可以选用" in site.post(address, form, follow=True).content.decode()
    row = CrimeThreshold.objects.get()
    assert (row.amount, row.by_label) == (5_000_000, "hu某")
    assert "先撤销那一条" in site.post(address, form).content.decode()
    assert (
        "已撤销" in site.post(f"/law/thresholds/{row.pk}", {"reason": "录错"}, follow=True).content.decode()
    )
    assert "录错" in site.get(f"/law/thresholds/{row.pk}").content.decode()
    assert "追诉标准" in site.get("/law/changes").content.decode()
