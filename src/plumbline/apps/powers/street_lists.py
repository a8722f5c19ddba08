"""The lists of what streets and towns take over: the guide, what each has taken over, and where its work ends (行政处罚法第二十四条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import (
    Agencies,
    Basis,
    Change,
    ChangeRefused,
    Choice,
    Column,
    DatedTable,
    Day,
    Kind,
    Register,
    Row,
    Text,
    Values,
    register,
)
from plumbline.platform.verdicts.registers import registers_changed

from .contract import items_in_force
from .models import Boundary, GuideItem, PowerTransfer

ARTICLE = "行政处罚法第二十四条"
DEPARTMENTS = Agencies({"enforces": True, "level": "district"})


def items_on_lists() -> dict[str, str]:
    """Every item that some agency's list has in force, by its code."""
    rows = items_in_force(clock.today()).order_by("item").values_list("item", "violation")
    return {item: f"{item} {violation}" for item, violation in rows}


def guide_in_force(on: date) -> Any:
    dated = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return GuideItem.objects.filter(dated)


def items_on_guide() -> dict[str, str]:
    names = items_on_lists()
    codes = guide_in_force(clock.today()).order_by("item").values_list("item", flat=True)
    return {code: names.get(code, code) for code in codes}


class FromGuide(Choice):
    """An item of the guide; what is on no guide is read as well, so that the check can say why it cannot be taken over."""

    def choices(self) -> Sequence[str]:
        return tuple(items_on_guide().values())


def _fields(*names: str) -> tuple[Any, Any]:
    """Reading and writing of columns that are fields of the model, the granting agency by its code, days as ISO text."""

    def read(row: Any) -> Values:
        found = {name: getattr(row, "granting_id" if name == "granting" else name) for name in names}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()
        }

    def write(values: Values) -> dict[str, Any]:
        return {
            "granting_id" if name == "granting" else name: values.get(name) or ([] if name == "basis" else "")
            for name in names
        }

    return read, write


def _check_item(values: Values, _agency: str) -> Mapping[str, str]:
    """An item of these lists stands on the granting agency's own list."""
    held = items_in_force(clock.today()).filter(item=values["item"], agency_id=values["granting"])
    if not held.exists():
        return {"item": "赋权机关的执法事项清单上没有这一项。请核对编码和机关，或先修订该机关的清单。"}
    return {}


_read_guide, _write_guide = _fields("item", "granting", "decision", "published_on", "guidance", "oversight")
GUIDE = register(
    Register(
        key="takeover-guide",
        title="街道赋权事项指导清单",
        owner="district",
        basis=ARTICLE,
        unit="项",
        order=20,
        about="街道、镇可以承接哪些事项，由省级决定公布；街道只能从这里选择承接。",
        columns=(
            Column("item", "事项", Choice(items_on_lists), required=True),
            Column("granting", "赋权机关", DEPARTMENTS, required=True),
            Column("decision", "省级决定", Text(200), required=True, example="省人民政府关于赋予街道行政执法权的决定（示例）"),
            Column("published_on", "决定公布日", Day(), required=True, example="2021-03-03"),
            Column("guidance", "业务指导责任", Text(500, many_lines=True), required=True, shown=False, example="每季度培训一次，办理疑难案件时派员指导"),
            Column("oversight", "监管责任", Text(500, many_lines=True), required=True, shown=False, example="日常监管仍由赋权机关负责，发现违法线索移送街道"),
        ),
        keys=("item",),
        table=DatedTable(
            GuideItem, read=_read_guide, write=_write_guide, key=lambda values: {"item": values["item"]},
            agency="", order=("item", "pk"),
        ),
        check=_check_item,
    )
)  # fmt: skip

_read_boundary, _write_boundary = _fields(
    "item", "granting", "granting_does", "street_does", "hand_over", "basis"
)
BOUNDARIES = register(
    Register(
        key="takeover-boundaries",
        title="赋权机关与街道职责边界清单",
        owner="district",
        basis=ARTICLE,
        unit="项",
        order=24,
        columns=(
            Column("item", "事项", Choice(items_on_lists), required=True),
            Column("granting", "赋权机关", DEPARTMENTS, required=True),
            Column("granting_does", "赋权机关的职责", Text(500, many_lines=True), required=True, example="许可、日常监管、技术鉴定"),
            Column("street_does", "街道、镇的职责", Text(500, many_lines=True), required=True, example="辖区巡查、立案、处罚、执行"),
            Column("hand_over", "移送情形", Text(500, many_lines=True), required=True, example="跨街道的；需要吊销许可证件的"),
            Column("basis", "依据", Basis(levels=False), example="《行政处罚法》第二十四条", shown=False),
        ),
        keys=("item",),
        table=DatedTable(
            Boundary, read=_read_boundary, write=_write_boundary, key=lambda values: {"item": values["item"]},
            agency="", order=("item", "pk"),
        ),
        check=_check_item,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Takeovers:
    """What streets hold: transfers of the item version in force that day, taken over and not taken back."""

    def _held(self, agency: str | None, on: date) -> Any:
        in_force = Q(power__valid_from__lte=on) & (
            Q(power__valid_to__isnull=True) | Q(power__valid_to__gte=on)
        )
        held = Q(taken_over_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        rows = PowerTransfer.objects.filter(in_force & held).select_related("power")
        return rows if agency is None else rows.filter(street_id=agency)

    def count(self, agency: str | None, on: date) -> int:
        return int(self._held(agency, on).count())

    def rows(self, agency: str | None, on: date) -> Iterable[Row]:
        for each in self._held(agency, on).order_by("street_id", "power__item", "pk"):
            published = each.decision_published_on
            values = {
                "item": each.power.item,
                "granting": each.power.agency_id,
                "decision_published_on": published.isoformat() if published else None,
            }
            yield Row(each.street_id, values, each.taken_over_on, each.ended_on)

    def apply(self, changes: Sequence[Change], *, agency: str, on: date, actor: Actor) -> None:
        """The effective day is the day of taking over; an ended row was held to the day before it."""
        for change in changes:
            item = change.either["item"]
            if change.kind != Kind.ADD:
                self._end(agency, item, on)
            if change.after is not None:
                self._begin(agency, change.after, on)
        registers_changed()

    def _end(self, street: str, item: str, on: date) -> None:
        held = PowerTransfer.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=on),
            street_id=street,
            power__item=item,
            taken_over_on__isnull=False,
        )
        if held.filter(taken_over_on__gte=on).exists():
            raise ChangeRefused(f"“{item}”的承接在 {on} 当天或以后才开始。请把生效日期改到以后")
        held.update(ended_on=on - timedelta(days=1))

    def _begin(self, street: str, values: Values, on: date) -> None:
        power = items_in_force(on).filter(item=values["item"], agency_id=values["granting"]).first()
        if power is None:
            raise ChangeRefused(f"“{values['item']}”在 {on} 不在赋权机关生效的执法事项清单上。请退回核对")
        published = date.fromisoformat(values["decision_published_on"])
        if published > on:
            raise ChangeRefused(f"“{values['item']}”的省级决定 {published} 才公布，不能在 {on} 承接")
        PowerTransfer.objects.create(
            power=power, street_id=street, decision_published_on=published, taken_over_on=on
        )
        # A version of the item that begins later is held as well.
        for later in type(power).objects.filter(
            item=power.item, agency_id=power.agency_id, valid_from__gt=on, valid_from__gte=power.valid_from
        ):
            PowerTransfer.objects.create(
                power=later, street_id=street, decision_published_on=published, taken_over_on=on
            )


def _check_takeover(values: Values, _agency: str) -> Mapping[str, str]:
    """A street takes over only what the guide has, from the agency and by the decision that the guide names."""
    row = guide_in_force(clock.today()).filter(item=values["item"]).select_related("granting").first()
    if row is None:
        return {"item": "指导清单上没有这一项，不能承接。请从指导清单选择，或报区司法局修订指导清单。"}
    if row.granting_id != values["granting"]:
        return {"granting": f"指导清单上这一项的赋权机关是{row.granting.short_name}。请改正。"}
    if row.published_on.isoformat() != values["decision_published_on"]:
        return {"decision_published_on": f"指导清单上的省级决定于 {row.published_on} 公布。请改正。"}
    return {}


TAKEOVERS = register(
    Register(
        key="takeovers",
        links=(("空白与冲突一览", "/lists/gaps"),),
        title="街道承接事项清单",
        owner="agency",
        basis=ARTICLE,
        unit="项",
        order=22,
        about="每个街道、镇确认承接的事项。生效日期就是承接日期；从清单终止的，终止前一日为最后一日。没有承接的事项，街道不能立案。",
        may_keep={"kind__in": ["subdistrict_office", "town_government"]},
        columns=(
            Column("item", "事项", FromGuide(items_on_lists), required=True),
            Column("granting", "赋权机关", DEPARTMENTS, required=True),
            Column("decision_published_on", "省级决定公布日", Day(), required=True, example="2021-03-03"),
        ),
        keys=("item",),
        table=Takeovers(),
        check=_check_takeover,
    )
)  # fmt: skip
