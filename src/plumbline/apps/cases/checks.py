"""The checks on a case page: what each rule says, and what is still missing before the next step may be sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plumbline.packs.procedures import Procedure, Step
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.rules import Rule, Verdict
from plumbline.rules.words import path_zh

from .reading import MatterFile

LOOKS: dict[str, tuple[str, str, str]] = {
    "breached": ("red", "▲", "违反"),
    "unknown": ("amb", "？", "缺少事实"),
    "error": ("red", "✕", "出错"),
    "pending": ("blu", "●", "未到期"),
    "met": ("grn", "✓", "符合"),
    "not_applicable": ("gry", "–", "不适用"),
}
ORDER = list(LOOKS)
FEW = 6
# Before the step nothing has been broken yet: what stands in the way is to be mended.
AHEAD = {"breached": ("amb", "◆", "待补")}


@dataclass(frozen=True)
class Check:
    """One line of the list: the verdict in word and mark, the duty, what was found, the article, where to mend it."""

    rule: str
    css: str
    mark: str
    word: str
    duty: str
    finding: str
    basis: str
    url: str
    mend_url: str = ""
    mend_text: str = ""
    ahead: bool = False


def checks(verdicts: Iterable[Verdict], file: MatterFile, *, ahead: bool = False) -> list[Check]:
    """Verdicts as lines, the worst first; those that do not apply last."""
    lines = sorted(verdicts, key=lambda v: (ORDER.index(v.verdict), v.rule))
    return [_line(verdict, file, ahead) for verdict in lines]


def _line(verdict: Verdict, file: MatterFile, ahead: bool) -> Check:
    css, mark, word = AHEAD.get(verdict.verdict, LOOKS[verdict.verdict]) if ahead else LOOKS[verdict.verdict]
    duty = verdict.definition.duty_zh.rstrip("。")
    finding = verdict.explanation_zh.removeprefix(duty).lstrip("；").rstrip("。")
    if ahead:
        # The day and name of the imagined decision are of no use to the reader; what to do is.
        finding = finding.split("，", 1)[-1]
        if verdict.verdict == "breached" and verdict.definition.remedy_zh:
            finding = verdict.definition.remedy_zh.rstrip("。")
    if verdict.verdict == "unknown" and verdict.missing:
        finding = f"缺少：{'、'.join(dict.fromkeys(path_zh(path) for path in verdict.missing))}"
    url, text = mending(verdict, file) if verdict.verdict in {"breached", "unknown"} else ("", "")
    return Check(
        rule=verdict.rule,
        css=css,
        mark=mark,
        word=word,
        duty=duty,
        finding=finding,
        basis=f"{verdict.citation.law}{verdict.citation.article}",
        url=f"/law/rules/{verdict.rule}",
        mend_url=url,
        mend_text=text,
        ahead=ahead,
    )


def mending(verdict: Verdict, file: MatterFile) -> tuple[str, str]:
    """Where the lack can be put right: the step that cures or settles it, or the evidence tab."""
    base = file.page
    step = curing(file.procedure, verdict.rule)
    if step is not None:
        return f"{base}/steps/{step.key}", f"去{step.label}"
    if any("evidence" in path for path in (*verdict.missing, *verdict.definition.reads())) and (
        verdict.rule.startswith(("APL-46", "APL-41"))
    ):
        return f"{base}?tab=evidence#tabs", "去补充证据"
    return "", ""


def curing(procedure: Procedure, rule: str) -> Step | None:
    for step in procedure.steps.values():
        if rule in step.cures or rule in step.settles:
            return step
    return None


def gaps(prospects: Sequence[Verdict], file: MatterFile, now_phase: str) -> list[Verdict]:
    """What already stands in the way of the decision: lacks that an earlier step should have filled.

    What the decision form itself will ask, and what a later step will bring, is no gap yet.
    """
    order = [phase.key for phase in file.procedure.phases]
    here = order.index(now_phase) if now_phase in order else 0
    found = []
    for verdict in prospects:
        if verdict.verdict not in {"breached", "unknown"}:
            continue
        if verdict.verdict == "unknown" and all(p.startswith("decision_made.") for p in verdict.missing):
            continue
        step = curing(file.procedure, verdict.rule)
        if step is not None and order.index(step.phase) >= here:
            continue
        if step is None and _asked_later(verdict, here, order):
            continue
        found.append(verdict)
    return found


def _asked_later(verdict: Verdict, here: int, order: Sequence[str]) -> bool:
    """Rules about the penalty and its documents say nothing before the notice has proposed one."""
    early = {"APL-17-authority", "APL-36-limitation-2y", "APL-38-void"}
    return here <= order.index("notice") and verdict.rule not in early if "notice" in order else False


def rules_of(step: Step, on: date) -> list[Rule]:
    """The rules a step is held to: those asked before it, and those whose clock it stops or whose lack it cures."""
    book = rule_book()
    named = [book.by_id[each] for each in (*step.settles, *step.demands, *step.cures) if each in book.by_id]
    # A gate over nearly every activity (who may act at all) says nothing of this step.
    gates = [each for each in book.gates(step.activity) if len(each.subject) <= FEW]
    found = {rule.id: rule for rule in (*named, *gates)}
    return [rule for rule in found.values() if rule.facts.in_force(on)]


def rule_duty(rule: str) -> str:
    """The duty of a rule in our own words; its id when no installed pack has it."""
    found = rule_book().by_id.get(rule)
    return found.duty_zh if found else rule
