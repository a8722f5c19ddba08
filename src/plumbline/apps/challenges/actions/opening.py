"""Registering a challenge against a penalty case: the row and its first step together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.packs.reconsideration.procedures import PROCEDURES, Entry, entry, procedure_for
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..deciding import decision_days
from ..models import Challenge, Stage
from ..policies import may_register, may_register_entry
from ..reading import ChallengeFile
from .taking import IN_CASE, carry_out

FIRST = tuple(sorted({s.activity for each in PROCEDURES for s in each.steps.values() if not s.after}))


@dataclass(frozen=True)
class Particulars:
    """What the row knows of a matter besides its events. ``continues`` is the matter that this one goes on from."""

    organ: str
    applicant: str
    number: str = ""
    claims: str = ""
    continues: Challenge | None = None


@action(
    "challenges.register",
    policy=may_register,
    on="case",
    records=(*FIRST, *IN_CASE),
    basis="行政复议法第三十二条、第四十八条，行政诉讼法第六十七条，国家赔偿法第十三条",
)
def register_challenge(
    *,
    actor: Actor,
    case: Any,
    way: str,
    particulars: Particulars,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: date | datetime | None = None,
) -> Challenge:
    """Register by the way in ``way`` (see the pack's entries) what arrived at ``occurred_at``."""
    chosen = entry(way)
    if chosen is None:
        raise InputFault({"": "请选择收到的是什么。"})
    may_register_entry(actor, case, chosen).demand()
    occurred = occurred_at or clock.now()
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    _demand(case, chosen, particulars, on)
    declared = procedure_for(chosen.procedure, on)
    challenge = Challenge.objects.create(
        matter_id=f"{_PREFIX[chosen.kind]}-{case.agency_id}-{on.year}-{uuid.uuid4().hex[:10]}",
        route=chosen.kind,
        procedure=declared.key,
        procedure_version=declared.version,
        agency_id=case.agency_id,
        case=case,
        organ=particulars.organ.strip(),
        heard_by=_office(actor) if chosen.procedure == "reconsideration_here" else None,
        number=particulars.number.strip(),
        applicant=particulars.applicant.strip(),
        claims=(particulars.claims or str((details or {}).get("claims", ""))).strip(),
        continues=particulars.continues,
        opened_on=on,
        registered_label=actor.label,
    )
    file = ChallengeFile(challenge)
    carry_out(actor, file, chosen.first, data=data or {}, details=details or {}, occurred=occurred)
    return challenge


_PREFIX = {"reconsideration": "FY", "litigation": "SS", "compensation": "PC"}


def _office(actor: Actor) -> Agency:
    """The district's own office: the supervision organ (区司法局), which is the reconsideration office too."""
    found = Agency.objects.filter(kind="supervision_organ").order_by("code").first()
    if found is None:
        raise Refusal(
            "本区还没有登记行政复议机构",
            basis="行政复议法第四条",
            next_step="请系统管理员在单位中登记区司法局后再办。",
        )
    return found


def _demand(case: Any, chosen: Entry, particulars: Particulars, on: date) -> None:
    faults = {}
    if not particulars.organ.strip():
        faults["organ"] = "请填写复议机关或者法院的名称。"
    if not particulars.applicant.strip():
        faults["applicant"] = "请填写申请人或者原告。"
    if on > clock.today():
        faults["occurred_on"] = f"收到日期 {on} 在将来。请填写实际收到的日期。"
    decided = decision_days(case)
    if not decided and chosen.kind != "compensation":
        raise Refusal(
            "本案还没有作出处罚决定，没有可以复议、诉讼的决定",
            basis=chosen.first.basis,
            next_step="当事人对强制措施不服的，请在措施所在的案件作出决定后登记，或者另行登记赔偿申请。",
        )
    if decided and on < decided[0]:
        faults["occurred_on"] = f"收到日期早于处罚决定日（{decided[0]}）。请改为决定作出之后的日期。"
    if on < min(each.in_force_from for each in PROCEDURES if each.key == chosen.procedure):
        faults["occurred_on"] = "收到日期早于本程序现行法律的施行日，不能在本平台登记。请核对日期。"
    if faults:
        raise InputFault(faults)
    running = Challenge.objects.unscoped("核对重复登记").filter(
        case=case, route=chosen.kind, ended_on__isnull=True
    )
    twin = running.exclude(stage__in=[Stage.CLOSED, Stage.VOID]).first()
    if twin is not None and twin.number == particulars.number.strip():
        raise Refusal(
            f"本案已有一件没有终结的{twin.get_route_display()}（{twin}，{twin.opened_on} 收到）",
            next_step="请在那一件中继续办理；确是另一件的，请填写不同的案号。",
            next_url=f"/challenges/{twin.matter_id}",
        )
