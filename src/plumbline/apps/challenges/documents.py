"""The agency's own papers in a challenge: what each says, composed from the step that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.packs.procedures import Step

from .deciding import decision_days
from .models import Challenge, ChallengeEntry
from .reading import ChallengeFile

Fact = dict[str, str]


@dataclass(frozen=True)
class Paper:
    """``mark`` is the word in the number of the paper. ``compose`` gives its facts, gaps included.

    ``says`` is the detail that makes it: a step that does not hold it calls for no paper.
    """

    code: str
    title: str
    mark: str
    compose: Callable[[ChallengeFile, Mapping[str, Any]], list[Fact]]
    says: str


def _line(text: str) -> Fact:
    return {"label": "", "text": text, "gap": ""}


def _named(label: str, text: Any) -> Fact:
    return {"label": label, "text": str(text or ""), "gap": "" if text else "1"}


def _decision(challenge: Challenge) -> str:
    case = challenge.case
    days = [day for day in decision_days(case) if day <= challenge.opened_on]
    on = f"{days[-1]:%Y年%-m月%-d日}" if days else ""
    return f"本机关{on}对“{case.title}”（{case.number or case.matter_id}）作出的处罚决定"


def _answer(file: ChallengeFile, details: Mapping[str, Any]) -> list[Fact]:
    challenge = file.challenge
    court = challenge.route == "litigation"
    asks, who, word = ("提起行政诉讼", "原告", "答辩") if court else ("申请行政复议", "申请人", "答复")
    claims = details.get("claims") or challenge.claims
    facts = [
        {"label": "主送", "text": challenge.organ, "gap": ""},
        _line(f"{who}{challenge.applicant}不服{_decision(challenge)}，{asks}。本机关现{word}如下。"),
        _named(f"{who}的请求和理由", claims),
        _named("查明的事实和证据", details.get("facts")),
        _named(f"{word}意见", details.get("answer")),
    ]
    if details.get("materials"):
        facts.append(_named("随附材料", details["materials"]))
    return facts


def _absence(file: ChallengeFile, details: Mapping[str, Any]) -> list[Fact]:
    challenge = file.challenge
    court = challenge.route == "litigation"
    day = file.detail(
        "court_hearing_notified" if court else "reconsideration_hearing_notice_served", "held_on"
    )
    about = f"（案号 {challenge.number}）" if challenge.number else ""
    place = "出庭应诉" if court else "参加复议听证"
    return [
        {"label": "主送", "text": challenge.organ, "gap": ""},
        _line(
            f"关于{challenge.applicant}不服{_decision(challenge)}一案{about}，本机关负责人不能{place}，说明如下。"
        ),
        _named("开庭日期" if court else "听证日期", day),
        _named("不能参加的理由", details.get("reasons")),
        _named("委托的工作人员", details.get("instead")),
    ]


PAPERS: dict[str, Paper] = {
    paper.code: paper
    for paper in (
        Paper("FY1", "行政复议答复书", "复答", _answer, "answer"),
        Paper("FY2", "负责人不能参加复议听证的情况说明", "复情", _absence, "reasons"),
        Paper("SS1", "行政诉讼答辩状", "应诉", _answer, "answer"),
        Paper("SS2", "负责人不能出庭的情况说明", "诉情", _absence, "reasons"),
    )
}


@dataclass(frozen=True)
class Called:
    """A paper that a step calls for: ``document`` once it was signed."""

    paper: Paper
    entry: ChallengeEntry
    step: Step
    facts: list[Fact]

    @property
    def gaps(self) -> list[str]:
        return [fact["label"] for fact in self.facts if fact["gap"]]


def called_for(file: ChallengeFile) -> list[Called]:
    """Every paper that the steps taken call for, in order."""
    counted = {event.id for event in (file.flow.events if file.flow else ())}
    found = []
    for entry in file.challenge.entries.order_by("pk"):
        step = file.procedure.steps.get(entry.step)
        if step is None or entry.event_id not in counted:
            continue
        for code in step.documents:
            paper = PAPERS[code]
            if paper.says not in entry.details:
                continue
            found.append(Called(paper, entry, step, paper.compose(file, entry.details)))
    return found
