"""Compulsion by itself, told through the actions that people use: a sealing that waits for approval, one about to
run out, and a clearing at the party's cost."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from plumbline.apps.cases.actions import Compelled, NewParty, decide_request, open_compulsion, take_step
from plumbline.apps.cases.models import Case, StepRequest
from plumbline.packs.penalty.procedures import COMPULSION
from plumbline.packs.penalty.procedures.compulsion import EXECUTION, MEASURE
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .challenge_stories import working_days_ago
from .names import credit_code, firm

STREET, ITEM = "AG-ST-002", "CG-103"
SEED = 27
_ACT: dict[str, Any] = {
    "id_shown": True, "party_present": True, "rights_told": True, "statement_heard": True, "record_signed": "party",
    "decision_delivered": True, "list_delivered": True, "av_record": "full", "related_to_case": True,
    "document_states": ["party", "reason_basis_period", "property", "remedies", "agency_seal_date"],
    "daily_necessities": False, "already_sealed": False,
}  # fmt: skip
_DEMAND = {
    "states": ["term", "manner", "amount", "right_to_state"],
    "method": "direct",
    "receipt": "signed",
}
_SERVED = {"method": "direct", "receipt": "signed"}


def tell_compulsion() -> None:
    """Three matters of the first street; nothing when they are there already or the people are not."""
    people = {p.login_name: p for p in Person.objects.filter(login_name__in=("zhou", "he"))}
    if len(people) < 2 or Case.objects.unscoped("演示数据").filter(procedure__in=COMPULSION).exists():
        return
    teller = _Teller(*(Actor.of(people[name], on=clock.today()) for name in ("zhou", "he")))
    for story in (_held, _cleared, _urgent):
        try:
            with transaction.atomic():
                story(teller)
        except (InputFault, Refusal):
            continue


class _Teller:
    def __init__(self, officer: Actor, head: Actor) -> None:
        self.officer, self.head, self.rng = officer, head, random.Random(SEED)
        rows = Person.objects.filter(tenures__post__agency_id=STREET).exclude(certificate_number="")
        others = rows.exclude(pk=officer.person_id or 0).order_by("pk")
        self.officers = (officer.number, *others.values_list("certificate_number", flat=True)[:1])

    def opens(self, at: datetime, **told: Any) -> Case:
        party = NewParty(kind="legal_person", name=firm(self.rng), credit_code=credit_code(self.rng))
        matter = Compelled(item=ITEM, officers=self.officers, party=party, **told)
        return open_compulsion(actor=self.officer, matter=matter, agency_code=STREET, occurred_at=at)

    def takes(self, case: Case, step: str, at: datetime, data: Any = None, **details: Any) -> StoredEvent:
        """A step at its time; what needs approval is approved by the head then."""
        taken = take_step(
            actor=self.officer, case=case, step=step, data=data, details=details, occurred_at=at
        )
        if isinstance(taken, StepRequest):
            done = decide_request(
                actor=self.head, request=taken, approve=True, opinion="同意。", occurred_at=at
            )
            return StoredEvent.objects.unscoped("演示数据").get(event_id=done.event_id)
        return taken


def _held(teller: _Teller) -> None:
    """Sealed with approval; its thirty days are nearly over."""
    begun = working_days_ago(18)
    case = teller.opens(
        begun, procedure=MEASURE, title="查封违规作业的建筑垃圾破碎设备", ground="clue", place="柴泊大道南侧空地",
        facts="群众举报夜间破碎建筑垃圾，现场有破碎机两台继续作业，责令停止后仍未停止。",
    )  # fmt: skip
    approved = teller.takes(
        case,
        "seizure_approved",
        begun + timedelta(minutes=40),
        grounds="设备正在用于违法处置，防止继续作业。",
    )
    teller.takes(
        case, "sealed", begun + timedelta(hours=2),
        {**_ACT, "urgent": False, "measure": approved.data["measure"]},
        officers=list(teller.officers), goods="移动式破碎机两台",
    )  # fmt: skip


def _cleared(teller: _Teller) -> None:
    """Ordered to clear the waste, demanded, decided: the last demand before the performance comes next."""

    def day(back: int) -> date:
        return working_days_ago(back).date()

    case = teller.opens(
        working_days_ago(16), procedure=EXECUTION, title="代为清除倾倒在道路旁的建筑垃圾", ground="correction",
        place="平江路与文昌大道交叉口东北侧", facts="责令清除的建筑垃圾约 120 立方米，期限届满没有清除。",
        order="责令限期改正通知书（新阳街综责改〔2026〕11号）", served_on=day(40), term_until=day(25),
    )  # fmt: skip
    teller.takes(
        case, "demand_notice_served", working_days_ago(15), {**_DEMAND, "term_until": day(5).isoformat()}
    )
    teller.takes(
        case, "substitute_decision_served", working_days_ago(2), _SERVED,
        object="清除建筑垃圾约 120 立方米", performer="新洲区环境卫生服务中心", budget=1_860_000,
    )  # fmt: skip


def _urgent(teller: _Teller) -> None:
    """Sealed at once this morning; the approval has to be made up within twenty-four hours."""
    now = clock.now()
    case = teller.opens(
        now - timedelta(hours=3), procedure=MEASURE, title="现场查封正在转移的涉案车辆", ground="inspection",
        place="新港路码头", facts="检查中发现无准运证车辆正在卸载建筑垃圾，驾驶人欲驶离现场。",
    )  # fmt: skip
    teller.takes(
        case, "sealed", now - timedelta(hours=2), {**_ACT, "urgent": True},
        officers=list(teller.officers), goods="重型自卸货车一辆",
    )  # fmt: skip
