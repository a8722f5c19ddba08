"""The agency's own papers in a challenge: what each says, composed from the step that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.apps.paperwork.contract import (
    Called,
    Fact,
    StepPaper,
    addressed_to,
    called_by,
    line,
    named,
    where_said,
)

from .deciding import decision_days
from .models import Challenge
from .reading import ChallengeFile


def _decision(challenge: Challenge) -> str:
    case = challenge.case
    days = [day for day in decision_days(case) if day <= challenge.opened_on]
    on = f"{days[-1]:%Y年%-m月%-d日}" if days else ""
    return f"本机关{on}对“{case.title}”（{case.number_said}）作出的处罚决定"


def _answer(file: ChallengeFile, details: Mapping[str, Any]) -> list[Fact]:
    challenge = file.challenge
    court = challenge.route == "litigation"
    asks, who, word = ("提起行政诉讼", "原告", "答辩") if court else ("申请行政复议", "申请人", "答复")
    claims = details.get("claims") or challenge.claims
    facts = [
        addressed_to(challenge.organ),
        line(f"{who}{challenge.applicant}不服{_decision(challenge)}，{asks}。本机关现{word}如下。"),
        named(f"{who}的请求和理由", claims),
        named("查明的事实和证据", details.get("facts")),
        named(f"{word}意见", details.get("answer")),
    ]
    if details.get("materials"):
        facts.append(named("随附材料", details["materials"]))
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
        addressed_to(challenge.organ),
        line(
            f"关于{challenge.applicant}不服{_decision(challenge)}一案{about}，本机关负责人不能{place}，说明如下。"
        ),
        named("开庭日期" if court else "听证日期", day),
        named("不能参加的理由", details.get("reasons")),
        named("委托的工作人员", details.get("instead")),
    ]


PAPERS: dict[str, StepPaper] = {
    paper.code: paper
    for paper in (
        StepPaper("FY1", "行政复议答复书", "复答", _answer, where_said("answer")),
        StepPaper("FY2", "负责人不能参加复议听证的情况说明", "复情", _absence, where_said("reasons")),
        StepPaper("SS1", "行政诉讼答辩状", "应诉", _answer, where_said("answer")),
        StepPaper("SS2", "负责人不能出庭的情况说明", "诉情", _absence, where_said("reasons")),
    )
}


def called_for(file: ChallengeFile) -> list[Called]:
    """Every paper that the steps taken call for, in order."""
    return called_by(file, file.entries, PAPERS)
