"""Requests at every point of their way: waiting, asked about, passed on, reminded of, returned with remarks, deputised."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from plumbline.apps.cases import actions
from plumbline.apps.cases.contract import file_of
from plumbline.apps.cases.fills import filled
from plumbline.apps.cases.models import Case, Stage, StepRequest
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Deputy, Person, Post
from plumbline.vocabulary import load_vocabulary

MOST = 6


def tell_approvals() -> None:
    """What an officer of the street has sent to its head, and what has become of it."""
    people = {login: Person.objects.get(login_name=login) for login in ("zhou", "he", "li", "chen")}
    zhou, he = (Actor.of(people[login], on=clock.today()) for login in ("zhou", "he"))
    street = zhou.agency_code
    today = clock.today()
    head = Post.objects.get(agency_id=street, title="负责人")
    Deputy.objects.create(
        person=people["li"],
        post=head,
        from_on=today + timedelta(days=7),
        to_on=today + timedelta(days=14),
        reason="负责人外出培训",
    )
    cases = Case.objects.unscoped("演示数据").filter(
        agency_id=street, stage__in=[Stage.NOTICE, Stage.REVIEW, Stage.FILED], procedure="ordinary"
    )
    waiting: list[StepRequest] = []
    for case in cases.select_related("agency", "party").order_by("-opened_on", "pk")[:60]:
        if len(waiting) == MOST:
            break
        request = _proposed(zhou, case)
        if request is not None:
            waiting.append(request)
    _go_on(waiting, zhou, he)


def _go_on(waiting: list[StepRequest], zhou: Actor, he: Actor) -> None:
    """One step further for each but the first two."""
    if len(waiting) > 2:
        actions.open_request(actor=he, request=waiting[2])
        reviewing = Post.objects.get(agency_id=zhou.agency_code, title="法制审核")
        actions.ask_opinion(
            actor=he, request=waiting[2], posts=[reviewing.pk], question="程序上还有没有欠缺？"
        )
    if len(waiting) > 3:
        actions.open_request(actor=he, request=waiting[3])
        actions.remind_request(actor=zhou, request=waiting[3], text="期限将近，请尽快审批。")
    if len(waiting) > 4:
        line = "@reasons" if waiting[4].step == "decision_made" else "reason"
        lines = [actions.Remark(line, "理由", "请写明起止日期和依据材料。")]
        actions.decide_request(
            actor=he, request=waiting[4], approve=False, opinion="理由不够具体。", remarks=lines
        )


def _proposed(actor: Actor, case: Case) -> StepRequest | None:
    """The decision where the law allows it by now, else a suspension that waits for an appraisal."""
    for step, data, details in (_decision(case), _suspension()):
        try:
            with transaction.atomic():
                if step == "decision_made" and case.stage == Stage.NOTICE:
                    # The days for a statement still run; the party has given them up in writing.
                    waived = {"proof": "当事人签名的放弃声明"}
                    actions.take_step(
                        actor=actor,
                        case=case,
                        step="statement_waived",
                        data={"waives": ["statement"]},
                        details=waived,
                    )
                return actions.submit_step(actor=actor, case=case, step=step, data=data, details=details)
        except (InputFault, Refusal):
            continue
    return None


def _decision(case: Case) -> tuple[str, dict[str, object], dict[str, str]]:
    file, words = file_of(case), load_vocabulary().enums
    proposed = dict(file.value("penalty_notice_served", "proposed", {}) or {})
    chosen = filled(file, "discretion.benchmark") or "none"
    benchmark, _, step = str(chosen).partition("|")
    return (
        "decision_made",
        {
            "outcome": "penalty",
            "penalty": proposed,
            "evidence": filled(file, "evidence") or [],
            "facts_clear": True,
            "evidence_sufficient": True,
            "complex": False,
            "major": False,
            "major_public_interest": False,
            "leniency": "none",
            "mitigation": None,
            "benchmark": {"benchmark": benchmark, "step": step, "adjusted": False} if step else None,
            "document_states": list(words["document_part"]),
            "document_sealed": True,
            "reconsideration_told": list(words["reconsideration_notice_part"]),
        },
        {"facts": case.summary, "reasons": "根据情节和整改情况，在法定幅度内裁量。"},
    )


def _suspension() -> tuple[str, dict[str, object], dict[str, str]]:
    return "investigation_suspended", {"reason": "现场数量需要测绘鉴定，结论出具前无法查清。"}, {}
