"""The stages: self-check of each unit, acceptance by the city item by item, rectification of every deduction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..events import (
    ACCEPTANCE_RECORDED,
    RECTIFICATION_PROVED,
    RECTIFICATION_VERIFIED,
    SELF_CHECK_KEPT,
    SELF_CHECK_REVIEWED,
    SELF_CHECK_SUBMITTED,
)
from ..freezing import digest
from ..models import (
    AcceptanceCheck,
    Deliverable,
    Rectification,
    RectificationProof,
    SelfCheck,
    Share,
    Task,
)
from ..policies import REPORT, may_fill, may_lead, may_prove, may_read_check, may_verify
from ..scoring import frozen_check, unit_tasks
from .opening import tell
from .reporting import taken

STEPS = "新政办[2022]14号 三(二)至(四)"
LEAST = 4


@action("programme.self_check", policy=may_fill, on="row", records=(SELF_CHECK_KEPT,), basis=STEPS)
def keep_self_check(
    *, actor: Actor, row: SelfCheck, answers: Mapping[str, Mapping[str, Any]], summary: str
) -> SelfCheck:
    """Keep a unit's own scores and words for its tasks."""
    full = {line.code: line.term.points for line in unit_tasks(row.programme, row.agency_id)}
    faults = {}
    kept = {}
    for code, most in full.items():
        told = answers.get(code, {})
        score, words = told.get("score"), str(told.get("words", "")).strip()
        if score is not None and not 0 <= score <= most:
            faults[f"score-{code}"] = f"{code} 自评分在 0 至 {most} 之间。"
        kept[code] = {"score": score, "words": words[:300]}
    if faults:
        raise InputFault(faults)
    row.answers, row.summary = kept, summary.strip()[:1000]
    row.save()
    tell(actor, row.programme, SELF_CHECK_KEPT, {"number": row.number}, agency=row.agency_id)
    return row


@action(
    "programme.self_check_submit", policy=may_fill, on="row", records=(SELF_CHECK_SUBMITTED,), basis=STEPS
)
def submit_self_check(*, actor: Actor, row: SelfCheck, on: date | None = None) -> SelfCheck:
    """Freeze the self-check with the fingerprints of what the unit has handed in, and send it to 区司法局."""
    day = on or row.programme.today()
    lines = unit_tasks(row.programme, row.agency_id)
    missing = [line.code for line in lines if row.answers.get(line.code, {}).get("score") is None]
    if missing:
        raise Refusal(f"还没有自评：{'、'.join(missing)}", basis=STEPS, next_step="请逐项填写后再报送。")
    silent = [
        line.code
        for line in lines
        if row.answers[line.code]["score"] < line.term.points and not row.answers[line.code]["words"]
    ]
    if silent:
        raise Refusal(f"自评没有得满分的，请写明问题：{'、'.join(silent)}", next_step="补充后再报送。")
    if len(row.summary) < LEAST:
        raise Refusal("还没有写自查小结", next_step="请概括做得好的、存在的问题和打算。")
    row.content = frozen_check(row, day)
    row.sha256, row.submitted_on, row.submitted_label = digest(row.content), day, actor.label
    row.save()
    told = {"number": row.number, "sha256": row.sha256}
    tell(actor, row.programme, SELF_CHECK_SUBMITTED, told, agency=row.agency_id, on=day)
    return row


@action(
    "programme.self_check_review",
    policy=may_read_check,
    on="row",
    records=(SELF_CHECK_REVIEWED,),
    basis=STEPS,
)
def review_self_check(
    *, actor: Actor, row: SelfCheck, accept: bool, opinion: str = "", on: date | None = None
) -> SelfCheck:
    """Accept a self-check, or return it; the unit then fills in a further one."""
    if not accept and len(opinion.strip()) < LEAST:
        raise InputFault({"opinion": "退回的，请写明要补充或者更正什么。"})
    row.accepted, row.opinion = accept, opinion.strip()[:300]
    row.reviewed_on, row.reviewed_label = on or row.programme.today(), actor.label
    row.save()
    if not accept:
        SelfCheck.objects.create(
            programme=row.programme, agency_id=row.agency_id, number=row.number + 1, answers=row.answers, summary=row.summary
        )  # fmt: skip
    told = {"number": row.number, "accepted": accept}
    tell(actor, row.programme, SELF_CHECK_REVIEWED, told, agency=row.agency_id, on=row.reviewed_on)
    notify(
        title="自查已通过审阅" if accept else "自查退回补正", body=row.opinion,
        url=f"/programmes/{row.programme.key}/units/{row.agency_id}/self-check", agency_code=row.agency_id, capability=REPORT,
    )  # fmt: skip
    return row


@action("programme.accept", policy=may_lead, records=(ACCEPTANCE_RECORDED,), basis=STEPS)
def record_acceptance(
    *,
    actor: Actor,
    task: Task,
    score: int,
    inspectors: str,
    finding: str = "",
    units: Sequence[str] = (),
    demand: str = "",
    due_on: date | None = None,
    on: date | None = None,
) -> AcceptanceCheck:
    """Record what 市司法局 found on a task; a deduction names the units that have to put it right, and by when."""
    programme = task.programme
    day = on or programme.today()
    full = task.terms.get(until_on=None).points
    shared = set(
        Share.objects.unscoped("承担任务的单位")
        .filter(task=task, until_on=None)
        .values_list("agency_id", flat=True)
    )
    faults = _acceptance_faults(score, full, inspectors, finding, units, demand, due_on, day)
    if set(units) - shared:
        faults["units"] = "有的单位不承担这项任务。"
    if faults:
        raise InputFault(faults)
    files = Deliverable.objects.unscoped("验收时的成果").filter(share__task=task, on__lte=day)
    row = AcceptanceCheck.objects.create(
        programme=programme, task=task, on=day, inspectors=inspectors.strip()[:100], full=full, score=score,
        finding=finding.strip()[:500], by_label=actor.label,
        evidence=[
            {"agency": f.agency_id, "title": f.title, "version": f.version, "sha256": f.sha256}
            for f in files.order_by("agency_id", "title", "version")
        ],
    )  # fmt: skip
    for code in units if score < full else ():
        made = Rectification.objects.create(
            check_row=row, agency_id=code, demand=demand.strip()[:300], due_on=due_on, opened_on=day
        )
        notify(
            title=f"整改：{task.code} 验收扣分", body=made.demand, url=f"/programmes/{programme.key}/rectifications/{made.pk}",
            agency_code=code, capability=REPORT,
        )  # fmt: skip
    told = {"task": task.code, "score": score, "full": full, "units": list(units)}
    tell(actor, programme, ACCEPTANCE_RECORDED, told, on=day)
    return row


def _acceptance_faults(
    score: int,
    full: int,
    inspectors: str,
    finding: str,
    units: Sequence[str],
    demand: str,
    due_on: date | None,
    day: date,
) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not 0 <= score <= full:
        faults["score"] = f"得分在 0 至 {full} 之间。"
    if not inspectors.strip():
        faults["inspectors"] = "请写明验收人员。"
    if score < full:
        if len(finding.strip()) < LEAST:
            faults["finding"] = "扣分的，请写明扣分的事实。"
        if not units:
            faults["units"] = "扣分的，请选择负责整改的单位。"
        if len(demand.strip()) < LEAST:
            faults["demand"] = "扣分的，请写明整改要求。"
        if due_on is None or due_on < day:
            faults["due_on"] = "扣分的，请写明验收日以后的整改期限。"
    return faults


@action("programme.prove", policy=may_prove, on="row", records=(RECTIFICATION_PROVED,), basis=STEPS)
def prove_rectification(
    *, actor: Actor, row: Rectification, text: str, file: Any, on: date | None = None
) -> RectificationProof:
    """Hand in what shows that a deduction was put right, or that a directive was carried out."""
    programme = row.programme
    if len(text.strip()) < LEAST:
        raise InputFault({"text": f"请写明怎样{'整改' if row.check_row_id else '办理'}、结果怎样。"})
    if file is None:
        raise InputFault({"file": f"请附上{row.word}证明。"})
    waiting = RectificationProof.objects.unscoped("等待核实的证明").filter(
        rectification=row, verified_on=None
    )
    if waiting.exists():
        raise Refusal("上一份证明还在等待核实", next_step="请等区司法局核实后再报送。")
    day = on or programme.today()
    made = RectificationProof.objects.create(
        rectification=row, agency_id=row.agency_id, text=text.strip()[:500], on=day, by_label=actor.label,
        by_number=actor.number, **taken(file),
    )  # fmt: skip
    told = {"rectification": row.pk, "sha256": made.sha256}
    tell(actor, programme, RECTIFICATION_PROVED, told, agency=row.agency_id, on=day)
    return made


@action("programme.verify", policy=may_verify, on="proof", records=(RECTIFICATION_VERIFIED,), basis=STEPS)
def verify_rectification(
    *, actor: Actor, proof: RectificationProof, accept: bool, opinion: str = "", on: date | None = None
) -> RectificationProof:
    """Say whether the proof is enough; a returned one needs another."""
    if not accept and len(opinion.strip()) < LEAST:
        raise InputFault({"opinion": "不通过的，请写明还缺什么。"})
    row = proof.rectification
    programme = row.programme
    proof.accepted, proof.opinion = accept, opinion.strip()[:300]
    proof.verified_on, proof.verified_label = on or programme.today(), actor.label
    proof.save()
    told = {"rectification": row.pk, "proof": proof.pk, "accepted": accept}
    tell(actor, programme, RECTIFICATION_VERIFIED, told, agency=row.agency_id, on=proof.verified_on)
    notify(
        title=f"{row.word}已通过核实" if accept else f"{row.word}证明退回", body=proof.opinion,
        url=f"/programmes/{programme.key}/rectifications/{row.pk}", agency_code=row.agency_id, capability=REPORT,
    )  # fmt: skip
    return proof
