"""The catalogue of existing documents as a list of the district: what was issued before this register began is taken over.

A document of the catalogue is published, so it has an event of its own and every later step; how it was made is not known
here, and the rules say so. Documents made on this platform stand in the list too and are changed by their steps alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from plumbline.packs.normdoc.words import EVALUATIONS
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists import (
    Change,
    ChangeRefused,
    Choice,
    Code,
    Column,
    Day,
    Kind,
    Register,
    Row,
    Text,
    Values,
    register,
)
from plumbline.vocabulary import load_vocabulary

from .events import CATALOGUED
from .keeping import bring_in_line, register_moved
from .kinds import NORM
from .models import NormDoc, NormEntry
from .numbering import take_register_number
from .reading import KIND, NormFile

DAYS = ("published_on", "effective_from", "valid_to", "filed_on")


def _agency(name: str) -> Agency | None:
    return Agency.objects.filter(name=name).first() or Agency.objects.filter(short_name=name).first()


def _check(values: Values, _agency_code: str) -> Mapping[str, str]:
    faults = {
        name: f"没有名称为“{values[name]}”的单位。请填写单位的全称或者简称。"
        for name in ("maker", "drafter")
        if values.get(name) and _agency(values[name]) is None
    }
    published, effective = values.get("published_on"), values.get("effective_from")
    if published and effective and effective < published:
        faults["effective_from"] = "施行日期早于发布日期。请核对。"
    if effective and values.get("valid_to") and values["valid_to"] < effective:
        faults["valid_to"] = "有效期至早于施行日期。请核对。"
    return faults


def _values(doc: NormDoc) -> Values:
    return {
        "title": doc.title,
        "maker": doc.maker.name,
        "joint": doc.joint,
        "drafter": doc.agency.name,
        "number": doc.number,
        "register_no": doc.register_no,
        **{name: day.isoformat() if (day := getattr(doc, name)) else None for name in DAYS},
        "filing_no": doc.filing_no,
        "review_result": doc.review_result,
        "evaluation": doc.evaluation,
    }


class CatalogueTable:
    """Every document published by a day. Rows are added and, where they were taken over, corrected; never removed."""

    def _published(self, on: date) -> Any:
        rows = NormDoc.objects.unscoped("现有文件目录").filter(kind=KIND, published_on__lte=on)
        rows = rows.exclude(number="")
        return rows.select_related("maker", "agency").order_by("published_on", "pk")

    def rows(self, agency: str | None, on: date) -> Iterable[Row]:
        for doc in self._published(on):
            yield Row("", _values(doc), doc.published_on, None)

    def count(self, agency: str | None, on: date) -> int:
        return int(self._published(on).count())

    def apply(self, changes: Sequence[Change], *, agency: str, on: date, actor: Actor) -> None:
        for change in changes:
            if change.after is None:
                raise ChangeRefused(f"“{change.key}”不能从目录中删去。失效的文件请在文件页面办理废止或者失效")
            found = NormDoc.objects.unscoped("现有文件目录").filter(kind=KIND, number=change.key).first()
            if change.kind == Kind.ADD:
                if found is not None:
                    raise ChangeRefused(f"“{change.key}”已经在目录中。请退回，重新核对这一行")
                self._add(change.after, actor)
            elif found is None or not found.catalogued:
                raise ChangeRefused(f"“{change.key}”是在本平台制定公布的，只能由它自己的步骤改变")
            else:
                self._correct(found, change.after, actor)
        register_moved()

    def _add(self, values: Values, actor: Actor) -> None:
        published = date.fromisoformat(values["published_on"])
        columns = _columns(values)
        columns["register_no"] = columns["register_no"] or take_register_number(published.year)
        if NormDoc.objects.unscoped("核对统一登记号").filter(register_no=columns["register_no"]).exists():
            raise ChangeRefused(f"统一登记号 {columns['register_no']} 已经用过。请核对后重新填写")
        maker = columns["maker"]
        doc = NormDoc.objects.create(
            matter_id=f"GF-{maker.code}-{published.year}-{uuid.uuid4().hex[:10]}",
            procedure_version=NORM.procedures[0].version,
            begun_on=published,
            catalogued=True,
            by_label=actor.label,
            **columns,
        )
        stored = record(
            actor=actor,
            matter=doc.matter_id,
            kind=KIND,
            activity="document_published",
            agency=maker.code,
            occurred_at=published,
        )
        NormEntry.objects.create(doc=doc, step="published", event_id=stored.event_id, by_label=actor.label)
        _noted(doc, actor)

    def _correct(self, doc: NormDoc, values: Values, actor: Actor) -> None:
        if values.get("register_no") and values["register_no"] != doc.register_no:
            raise ChangeRefused(f"“{doc.number}”的统一登记号已经公布，不能改变")
        columns = _columns(values) | {"register_no": doc.register_no}
        if columns["published_on"] != doc.published_on:
            raise ChangeRefused(f"“{doc.number}”的发布日期已经记入日志，不能在目录中改变")
        for name, value in columns.items():
            setattr(doc, name, value)
        doc.save()
        _noted(doc, actor)


def _columns(values: Values) -> dict[str, Any]:
    maker = _agency(values["maker"])
    drafter = _agency(values.get("drafter") or values["maker"])
    if maker is None or drafter is None:
        raise ChangeRefused(f"没有名称为“{values['maker']}”的单位")
    return {
        "title": values["title"],
        "maker": maker,
        "agency": drafter,
        "joint": values.get("joint") or "",
        "number": values["number"],
        "register_no": values.get("register_no") or "",
        **{name: date.fromisoformat(day) if (day := values.get(name)) else None for name in DAYS},
        "filing_no": values.get("filing_no") or "",
        "review_result": values.get("review_result") or "",
        "evaluation": values.get("evaluation") or "",
    }


def _noted(doc: NormDoc, actor: Actor) -> None:
    record(
        actor=actor,
        matter=doc.matter_id,
        kind=KIND,
        activity=CATALOGUED,
        agency=doc.maker_id,
        data={"register_no": doc.register_no},
    )
    bring_in_line(doc, NormFile(doc))


CATALOGUE = register(
    Register(
        key="normative-documents",
        title="行政规范性文件目录（现有文件）",
        owner="district",
        basis="新政办[2022]14号 二(五)3",
        about="登记制度以前公布的文件从这里收入：没有统一登记号的自动取号。处理状态由日期得出，备案材料在文件页面收存，都在“规范性文件”页导出。",
        unit="件",
        order=70,
        columns=(
            Column("title", "文件名称", Text(200), required=True, example="城市道路临时占用管理办法"),
            Column("maker", "制定机关", Text(100), required=True, help="单位的全称或者简称。", example="区政府"),
            Column("joint", "联合制定机关", Text(300), shown=False),
            Column("drafter", "主办机关", Text(100), help="不填的与制定机关相同。", example="城管执法"),
            Column("number", "文号", Text(80), required=True, example="新政规〔2021〕5号"),
            Column("register_no", "统一登记号", Code(60), help="没有的不填，公布这一版时自动取号。"),
            Column("published_on", "发布日期", Day(), required=True, example="2021-06-01"),
            Column("effective_from", "施行日期", Day(), required=True, example="2021-07-01"),
            Column("valid_to", "有效期至", Day(), example="2026-06-30"),
            Column("filed_on", "备案日期", Day(), shown=False),
            Column("filing_no", "备案登记号", Text(80), shown=False),
            Column("review_result", "合法性审查意见", Choice(dict(load_vocabulary().enums["review_result"])), shown=False),
            Column("evaluation", "评估结论", Choice(dict(EVALUATIONS)), shown=False),
        ),
        keys=("number",),
        table=CatalogueTable(),
        check=_check,
        row_url=lambda values: f"/norms?q={values['number']}",
        public=False,
    )
)  # fmt: skip
