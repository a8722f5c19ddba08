"""Beginning a linkage: the row and its first step together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.apps.cases.contract import holds
from plumbline.packs.transfer.procedures import (
    OUTSIDE,
    PROCEDURES,
    PROCURATORATE,
    Entry,
    entry,
    procedure_for,
)
from plumbline.platform import clock
from plumbline.platform.actions import Decision, InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.rows import whole_district

from ..models import Linkage, Route, Stage
from ..policies import may_begin, organs
from ..reading import LinkageFile
from .taking import carry_out

FIRST = tuple(sorted({s.activity for each in PROCEDURES for s in each.steps.values() if not s.after}))
_PREFIX = {
    "crime": "XJ",
    "reverse": "FX",
    "suggestion": "JY",
    "opinion": "YJ",
    "judicial": "SF",
    "advice": "JC",
    "clue": "XS",
    "flash": "SB",
}


@dataclass(frozen=True)
class Particulars:
    """What the row knows besides its events: the body at the other end, the agency addressed, a name, the case behind."""

    organ: str = ""
    agency: str = ""
    title: str = ""
    case: Any = None


def may_begin_by(actor: Actor, way: str) -> Decision:
    chosen = entry(way)
    return may_begin(actor, chosen) if chosen is not None else Decision(False, "没有这种衔接方式")


@action(
    "linkage.begin",
    policy=may_begin_by,
    on="way",
    records=FIRST,
    basis="行政执法机关移送涉嫌犯罪案件的规定第三条、第十三条，人民检察院检察建议工作规定，行政诉讼法第九十六条，监察法第十一条、第三十七条",
)
def begin_linkage(
    *,
    actor: Actor,
    way: str,
    particulars: Particulars,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: date | datetime | None = None,
) -> Linkage:
    """Begin by the way ``way`` (see the pack's entries) with what happened at ``occurred_at``."""
    chosen = entry(way)
    assert chosen is not None
    occurred = occurred_at or clock.now()
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    agency, organ, watching = _bodies(actor, chosen, particulars)
    case = particulars.case
    _demand(actor, chosen, particulars, agency)
    declared = procedure_for(chosen.procedure, on)
    code = f"{_PREFIX[chosen.procedure]}-{agency.code}-{on.year}-{uuid.uuid4().hex[:8]}"
    with whole_district():
        within = case is not None and chosen.procedure == Route.CRIME
        linkage = Linkage.objects.create(
            code=code,
            route=chosen.procedure,
            procedure=declared.key,
            procedure_version=declared.version,
            # A crime found in a case is a step of that case; a clue about an official is kept away from it.
            matter_id=case.matter_id if within else code,
            kind=case.kind if within else _kind(chosen, agency),
            agency=agency,
            organ=organ,
            procuratorate=watching,
            parties=[agency.code],
            case=case,
            title=_title(particulars),
            person_id=actor.person_id if chosen.side not in OUTSIDE else None,
            by_label=actor.label,
            opened_on=on,
        )
        carry_out(
            actor,
            LinkageFile(linkage),
            chosen.first,
            data=data or {},
            details=details or {},
            occurred=occurred,
        )
    return linkage


def _kind(chosen: Entry, agency: Agency) -> str:
    """The contract's kind: an agency's clue on duty crimes stands under the rules on transfers (规定第十九条)."""
    if chosen.procedure == Route.CLUE and agency.kind != "supervision_organ":
        return "crime_transfer"
    return next(each.kind for each in PROCEDURES if each.key == chosen.procedure)


def _bodies(actor: Actor, chosen: Entry, given: Particulars) -> tuple[Agency, Agency, Agency | None]:
    """The agency, the body at the other end, and for a crime transfer the procuratorate that watches it."""
    if chosen.side in OUTSIDE:
        agency = Agency.objects.filter(pk=given.agency).first()
        if agency is None:
            raise InputFault({"agency": "请选择收文的行政机关。"})
        return agency, Agency.objects.get(pk=actor.agency_code), None
    found = [each for each in organs(chosen.organ) if not given.organ or each.code == given.organ]
    if not found:
        raise InputFault({"organ": "请选择对方机关；列表是空的，请系统管理员先登记该机关。"})
    watching = organs(PROCURATORATE) if chosen.procedure == Route.CRIME else []
    own = given.case.agency_id if given.case is not None else actor.agency_code
    return Agency.objects.get(pk=own), found[0], watching[0] if watching else None


def _title(given: Particulars) -> str:
    return (given.title.strip() or (given.case.title if given.case is not None else ""))[:200]


def _demand(actor: Actor, chosen: Entry, given: Particulars, agency: Agency) -> None:
    case = given.case
    if case is None:
        if not given.title.strip():
            raise InputFault({"title": "请填写名称，用一句话说清是什么事。"})
        return
    if chosen.procedure == Route.CRIME:
        if not any(holds(actor, each, case) for each in ("cases.handle", "cases.approve")):
            raise Refusal("您不承办本案", basis=chosen.first.basis, next_step="请由本案承办人员登记。")
        running = Linkage.objects.unscoped("核对重复登记").filter(
            case=case, route=Route.CRIME, ended_on__isnull=True
        )
        twin = running.exclude(stage__in=[Stage.CLOSED, Stage.VOID]).first()
        if twin is not None:
            raise Refusal(
                f"本案已有一件没有办结的移送（{twin.opened_on} 登记）",
                next_step="请在那一件中继续办理。",
                next_url=twin.page,
            )
