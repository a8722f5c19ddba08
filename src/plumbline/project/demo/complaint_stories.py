"""Complaints and reports of the public at every stage, told through the actions that people use."""

from __future__ import annotations

from datetime import datetime, timedelta

from plumbline.apps.complaints.actions import (
    accept,
    ask_opening,
    begin,
    conclude,
    decide_opening,
    hand_in,
    keep_identity,
    make_custody_key,
    point_elsewhere,
    refer,
    reply,
    save_page,
    supplement,
)
from plumbline.apps.complaints.models import Complaint
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person

#: As public as the demonstration's password; nothing it seals is of anybody.
CUSTODY_PASSPHRASE = "plumbline-demo-custody"


def tell_complaints() -> None:
    """Seven of them: two of today, one on its way, one late, three over."""
    desk, keeper = _actor("wen"), _actor("jin")
    for login in ("jin", "hu"):
        make_custody_key(actor=_actor(login), passphrase=CUSTODY_PASSPHRASE, again=CUSTODY_PASSPHRASE)
    streets = list(Agency.objects.filter(level="street", enforces=True).order_by("code")[:4])
    departments = list(Agency.objects.filter(level="district", enforces=True).order_by("code")[:2])
    tell(
        "conduct", streets[0], "邾城街道新洲大街农贸市场门口", "今天上午",
        "两名执法人员收走了我的秤，没有给任何单子，也没有说依据什么。问他们姓名和证号，说回去再讲。", ago(0),
    )  # fmt: skip
    tell(
        "violation", None, "双柳街道江边堤角", "最近每天夜里十一点以后",
        "有货车往江边倒建筑垃圾，车牌用泥糊住，天亮前走。", ago(2),
        wish="希望晚上有人来查。", who=("陈安平", "13900000017"),
    )  # fmt: skip
    on_its_way = tell(
        "conduct", streets[1], "阳逻街道平江西路", "上月中旬",
        "我们店十天里被查了三次，每次来的人都不一样，都说第一次来。我叫陈安平，电话13900000017，可以作证。", ago(9),
        who=("陈安平", "13900000017"),
    )  # fmt: skip
    accept(actor=desk, complaint=on_its_way, told="已经受理，转请阳逻街道说明检查的安排和依据，核查后答复您。", dealt_under_31_6=True, at=ago(7))  # fmt: skip
    refer(actor=desk, complaint=on_its_way, to=streets[1], note="请说明三次检查的批准、事由和记录。", respond_by=clock.today() + timedelta(days=6), at=ago(7))  # fmt: skip
    supplement(actor=ANONYMOUS, complaint=on_its_way, text="第三次来的时候店里有监控，录像还在。")
    asked = ask_opening(
        actor=desk, complaint=on_its_way, reason="需要到店里调取监控录像，不知道是哪一家就不能进行。"
    )
    decide_opening(actor=keeper, opening=asked, granted=True, passphrase=CUSTODY_PASSPHRASE)
    tell(
        "conduct", departments[0], "区直部门办事窗口", "半个月前",
        "交了整改材料，一直没有人来复查，问了几次都说再等等，店一直开不了。", ago(19),
        who=("周信", "13900000025"),
    )  # fmt: skip
    answered = tell(
        "conduct", streets[2], "仓埠街道正源大道", "九月下旬",
        "罚款收了现金，没有给收据。", ago(55), who=("吴明理", "13900000033"),
    )  # fmt: skip
    accept(actor=desk, complaint=answered, told="已经受理，向仓埠街道核查当日罚款的收缴和票据。", dealt_under_31_6=True, at=ago(50))  # fmt: skip
    told = refer(actor=desk, complaint=answered, to=streets[2], note="请提供当日当场收缴的票据存根和缴存凭证。", respond_by=ago(40).date(), at=ago(50))  # fmt: skip
    unit = Actor.of(Person.objects.get(login_name=liaison_of(streets[2])), on=clock.today())
    reply(actor=unit, referral=told, text="经核查，当日票据已开具，当事人离开时没有领取，票据存根和缴存凭证齐全，现已送达当事人。", at=ago(42))  # fmt: skip
    conclude(actor=desk, complaint=answered, answer="经核查，罚款已开具专用票据并于次日缴存，票据没有当场交给您，属于工作疏漏，票据已补送，街道已对经办人员批评教育。", at=ago(38))  # fmt: skip
    elsewhere = tell(
        "conduct", departments[1], "", "", "对处罚决定不服，认为罚得太重，要求取消。", ago(30), who=("郑直", "13900000041"),
    )  # fmt: skip
    point_elsewhere(actor=desk, complaint=elsewhere, told="对处罚决定不服的，可以自收到决定书之日起按决定书上写明的期限申请行政复议或者提起行政诉讼。", at=ago(26))  # fmt: skip
    quiet = tell(
        "violation", streets[3], "汪集街道陶林村口", "十月以来", "有人在路边烧垃圾，烟很大。", ago(33)
    )
    accept(actor=desk, complaint=quiet, told="已经受理，转请汪集街道现场查看，结果写在这里。", dealt_under_31_6=False, at=ago(31))  # fmt: skip
    conclude(actor=desk, complaint=quiet, answer="街道到场查看，当场制止并清理，对行为人教育后责令改正，已安排夜间巡查。", at=ago(24))  # fmt: skip


def tell(
    kind: str,
    concerned: Agency | None,
    place: str,
    happened: str,
    text: str,
    at: datetime,
    *,
    wish: str = "",
    who: tuple[str, str] = ("", ""),
) -> Complaint:
    complaint, _ = begin(actor=ANONYMOUS)
    pages: dict[str, dict[str, object]] = {
        "kind": {"kind": kind},
        "where": {"concerned": concerned, "place": place, "happened": happened, "reference": ""},
        "what": {"text": text},
        "wish": {"wish": wish},
    }
    for page, values in pages.items():
        save_page(actor=ANONYMOUS, complaint=complaint, page=page, values=values)
    keep_identity(actor=ANONYMOUS, complaint=complaint, name=who[0], contact=who[1])
    return hand_in(actor=ANONYMOUS, complaint=complaint, at=at)


def ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def _actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def liaison_of(agency: Agency) -> str:
    """The login of somebody there who answers the supervision organ."""
    return str(
        Person.objects.filter(
            tenures__post__agency=agency, tenures__post__capabilities__contains=["supervision.reply"]
        )
        .order_by("pk")
        .values_list("login_name", flat=True)[0]
    )
