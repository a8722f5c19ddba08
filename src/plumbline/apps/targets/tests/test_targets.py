"""Official numbers, the history of a target, duplicates and mergers, and a case that takes a firm over by its code."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.targets.numbers import check_credit_code, check_identity
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.scope.rows import set_database_scope

TODAY = date(2026, 11, 24)
CODE, OTHER_CODE = "91420117MA00000154", "92420117MA0000023U"
#: The vectors of the domain files: published samples of the standards, the rest issued to nobody.
VECTORS = (
    ("gb32100", "91350100M000100Y43", ""),
    ("gb32100", "11420117MB0000019T", ""),
    ("gb32100", "11420117MB0000027M", ""),
    ("gb32100", CODE, ""),
    ("gb32100", OTHER_CODE, ""),
    ("gb32100", "52420117MJ0000018Y", ""),
    ("gb32100", "12420117MB0000035D", ""),
    ("gb32100", "91420117MA00000310", "invalid_check"),
    ("gb32100", "91420117IA0000031R", "invalid_charset"),
    ("gb32100", "91420117MA0000031", "invalid_length"),
    ("gb11643", "11010519491231002X", ""),
    ("gb11643", "420117190001010018", ""),
    ("gb11643", "420117190002290015", "invalid_date"),
    ("gb11643", "420117190001010010", "invalid_check"),
    ("gb11643", "420117000101001", "invalid_length"),
    ("gb11643", "420117209901010010", "invalid_date"),
    ("gb11643", "99011719900101001X", "invalid_place"),
)


@pytest.mark.parametrize(("standard", "typed", "fault"), VECTORS)
def test_a_number_is_right_or_says_what_is_wrong(standard: str, typed: str, fault: str) -> None:
    checked = check_credit_code(typed) if standard == "gb32100" else check_identity(typed, on=TODAY)
    assert checked.fault == fault
    assert checked.number == ("" if fault else typed)
    assert bool(checked.fault_zh) is bool(fault)


def test_the_old_fifteen_digits_are_converted_from_lists_only() -> None:
    checked = check_identity("420117000101001", on=TODAY, old_form=True)
    assert (checked.number, checked.converted) == ("420117190001010018", True)
    assert check_identity("42011700010100x", on=TODAY, old_form=True).fault == "invalid_length"
    assert check_credit_code(" 91420117 ma000001 54 ").number == CODE


def firm(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "legal_person", "credit_code": CODE, "name": "武汉恒泰建材有限公司", "trade": "建材",
        "address": "平江路 18 号", "legal_representative": "王守成", "division_code": "", "life": "active", "tags": [],
        **changes,
    }  # fmt: skip


@pytest.fixture
def world(db: None) -> Any:
    from plumbline.apps.cases.tests.world import REGISTERS, STREET, World, stated_registers

    with stated_registers(REGISTERS):
        made = World().build()
        made.keeper = made.person(
            "wei", "维护岗", "", STREET, "维护岗", ["registers.maintain"], "other", staff="W1"
        )
        made.bureau = made.person(
            "ju",
            "司法局岗",
            "",
            STREET,
            "司法局岗",
            ["supervision.supervise"],
            "other",
            staff="W2",
            scope="district",
        )
        yield made
    set_database_scope(None)


def test_a_change_keeps_what_was_said_before(world: Any) -> None:
    from plumbline.apps.targets.actions import add_target, change_target
    from plumbline.apps.targets.lists import TARGETS
    from plumbline.platform.lists import Change, ChangeRefused, Kind

    keeper = world.actor(world.keeper)
    with pytest.raises(Refusal):
        add_target(actor=world.actor(world.officer), values=firm())
    for wrong, said in (
        ({"credit_code": "91420117MA00000310"}, "校验位不对"),
        ({"life": "revoked"}, "请填写日期"),
        ({"kind": "natural_person"}, "请填写身份证号"),
    ):
        with pytest.raises(InputFault, match=said):
            add_target(actor=keeper, values=firm(**wrong))
    target = add_target(actor=keeper, values=firm(), on=date(2026, 1, 5))
    with pytest.raises(InputFault, match="名录中已有"):
        add_target(actor=keeper, values=firm(name="另一个"))
    with pytest.raises(InputFault, match="请写明变更的理由"):
        change_target(actor=keeper, target=target, values={"address": "文昌大道 2 号"}, reason="")
    change_target(actor=keeper, target=target, values={"address": "文昌大道 2 号"}, reason="迁址")
    said = {row.values["address"] for row in TARGETS.table.rows("", date(2026, 6, 1))}
    now = {row.values["address"] for row in TARGETS.table.rows("", clock.today())}
    assert (said, now) == ({"平江路 18 号"}, {"文昌大道 2 号"})
    added = {**firm(credit_code=OTHER_CODE, name="新洲柳溪餐饮店", kind="trader"), "life_on": None}
    assert not TARGETS.check(added, "")
    TARGETS.table.apply(
        [Change(OTHER_CODE, Kind.ADD, None, added)], agency="", on=clock.today(), actor=keeper
    )
    assert len(list(TARGETS.table.rows("", clock.today()))) == 2
    with pytest.raises(ChangeRefused, match="不能从名录中删去"):
        TARGETS.table.apply(
            [Change(OTHER_CODE, Kind.END, added, None)], agency="", on=clock.today(), actor=keeper
        )


def test_duplicates_are_found_and_merged_with_the_history_of_both(world: Any) -> None:
    from plumbline.apps.targets.actions import add_target, merge_targets
    from plumbline.apps.targets.queries import duplicates, target_of

    keeper, bureau = world.actor(world.keeper), world.actor(world.bureau)
    keep = add_target(actor=keeper, values=firm())
    drop = add_target(actor=keeper, values=firm(credit_code=OTHER_CODE, name="武汉恒泰建材有限责任公司"))
    person = firm(kind="natural_person", identity_number="11010519491231002X", name="王守成")
    natural = add_target(actor=keeper, values=person)
    assert [[row.pk for row in group] for group in duplicates()] == [[keep.pk, drop.pk]]
    with pytest.raises(Refusal, match="不能合并"):
        merge_targets(actor=keeper, keep=keep, drop=drop, reason="换发代码")
    for wrong, said in (
        ({"drop": keep}, "另一个对象"), ({"drop": natural}, "自然人和单位"), ({"reason": " "}, "请写明"),
    ):  # fmt: skip
        with pytest.raises(InputFault, match=said):
            merge_targets(actor=bureau, **{"keep": keep, "drop": drop, "reason": "换发代码", **wrong})
    merge_targets(actor=bureau, keep=keep, drop=drop, reason="换发代码")
    assert not duplicates() and target_of(OTHER_CODE, TODAY) == keep
    client = Client()
    client.force_login(world.keeper, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/targets/{keep.pk}").content.decode()
    assert "并入本对象的" in page and OTHER_CODE in page
    assert "1101************2X" in client.get("/targets").content.decode()
    client.force_login(world.head, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/targets/{natural.pk}").status_code == 404


def test_a_code_typed_in_a_case_brings_the_party_and_loses_nothing(world: Any) -> None:
    from plumbline.apps.targets.actions import add_target

    add_target(actor=world.actor(world.keeper), values=firm())
    client = Client()
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    typed = {"summary": "倾倒建筑垃圾", "party_known": "on", "credit_code": CODE.lower(), "look_up": "1"}
    page = client.post("/cases/new", typed)
    said = page.content.decode()
    for word in ("武汉恒泰建材有限公司", "平江路 18 号", "王守成", "倾倒建筑垃圾", "请核对"):
        assert word in said
    missing = client.post("/cases/new", {**typed, "credit_code": OTHER_CODE}).content.decode()
    assert "名录中没有这个代码" in missing and "倾倒建筑垃圾" in missing
