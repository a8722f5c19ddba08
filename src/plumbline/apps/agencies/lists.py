"""The list of officers as ``platform.lists`` declares it: Excel in and out, revisions, history.

What changes here is what a certificate says, its issue and its end. Suspension, moves and annual checks are acts of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import Code, Column, DatedTable, Day, Register, Text, Values, register

from .changes import note_change
from .models import CertificateRevocation, CertificateSuspension, Change, OfficerCertificate

SAID = ("name", "field", "area")
DAYS = ("exam_passed_on", "issued_on", "valid_to")


def _read(row: Any) -> Values:
    days = {name: getattr(row, name).isoformat() if getattr(row, name) else None for name in DAYS}
    return {"number": row.number, **{name: getattr(row, name) for name in SAID}, **days}


def _write(values: Values) -> dict[str, Any]:
    days = {name: date.fromisoformat(values[name]) if values.get(name) else None for name in DAYS}
    return {"number": values["number"], **{name: values.get(name) or "" for name in SAID}, **days}


def _check(values: Values, agency: str) -> Mapping[str, str]:
    faults: dict[str, str] = {}
    exam, issued, until = (values.get(name) for name in DAYS)
    if exam and issued and issued < exam:
        faults["issued_on"] = "制发日早于考试合格日。先考试合格，后制发证件（行政执法监督条例第十七条）。"
    if until and issued and until < issued:
        faults["valid_to"] = "有效期止早于制发日。请核对证件。"
    today = clock.today()
    elsewhere = OfficerCertificate.objects.filter(
        models.Q(valid_to=None) | models.Q(valid_to__gte=today), number=values.get("number")
    ).exclude(agency_id=agency)
    if home := elsewhere.select_related("agency").first():
        faults["number"] = f"该证号现在属于{home.agency.short_name}。调入的人员请由区司法局在人员页办理调动。"
    return faults


def _follow(pairs: Sequence[tuple[models.Model | None, models.Model | None]], on: date, actor: Actor) -> None:
    """What a change of the list means for the certificate and for what the public sees."""
    for old, new in pairs:
        before = old if isinstance(old, OfficerCertificate) else None
        after = new if isinstance(new, OfficerCertificate) else None
        if before is not None and after is not None:
            before.ended_as = "renewed"
            before.save(update_fields=["ended_as"])
            after.person_id, after.published_on = before.person_id, before.published_on and clock.today()
            after.fictitious = before.fictitious
            after.save(update_fields=["person", "published_on", "fictitious"])
            for pause in before.suspensions.filter(models.Q(to_on=None) | models.Q(to_on__gte=on)):
                CertificateSuspension.objects.create(
                    certificate=after, from_on=max(on, pause.from_on), to_on=pause.to_on, reason=pause.reason
                )
            _tell(actor, after, Change.RENEWED, on, shown=after.published_on is not None)
        elif before is not None:
            CertificateRevocation.objects.create(certificate=before, on=on, reason="按名录修订注销")
            _tell(actor, before, Change.REVOKED, on, shown=before.published_on is not None)
        elif after is not None:
            _tell(actor, after, Change.ISSUED, on, shown=False)


def _tell(actor: Actor, row: OfficerCertificate, what: str, on: date, *, shown: bool) -> None:
    note_change(
        actor=actor, agency_code=row.agency_id, what=what, about=row.number, name=row.name, changed_on=on,
        certificate=row, shown=shown,
    )  # fmt: skip


OFFICERS = register(
    Register(
        key="officers",
        title="行政执法人员名录",
        owner="agency",
        basis="行政执法监督条例第十七条；新政办[2022]14号 二(二)2",
        about="证件上写的内容，以及新领和注销。暂扣、调动、年检在人员页办理；新领的要公开后才进入公开名录。",
        unit="人",
        order=72,
        public=False,
        columns=(
            Column("number", "执法证号", Code(40), required=True, example="HB17ST00201"),
            Column("name", "姓名", Text(40), required=True, example="周晓岚"),
            Column("field", "执法领域", Text(60), required=True, example="城市管理综合执法"),
            Column("area", "执法区域", Text(60), required=True, example="武汉市新洲区"),
            Column("exam_passed_on", "资格考试合格日", Day(), example="2022-04-16"),
            Column("issued_on", "制发日", Day(), example="2022-06-01"),
            Column("valid_to", "有效期止", Day(), example="2027-05-31", help="证件没有载明的空着"),
        ),
        keys=("number",),
        table=DatedTable(
            OfficerCertificate, read=_read, write=_write, key=lambda values: {"number": values["number"]},
            order=("number",), after=_follow, told_to_rules=True, after_additions=True,
        ),
        check=_check,
        row_url=lambda values: f"/lists/officers?q={values['number']}",
    )
)  # fmt: skip
