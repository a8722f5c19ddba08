"""《执法工作情况报告》: asked for by 区司法局, written and submitted by each unit, read, and compiled for the district."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..analysing import LABELS, OWN_PARTS, analysis_of, district_table
from ..checking import LEAST_WORDS
from ..events import SPECIAL_ASKED, SPECIAL_COMPILED, SPECIAL_REVIEWED, SPECIAL_SUBMITTED, SPECIAL_TEXT_KEPT
from ..freezing import digest
from ..keeping import catch_up
from ..models import SpecialReport, SpecialRound
from ..policies import PREPARE, may_compile, may_review_special, may_supervise, may_write_special
from .annual import KIND

NOTICE = "新政办[2022]14号 二(二)1(2)"


def _tell(
    actor: Actor, report: SpecialReport, activity: str, data: dict[str, Any], on: date | None = None
) -> None:
    record(
        actor=actor, matter=report.matter_id, kind=KIND, activity=activity, agency=report.agency_id, data=data,
        occurred_at=on,
    )  # fmt: skip


@action("reporting.ask", policy=may_supervise, records=(SPECIAL_ASKED,), basis=NOTICE)
def ask_for_reports(
    *,
    actor: Actor,
    title: str,
    from_on: date,
    to_on: date,
    due_on: date,
    agencies: list[Agency],
    on: date | None = None,
) -> SpecialRound:
    """Ask units for a report over a period, by a day; each gets its own, with the figures in it."""
    faults = {}
    day = on or clock.today()
    if len(title.strip()) < LEAST_WORDS:
        faults["title"] = "请写明报告名称。"
    if to_on < from_on:
        faults["to_on"] = "期间的止日早于起日。"
    if due_on < day:
        faults["due_on"] = "报送期限早于布置之日。"
    if not agencies:
        faults["agencies"] = "请至少选择一个单位。"
    if faults:
        raise InputFault(faults)
    asked = SpecialRound.objects.create(
        title=title.strip()[:120],
        from_on=from_on,
        to_on=to_on,
        due_on=due_on,
        opened_on=day,
        opened_label=actor.label,
    )
    for agency in agencies:
        report = SpecialReport.objects.create(
            round=asked, agency=agency, matter_id=f"ZB-{asked.pk}-{agency.code}"
        )
        _tell(actor, report, SPECIAL_ASKED, {"round": asked.pk, "due_on": due_on.isoformat()}, on)
        notify(
            title=f"请报送：{asked.title}", body=f"期限 {due_on}。数字和图表已经生成，请补充经验、问题和建议。",
            url=f"/special-reports/{asked.pk}/{agency.code}", agency_code=agency.code, capability=PREPARE,
        )  # fmt: skip
    return asked


@action(
    "reporting.special_write",
    policy=may_write_special,
    on="report",
    records=(SPECIAL_TEXT_KEPT,),
    basis=NOTICE,
)
def write_special(
    *, actor: Actor, report: SpecialReport, text: dict[str, str], on: date | None = None
) -> None:
    """The seven parts of the unit's report."""
    report.text = {key: text.get(key, "").strip() for key in LABELS}
    report.save(update_fields=["text"])
    _tell(actor, report, SPECIAL_TEXT_KEPT, {}, on)


@action(
    "reporting.special_submit",
    policy=may_write_special,
    on="report",
    records=(SPECIAL_SUBMITTED,),
    basis=NOTICE,
)
def submit_special(*, actor: Actor, report: SpecialReport, on: date | None = None) -> SpecialReport:
    """Figures and words are frozen as they are now and go to 区司法局."""
    missing = [label for key, label in LABELS.items() if not str(report.text.get(key, "")).strip()]
    if missing:
        raise Refusal(f"还有部分没有写：{'、'.join(missing)}", basis=NOTICE, next_step="请补齐后再报送。")
    catch_up()
    report = (
        SpecialReport.objects.unscoped("报送")
        .select_for_update(of=("self",))
        .select_related("agency", "round")
        .get(pk=report.pk)
    )
    allowed = may_write_special(actor, report)
    if not allowed:
        raise Refusal(allowed.reason)
    asked = report.round
    report.content = {
        "title": asked.title,
        "agency": report.agency_id,
        "agency_name": report.agency.name,
        **analysis_of([report.agency_id], asked.from_on, asked.to_on),
        "text": report.text,
    }
    report.sha256, report.counted_at = digest(report.content), clock.now()
    report.submitted_on, report.submitted_label = on or clock.today(), actor.label
    report.returned_because = ""
    report.save()
    _tell(actor, report, SPECIAL_SUBMITTED, {"sha256": report.sha256}, on)
    return report


@action(
    "reporting.special_review",
    policy=may_review_special,
    on="report",
    records=(SPECIAL_REVIEWED,),
    basis=NOTICE,
)
def review_special(
    *, actor: Actor, report: SpecialReport, accept: bool, opinion: str, on: date | None = None
) -> SpecialReport:
    """Accept what was submitted, or return it with what is lacking."""
    opinion = opinion.strip()
    if not accept and len(opinion) < LEAST_WORDS:
        raise InputFault({"opinion": "退回的，请写明要补充或者更正什么。"})
    if accept:
        report.accepted_on, report.opinion = on or clock.today(), opinion[:300]
    else:
        report.submitted_on, report.returned_because = None, opinion[:300]
        notify(
            title=f"退回补正：{report.round.title}", body=opinion[:300],
            url=f"/special-reports/{report.round_id}/{report.agency_id}", agency_code=report.agency_id, capability=PREPARE,
        )  # fmt: skip
    report.save()
    _tell(actor, report, SPECIAL_REVIEWED, {"accepted": accept}, on)
    return report


@action(
    "reporting.district_write", policy=may_compile, on="asked", records=(SPECIAL_TEXT_KEPT,), basis=NOTICE
)
def write_district(*, actor: Actor, asked: SpecialRound, text: dict[str, str]) -> None:
    """The words of the district's own analysis."""
    asked.text = {key: text.get(key, "").strip() for key in LABELS}
    asked.save(update_fields=["text"])
    _tell_round(actor, asked, SPECIAL_TEXT_KEPT, {})


@action("reporting.compile", policy=may_compile, on="asked", records=(SPECIAL_COMPILED,), basis=NOTICE)
def compile_reports(*, actor: Actor, asked: SpecialRound, on: date | None = None) -> SpecialRound:
    """The district's comprehensive analysis: its own figures and words, what the units wrote, who is missing."""
    missing = [label for key, label in LABELS.items() if not str(asked.text.get(key, "")).strip()]
    if missing:
        raise Refusal(f"还有部分没有写：{'、'.join(missing)}", basis=NOTICE, next_step="请补齐后再形成。")
    catch_up()
    asked.content = district_content(asked)
    asked.compiled_on, asked.compiled_label = on or clock.today(), actor.label
    asked.save()
    _tell_round(actor, asked, SPECIAL_COMPILED, {"sha256": digest(asked.content)}, on)
    return asked


def district_content(asked: SpecialRound) -> dict[str, Any]:
    """What the district's analysis holds, as it stands now."""
    rows = list(
        SpecialReport.objects.unscoped("汇总各单位报告")
        .filter(round=asked)
        .select_related("agency")
        .order_by("agency_id")
    )
    agencies = [(row.agency_id, row.agency.short_name) for row in rows]
    codes = [code for code, _ in agencies]
    return {
        "title": asked.title,
        "agency_name": "全区",
        **analysis_of(codes, asked.from_on, asked.to_on),
        "text": dict(asked.text),
        "units": district_table(agencies, asked.from_on, asked.to_on),
        "told": [
            {
                "name": row.agency.short_name,
                **{key: row.content.get("text", {}).get(key, "") for key in OWN_PARTS},
            }
            for row in rows
            if row.submitted_on
        ],
        "missing": [row.agency.short_name for row in rows if row.submitted_on is None],
        "late": [
            row.agency.short_name for row in rows if row.submitted_on and row.submitted_on > asked.due_on
        ],
    }


def _tell_round(
    actor: Actor, asked: SpecialRound, activity: str, data: dict[str, Any], on: date | None = None
) -> None:
    record(
        actor=actor, matter=f"ZB-{asked.pk}", kind=KIND, activity=activity, agency=actor.agency_code or "-", data=data,
        occurred_at=on,
    )  # fmt: skip
