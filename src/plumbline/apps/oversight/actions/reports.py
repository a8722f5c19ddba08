"""Reports on the work of supervision to the government (条例第六条): drafted from figures, signed with a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plumbline.apps.paperwork.contract import issue as issue_document
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import new_event_id, record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .. import events
from ..counting import Counted, counted
from ..models import WorkReport
from ..policies import may_report, may_sign_report

BASIS = "行政执法监督条例第六条"


@action("oversight.draft_report", policy=may_report, records=(events.REPORT_DRAFTED,), basis=BASIS)
def draft_report(*, actor: Actor, title: str, from_on: date, until_on: date) -> WorkReport:
    """The figures of the period and a first wording of them; the rest is the organ's to write."""
    if not title.strip():
        raise InputFault({"title": "请填写标题。"})
    if until_on < from_on or until_on > clock.today():
        raise InputFault({"until_on": "「至」不能早于「自」，也不能晚于今天。"})
    figures = counted(actor, from_on, until_on)
    report = WorkReport.objects.create(
        agency_id=actor.agency_code, title=title.strip(), from_on=from_on, until_on=until_on,
        figures=[[each.label, each.value, each.unit, each.url] for each in figures], text=first_wording(figures, from_on, until_on),
        matter_id=f"JB-{until_on.year}-{new_event_id()[3:11].upper()}", made_label=actor.label,
    )  # fmt: skip
    _write(actor, report, events.REPORT_DRAFTED)
    return report


def first_wording(figures: Sequence[Counted], from_on: date, until_on: date) -> str:
    """Sentences of the figures that are not nought, and the parts that only people can write."""
    said = "，".join(f"{each.label} {each.value} {each.unit}" for each in figures if each.value)
    return (
        f"一、总体情况\n{from_on} 至 {until_on}，{said or '没有登记监督工作'}。\n"
        "二、发现的主要问题\n（请写明主要问题、涉及的单位和原因。）\n"
        "三、督促整改情况\n（请写明整改、销号和结果运用的情况。）\n"
        "四、下一步安排和建议\n（请写明。）"
    )


@action(
    "oversight.sign_report", policy=may_sign_report, on="report", records=(events.REPORT_SIGNED,), basis=BASIS
)
def sign_report(*, actor: Actor, report: WorkReport, text: str) -> WorkReport:
    """Sign what was written: number, Word and PDF; the figures are kept as they were."""
    if not text.strip():
        raise InputFault({"text": "请写明报告的正文。"})
    if "（请写明" in text:
        raise InputFault({"text": "正文里还有没有写的部分（“请写明……”），请写好或者删去。"})
    paper = issue_document(
        actor=actor, agency=Agency.objects.get(pk=report.agency_id), matter_id=report.matter_id,
        title="行政执法监督工作报告", mark="监工", template="J10", kind="supervision_lead",
        facts=[
            {"label": "主送", "text": "区人民政府", "gap": ""},
            {"label": "", "text": f"{report.title}\n{text}", "gap": ""},
        ],
    )  # fmt: skip
    report.text, report.number, report.signed_on, report.signed_label = (
        text,
        paper.number,
        clock.today(),
        actor.label,
    )
    report.save()
    _write(actor, report, events.REPORT_SIGNED, number=paper.number)
    return report


def _write(actor: Actor, report: WorkReport, activity: str, **data: object) -> None:
    record(
        actor=actor,
        matter=report.matter_id,
        kind="supervision_lead",
        activity=activity,
        agency=report.agency_id,
        data=data,
    )
