"""Where a document stands in each legal step, what comes next, and the materials that a review wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.apps.cases.contract import closed_because
from plumbline.packs.normdoc.words import EVALUATIONS
from plumbline.packs.procedures import Phase, Step
from plumbline.platform import clock

from .choices import PaperKind, Stage
from .models import NormPaper
from .reading import NormFile

#: How long before its last day a document's evaluation becomes a task. Our own reminder; no article sets a day.
REMIND = timedelta(days=180)


@dataclass(frozen=True)
class PhaseState:
    """A legal step as the page shows it. ``state``: done, now, wait, todo or na."""

    phase: Phase
    state: str
    when: str
    note: str


def phases_of(file: NormFile) -> list[PhaseState]:
    """Every step with its state; the first that has to be done and is not is ``now``."""
    found: list[PhaseState] = []
    now = False
    over = file.doc.stage in {Stage.STOPPED, Stage.ENDED}
    for phase in file.procedure.phases:
        if phase.side and not file.happened(*phase.done_by):
            continue
        state = _state(phase, file)
        # A review that was asked for leads: the two reviews wait for nobody.
        leads = phase.key == "reviewing" if file.reviewing else not now
        if state.state == "todo" and leads and not over:
            now, state = True, PhaseState(phase, "now", _doing(phase, file), state.note)
        elif state.state in {"todo", "wait"} and over:
            state = PhaseState(phase, "na", "未办理", phase.basis)
        found.append(state)
    return found


def _state(phase: Phase, file: NormFile) -> PhaseState:
    reopened = (phase.key == "opening" and file.commenting) or (phase.key == "reviewing" and file.reviewing)
    done = file.last(*phase.done_by)
    if done is not None and not reopened and not _unfinished(phase, file):
        return PhaseState(phase, "done", f"{done.on:%Y-%m-%d}", phase.basis)
    why = _not_needed(phase, file)
    if why and done is None:
        return PhaseState(phase, "na", *why)
    if file.doc.is_policy:
        return _of_policy(phase, file)
    if phase.key in {"assessing", "opening"} and file.says("affects_rights") is False and done is None:
        if not file.says("business_related"):
            return PhaseState(phase, "na", "可以不办", "申报为不涉及权利义务")
    if phase.key == "filing" and file.doc.catalogued and file.doc.filed_on:
        return PhaseState(phase, "done", f"{file.doc.filed_on:%Y-%m-%d}", phase.basis)
    if phase.key == "evaluating":
        return _evaluation(phase, file)
    if phase.key == "interpreting" and file.doc.is_published:
        return PhaseState(phase, "wait", "可以办理", phase.basis)
    before_taken_over = file.doc.catalogued and phase.key not in {
        "filing",
        "interpreting",
        "evaluating",
        "ending",
    }
    if before_taken_over and phase.key != "publishing":
        return PhaseState(phase, "na", "没有记录", "从现有文件目录收入")
    return PhaseState(phase, "todo", "未办理", phase.basis)


#: What a phase depends on in the declaration, and what is said where it was declared not so.
_NEEDS = {
    "competition": ("business_related", "不适用", "申报为与生产经营无关"),
    "experts": ("specialised", "不适用", "申报为专业性、技术性不强"),
    "risk": ("risky", "不适用", "申报为没有不利影响的可能"),
}


def _not_needed(phase: Phase, file: NormFile) -> tuple[str, str] | None:
    """Why a phase does not apply, in the two lines of the list; None where it does or nobody has said."""
    name, *said = _NEEDS.get(phase.key, ("", "", ""))
    if name and file.says(name) is False:
        return said[0], said[1]
    if file.says("secret") and phase.key == "opening":
        return "依法保密", "不公开征求意见"
    if file.says("secret") and phase.key == "publishing" and file.doc.is_policy:
        return "依法不公开", "不公布"
    return None


def _of_policy(phase: Phase, file: NormFile) -> PhaseState:
    """A phase of a decision that nobody has taken yet: what may follow its publication waits, it is nobody's task."""
    later = {"interpreting": "可以办理", "executing": "执行中报告", "evaluating": "需要时评估"}
    if phase.key in later:
        open_now = file.happened("collective_decision_made")
        return PhaseState(phase, "wait", later[phase.key] if open_now else "作出决策以后", phase.basis)
    return PhaseState(phase, "todo", "未办理", phase.basis)


def _unfinished(phase: Phase, file: NormFile) -> bool:
    """What is done in the log and yet not finished: comments without the adoption told, a review that found fault."""
    if phase.key == "opening":
        return file.happened("draft_published_for_comment") and not file.happened("adoption_published")
    if phase.key == "reviewing":
        return not file.found_lawful and not file.happened("collective_decision_made")
    return False


def _doing(phase: Phase, file: NormFile) -> str:
    if phase.key == "opening" and file.commenting and file.doc.comment_until:
        return f"至 {file.doc.comment_until:%m-%d}"
    if phase.key == "opening" and file.happened("comment_closed"):
        return "待公布采纳情况"
    if phase.key == "reviewing" and file.reviewing:
        return "审查中"
    if phase.key == "reviewing" and file.happened("legality_review_given"):
        return "须修改后再送审"
    if phase.key == "filing" and file.open_instances_of("filing_submitted"):
        return "已报送"
    return "待办理"


def _evaluation(phase: Phase, file: NormFile) -> PhaseState:
    last = file.doc.last_day
    if not file.doc.is_published:
        return PhaseState(phase, "wait", "公布以后", phase.basis)
    if last is not None and last - REMIND <= clock.today():
        return PhaseState(phase, "todo", "到期前评估", f"有效期至 {last}")
    return PhaseState(phase, "wait", f"有效期至 {last}" if last else "没有有效期", phase.basis)


def next_step(file: NormFile, phase: Phase) -> Step | None:
    """The step that leads on within a phase: its first main step that is open."""
    steps = file.procedure.steps
    keys: Sequence[str] = phase.main
    if phase.key == "opening" and not file.commenting:
        keys = ("adoption",) if file.happened("comment_closed") else ("opened",)
    elif phase.key == "opening":
        keys = ("closed",)
    elif phase.key == "reviewing":
        keys = ("review_given",) if file.reviewing else ("review_requested",)
    elif phase.key == "filing":
        keys = ("filed",) if file.open_instances_of("filing_submitted") else ("filing_sent",)
    in_order = [steps[key] for key in keys if key in steps]
    return next((step for step in in_order if closed_because(step, file) is None), None)


@dataclass(frozen=True)
class Material:
    """A material of the review and whether it is there; a list of the house, no article sets it."""

    label: str
    present: bool
    note: str = ""


def materials(file: NormFile, papers: Sequence[NormPaper]) -> list[Material]:
    """What a legality review looks at: kept papers, or what the steps themselves recorded."""
    kinds = {paper.kind for paper in papers if not paper.withdrawn}
    text = file.text
    if file.doc.is_policy:
        return _materials_of_policy(file, kinds)
    found = [
        Material("送审稿", text is not None, f"第 {text.version} 版" if text else "请先保存文本"),
        Material("制定说明", PaperKind.NOTE in kinds or bool(file.doc.necessity), "必要性见起草申报"),
        Material("制定依据", bool(file.doc.basis), f"{len(file.doc.basis)} 条"),
        Material("评估论证", file.happened("assessment_done") or PaperKind.ASSESSMENT in kinds),
        Material("征求意见和采纳情况", file.happened("adoption_published") or PaperKind.COMMENTS in kinds),
    ]
    if file.says("business_related"):
        done = file.happened("fair_competition_review_given") or PaperKind.FAIR in kinds
        found.append(Material("公平竞争审查意见", done))
        heard = any(entry.details.get("heard") for entry in file.entries.values() if entry.step == "assessed")
        found.append(
            Material("企业、行业协会商会的意见", heard, "民营经济促进法第四十五条；在评估论证中填写")
        )
    return found


def _materials_of_policy(file: NormFile, kinds: set[str]) -> list[Material]:
    """What is sent to the review and the meeting with a decision's draft (重大行政决策程序暂行条例第二十六条、第二十九条)."""
    text = file.text
    listened = file.happened("comment_closed", "policy_opinions_heard")
    told = file.happened("adoption_published") or not file.happened("draft_published_for_comment")
    found = [
        Material("决策草案", text is not None, f"第 {text.version} 版" if text else "请先保存文本"),
        Material("法律、法规、规章等依据", bool(file.doc.basis), f"{len(file.doc.basis)} 条"),
    ]
    if not file.says("secret"):
        found.append(Material("公众意见和研究采纳情况", (listened and told) or PaperKind.COMMENTS in kinds))
    if file.says("specialised"):
        found.append(Material("专家论证意见和采纳情况", file.happened("policy_expert_argued")))
    if file.says("risky"):
        found.append(
            Material("风险评估报告", file.happened("assessment_done") or PaperKind.ASSESSMENT in kinds)
        )
    if file.says("business_related"):
        done = file.happened("policy_fair_competition_reviewed") or PaperKind.FAIR in kinds
        found.append(Material("公平竞争审查的情况", done))
    return found


def evaluation_zh(value: str) -> str:
    return dict(EVALUATIONS).get(value, value)


def days_left(last: date | None, today: date) -> int | None:
    return None if last is None else (last - today).days
