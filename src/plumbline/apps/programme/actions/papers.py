"""Monthly and results reports: drafted from what stands in the programme, completed by 区司法局, issued and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor

from ..drafting import PARTS, draft, facts_of
from ..events import PROGRAMME_PAPER_ISSUED, PROGRAMME_PAPER_KEPT
from ..freezing import digest
from ..models import Paper, Programme
from ..policies import may_lead, may_write
from .opening import tell

BASIS = "新政办[2022]14号 三(四)、四(四)"


@action("programme.paper", policy=may_lead, records=(PROGRAMME_PAPER_KEPT,), basis=BASIS)
def keep_paper(
    *,
    actor: Actor,
    programme: Programme,
    kind: str,
    period: str = "",
    text: Mapping[str, str] | None = None,
    on: date | None = None,
) -> Paper:
    """Begin a report with its draft, or keep what was written in one that is not issued yet."""
    if kind not in Paper.Kind.values:
        raise InputFault({"kind": "请选择报告种类。"})
    if kind == Paper.Kind.MONTH:
        _check_month(programme, period)
    else:
        period = ""
    rows = Paper.objects.select_for_update().filter(programme=programme, kind=kind, period=period)
    last = rows.order_by("-number").first()
    if last is None or last.issued_on is not None:
        made = Paper(
            programme=programme, kind=kind, period=period, number=last.number + 1 if last else 1,
            drafted_on=on or programme.today(),
        )  # fmt: skip
        made.text = draft(made)
        last = made
    if text is not None:
        last.text = {key: text.get(key, "").strip() for key in PARTS[kind]}
    last.save()
    tell(actor, programme, PROGRAMME_PAPER_KEPT, {"paper": last.pk, "kind": kind, "period": period})
    return last


def _check_month(programme: Programme, period: str) -> None:
    try:
        first = date.fromisoformat(f"{period}-01")
    except ValueError:
        raise InputFault({"period": "请选择月份。"}) from None
    if not programme.from_on.replace(day=1) <= first <= programme.today():
        raise InputFault({"period": "请选择方案期间已经到来的月份。"})


@action("programme.paper_issue", policy=may_write, on="paper", records=(PROGRAMME_PAPER_ISSUED,), basis=BASIS)
def issue_paper(*, actor: Actor, paper: Paper, on: date | None = None) -> Paper:
    """Issue a report: its words and the figures of the day are frozen under a fingerprint."""
    missing = [label for key, label in PARTS[paper.kind].items() if not str(paper.text.get(key, "")).strip()]
    if missing:
        raise Refusal(f"还有部分没有写：{'、'.join(missing)}", next_step="请补齐后再印发。")
    day = on or paper.programme.today()
    paper.content = {"title": str(paper), "text": paper.text, **facts_of(paper, day)}
    paper.sha256, paper.issued_on, paper.issued_label = digest(paper.content), day, actor.label
    paper.save()
    told = {"paper": paper.pk, "sha256": paper.sha256}
    tell(actor, paper.programme, PROGRAMME_PAPER_ISSUED, told, on=day)
    return paper
