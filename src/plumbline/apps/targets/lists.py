"""The register of targets as ``platform.lists`` declares it: Excel in and out, revisions, history. Natural persons are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import (
    Change,
    ChangeRefused,
    Choice,
    Code,
    Column,
    Day,
    Lines,
    Register,
    Row,
    Text,
    Values,
    register,
)
from plumbline.platform.lists import Kind as ChangeKind

from .actions import FIELDS, keep_version, tidy, wrong_with
from .models import Kind, Life, Target, TargetVersion
from .queries import current

REASON = "名录修订"


def firms() -> Mapping[str, str]:
    return {value: label for value, label in Kind.choices if value != Kind.NATURAL_PERSON}


def lives() -> Mapping[str, str]:
    return dict(Life.choices)


class Targets:
    """Rows are the versions in force on a day; a change closes the open version and writes the next one."""

    def standing(self, agency: str | None, on: date) -> QuerySet[TargetVersion]:
        versions = TargetVersion.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on, target__merged_into=None
        ).exclude(target__kind=Kind.NATURAL_PERSON)
        return versions.select_related("target").order_by("target__credit_code", "-pk")

    def row_of(self, each: TargetVersion) -> Row:
        values = {name: each.values.get(name) for name in FIELDS}
        return Row("", {"credit_code": each.target.credit_code, **values}, each.valid_from, each.valid_to)

    def rows(self, agency: str | None, on: date) -> Iterable[Row]:
        # In parts: a page of a long list takes the first few and leaves the rest unread.
        for each in self.standing(agency, on).iterator(chunk_size=500):
            yield self.row_of(each)

    def count(self, agency: str | None, on: date) -> int:
        return self.standing(agency, on).count()

    def apply(self, changes: Sequence[Change], *, agency: str, on: date, actor: Actor) -> None:
        codes = [change.key for change in changes]
        known = {row.credit_code: row for row in current().filter(credit_code__in=codes)}
        for change in changes:
            target = known.get(change.key)
            if (target is None) != (change.kind == ChangeKind.ADD):
                state = "已经在名录上" if target is not None else "不在名录上"
                raise ChangeRefused(f"“{change.key}”{state}，可能刚被改过。请退回，重新核对这一行")
            if change.after is None:
                raise ChangeRefused(
                    f"“{change.key}”不能从名录中删去。注销、吊销的，把登记状态改为注销或者吊销，并填写日期"
                )
            kept = tidy(_dated(change.after))
            if target is None:
                target = Target.objects.create(since=on, **kept)
            else:
                for name in FIELDS:
                    setattr(target, name, kept[name])
                target.save(update_fields=list(FIELDS))
            keep_version(actor, target, on, REASON)


def _dated(values: Values) -> dict[str, Any]:
    day = values.get("life_on")
    return {**values, "life_on": date.fromisoformat(day) if day else None}


def _check(values: Values, _agency: str) -> Mapping[str, str]:
    return wrong_with(_dated(values), fresh=False)


TARGETS = register(
    Register(
        key="targets",
        title="执法对象名录",
        owner="district",
        basis="国办发〔2015〕58号；新政办[2022]14号 二(二)3",
        about="企业、个体工商户和其他组织。代码按国家标准校验；自然人不在这份名录中导入导出。",
        unit="个",
        order=74,
        public=False,
        columns=(
            Column("credit_code", "统一社会信用代码", Code(18), required=True, example="91420117MA00000154"),
            Column("name", "名称", Text(200), required=True, example="武汉恒泰建材有限公司"),
            Column("kind", "类别", Choice(firms), required=True, example="法人"),
            Column("trade", "行业", Text(60), example="建材"),
            Column("address", "住所", Text(200), example="阳逻街道平江路 18 号"),
            Column("legal_representative", "法定代表人（负责人）", Text(60), example="王守成"),
            Column("division_code", "行政区划代码", Code(12), shown=False, example="420117003000"),
            Column("life", "登记状态", Choice(lives), required=True, example="存续"),
            Column("life_on", "注销、吊销日", Day(), shown=False),
            Column("tags", "监管标签", Lines(20), shown=False, example="渣土运输；重点监管"),
        ),
        keys=("credit_code",),
        table=Targets(),
        check=_check,
        row_url=lambda values: f"/targets?q={values['credit_code']}",
    )
)  # fmt: skip
