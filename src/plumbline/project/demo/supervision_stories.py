"""Supervision beyond the rules' own alerts: leads of several sources, a complaint all the way to the public, plans, visits."""

from __future__ import annotations

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases.contract import case_rows
from plumbline.apps.complaints.actions import accept as accept_complaint
from plumbline.apps.complaints.actions import conclude, to_supervision
from plumbline.apps.oversight import actions as oversight
from plumbline.apps.oversight.models import visits_of
from plumbline.apps.supervision import actions
from plumbline.apps.supervision.contract import Lead, Source, take_in_lead
from plumbline.apps.supervision.models import Alert
from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

from .complaint_stories import ago, liaison_of, tell


def tell_supervision() -> None:
    streets = list(Agency.objects.filter(level="street", enforces=True).order_by("code")[:6])
    _complaint_to_the_public(streets[2])
    _leads(streets)
    _plan_under_way(streets[:3])
    _plan_done(streets[4])
    _task_from_above(streets[:4])
    _joined()
    _two_rules()
    _visits()
    _circular(streets[0])


def _as(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def _unit(agency: Agency) -> Actor:
    return _as(liaison_of(agency))


def _lead(lead: Lead) -> Lead:
    return Lead.objects.unscoped("演示数据").select_related("alert", "concerned").get(pk=lead.pk)


def _proof(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, io.BytesIO(text.encode()).read())


def _complaint_to_the_public(street: Agency) -> None:
    """投诉 → 线索 → 问题 → 意见书 → 异议 → 纠正 → 公开答复."""
    liu, wen, unit = _as("liu"), _as("wen"), _unit(street)
    complaint = tell(
        "conduct", street, f"{street.short_name}农贸市场", "上月",
        "半个月里来查了四次，每次都要停业配合，从没给过检查通知书，也没留检查记录。", ago(40),
    )  # fmt: skip
    accept_complaint(actor=wen, complaint=complaint, told="已经受理，转执法监督核查检查的次数和手续，结果答复您。", dealt_under_31_6=True, at=ago(36))  # fmt: skip
    lead = to_supervision(actor=wen, complaint=complaint, title="半月内四次检查同一店铺，没有检查通知", at=ago(36))  # fmt: skip
    lead = actions.assess_lead(
        actor=liu, lead=_lead(lead), assessment="反映检查频次和手续，属于涉企检查监督事项，向街道核查。", concerned=street,
        conduct="arbitrary_inspection",
    )  # fmt: skip
    lead = actions.refer_lead(
        actor=liu, lead=_lead(lead), text="请说明四次检查的计划、审批和记录。",
        respond_by=statutory_calendar().nth_working_after(clock.today(), 5),
    )  # fmt: skip
    alert = Alert.objects.unscoped("演示数据").select_related("agency").get(pk=lead.alert_id)
    actions.answer_question(actor=unit, question=alert.questions.get(), answer="四次检查中两次列入计划，两次为临时检查，未办审批，未留记录。")  # fmt: skip
    lead = actions.verify_lead(
        actor=liu,
        lead=_lead(lead),
        substantiated=True,
        text="调阅检查台账，两次检查没有审批和记录，反映属实。",
    )
    opinion = actions.issue(
        actor=liu, alert=Alert.objects.unscoped("演示数据").select_related("agency").get(pk=alert.pk), kind="opinion",
        title=f"关于{street.short_name}规范涉企检查的监督意见书",
        facts="经查，你单位对同一店铺半月内检查四次，其中两次没有审批、没有检查记录。",
        demands="停止无审批的检查，补建台账，制定同类检查的计划，并报送纠正情况。",
        respond_by=clock.today() - timedelta(days=8), on=clock.today() - timedelta(days=30),
    )  # fmt: skip
    actions.mark_read(actor=unit, instrument=opinion)
    objection = actions.object_to(
        actor=unit, instrument=opinion, text="其中一次是随上级联合检查，建议不计入。"
    )
    actions.answer_objection(
        actor=liu, instrument=opinion, objection=objection, sustained=False,
        answer="联合检查的通知只覆盖另一家店铺，不能作为本次检查的依据，异议不成立。",
    )  # fmt: skip
    proof = _proof("检查计划和台账.txt", "涉企检查计划、审批单和补建的检查台账。")
    day = clock.today() - timedelta(days=10)
    actions.reply(actor=unit, instrument=opinion, text="已停止无审批检查，补建台账，制定季度检查计划。", files=[proof], on=day)  # fmt: skip
    opinion.refresh_from_db(from_queryset=type(opinion).objects.unscoped("演示数据"))
    actions.accept(actor=liu, instrument=opinion, text="台账和计划与报送的一致，纠正到位。", on=day + timedelta(days=2))  # fmt: skip
    opinion.refresh_from_db(from_queryset=type(opinion).objects.unscoped("演示数据"))
    actions.use_result(actor=liu, instrument=opinion, kind="appraisal", points=2, note="涉企检查不规范")
    actions.publish_summary(
        actor=liu, instrument=opinion,
        summary="群众反映对同一店铺检查过频。查实其中两次检查没有审批和记录，已督促停止无审批检查、补建台账、制定检查计划，整改已核对。",
    )  # fmt: skip
    said = "查实两次检查没有审批和记录，已制发监督意见书，街道已停止无审批检查并制定检查计划，结果公开在“执法监督结果”。"
    actions.feed_back_lead(actor=liu, lead=_lead(lead), text=said)
    conclude(actor=wen, complaint=complaint, answer=said, at=ago(6))


def _leads(streets: list[Agency]) -> None:
    """One of each kind of waiting: unjudged, put to an agency, merged into a like one."""
    liu = _as("liu")
    hotline = take_in_lead(
        actor=liu, source=Source.HOTLINE, source_ref="RX20261103-0417", title="占道经营反复举报没有处理", concerned=streets[1].code,
        facts="市民多次反映夜市占道，街道答复已处理，现场没有变化。", received_on=(ago(2)).date(),
        answer_by=statutory_calendar().nth_working_after(clock.today(), 3), quietly=True,
    )  # fmt: skip
    take_in_lead(
        actor=liu, source=Source.MEDIA, source_ref="新洲融媒-1102", title="夜市占道反复出现，执法停在纸面", concerned=streets[1].code,
        facts="报道称市民多次反映夜市占道，街道答复已处理，现场没有变化。", received_on=(ago(1)).date(), quietly=True,
    )  # fmt: skip
    take_in_lead(
        actor=liu, source=Source.SOCIETY, source_ref="演示协会函〔2026〕3号", title="协会反映各街道检查单不一致", concerned=streets[2].code,
        facts="会员企业反映：同一检查事项，三个街道要求的材料不同，希望统一。", received_on=(ago(3)).date(), quietly=True,
    )  # fmt: skip
    firm = take_in_lead(
        actor=liu, source=Source.ENTERPRISE, source_ref="QY-2026-118", title="检查要求企业提供与事项无关的材料", concerned=streets[3].code,
        facts="企业反映检查时被要求提供三年财务账册，与检查事项无关。", received_on=(ago(12)).date(), quietly=True,
    )  # fmt: skip
    firm = actions.assess_lead(
        actor=liu, lead=firm, assessment="反映超出检查范围，属于监督事项。", concerned=streets[3], conduct="arbitrary_inspection"
    )  # fmt: skip
    day = statutory_calendar().nth_working_after(clock.today(), 4)
    actions.refer_lead(actor=liu, lead=_lead(firm), text="请说明索取账册的依据和用途。", respond_by=day)
    late = take_in_lead(
        actor=liu, source=Source.HOTLINE, source_ref="RX20261028-0115", title="来电要求调解邻里噪声", concerned=streets[0].code,
        facts="来电反映邻里噪声，要求上门调解。", received_on=(ago(6)).date(), answer_by=clock.today(), quietly=True,
    )  # fmt: skip
    actions.dismiss_lead(
        actor=liu,
        lead=late,
        assessment="反映的是邻里纠纷，不涉及执法行为，请向所在社区人民调解委员会申请调解。",
    )
    take_in_lead(
        actor=liu, source=Source.EVALUATION, source_ref="PC-2026-3-07", title="案卷评查发现听证告知没有送达回证",
        concerned=streets[4].code, facts="三季度案卷评查抽到的一份案卷，听证告知书没有送达回证。\n评查扣 5 分。",
        received_on=(ago(3)).date(), quietly=True,
    )  # fmt: skip
    second = take_in_lead(
        actor=liu, source=Source.HOTLINE, source_ref="RX20261104-0032", title="夜市占道举报多次没有结果", concerned=streets[1].code,
        facts="市民反映夜市占道多次举报没有结果，现场没有变化。", received_on=(ago(1)).date(), quietly=True,
    )  # fmt: skip
    actions.merge_lead(actor=liu, lead=second, into=hotline, reason="同一夜市、同一时段，是同一件事。")


def _joined() -> None:
    """A rule found it, a hotline order tells of it too: one alert with both sources, one clock."""
    liu = _as("liu")
    rows = (
        Alert.objects.unscoped("演示数据")
        .filter(kind="breach", state="new", due_on__isnull=False, still_breached=True)
        .exclude(rule__startswith="LEAD-")
    )
    alert = rows.filter(agency__level="street").select_related("agency").order_by("pk").first()
    if alert is None:
        return
    lead = take_in_lead(
        actor=liu, source=Source.HOTLINE, source_ref="RX20261105-0210", title="来电反映案件办理拖延", concerned=alert.agency_id,
        about=alert.matter_id, facts="当事人来电反映自己的案件迟迟没有下文，要求告知办到哪一步。", received_on=(ago(1)).date(),
        quietly=True,
    )  # fmt: skip
    actions.join_alert(
        actor=liu, lead=_lead(lead), alert=alert, reason="反映的就是规则已经发现的这一件，一并处置。"
    )


def _two_rules() -> None:
    """Two rules have found one case: the second alert joins the first and is decided with it."""
    rows = Alert.objects.unscoped("演示数据").filter(kind="breach", state="new", leads=None)
    rows = rows.exclude(rule__startswith="LEAD-").select_related("agency").order_by("matter_id", "pk")
    first = None
    for alert in rows:
        if first is not None and first.matter_id == alert.matter_id and first.rule != alert.rule:
            actions.merge_alert(
                actor=_as("liu"), alert=alert, into=first, reason="同一个环节拖延引起的，一并核实、一并督办。"
            )
            return
        first = alert


def _plan_under_way(streets: list[Agency]) -> None:
    liu, mei, today = _as("liu"), _as("mei"), clock.today()
    plan = oversight.draft_plan(
        actor=liu, kind="key", notice_word="special", title="街道涉企检查重点监督", subjects=streets,
        reason="涉企诉求渠道和投诉集中反映检查过频，典型性强。", scope="检查计划、审批、通知、记录和频次；近半年全部涉企检查。",
        from_on=today - timedelta(days=20), until_on=today + timedelta(days=25), on=today - timedelta(days=21),
    )  # fmt: skip
    for person, role in (("liu", "组长"), ("mei", "监督员")):
        oversight.add_member(actor=liu, plan=plan, person=Person.objects.get(login_name=person), role=role)
    oversight.add_member(actor=liu, plan=plan, name="何代表", role="区人大代表")
    oversight.choose_points(
        actor=liu, plan=plan, points=["S3-08", "S3-09", "S3-10"], on=today - timedelta(days=21)
    )
    plan = oversight.approve_plan(actor=liu, plan=plan, on=today - timedelta(days=20))
    plan = oversight.list_plan(
        actor=liu, plan=plan, why="企业反映强烈，影响营商环境。", on=today - timedelta(days=18)
    )
    for street in streets[:2]:
        oversight.take_measure(
            actor=mei, plan=plan, kind="self_check", agency=street, text="请对近半年涉企检查逐次自查，填报计划、审批和记录的情况。",
            taken_on=today - timedelta(days=5), respond_by=today + timedelta(days=5),
        )  # fmt: skip
    oversight.change_plan(
        actor=liu, plan=plan, title=plan.title, reason=plan.reason, scope=plan.scope, from_on=plan.from_on,
        until_on=plan.until_on + timedelta(days=10), subjects=streets, notice_word=plan.notice_word,
        why="三个街道涉企检查较多，抽查时间不够，延长十日。",
    )  # fmt: skip
    wrong = oversight.take_measure(
        actor=mei, plan=plan, kind="interview", agency=streets[0], text="访谈企业三家。", taken_on=today - timedelta(days=4)
    )  # fmt: skip
    oversight.correct_measure(
        actor=mei, measure=wrong, why="访谈的是两家，日期早一天", kind="interview", agency=streets[0],
        text="访谈企业两家，了解检查频次和手续。", taken_on=today - timedelta(days=5),
    )  # fmt: skip
    seen = oversight.take_measure(
        actor=mei, plan=plan, kind="inspect", agency=streets[2], place="综合执法中心", text="查阅近半年检查台账，抽查三家企业。",
        taken_on=today - timedelta(days=6),
    )  # fmt: skip
    oversight.find(actor=mei, measure=seen, problem=True, found="台账缺七次检查的审批单，其中三次没有检查记录。", title="七次涉企检查没有审批单")  # fmt: skip


def _plan_done(street: Agency) -> None:
    liu, mei, today = _as("liu"), _as("mei"), clock.today()
    plan = oversight.draft_plan(
        actor=liu, kind="routine", title=f"{street.short_name}执法公示日常监督", subjects=[street],
        reason="年度日常监督安排。", scope="行政处罚决定公开的及时性和完整性。", from_on=today - timedelta(days=70),
        until_on=today - timedelta(days=40), on=today - timedelta(days=72),
    )  # fmt: skip
    for person, role in (("liu", "组长"), ("mei", "监督员")):
        oversight.add_member(actor=liu, plan=plan, person=Person.objects.get(login_name=person), role=role)
    oversight.choose_points(actor=liu, plan=plan, points=["S3-01"], on=today - timedelta(days=71))
    plan = oversight.approve_plan(actor=liu, plan=plan, on=today - timedelta(days=70))
    for kind, text, found in (
        ("statistics", "比对公示平台和案件台账。", "上季度决定全部按期公开。"),
        ("interview", "访谈法制审核人员和公示专岗。", "公示流程清楚，专人负责。"),
    ):
        taken = oversight.take_measure(
            actor=mei, plan=plan, kind=kind, agency=street, text=text, taken_on=today - timedelta(days=60)
        )
        oversight.find(actor=mei, measure=taken, problem=False, found=found)
    plan = oversight.report_plan(
        actor=mei, plan=plan, findings="公示及时、完整，没有发现问题。", proposals="保持专人负责，做法在全区交流。",
        on=today - timedelta(days=42),
    )  # fmt: skip
    oversight.close_plan(actor=liu, plan=plan, conclusion="没有需要整改的问题，做法已交流。", on=today - timedelta(days=41))  # fmt: skip


def _task_from_above(streets: list[Agency]) -> None:
    oversight.receive_task(
        actor=_as("liu"), sent_by="湖北省司法厅（演示）", sent_number="演示〔2026〕8 号", title="规范涉企行政执法专项监督任务",
        reason="省里开展专项监督，要求各区自查并报送情况。", scope="逐利执法、异地执法和乱罚款。", subjects=streets,
        from_on=clock.today() - timedelta(days=15), until_on=clock.today() + timedelta(days=40),
    )  # fmt: skip


def _visits() -> None:
    """A round drawn among the cases closed in the last months, three of them answered."""
    mei, today = _as("mei"), clock.today()
    rows = case_rows(mei).filter(closed_on__isnull=False, party__isnull=False)
    closed = [day for day in rows.order_by("-closed_on").values_list("closed_on", flat=True)[:60] if day]
    if not closed:
        return
    last = min(closed[0], today)
    first = closed[-1]
    size = min(8, rows.filter(closed_on__range=(first, last)).count())
    round = oversight.open_round(
        actor=mei, title=f"{last.year} 年结案回访第一批", closed_from=first, closed_to=last, size=size
    )
    oversight.draw_round(actor=mei, round=round, seed="3 7 1", seed_source="福彩 3D 开奖号码（演示数值）")
    good = {"shown": "yes", "told": "yes", "served": "yes", "paid": "no", "clean": "no", "content": "4"}
    for at, visit in enumerate(visits_of(round)[:3]):
        answers = good | ({"told": "no", "content": "2"} if at == 2 else {})
        oversight.enter_visit(actor=mei, visit=visit, way="phone", reached=True, answers=answers)


def _circular(street: Agency) -> None:
    liu = _as("liu")
    actions.issue_record(
        actor=liu, kind="circular", to=street, title="关于三季度行政执法监督情况的通报",
        facts="三季度监督发现的问题集中在送达超期、检查缺少审批两类。", demands="各单位对照自查，按月核对期限，检查先审批后进行。",
        copied_to=["各街道办事处、镇人民政府"], on=clock.today() - timedelta(days=9),
    )  # fmt: skip
    actions.issue_record(
        actor=liu, kind="on_spot", to=street, title="关于现场检查记录的当场纠正记录",
        facts="检查记录漏填一名执法人员的证号。", demands="当场补填证号并由当事人确认。",
        files=[_proof("补填后的记录.txt", "补填证号后的检查记录。")], on=clock.today() - timedelta(days=4),
    )  # fmt: skip
