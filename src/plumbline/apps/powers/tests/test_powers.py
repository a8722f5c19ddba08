"""Power lists: who is competent for an item at a place on a day, which version is in force, and the list itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.powers.contract import competent_for, item_on, items_in_force
from plumbline.apps.powers.models import PowerItem, PowerTransfer
from plumbline.apps.powers.registers import add_power_items, power_items
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.scope.rows import set_database_scope

pytestmark = pytest.mark.django_db
CODE, PLACE, ELSEWHERE = "CG-101", "420117001", "420117002"


def make(item: str = CODE, agency: str = "DEPT", since: date = date(2015, 1, 1), **more: Any) -> PowerItem:
    facts = {"violation": "擅自处置建筑垃圾", "domain": "housing_construction", "valid_to": None} | more
    return PowerItem.objects.create(item=item, agency_id=agency, valid_from=since, **facts)


@pytest.fixture
def power() -> Iterator[PowerItem]:
    for code, level, division in (("DEPT", "district", ""), ("DEPT2", "district", ""), ("S1", "street", PLACE), ("S2", "street", ELSEWHERE)):  # fmt: skip
        Agency.objects.create(
            code=code, name=f"机关{code}", short_name=code, kind="department", level=level, division_code=division, enforces=True
        )  # fmt: skip
    row = make()
    PowerTransfer.objects.create(
        power=row, street_id="S1", decision_published_on=date(2021, 3, 3), taken_over_on=date(2021, 11, 1), ended_on=date(2025, 12, 31)
    )  # fmt: skip
    yield row
    set_database_scope(None)


@pytest.fixture
def reader(power: PowerItem) -> Client:
    person = Person.objects.create_person(login_name="du", display_name="读者", password=None)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(("place", "day", "holder"), [
    (PLACE, date(2021, 10, 31), ["DEPT"]), (PLACE, date(2021, 11, 1), ["S1"]), (PLACE, date(2025, 12, 31), ["S1"]),
    (PLACE, date(2026, 1, 1), ["DEPT"]), (ELSEWHERE, date(2024, 1, 1), ["DEPT"]), (PLACE, date(2014, 12, 31), []),
])  # fmt: skip
def test_who_is_competent_depends_on_place_and_day(
    power: PowerItem, place: str, day: date, holder: list[str]
) -> None:
    assert [each.agency_code for each in competent_for(CODE, place, day)] == holder


def test_a_decided_transfer_that_nobody_took_over_changes_nothing(power: PowerItem) -> None:
    PowerTransfer.objects.create(power=power, street_id="S2", decision_published_on=date(2021, 3, 3))
    (found,) = competent_for(CODE, ELSEWHERE, date(2024, 1, 1))
    assert found.agency_code == "DEPT" and "未承接" in found.why


def test_two_lists_that_name_the_item_are_both_answers(power: PowerItem) -> None:
    make(agency="DEPT2")
    day = date(2024, 1, 1)
    assert [each.agency_code for each in competent_for(CODE, PLACE, day)] == ["S1", "DEPT2"]
    assert [each.agency_code for each in competent_for(CODE, ELSEWHERE, day)] == ["DEPT", "DEPT2"]


def test_the_version_in_force_on_a_day(power: PowerItem) -> None:
    PowerItem.objects.filter(pk=power.pk).update(valid_to=date(2023, 6, 30))
    new = make(since=date(2023, 7, 1), violation="未经核准处置建筑垃圾")
    found = [item_on(CODE, day) for day in (date(2014, 1, 1), date(2023, 6, 30), date(2023, 7, 1))]
    assert found == [None, power, new]
    assert not items_in_force(date(2014, 1, 1)).exists()


def test_the_page_of_an_item_is_headed_by_the_version_of_today(power: PowerItem, reader: Client) -> None:
    PowerItem.objects.filter(pk=power.pk).update(valid_to=date(2029, 12, 31))
    make(since=date(2030, 1, 1), violation="将来的写法")
    page = reader.get(f"/lists/powers/{CODE}")
    assert page.context["current"] == power and len(page.context["versions"]) == 2
    assert reader.get("/lists/powers/NO-SUCH").status_code == 404


def test_the_answer_on_the_page_names_the_body_and_the_row(power: PowerItem, reader: Client) -> None:
    PowerTransfer.objects.update(ended_on=None)
    page = reader.get(f"/lists/competent?item={CODE}&place={PLACE}").content.decode()
    assert "机关S1" in page and "2021-11-01 承接" in page and f"/lists/powers/{CODE}" in page
    assert "没有找到这样的事项" in reader.get(f"/lists/competent?item=NONE&place={PLACE}").content.decode()


def test_the_list_is_paged_by_key_and_nothing_is_lost_or_shown_twice(
    power: PowerItem, reader: Client
) -> None:
    for number in range(120):
        make(item=f"X-{number:03}")
    make(item="X-060", agency="DEPT2")
    seen, after = [], ""
    while True:
        page = reader.get("/lists/powers", {"after": after}).context
        seen += [row.pk for row in page["rows"]]
        after = page["next"]
        if not after:
            break
        assert len(page["rows"]) == 50
    assert len(seen) == len(set(seen)) == 122 == page["total"]


def test_search_by_words_code_and_agency(power: PowerItem, reader: Client) -> None:
    make(item="SC-9", agency="DEPT2", violation="油烟直排")
    PowerTransfer.objects.create(power=power, street_id="S2", taken_over_on=date(2022, 1, 1))

    def found(**asked: str) -> list[str]:
        return [row.item for row in reader.get("/lists/powers", asked).context["rows"]]

    assert found(q="油烟") == ["SC-9"] and found(q="sc-9") == ["SC-9"] and found(q="渣土") == []
    assert found(agency="DEPT2") == ["SC-9"] and found(agency="S2") == [CODE]
    assert found(on="2014-01-01") == []
    assert reader.get("/lists/powers?on=gestern").status_code == 404
    assert reader.get("/lists/powers?after=999999999999999999").status_code == 200


def test_the_number_of_streets_counts_those_that_hold_it_on_the_day(power: PowerItem, reader: Client) -> None:
    PowerTransfer.objects.create(power=power, street_id="S2", taken_over_on=date(2022, 1, 1))
    (row,) = reader.get("/lists/powers").context["rows"]
    assert row.streets == 1  # the other street gave it back in 2025
    (row,) = reader.get("/lists/powers?on=2024-01-01&agency=S1").context["rows"]
    assert row.streets == 2


def test_queries_do_not_grow_with_the_list(power: PowerItem, reader: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert reader.get(address).status_code == 200
        return len(seen)

    addresses = ("/lists/powers", "/open/powers", f"/lists/powers/{CODE}", f"/lists/competent?item={CODE}&place={PLACE}")  # fmt: skip
    before = [queries(each) for each in addresses]
    for number in range(60):
        row = make(item=f"X-{number:03}")
        PowerTransfer.objects.create(power=row, street_id="S1", taken_over_on=date(2022, 1, 1))
    make(since=date(2016, 1, 1), agency="DEPT2")
    after = [queries(each) for each in addresses]
    assert max(after) <= 30
    assert all(late <= early + 1 for early, late in zip(before, after, strict=True)), (before, after)


def test_a_senders_list_adds_and_never_changes_ours(power: PowerItem) -> None:
    (document,) = power_items()
    theirs = document | {"violation": "别的写法"}
    new = document | {
        "item": "NEW-1",
        "transfers": [{"street": "S2", "taken_over_on": "2022-01-01"}, {"street": "??"}],
    }
    assert add_power_items([theirs, new], system_actor("测试")) == 1
    power.refresh_from_db()
    assert power.violation == "擅自处置建筑垃圾"
    assert list(PowerTransfer.objects.filter(power__item="NEW-1").values_list("street_id", flat=True)) == [
        "S2"
    ]
