"""Volunteers from the notice to the feedback, a lead of the media and a few ratings, told through the actions that people use."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from plumbline.apps.inspections.contract import Inspection
from plumbline.apps.supervision import actions as supervising
from plumbline.apps.supervision.contract import lead_of
from plumbline.apps.volunteers import actions
from plumbline.apps.volunteers.adding_up import add_up
from plumbline.apps.volunteers.models import Recruitment, Volunteer
from plumbline.apps.volunteers.questions import RATING
from plumbline.apps.volunteers.rating_codes import new_code, period_of
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person

LESSON = """一、您看什么：有没有出示证件，是不是两个人，有没有说明来意、听对方说，有没有开着记录仪，说话做事是不是文明。
二、您不做什么：不检查、不问话、不劝说，不代替执法人员，不替任何一方作证。
三、看到要紧的事：记下时间和地点，活动以后登记；正在发生危险的，告诉带队的人或者拨打 110、119、120。
四、保密：活动中知道的商业秘密、个人隐私不告诉别人，照片只在登记时上传，不发到别处。
五、回避：您或者近亲属在被监督的机关工作，或者有别的利害关系的，答复邀请时选“应当回避”。"""
NOTICE = """条件：年满十八周岁，热心公益，有担当、能作为，办事公道；在本区工作或者居住。
职责：每年参加两次以上的执法监督活动，如实记录所见，反映情况和建议。
聘期：两年，可以续聘。义务监督员不领报酬，不行使行政执法权。
近亲属在本区行政执法机关工作的也可以报名，报名时如实申报，不安排监督该机关。"""


def tell_society() -> None:
    """Two in office: one has seen something and was answered; a notice that stands with one who waits; a draw to answer."""
    desk, today = _actor("tong"), clock.today()
    notice = actions.publish_recruitment(
        actor=desk, title="新洲区行政执法义务监督员招募公告", text=NOTICE, wanted=20, opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=25), keep_until=today + timedelta(days=85),
    )  # fmt: skip
    street, other = Agency.objects.get(pk="AG-ST-002"), Agency.objects.get(pk="AG-FQ-02")
    first = _appointed(
        "yiwu", "易武平", "退休教师，住在阳逻，常在江边走动，想为家门口的秩序出点力。", (), notice
    )
    _appointed(
        "yiwu2", "伍心宜", "社区网格员，熟悉沿街商户。爱人在区城管部门工作，已申报。", (other.pk,), notice
    )
    actions.apply(
        actor=ANONYMOUS, recruitment=notice, name="郝学勤", phone="13900000058", employer="某建筑公司",
        about="从事工程管理二十年，愿意参加工地检查的监督。", conflict_words="所在公司是建筑企业。", declared=True,
    )  # fmt: skip
    lesson = actions.publish_training(
        actor=desk, title="第一次参加监督活动，看什么，不做什么", text=LESSON, minutes=20
    )
    actions.publish_training(
        actor=desk, title="义务监督员集中培训", text="讲解行政执法公示、全过程记录的要求，现场演练登记所见。请带手机。",
        minutes=120, held_on=today + timedelta(days=9),
    )  # fmt: skip
    actions.mark_read(actor=_actor("yiwu"), volunteer=first, training=lesson)
    _seen_and_answered(first, street)
    actions.commend(
        actor=desk, volunteer=first, text="夜里到执法中心走访，提的意见街道采纳了，门外加贴了值班电话。"
    )
    for title, kind, agency, days, start, wanted in (
        ("夜间渣土运输检查", "inspection", street, 1, time(22, 0), 1),
        ("行政处罚听证旁听", "hearing", street, 6, time(9, 30), 2),
    ):
        planned = actions.plan_activity(
            actor=desk, kind=kind, title=title, concerned=agency,
            starts_at=datetime.combine(today + timedelta(days=days), start, clock.CHINA),
            place=f"{agency.short_name}综合执法中心一楼", wanted=wanted,
        )  # fmt: skip
        planned = actions.draw_volunteers(actor=desk, activity=planned)
        if kind == "inspection":
            invited = planned.invitations.select_related("volunteer__person").get()
            assert invited.volunteer.person is not None
            actions.answer_invitation(
                actor=Actor.of(invited.volunteer.person, on=today), invitation=invited, accept=True
            )
    actions.register_media_lead(
        actor=desk, outlet="某都市报（示例）", title="工地夜间施工扰民，居民称多次反映无人到场", published_on=today - timedelta(days=2),
        url="https://news.example/2026/night-works", concerned=street,
        summary="报道称某工地连续多夜施工，居民反映后没有看到执法人员到场。",
    )  # fmt: skip
    _rated(street)


def _appointed(
    login: str, name: str, about: str, conflicts: tuple[str, ...], notice: Recruitment
) -> Volunteer:
    desk, today = _actor("tong"), clock.today()
    application, _ = actions.apply(
        actor=ANONYMOUS, recruitment=notice, name=name, phone="13900000066", about=about, conflicts=conflicts,
        declared=True,
    )  # fmt: skip
    actions.decide_application(
        actor=desk, application=application, passed=True, answer="符合条件，利害关系已经核实。"
    )
    made = actions.appoint(
        actor=desk,
        application=application,
        from_on=today - timedelta(days=10),
        to_on=today + timedelta(days=720),
    )
    return actions.link_account(actor=desk, volunteer=made, login_name=login)


def _seen_and_answered(volunteer: Volunteer, street: Agency) -> None:
    """A walk of one's own, its lead judged, verified and answered; the answer reaches the volunteer by itself."""
    visit = actions.record_visit(
        actor=_actor("yiwu"), volunteer=volunteer, concerned=street, observation=True,
        answers={"shown": "yes", "posted": "no", "answered": "yes", "civil": "yes"},
        text="晚上九点半到执法中心，值班电话贴在门里面，外面看不到，敲门十分钟后有人来。",
    )  # fmt: skip
    supervisor, lead = _actor("liu"), lead_of("volunteer", visit.matter_id)
    assert lead is not None
    supervising.assess_lead(
        actor=supervisor,
        lead=lead,
        concerned=street,
        assessment="反映夜间值班公开不到位，属于监督事项，向街道核实。",
    )
    supervising.verify_lead(
        actor=supervisor, lead=lead, substantiated=False,
        text="值班安排和电话已依规公开，夜间大门锁闭后外面看不到；街道当日在门外加贴值班电话。",
    )  # fmt: skip
    supervising.feed_back_lead(
        actor=supervisor,
        lead=lead,
        text="已向街道核实：值班安排没有违反规定，但门外确实看不到电话。街道已在门外加贴，并改了夜间交接。谢谢您。",
    )


def _rated(street: Agency) -> None:
    """Six firms of the quarter have answered; the slip of the last inspection has been printed."""
    for number in range(6):
        answers = {key: "no" if (number, key) in {(1, "needed"), (4, "told")} else "yes" for key, _ in RATING}
        actions.rate(actor=ANONYMOUS, code=new_code(street.pk, period_of(clock.today())), answers=answers)
    add_up()
    made = (
        Inspection.objects.unscoped("演示：打印一张评价卡")
        .exclude(filed_at=None)
        .filter(agency=street)
        .first()
    )
    if made is not None:
        actions.print_slip(actor=_actor("zhou"), inspection=made)


def _actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())
