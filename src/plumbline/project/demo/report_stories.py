"""Last year's annual reports (most published, one late, one missing, one corrected) and a round of special reports."""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.apps.reporting import actions
from plumbline.apps.reporting.analysing import LABELS, analysis_of, draft_parts
from plumbline.apps.reporting.checking import differences, last_year_line
from plumbline.apps.reporting.drafting import draft
from plumbline.apps.reporting.duties import duties
from plumbline.apps.reporting.figures import line_of
from plumbline.apps.reporting.jobs import open_due_duties, open_due_reports
from plumbline.apps.reporting.keeping import catch_up
from plumbline.apps.reporting.layout import layout
from plumbline.apps.reporting.models import AnnualReport, DutyReport, SpecialReport, SpecialRound
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person, Post

MISSING, LATE, CORRECTED, UNSURE = "AG-ST-003", "AG-ST-005", "AG-ST-002", "AG-ST-006"
PROBLEMS = "个别决定书送达不够及时，少数案卷材料整理不规范；自查方式为逐案核对送达回证和归档目录。"
NEXT = "由法制审核岗每月核对送达和公示期限，三月底前完成执法人员文书制作培训。"
OWN = {
    "experience": "重大案件由法制审核岗提前介入，退回补正的次数减少。",
    "problems": "夜间巡查发现的线索核查不够及时，个别案件送达耗时较长。",
    "suggestions": "建议统一电子送达确认书的样式，并组织跨街道的文书互评。",
}


def tell_reports() -> None:
    """Everything by the same verbs as in service, with the days of last January."""
    catch_up()
    open_due_reports()
    year = clock.today().year - 1
    rows = (
        AnnualReport.objects.unscoped("演示数据")
        .filter(year=year)
        .select_related("agency")
        .order_by("agency_id")
    )
    for number, report in enumerate(rows):
        if report.agency_id != MISSING:
            _through(report, number)
    _special()
    _other_reports()


def _holder(agency: str, title: str) -> Actor:
    post = Post.objects.get(agency_id=agency, title=title)
    return Actor.of(Person.objects.get(tenures__post=post), on=clock.today())


def _through(report: AnnualReport, number: int) -> None:
    """One unit's report: sources, staff, words, signature, sending up, publication; one of them corrected in March."""
    keeper, head = _holder(report.agency_id, "综合岗1"), _holder(report.agency_id, "负责人")
    signed = (
        date(report.year + 1, 2, 9) if report.agency_id == LATE else date(report.year + 1, 1, 8 + number % 15)
    )
    for key in layout().asked:
        sure = not (report.agency_id == UNSURE and key == "inspections")
        note = "" if sure else "上半年的检查记录还在纸质台账中，没有导入"
        actions.state_source(actor=keeper, report=report, key=key, complete=sure, note=note)
    for cell, value in (("T5.posts", 14 + number % 9), ("T5.staff", 12 + number % 9)):
        actions.enter_figure(actor=keeper, report=report, cell=cell, value=value, source="机构编制实名制台账")
    _sign(report, keeper, head, signed)
    version = AnnualReport.objects.unscoped("演示数据").get(pk=report.pk).latest
    assert version is not None
    actions.submit_report(
        actor=keeper, version=version, to=["government", "superior"], on=signed + timedelta(days=1)
    )
    actions.publish_report(actor=keeper, version=version, on=signed + timedelta(days=2))
    if report.agency_id == CORRECTED:
        report = AnnualReport.objects.unscoped("演示数据").select_related("agency").get(pk=report.pk)
        actions.begin_correction(actor=keeper, report=report, reason="补充填报行政奖励次数，原报漏填")
        report = AnnualReport.objects.unscoped("演示数据").select_related("agency").get(pk=report.pk)
        actions.enter_figure(
            actor=keeper, report=report, cell="T4.rewards", value=6, source="举报奖励发放台账"
        )
        _sign(report, keeper, head, date(report.year + 1, 3, 5))
        version = AnnualReport.objects.unscoped("演示数据").get(pk=report.pk).latest
        assert version is not None
        actions.publish_report(actor=keeper, version=version, on=date(report.year + 1, 3, 6))


def _sign(report: AnnualReport, keeper: Actor, head: Actor, on: date) -> None:
    report = AnnualReport.objects.unscoped("演示数据").select_related("agency").get(pk=report.pk)
    line, before = line_of(report), last_year_line(report)
    for gap in differences(report, line, before):
        actions.explain_difference(
            actor=keeper, report=report, cell=gap.column.cell, words="上年数据从下半年起进入平台，口径不完整"
        )
    report = AnnualReport.objects.unscoped("演示数据").select_related("agency").get(pk=report.pk)
    words = draft(report.agency.name, line, before, differences(report, line, before))
    text = {**words, "problems": PROBLEMS, "next": NEXT}
    if "（请" in text["analysis"]:
        text["analysis"] = "上年同期数据不完整，不作比较。"
    actions.write_text(actor=keeper, report=report, text=text)
    report = AnnualReport.objects.unscoped("演示数据").select_related("agency").get(pk=report.pk)
    actions.sign_report(actor=head, report=report, on=on)


def _special() -> None:
    """The first half of this year: asked for in July, most handed in, one late, some still missing."""
    liu = Actor.of(Person.objects.get(login_name="liu"), on=clock.today())
    year = clock.today().year
    asked = actions.ask_for_reports(
        actor=liu, title=f"{year} 年上半年执法工作情况报告", from_on=date(year, 1, 1), to_on=date(year, 6, 30),
        due_on=date(year, 7, 31), agencies=[r.agency for r in _units(year - 1)], on=date(year, 7, 3),
    )  # fmt: skip
    rows = (
        SpecialReport.objects.unscoped("演示数据")
        .filter(round=asked)
        .select_related("agency", "round")
        .order_by("agency_id")
    )
    for number, report in enumerate(rows):
        if report.agency_id in {MISSING, CORRECTED} or number % 6 == 5:
            continue
        _hand_in(report, asked, liu, number)


def _units(year: int) -> list[AnnualReport]:
    return list(AnnualReport.objects.unscoped("演示数据").filter(year=year).select_related("agency"))


def _hand_in(report: SpecialReport, asked: SpecialRound, liu: Actor, number: int) -> None:
    keeper = _holder(report.agency_id, "综合岗1")
    words = draft_parts(report.agency.name, analysis_of([report.agency_id], asked.from_on, asked.to_on))
    on = (
        date(asked.due_on.year, 8, 4)
        if report.agency_id == LATE
        else asked.due_on - timedelta(days=number % 12)
    )
    actions.write_special(
        actor=keeper, report=report, text={key: OWN.get(key) or words[key] for key in LABELS}, on=on
    )
    sent = actions.submit_special(actor=keeper, report=report, on=on)
    if number % 3:
        actions.review_special(actor=liu, report=sent, accept=True, opinion="", on=on + timedelta(days=3))


OWED = {
    "active": "通过政府网站公开机构职能、权责清单、处罚决定和检查计划，内容有变动的在规定时间内更新。",
    "requests": "收到的公开申请都在法定期限内答复，没有结转下年度的申请。",
    "disputes": "没有因政府信息公开工作被申请行政复议或者提起行政诉讼。",
    "problems": "个别栏目更新不够及时，已指定专人每月核对。",
    "done": "落实行政执法公示、全过程记录和重大执法决定法制审核制度，法制审核岗提前参加重大案件的讨论。",
    "lacking": "部分执法人员对新修订的法律掌握不够，案卷质量不够均衡。",
    "head": "主要负责人四次听取法治工作汇报，组织两次会前学法，在述职时一并述法。",
    "next": "上半年完成裁量基准的修订和案卷互评，下半年组织法律知识考试。",
    "cases": "案件集中在农资质量和动物防疫两类，均由区级机构办理。",
    "quality": "全年组织两次案卷评查，评查结果已反馈承办科室。",
    "other": "没有其他需要报告的事项。",
}


def _other_reports() -> None:
    """The other yearly reports of last year: most sent and published in time, one late, some not begun."""
    open_due_duties()
    rows = DutyReport.objects.unscoped("演示数据").select_related("agency").order_by("kind", "agency_id")
    done = [row for row in rows if row.agency.enforces and row.agency_id.startswith("AG-FQ")]
    for number, report in enumerate(done):
        if number % 7 == 3:
            continue
        duty = duties()[report.kind]
        keeper, head = _holder(report.agency_id, "综合岗1"), _holder(report.agency_id, "负责人")
        late = number % 7 == 5
        signed = date(report.year + 1, 4, 7) if late else date(report.year + 1, 1, 8 + number % 15)
        text = {part.key: OWED[part.key] for part in duty.parts}
        actions.write_duty(actor=keeper, report=report, text=text)
        written = DutyReport.objects.unscoped("演示数据").select_related("agency").get(pk=report.pk)
        version = actions.sign_duty(actor=head, report=written, on=signed)
        to = list(duty.recipients(report.agency))
        if to:
            version = actions.submit_duty(actor=keeper, version=version, to=to, on=signed + timedelta(days=2))
        if duty.public:
            actions.publish_duty(actor=keeper, version=version, on=signed + timedelta(days=3))
