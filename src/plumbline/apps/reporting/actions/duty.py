"""The other yearly reports: opened on 1 January, written, signed, sent to whoever has to have them, and published."""

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

from ..checking import LEAST_WORDS
from ..documents import pdf
from ..duties import Duty, duties
from ..duty_drafting import content_of, digest
from ..duty_models import DutyReport, DutyVersion
from ..duty_pages import duty_sheet
from ..events import (
    DUTY_CORRECTED,
    DUTY_CORRECTION_BEGUN,
    DUTY_OPENED,
    DUTY_REMINDED,
    DUTY_SIGNED,
    DUTY_TEXT_KEPT,
)
from ..keeping import catch_up
from ..policies import (
    PREPARE,
    may_correct_duty,
    may_prepare_duty,
    may_publish_duty,
    may_sign_duty,
    may_submit_duty,
    may_supervise,
)
from .annual import KIND

BASIS = "政府信息公开条例第四十九条；法治政府建设与责任落实督察工作规定第二十三条、第二十四条；农业行政处罚程序规定第八十七条"


def _tell(
    actor: Actor, report: DutyReport, activity: str, data: dict[str, Any], on: date | None = None
) -> None:
    record(
        actor=actor, matter=report.matter_id, kind=KIND, activity=activity, agency=report.agency_id, data=data,
        occurred_at=on,
    )  # fmt: skip


def _lock(report: DutyReport) -> DutyReport:
    rows = DutyReport.objects.unscoped("本次操作的年度报告").select_for_update(of=("self",))
    return rows.select_related("agency").get(pk=report.pk)


def _version(version: DutyVersion) -> DutyVersion:
    rows = DutyVersion.objects.select_for_update(of=("self",)).select_related("report__agency")
    return rows.get(pk=version.pk)


def _place(report: DutyReport) -> str:
    return f"/reports/duties/{report.kind}/{report.year}/{report.agency_id}"


@action("reporting.duty_open", policy=may_supervise, records=("report_duty_opened", DUTY_OPENED), basis=BASIS)
def open_duty(*, actor: Actor, duty: Duty, agency: Agency, year: int) -> DutyReport:
    """The duty to report on a year, from the first day of the next."""
    if year >= clock.today().year:
        raise Refusal(f"{year} 年还没有结束", next_step="次年 1 月 1 日起编制。")
    first = date(year + 1, 1, 1)
    report, made = DutyReport.objects.unscoped("开始年度报告").get_or_create(
        kind=duty.key, agency=agency, year=year,
        defaults={"matter_id": f"{duty.mark}-{year}-{agency.code}", "opened_on": first},
    )  # fmt: skip
    if made:
        if duty.report:
            _tell(actor, report, "report_duty_opened", {"report": duty.report, "year": year}, first)
        else:
            _tell(actor, report, DUTY_OPENED, {"report": duty.key, "year": year}, first)
        notify(
            title=f"请编制 {year} 年{duty.title}", body=f"依据{duty.basis}。平台登记的数字已经预填，请补充后由负责人签发。",
            url=_place(report), agency_code=agency.code, capability=PREPARE,
        )  # fmt: skip
    return report


@action("reporting.duty_write", policy=may_prepare_duty, on="report", records=(DUTY_TEXT_KEPT,), basis=BASIS)
def write_duty(*, actor: Actor, report: DutyReport, text: dict[str, str]) -> None:
    """The parts of the report; of one that is published, without personal data."""
    duty, faults = duties()[report.kind], {}
    for part in duty.parts:
        words = text.get(part.key, "")
        if duty.public and (personal := personal_in(words)):
            faults[part.key] = f"报告会公开，其中有{'、'.join(personal)}。请删去后再保存。"
        elif f"（{part.ask}" in words:
            faults[part.key] = "还有括号中的提示没有替换成本单位的内容。"
    if faults:
        raise InputFault(faults)
    report = _lock(report)
    report.text = {part.key: text.get(part.key, "").strip() for part in duty.parts}
    report.save(update_fields=["text"])
    _tell(actor, report, DUTY_TEXT_KEPT, {})


@action("reporting.duty_sign", policy=may_sign_duty, on="report", records=(DUTY_SIGNED,), basis=BASIS)
def sign_duty(*, actor: Actor, report: DutyReport, on: date | None = None) -> DutyVersion:
    """The head signs: words and figures are frozen. ``on``: the day of a signature that is entered later."""
    day = on or clock.today()
    catch_up()
    report = _lock(report)
    allowed = may_sign_duty(actor, report)
    if not allowed:
        raise Refusal(allowed.reason)
    duty = duties()[report.kind]
    missing = [part.label for part in duty.parts if not str(report.text.get(part.key, "")).strip()]
    if missing:
        raise Refusal(
            f"还不能签发：{'、'.join(missing)}还没有写", basis=duty.basis, next_step="请先补齐各部分。"
        )
    before = report.latest
    earliest = before.signed_on if before else report.opened_on
    if not earliest <= day <= clock.today():
        raise InputFault({"on": f"签发日应当在 {earliest} 至今天之间。"})
    content = content_of(report, duty)
    number = report.versions.count() + 1
    sheet = duty_sheet(content, number=number, reason=report.correcting, signed=actor.label, on=day)
    version = DutyVersion.objects.create(
        report=report, number=number, reason=report.correcting, content=content, sha256=digest(content),
        pdf_sha256=keep([pdf(sheet, day)]).sha256, counted_at=clock.now(), signed_on=day, signed_label=actor.label,
    )  # fmt: skip
    report.correcting = ""
    report.save(update_fields=["correcting"])
    _tell(actor, report, DUTY_SIGNED, {"version": number, "sha256": version.sha256}, on)
    return version


def _day(version: DutyVersion, on: date | None, word: str) -> date:
    day = on or clock.today()
    if not version.signed_on <= day <= clock.today():
        raise InputFault({"on": f"{word}应当在签发日（{version.signed_on}）之后、今天以前。"})
    return day


@action(
    "reporting.duty_submit",
    policy=may_submit_duty,
    on="version",
    records=("annual_report_submitted",),
    basis=BASIS,
)
def submit_duty(*, actor: Actor, version: DutyVersion, to: list[str], on: date | None = None) -> DutyVersion:
    """Sent to those who have to have it, together or one after the other."""
    version = _version(version)
    day = _day(version, on, "报送日")
    known = duties()[version.report.kind].recipients(version.report.agency)
    wanted = [each for each in known if each in to]
    if not wanted:
        raise InputFault({"to": "请选择报送给谁。"})
    if twice := [known[each] for each in wanted if each in version.submitted]:
        raise Refusal(f"已经报送{'、'.join(twice)}")
    version.submitted |= {each: day.isoformat() for each in wanted}
    version.save(update_fields=["submitted"])
    _tell(actor, version.report, "annual_report_submitted", {"to": wanted}, on)
    return version


@action(
    "reporting.duty_publish", policy=may_publish_duty, on="version",
    records=("annual_report_published", DUTY_CORRECTED), basis=BASIS,
)  # fmt: skip
def publish_duty(*, actor: Actor, version: DutyVersion, on: date | None = None) -> DutyVersion:
    """Before the public from a day on, with every earlier published version still reachable."""
    version = _version(version)
    report = _lock(version.report)
    if report.latest != version or version.published_on is not None:
        raise Refusal("只能公布最近签发、尚未公布的一版")
    first = report.public is None
    version.published_on = _day(version, on, "公布日")
    version.save(update_fields=["published_on"])
    if first:
        _tell(actor, report, "annual_report_published", {}, on)
    else:
        _tell(actor, report, DUTY_CORRECTED, {"version": version.number, "reason": version.reason}, on)
    return version


@action(
    "reporting.duty_correct",
    policy=may_correct_duty,
    on="report",
    records=(DUTY_CORRECTION_BEGUN,),
    basis=BASIS,
)
def begin_duty_correction(*, actor: Actor, report: DutyReport, reason: str) -> DutyReport:
    """Open a signed report again, with a reason that stays with it. The signed version remains as it is."""
    reason = reason.strip()
    if len(reason) < LEAST_WORDS:
        raise InputFault({"reason": "请写明更正理由。"})
    if duties()[report.kind].public and (personal := personal_in(reason)):
        raise InputFault({"reason": f"更正理由会公开，其中有{'、'.join(personal)}。请删去后再提交。"})
    report = _lock(report)
    report.correcting = reason[:300]
    report.save(update_fields=["correcting"])
    _tell(actor, report, DUTY_CORRECTION_BEGUN, {"reason": report.correcting})
    return report


@action("reporting.duty_remind", policy=may_supervise, records=(DUTY_REMINDED,), basis=BASIS)
def remind_duty(*, actor: Actor, report: DutyReport) -> DutyReport:
    """Remind a body whose report is not through; at most once a day."""
    report = _lock(report)
    duty = duties()[report.kind]
    if duty.is_done(report.agency, report.latest):
        raise Refusal("该单位的报告已经办完")
    now = clock.now()
    if report.reminded_at is not None and now - report.reminded_at < timedelta(days=1):
        raise Refusal("今天已经催报过", next_step="一天之内不重复催报。")
    report.reminded_at = now
    report.save(update_fields=["reminded_at"])
    notify(
        title=f"请尽快完成 {report.year} 年{duty.title}", body=f"{actor.agency_name or '区司法局'}催报：请按期报送{'并公布' if duty.public else ''}。",
        url=_place(report), agency_code=report.agency_id, capability=PREPARE,
    )  # fmt: skip
    _tell(actor, report, DUTY_REMINDED, {})
    return report
