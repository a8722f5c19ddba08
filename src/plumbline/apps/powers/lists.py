"""The lists that this app keeps, as ``platform.lists`` declares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models

from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import (
    Basis,
    Choice,
    Choices,
    Code,
    Column,
    DatedTable,
    Register,
    Text,
    Values,
    register,
)
from plumbline.vocabulary import load_vocabulary

from .cells import Ranges
from .models import PowerItem, PowerTransfer


def _enum(name: str) -> Mapping[str, str]:
    return load_vocabulary().enums[name]


def domains() -> Mapping[str, str]:
    return _enum("domain")


def penalty_kinds() -> Mapping[str, str]:
    return _enum("penalty_kind")


def _read_power(row: Any) -> Values:
    return {
        "item": row.item,
        "violation": row.violation,
        "domain": row.domain,
        "basis": row.basis,
        "kinds": row.kinds,
        "ranges": row.ranges,
    }


def _write_power(values: Values) -> dict[str, Any]:
    return {
        "item": values["item"],
        "violation": values["violation"],
        "domain": values["domain"],
        "basis": values["basis"] or [],
        "kinds": values.get("kinds") or [],
        "ranges": values.get("ranges") or [],
    }


def _carry_transfers(
    pairs: Sequence[tuple[models.Model | None, models.Model | None]], on: date, _actor: Actor
) -> None:
    """What streets have taken over stays taken over when the item gets a new version; when it ends, so does that."""
    old = {pair[0].pk: pair[1] for pair in pairs if pair[0] is not None}
    held = PowerTransfer.objects.filter(power_id__in=old).exclude(ended_on__lt=on)
    PowerTransfer.objects.bulk_create(
        PowerTransfer(
            power_id=new.pk,
            street_id=each.street_id,
            decision_published_on=each.decision_published_on,
            taken_over_on=each.taken_over_on,
            ended_on=each.ended_on,
        )
        for each in held
        if (new := old[each.power_id]) is not None
    )


def _check_power(values: Values, _agency: str) -> Mapping[str, str]:
    """Fines stand behind kinds that fine, and the other way round."""
    fines = "fine" in (values.get("kinds") or [])
    if values.get("ranges") and not fines:
        return {"kinds": "写了罚款幅度，而处罚种类里没有罚款。请补上罚款，或删去幅度。"}
    if fines and not values.get("ranges"):
        return {"ranges": "处罚种类有罚款，请写明罚款幅度。"}
    return {}


def power_url(values: Values) -> str:
    return f"/lists/powers/{values['item']}"


POWERS = register(
    Register(
        key="power-items",
        title="行政执法事项清单",
        owner="agency",
        basis="新政办[2022]14号 二(一)",
        about="各机关的执法事项。街道、镇承接的事项在“街道承接事项”，不在这里重复编制。",
        unit="项",
        order=10,
        may_keep={"level": "district"},
        columns=(
            Column("item", "事项编码", Code(50), required=True, example="CG-101", help="同一事项的编码不变，修改内容形成新版本"),
            Column("violation", "违法行为", Text(200), required=True, example="随意倾倒建筑垃圾"),
            Column("domain", "领域", Choice(domains), required=True, example="住房和城乡建设、城市管理"),
            Column(
                "basis", "依据", Basis(), required=True,
                example="《城市建筑垃圾管理规定》第二十六条（部门规章）",
            ),
            Column("kinds", "处罚种类", Choices(penalty_kinds), required=True, example="警告、罚款"),
            Column("ranges", "罚款幅度", Ranges(), example="单位 5000 至 50000；个人 200 以下"),
        ),
        keys=("item",),
        table=DatedTable(
            PowerItem, read=_read_power, write=_write_power, key=lambda values: {"item": values["item"]},
            order=("item", "pk"), after=_carry_transfers, told_to_rules=True,
        ),
        check=_check_power,
        row_url=power_url,
    )
)  # fmt: skip
