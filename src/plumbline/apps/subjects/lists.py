"""The list of enforcement subjects as ``platform.lists`` declares it: Excel in and out, revisions, history.

A new subject is confirmed by the review of the revision and is shown to the public only with the government's consent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from plumbline.apps.agencies.contract import Change, note_change
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists import (
    Basis,
    Cell,
    ChangeRefused,
    Choice,
    Code,
    Column,
    DatedTable,
    Day,
    Register,
    Text,
    Values,
    register,
)

from .keeping import rest_on
from .models import Ending, Kind, Subject, SubjectPost

TEXTS = ("name", "kind", "scope", "area", "responsible", "phone", "entrusted_powers")
DAYS = ("entrusted_from", "entrusted_to")


@dataclass(frozen=True)
class Cited(Cell):
    """Articles as ``Basis`` reads them. A subject's articles are watched by its own page, not by the watch of the lists."""

    basis: Basis = field(default_factory=Basis)

    def read(self, said: str) -> Any:
        return self.basis.read(said)

    def show(self, value: Any) -> str:
        return self.basis.show(value)

    @property
    def long(self) -> bool:
        return True

    @property
    def says(self) -> str:
        return self.basis.says


class SubjectTable(DatedTable):
    """Subjects with the articles of all of them read at once."""

    def _in_force(self, on: date) -> models.QuerySet[Any]:
        return super()._in_force(on).prefetch_related("bases")


def _read(row: Any) -> Values:
    bases = [
        {"law": b.law, "article": b.article, **({"level": b.level} if b.level else {})}
        for b in row.bases.all()
    ]
    days = {name: getattr(row, name).isoformat() if getattr(row, name) else None for name in DAYS}
    return {"code": row.code, **{name: getattr(row, name) for name in TEXTS}, "bases": bases, **days}


def _write(values: Values) -> dict[str, Any]:
    days = {name: date.fromisoformat(values[name]) if values.get(name) else None for name in DAYS}
    texts = {name: values.get(name) or "" for name in TEXTS}
    return {"code": values["code"], "stated_bases": values["bases"] or [], **texts, **days}


def _check(values: Values, agency: str) -> Mapping[str, str]:
    faults: dict[str, str] = {}
    entrusted = values.get("kind") == Kind.ENTRUSTED
    if not entrusted and values.get("code") != agency:
        faults["code"] = f"本机关的主体编码是 {agency}；只有受委托组织另有编码。"
    if entrusted and not all(values.get(name) for name in ("entrusted_powers", *DAYS)):
        faults["entrusted_powers"] = "受委托组织请写明委托的事项、权限和期限（行政处罚法第二十条）。"
    if any(each.get("level") == "normative_document" for each in values.get("bases") or ()):
        faults["bases"] = "规范性文件不能作为主体资格依据。请填写法律、法规或者规章。"
    return faults


def _follow(pairs: Sequence[tuple[models.Model | None, models.Model | None]], on: date, actor: Actor) -> None:
    for old, new in pairs:
        before = old if isinstance(old, Subject) else None
        after = new if isinstance(new, Subject) else None
        if after is None:
            name = before.name if before else ""
            raise ChangeRefused(f"“{name}”的终止要写明方式和承继机关。请在主体页办理合并或撤销，再去掉这一行")
        rest_on(after, after.stated_bases)
        if before is None:
            Agency.objects.filter(code=after.code, subject_confirmed_on=None).update(subject_confirmed_on=on)
            continue
        before.ended_as, before.ended_reason, before.successor = Ending.CHANGED, "名录修订", after.code
        before.save(update_fields=["ended_as", "ended_reason", "successor"])
        after.round_id, after.consented_on = before.round_id, before.consented_on
        after.consent_number, after.published_on = (
            before.consent_number,
            before.published_on and clock.today(),
        )
        after.save(update_fields=["round", "consented_on", "consent_number", "published_on"])
        SubjectPost.objects.bulk_create(
            SubjectPost(
                subject=after, title=p.title, post_class=p.post_class, duty=p.duty, officers=p.officers
            )
            for p in before.posts.all()
        )
        note_change(
            actor=actor, agency_code=after.agency_id, what=Change.SUBJECT_CHANGED, about=after.code, name=after.name,
            changed_on=on, shown=after.published_on is not None,
        )  # fmt: skip


SUBJECTS = register(
    Register(
        key="subjects",
        title="行政执法主体名录",
        owner="agency",
        basis="行政执法监督条例第十七条；新政办[2022]14号 二(二)2",
        about="本机关和受它委托的组织。岗位和人员在清理中报送；合并、撤销在主体页办理。",
        unit="个",
        order=70,
        columns=(
            Column("code", "主体编码", Code(50), required=True, example="AG-ST-002"),
            Column("name", "主体名称", Text(120), required=True, example="阳逻街道办事处"),
            Column("kind", "主体类别", Choice(lambda: dict(Kind.choices)), required=True, example="街道、镇"),
            Column("bases", "主体资格依据", Cited(), required=True, example="《行政处罚法》第二十四条（法律）"),
            Column("scope", "执法范围", Text(4000, many_lines=True), required=True, example="承接的城市管理执法事项", shown=False),
            Column("area", "执法区域", Text(120), required=True, example="阳逻街道"),
            Column("responsible", "负责人", Text(40), required=True, example="何建国"),
            Column("phone", "公开电话", Text(40), required=True, example="027-89350000", shown=False),
            Column("entrusted_powers", "委托的事项和权限", Text(500), shown=False, help="受委托组织填写"),
            Column("entrusted_from", "委托期限起", Day(), shown=False, help="受委托组织填写"),
            Column("entrusted_to", "委托期限止", Day(), shown=False, help="受委托组织填写"),
        ),
        keys=("code",),
        table=SubjectTable(
            Subject, read=_read, write=_write, key=lambda values: {"code": values["code"]}, order=("name", "pk"),
            after=_follow, valid_from="confirmed_on", told_to_rules=True, after_additions=True,
        ),
        check=_check,
        row_url=lambda values: f"/subjects?q={values['code']}",
    )
)  # fmt: skip
