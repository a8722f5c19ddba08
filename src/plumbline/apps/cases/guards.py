"""Whether a step may be taken: it presupposes what has happened, it comes in order of time, and no rule says 不得.

Three guards in this order. The first two follow from the declaration; the third asks the same rules that supervise
afterwards, on the case as it would be with the step in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.apps.agencies.contract import strangers
from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.verdicts.evaluation import blocking_verdicts, rule_book
from plumbline.platform.verdicts.registers import current_registers
from plumbline.rules import Verdict, evaluate
from plumbline.rules.words import path_zh
from plumbline.vocabulary import Event, Matter

from .reading import CaseFile, MatterFile, activity_zh

PAYMENTS = (
    "fine_paid",
    "fine_collected_on_spot",
    "deferral_granted",
    "demand_notice_served",
)


@dataclass(frozen=True)
class Closed:
    """Why a step is not open: one sentence, and the step that comes first (its key) if there is one."""

    reason: str
    basis: str
    first: str = ""


def closed_because(step: Step, file: MatterFile) -> Closed | None:
    """Why ``step`` cannot be taken as the case stands, or None when it is open."""
    if file.follows_another and not _left_to_a_merged_case(step, file):
        return Closed("本案已并入主案，请在主案办理", "行政处罚案件并案办理（平台内部控制）")
    for alternatives in step.after:
        if not file.happened(*alternatives):
            return Closed(f"尚未{activity_zh(alternatives[0])}", step.basis, alternatives[0])
    for activity in step.until:
        if activity == step.activity and step.repeat:
            continue
        event = file.last(activity)
        if event is not None:
            return Closed(f"{event.on:%Y-%m-%d} 已{activity_zh(activity)}", step.basis)
    if not step.repeat and file.happened(step.activity):
        event = file.last(step.activity)
        return Closed(f"{event.on:%Y-%m-%d} 已{activity_zh(step.activity)}", step.basis)  # type: ignore[union-attr]
    if step.activity in PAYMENTS and isinstance(file, CaseFile) and 0 < file.fine_imposed <= file.fine_paid:
        return Closed("罚款已经缴清", step.basis)
    if step.of is not None and not step.urgent and not file.open_instances(step.of):
        return Closed(f"没有{step.of.what}", step.basis)
    if file.happened("file_archived") and step.activity != "file_archived" and not step.outlives:
        return Closed("案卷已归档，不再增减", "行政处罚法第四十七条")
    return None


def _left_to_a_merged_case(step: Step, file: MatterFile) -> bool:
    """What a case that was merged still does itself: end its own measures, leave the leading case, close."""
    return (
        step.key == "case_unmerged"
        or step.phase in {"measures", "challenge"}
        or (step.phase == "closing" and file.happened("investigation_terminated"))
    )


def demand_instance(step: Step, file: MatterFile, data: Mapping[str, Any]) -> None:
    """The instance that a step ends or carries out must be open, unless the act was urgent and has none yet."""
    if step.of is None or not step.of.key or data.get(step.of.key) is None:
        return
    number = data[step.of.key]
    if any(event.data.get(step.of.key) == number for event in file.open_instances(step.of)):
        return
    taken = any(event.data.get(step.of.key) == number for event in file.all(*step.of.start, *step.of.ends))
    if not (step.urgent and data.get(step.urgent) is True and not taken):
        way = "请先报批；情况紧急的，写明情况紧急，事后补批。" if step.urgent else "请刷新页面后重新选择。"
        raise Refusal(f"不能{step.verb}：没有{step.of.what}", basis=step.basis, next_step=way)


def demand_open(step: Step, file: MatterFile) -> None:
    """Refuse a step that is not open."""
    closed = closed_because(step, file)
    if closed is not None:
        first = file.procedure.steps.get(closed.first)
        raise Refusal(
            f"不能{step.verb}：{closed.reason}",
            basis=closed.basis,
            next_step=f"请先{first.verb}。" if first else "",
        )


def demand_time(step: Step, file: MatterFile, occurred: date | datetime) -> None:
    """The time typed for a step: not in the future, and not before what it presupposes."""
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    if on > clock.today() or (isinstance(occurred, datetime) and occurred > clock.now()):
        raise InputFault({"occurred_on": f"“{step.label}”的时间 {on} 在将来。请填写实际发生的时间。"})
    before: list[Event] = []
    for alternatives in step.after:
        before += file.all(*alternatives)[:1]
    if step.of is not None:
        before += file.open_instances(step.of)[:1]
    for event in before:
        too_early = (
            occurred < event.at if isinstance(occurred, datetime) and event.at is not None else on < event.on
        )
        if too_early:
            zh = activity_zh(event.activity)
            shown = f"{event.at:%Y-%m-%d %H:%M}" if event.at else f"{event.on}"
            raise InputFault(
                {"occurred_on": f"“{step.label}”的时间早于“{zh}”（{shown}）。请改为不早于它的时间。"}
            )


def demand_lawful(
    step_label: str,
    file: MatterFile,
    candidate: Mapping[str, Any],
    demands: Sequence[str] = (),
    *,
    outside: bool = False,
) -> None:
    """Refuse a step that a rule forbids; the refusal names what is missing, the article, and the next step.

    ``demands`` are rules that this step takes as gates besides those that are gates everywhere. What comes from
    ``outside`` meets the gates alone.
    """
    if not outside:
        _demand_own_officers(step_label, candidate)
    against = (
        blocking_verdicts(file.events, candidate) if outside else objections(file.events, candidate, demands)
    )
    if not against:
        return
    reasons = [objection_zh(verdict) for verdict in against]
    first = against[0]
    remedies = dict.fromkeys(v.definition.remedy_zh for v in against if v.definition.remedy_zh)
    raise Refusal(
        f"不能{step_label}：{'；'.join(reasons)}",
        basis="、".join(dict.fromkeys(f"{v.citation.law}{v.citation.article}" for v in against)),
        next_step="".join(remedies) or f"请按{first.citation.law}{first.citation.article}补正后再办。",
        next_url=f"{file.page}#checks",
    )


def _demand_own_officers(step_label: str, candidate: Mapping[str, Any]) -> None:
    """Whoever was moved acts for the agency he was moved to: a control of ours beside the rule of two officers."""
    officers = [each["id"] for each in candidate.get("actors") or () if each["role"] == "officer"]
    on = date.fromisoformat(candidate["occurred_at"][:10])
    away = strangers(candidate["agency"], officers, on)
    if away:
        raise Refusal(
            f"不能{step_label}：{'、'.join(away)} 在 {on} 的执法证件属于其他机关",
            basis="行政处罚法第四十二条",
            next_step="请换由本机关当日持有效证件的人员办理，并在案件中更换承办人。",
        )


def objection_zh(verdict: Verdict) -> str:
    """What a rule objects to, short enough for a refusal."""
    duty = verdict.definition.duty_zh.rstrip("。")
    if verdict.verdict == "unknown" and verdict.missing:
        lacks = "、".join(dict.fromkeys(path_zh(path) for path in verdict.missing))
        return f"{duty}（缺少{lacks}，不能判断）"
    if verdict.verdict == "error":
        return f"{duty}（规则出错，不能判断；请联系系统管理员）"
    if verdict.due_text and verdict.verdict == "breached":
        return f"{duty}（{verdict.due_text[:10]} 届满）"
    return duty


def objections(
    existing: Sequence[Event], candidate: Mapping[str, Any], demands: Sequence[str] = ()
) -> list[Verdict]:
    """What speaks against recording ``candidate``: its gate rules, and any other duty that it alone would breach.

    The second kind is a step taken too early (a waiting period still running) or one that shuts a door (closing with
    a duty undone). A clock that had run out anyway is no reason to refuse recording what was done late.
    """
    against = blocking_verdicts(existing, candidate)
    named = {verdict.rule for verdict in against}
    return against + [v for v in _newly_breached(existing, candidate, demands) if v.rule not in named]


def _newly_breached(
    existing: Sequence[Event], candidate: Mapping[str, Any], demands: Sequence[str]
) -> list[Verdict]:
    if not existing:
        return []
    registers, calendar = current_registers()
    added = Event.from_json(dict(candidate), max(event.order for event in existing) + 1)
    moment = max(clock.now(), added.recorded)
    rules = rule_book().touched_by(frozenset({added.activity}))

    def breached(events: Sequence[Event]) -> list[Verdict]:
        matter = Matter.of(events, moment)
        found = evaluate(rules, matter, registers=registers, calendar=calendar, as_of=moment)
        return [verdict for verdict in found if verdict.verdict == "breached"]

    day = added.on.isoformat()
    after = [
        verdict
        for verdict in breached([*existing, added])
        if (verdict.rule in demands if verdict.subject == added.id else _still_open(verdict, day))
    ]
    if not after:
        return []
    before = {(verdict.rule, verdict.subject) for verdict in breached(existing)}
    return [verdict for verdict in after if (verdict.rule, verdict.subject) not in before]


def _still_open(verdict: Verdict, day: str) -> bool:
    """Whether a duty was not late before the step came: what had run out anyway forbids nothing."""
    return verdict.due_text is None or verdict.due_text[:10] >= day
