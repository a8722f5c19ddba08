"""《行政执法年报》 from the first of January to publication and, where needed, its correction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from plumbline.apps.publicity.contract import personal_in
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..checking import LEAST_WORDS, TEXT_PARTS, differences, findings, last_year_line, obstacles
from ..documents import annual_sheet, pdf
from ..events import (
    ANNUAL_REPORT_SIGNED,
    CORRECTED_REPORT_PUBLISHED,
    CORRECTION_BEGUN,
    DIFFERENCE_EXPLAINED,
    FIGURE_ENTERED,
    REPORT_REMINDED,
    SOURCE_STATED,
    TEXT_KEPT,
)
from ..figures import line_of
from ..freezing import content_of, digest
from ..keeping import catch_up
from ..layout import layout
from ..models import AnnualReport, AnnualVersion, EnteredFigure
from ..policies import (
    DUTY,
    PREPARE,
    may_correct,
    may_prepare,
    may_publish,
    may_sign,
    may_submit,
    may_supervise,
)

KIND = "annual_report"
NOTICE = "新政办[2022]14号 二(三)1"
RECIPIENTS = {"government": "区人民政府", "superior": "上级主管部门"}


def _tell(
    actor: Actor, report: AnnualReport, activity: str, data: dict[str, Any], on: date | None = None
) -> None:
    record(
        actor=actor, matter=report.matter_id, kind=KIND, activity=activity, agency=report.agency_id, data=data,
        occurred_at=on,
    )  # fmt: skip


def _lock(report: AnnualReport) -> AnnualReport:
    return (
        AnnualReport.objects.unscoped("本次操作的年报")
        .select_for_update()
        .select_related("agency")
        .get(pk=report.pk)
    )


@action("reporting.open", policy=may_supervise, records=("report_duty_opened",), basis=DUTY)
def open_report(*, actor: Actor, agency: Agency, year: int) -> AnnualReport:
    """The duty to report on a year, from the first day of the next; the report is there already filled in."""
    if year >= clock.today().year:
        raise Refusal(f"{year} 年还没有结束", next_step="次年 1 月 1 日起编制，现在可以预览。")
    first = date(year + 1, 1, 1)
    report, made = AnnualReport.objects.unscoped("开始年报").get_or_create(
        agency=agency, year=year, defaults={"matter_id": f"NB-{year}-{agency.code}", "opened_on": first}
    )
    if made:
        _tell(actor, report, "report_duty_opened", {"report": "enforcement_statistics", "year": year}, first)
        notify(
            title=f"请编制 {year} 年行政执法年报", body="数字已经预填，请核对、说明差异后由负责人签发，按期公布并报送。",
            url=f"/reports/{year}/{agency.code}", agency_code=agency.code, capability=PREPARE,
        )  # fmt: skip
    return report


@action("reporting.enter", policy=may_prepare, on="report", records=(FIGURE_ENTERED,), basis=DUTY)
def enter_figure(
    *, actor: Actor, report: AnnualReport, cell: str, value: int | None, source: str, reason: str = ""
) -> EnteredFigure:
    """A figure that the platform does not count, beside the counted ones and never mixed with them. ``value`` in fen for money."""
    known = {*layout().columns, *(each.cell for each in layout().elsewhere)}
    column = layout().columns.get(cell)
    if cell not in known or (column is not None and (column.sum or column.share)):
        raise InputFault({"value": "这一栏由系统计算，不填报。"})
    faults = {}
    if value is not None and value < 0:
        faults["value"] = "数值不能小于 0。"
    if len(source.strip()) < 2:
        faults["source"] = "请写明数字从哪个系统或者哪份材料来。"
    if column is not None and column.counted is not None and len(reason.strip()) < LEAST_WORDS:
        faults["reason"] = "这一栏系统已有统计。另行填报的，请写明是哪些没有进入平台的事项。"
    if value is None and len(reason.strip()) < LEAST_WORDS:
        faults["reason"] = "撤回填报的，请写明理由。"
    if personal := personal_in(f"{source} {reason}"):
        faults["reason"] = f"来源和说明会公开，其中有{'、'.join(personal)}。请删去后再保存。"
    if faults:
        raise InputFault(faults)
    row = EnteredFigure.objects.create(
        report=report, cell=cell, value=value, source=source.strip()[:120], reason=reason.strip()[:200],
        by_label=actor.label, at=clock.now(),
    )  # fmt: skip
    _tell(actor, report, FIGURE_ENTERED, {"cell": cell, "value": value})
    return row


@action("reporting.state_source", policy=may_prepare, on="report", records=(SOURCE_STATED,), basis=DUTY)
def state_source(*, actor: Actor, report: AnnualReport, key: str, complete: bool, note: str = "") -> None:
    """Whether a source is complete for the year: only then is a counted zero a zero."""
    if key not in layout().asked:
        raise InputFault({"": "没有这个数据来源。"})
    if not complete and len(note.strip()) < LEAST_WORDS:
        raise InputFault({"note": "来源不完整的，请写明缺少什么。"})
    report = _lock(report)
    report.sources[key] = {
        "complete": complete, "note": note.strip()[:200], "by": actor.label, "on": clock.today().isoformat()
    }  # fmt: skip
    report.save(update_fields=["sources"])
    _tell(actor, report, SOURCE_STATED, {"source": key, "complete": complete})


@action("reporting.explain", policy=may_prepare, on="report", records=(DIFFERENCE_EXPLAINED,), basis=NOTICE)
def explain_difference(*, actor: Actor, report: AnnualReport, cell: str, words: str) -> None:
    """Why a figure differs from last year's."""
    words = words.strip()
    if cell not in layout().columns:
        raise InputFault({"": "没有这一栏。"})
    if len(words) < LEAST_WORDS:
        raise InputFault({"words": "请写明与上年差异的原因。"})
    if personal := personal_in(words):
        raise InputFault({"words": f"说明会公开，其中有{'、'.join(personal)}。请删去后再保存。"})
    report = _lock(report)
    report.explanations[cell] = words[:300]
    report.save(update_fields=["explanations"])
    _tell(actor, report, DIFFERENCE_EXPLAINED, {"cell": cell})


@action("reporting.write", policy=may_prepare, on="report", records=(TEXT_KEPT,), basis=NOTICE)
def write_text(*, actor: Actor, report: AnnualReport, text: dict[str, str]) -> None:
    """The four parts of 情况说明. They are published, so personal data is refused here."""
    faults = {}
    for key, said in text.items():
        if personal := personal_in(said):
            faults[key] = f"情况说明会公开，其中有{'、'.join(personal)}。请删去后再保存。"
        elif "（请" in said:
            faults[key] = "还有括号中的提示没有替换成本单位的内容。"
    if faults:
        raise InputFault(faults)
    report = _lock(report)
    report.text = {key: text.get(key, "").strip() for key in TEXT_PARTS}
    report.save(update_fields=["text"])
    _tell(actor, report, TEXT_KEPT, {})


@action("reporting.sign", policy=may_sign, on="report", records=(ANNUAL_REPORT_SIGNED,), basis=DUTY)
def sign_report(*, actor: Actor, report: AnnualReport, on: date | None = None) -> AnnualVersion:
    """The head signs: figures are counted to this moment, frozen with the words, and never change again."""
    catch_up()
    report = _lock(report)
    allowed = may_sign(actor, report)
    if not allowed:
        raise Refusal(allowed.reason)
    now = clock.now()
    line, before = line_of(report), last_year_line(report)
    missing = obstacles(report, line, differences(report, line, before), findings(line))
    if missing:
        raise Refusal(
            f"还不能签发：{missing[0][0]}" + (f"，另有 {len(missing) - 1} 处" if len(missing) > 1 else ""),
            basis=DUTY,
            next_step="请先在年报页补齐。",
        )
    content = content_of(report, line, before)
    number = report.versions.count() + 1
    day = on or clock.today()
    sheet = annual_sheet(content, number=number, reason=report.correcting, signed=actor.label, signed_on=day)
    version = AnnualVersion.objects.create(
        report=report, number=number, reason=report.correcting, content=content, sha256=digest(content),
        pdf_sha256=keep([pdf(sheet, day)]).sha256, counted_at=now, signed_on=day, signed_label=actor.label,
    )  # fmt: skip
    report.correcting = ""
    report.save(update_fields=["correcting"])
    _tell(actor, report, ANNUAL_REPORT_SIGNED, {"version": number, "sha256": version.sha256}, on)
    return version


@action("reporting.submit", policy=may_submit, on="version", records=("annual_report_submitted",), basis=DUTY)
def submit_report(
    *, actor: Actor, version: AnnualVersion, to: list[str], on: date | None = None
) -> AnnualVersion:
    """Sent up to the district's government and to the superior department, together or one after the other."""
    day = on or clock.today()
    wanted = [each for each in RECIPIENTS if each in to]
    if not wanted:
        raise InputFault({"to": "请选择报送给谁。"})
    if day > clock.today() or day < version.signed_on:
        raise InputFault({"on": "报送日应当在签发日之后、今天以前。"})
    version = (
        AnnualVersion.objects.select_for_update(of=("self",))
        .select_related("report__agency")
        .get(pk=version.pk)
    )
    for each in wanted:
        field = f"to_{each}_on"
        if getattr(version, field) is not None:
            raise Refusal(f"已经报送{RECIPIENTS[each]}")
        setattr(version, field, day)
    version.save()
    _tell(actor, version.report, "annual_report_submitted", {"to": wanted}, on)
    return version


@action(
    "reporting.publish", policy=may_publish, on="version",
    records=("annual_report_published", CORRECTED_REPORT_PUBLISHED), basis=DUTY,
)  # fmt: skip
def publish_report(*, actor: Actor, version: AnnualVersion, on: date | None = None) -> AnnualVersion:
    """On the portal from now on, with every earlier published version still reachable."""
    version = (
        AnnualVersion.objects.select_for_update(of=("self",))
        .select_related("report__agency")
        .get(pk=version.pk)
    )
    report = _lock(version.report)
    if report.latest != version or version.published_on is not None:
        raise Refusal("只能公布最近签发、尚未公布的一版")
    version.published_on = on or clock.today()
    version.save(update_fields=["published_on"])
    if version.number == 1 or not report.versions.exclude(pk=version.pk).exclude(published_on=None).exists():
        _tell(actor, report, "annual_report_published", {}, on)
    else:
        _tell(
            actor,
            report,
            CORRECTED_REPORT_PUBLISHED,
            {"version": version.number, "reason": version.reason},
            on,
        )
    return version


@action("reporting.correct", policy=may_correct, on="report", records=(CORRECTION_BEGUN,), basis=DUTY)
def begin_correction(*, actor: Actor, report: AnnualReport, reason: str) -> AnnualReport:
    """Open a signed report again, with a reason that will be public. The signed version stays as it is."""
    reason = reason.strip()
    if len(reason) < LEAST_WORDS:
        raise InputFault({"reason": "请写明更正理由。理由会公开。"})
    if personal := personal_in(reason):
        raise InputFault({"reason": f"更正理由会公开，其中有{'、'.join(personal)}。请删去后再提交。"})
    report = _lock(report)
    report.correcting = reason[:300]
    report.save(update_fields=["correcting"])
    _tell(actor, report, CORRECTION_BEGUN, {"reason": report.correcting})
    return report


@action("reporting.remind", policy=may_supervise, records=(REPORT_REMINDED,), basis=NOTICE)
def remind(*, actor: Actor, report: AnnualReport) -> AnnualReport:
    """Remind a unit whose report is not yet published; at most once a day."""
    report = _lock(report)
    if report.public is not None and report.stage == "published":
        raise Refusal("该单位的年报已经公布")
    now = clock.now()
    if report.reminded_at is not None and now - report.reminded_at < timedelta(days=1):
        raise Refusal("今天已经催报过", next_step="一天之内不重复催报。")
    report.reminded_at = now
    report.save(update_fields=["reminded_at"])
    notify(
        title=f"请尽快完成 {report.year} 年行政执法年报", body=f"{actor.agency_name or '区司法局'}催报：请按期公布并报送。",
        url=f"/reports/{report.year}/{report.agency_id}", agency_code=report.agency_id, capability=PREPARE,
    )  # fmt: skip
    _tell(actor, report, REPORT_REMINDED, {})
    return report
