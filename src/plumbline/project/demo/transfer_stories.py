"""Work that agencies hand to each other, told through the actions that people use.

A case sent back, disputed, settled and sent again; a third transfer that went to 区司法局 by itself; help that came late; a
dispatched task waiting for its check; joint enforcement; an opinion refused; a duty still disputed; a transfer taken back.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from plumbline.apps.cases.actions import NewParty
from plumbline.apps.cases.contract import open_case, take_step
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.models import Coordination
from plumbline.apps.coordination.watching import watch_terms
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

YANGLUO, ZHUCHENG, CANGBU, WANGJI = "AG-ST-002", "AG-ST-001", "AG-ST-003", "AG-ST-004"
CITY, HOUSING, MARKET, PERMITS, ROADS, HEALTH = (
    "AG-FQ-02",
    "AG-FQ-06",
    "AG-XZ-SCJG",
    "AG-XZ-XZSP",
    "AG-FQ-08",
    "AG-FQ-10",
)


def tell_transfers() -> None:
    """Ten stories; each step at its day."""
    _settled()
    _third_time()
    _taken()
    _waiting()
    _assistance()
    _joint()
    _dispatched()
    _refused()
    _duty()
    _taken_back()
    watch_terms()


def _settled() -> None:
    """阳逻街道 and 城管 about the waste of a large site: returned, disputed, coordinated, and the same case sent again."""
    case = _lead(
        YANGLUO, "CG-104", "平江路工地建筑垃圾长期未清运案", "阳逻街道平江路东侧",
        "工地堆存建筑垃圾约六百立方米，三次责令清运未清运，施工单位在区内另有两处工地同样堆存。", 46,
    )  # fmt: skip
    first = _send(case, CITY, "level", "同一施工单位在三个街道都有未清运的工地，应当由区级部门一并查处。", 40)
    actions.return_transfer(
        actor=office_of(CITY),
        row=first,
        reason="street",
        text="该事项已由街道承接，本地由阳逻街道办理。",
        at=long_ago(36),
    )
    dispute = actions.open_dispute(
        actor=office_of(YANGLUO), agency_code=YANGLUO, others=[body(CITY)], subject="jurisdiction",
        title="跨街道工地的建筑垃圾由谁查处", text="涉及三个街道，街道只能处理本辖区的一处。", item="CG-104",
        domain="housing_construction", division_code="420117002000", transfer=first, at=long_ago(35),
    )  # fmt: skip
    actions.record_talk(
        actor=office_of(CITY), row=dispute, on=_on(32), people="阳逻街道何建国、城管执法分管负责人",
        text="街道认为应当由区级一并查处，城管认为事项已经承接，没有取得一致。", at=long_ago(32),
    )  # fmt: skip
    actions.apply_for_coordination(
        actor=office_of(YANGLUO), row=dispute, text="请明确跨街道工地的查处机关。", at=long_ago(31)
    )
    actions.give_opinion(
        actor=acting("liu"), row=dispute, agency=body(CITY), method="domain",
        text="施工单位跨街道堆存，分别查处容易标准不一。按领域归口，由城管执法部门一并查处，街道配合取证。", at=long_ago(27),
    )  # fmt: skip
    actions.take_position(actor=office_of(YANGLUO), row=dispute, agrees=True, at=long_ago(26))
    actions.take_position(
        actor=office_of(CITY),
        row=dispute,
        agrees=True,
        text="同意，请街道移交三次责令清运的记录。",
        at=long_ago(25),
    )
    again = _send(case, CITY, "settled", "按协调结果移送，三次责令清运的记录一并移交。", 22)
    _accept(again, "CG-104", 20)


def _third_time() -> None:
    """A lead that went to and fro: the third time it goes to 区司法局 by itself and waits there."""
    case = _lead(
        ZHUCHENG, "CG-105", "举水河滩倾倒生活垃圾线索", "邾城街道举水河滩",
        "巡查发现河滩有成堆生活垃圾，位置在街道与水务管理范围的交界处。", 30,
    )  # fmt: skip
    for days, reason, said in (
        (28, "place", "河滩在水务管理范围以外，本部门没有管辖。"),
        (19, "street", "该事项已由街道承接。"),
    ):
        row = _send(case, CITY, "place", "倾倒地点不全在街道辖区内。", days)
        actions.return_transfer(
            actor=office_of(CITY), row=row, reason=reason, text=said, at=long_ago(days - 4)
        )
    _send(case, CITY, "level", "两次退回，仍请区级部门办理。", 6)


def _taken() -> None:
    case = _lead(
        CANGBU,
        "CG-105",
        "餐饮店后巷倾倒厨余垃圾案",
        "仓埠街道正源大道",
        "检查时另发现该店没有进货查验记录。",
        17,
    )
    row = _send(case, MARKET, "item", "进货查验记录属市场监管部门的事项，倾倒行为已当场责令清理。", 15)
    actions.consult(
        actor=office_of(MARKET), row=row, text="请说明检查当日是否制作现场笔录。", at=long_ago(14)
    )
    actions.say(actor=office_of(CANGBU), row=row, text="已制作，笔录和照片在移送清单内。", at=long_ago(13))
    _accept(row, "SJ-301", 12)


def _waiting() -> None:
    """One for 阳逻街道 to take or send back today."""
    case = _lead(
        WANGJI,
        "CG-102",
        "运输车沿途遗撒建筑垃圾案",
        "汉施公路阳逻段",
        "车辆自汪集驶出，遗撒发生在阳逻街道辖区。",
        5,
    )
    _send(case, YANGLUO, "place", "遗撒路段在阳逻街道辖区内。", 2)


def _assistance() -> None:
    row = _ask(
        "assistance", YANGLUO, [HOUSING], "调取施工单位资质和渣土处置核准", 24, 16,
        "办案需要核实平江路工地施工单位的资质和渣土处置核准情况，请提供复印件并加盖公章。",
    )[0]  # fmt: skip
    actions.sign_for(actor=office_of(HOUSING), row=row, at=long_ago(23))
    actions.remind(actor=office_of(YANGLUO), row=row, text="已过期限，请尽快。", at=long_ago(14))
    actions.answer(
        actor=office_of(HOUSING),
        row=row,
        text="资质和核准文件共三份已寄送，电子件见附件清单；因档案移库，答复逾期。",
        at=long_ago(12),
    )
    _ask(
        "assistance",
        CITY,
        [YANGLUO],
        "协助通知当事人到场",
        1,
        -6,
        "请协助通知当事人七日内到城管执法部门接受询问。",
    )


def _joint() -> None:
    rows = _ask(
        "joint", CITY, [YANGLUO, ROADS], "渣土运输车夜间联合整治", 6, -3,
        "请各派两名执法人员和一辆执法车，在汉施公路和平江路设点检查。",
    )  # fmt: skip
    actions.sign_for(actor=office_of(YANGLUO), row=rows[0], text="派周晓岚、陈立群参加。", at=long_ago(5))


def _dispatched() -> None:
    done = _ask(
        "dispatch",
        PERMITS,
        [MARKET],
        "核查注销许可后继续经营",
        20,
        8,
        "两户食品经营许可已注销，门店仍在营业，请核查处理。",
    )[0]
    actions.sign_for(actor=office_of(MARKET), row=done, at=long_ago(19))
    actions.answer(actor=office_of(MARKET), row=done, text="一户已停业，一户核查中。", at=long_ago(15))
    actions.check_feedback(
        actor=office_of(PERMITS),
        row=done,
        passed=False,
        text="第二户没有结果，请继续。",
        respond_by=_on(8),
        at=long_ago(14),
    )
    actions.answer(actor=office_of(MARKET), row=done, text="第二户已立案，案件正在办理。", at=long_ago(10))
    actions.check_feedback(
        actor=office_of(PERMITS), row=done, passed=True, text="结果属实，办结。", at=long_ago(9)
    )
    back = _ask(
        "dispatch", PERMITS, [YANGLUO], "核查临时占道许可到期未清场", 7, -1, "许可已到期，请现场核查并反馈。"
    )[0]
    actions.sign_for(actor=office_of(YANGLUO), row=back, at=long_ago(6))
    actions.answer(actor=office_of(YANGLUO), row=back, text="到场时已经清场，照片留存。", at=long_ago(1))


def _refused() -> None:
    row = _ask(
        "opinion", MARKET, [HEALTH], "请对菜品检出物出具鉴定意见", 9, 2, "请对抽样检出物的来源出具专业意见。"
    )[0]
    actions.refuse(
        actor=office_of(HEALTH),
        row=row,
        reason="beyond",
        text="本部门没有该项鉴定资质，建议委托检验机构。",
        at=long_ago(7),
    )


def _duty() -> None:
    row = actions.open_dispute(
        actor=office_of(HOUSING), agency_code=HOUSING, others=[body(CITY), body(PERMITS)], subject="duty",
        title="渣土处置核准后的日常监管由谁承担", text="核准由审批局作出，日常监管没有写进清单。", item="CG-103",
        domain="housing_construction", at=long_ago(11),
    )  # fmt: skip
    actions.record_talk(
        actor=office_of(CITY),
        row=row,
        on=_on(4),
        people="三部门法制机构",
        text="各自意见不一，约定本周再谈。",
        at=long_ago(4),
    )


def _taken_back() -> None:
    """Sent without the photos, and taken back before 城管 had signed for it."""
    case = _lead(
        CANGBU,
        "CG-104",
        "旧村改造工地建筑垃圾围堆案",
        "仓埠街道旧村改造工地",
        "工地建筑垃圾沿围墙堆放约二百立方米，占用人行道。",
        9,
    )
    row = _send(case, CITY, "level", "数量较大，拟由区级部门办理。", 5)
    actions.take_back_transfer(
        actor=office_of(CANGBU), row=row, text="漏附现场照片，补齐后另行报批移送。", at=long_ago(4)
    )


# -- how it is told --------------------------------------------------------------------------------------------------


def _lead(agency: str, item: str, title: str, place: str, summary: str, days: int) -> Any:
    return open_case(
        actor=officer_of(agency), title=title, source="inspection", item=item, summary=summary, place=place,
        party=NewParty(kind="legal_person", name=f"武汉{title[:2]}示例工程有限公司"), occurred_at=long_ago(days, 9),
    )  # fmt: skip


def _send(case: Any, to: str, ground: str, text: str, days: int) -> Coordination:
    agency = case.agency_id
    take_step(
        actor=officer_of(agency), case=case, step="case_transferred", data={"to": to},
        details={"reason": text}, occurred_at=long_ago(days, 9), approver=_head(agency),
    )  # fmt: skip
    return actions.send_transfer(
        actor=office_of(agency), case=case, to=body(to), ground=ground, text=text, at=long_ago(days)
    )


def _accept(row: Coordination, item: str, days: int) -> None:
    handler = _holding(row.to_id, "cases.handle")
    actions.accept_transfer(
        actor=office_of(row.to_id), row=row, handler=handler, item=item, at=long_ago(days)
    )


def _ask(
    kind: str, agency: str, to: list[str], title: str, days: int, due: int, text: str
) -> list[Coordination]:
    """``due``: days before today by which it is to be answered; negative is after today."""
    return actions.request(
        actor=office_of(agency), agency_code=agency, kind=kind, to=[body(each) for each in to], title=title,
        text=text, respond_by=_on(due), at=long_ago(days),
    )  # fmt: skip


def _holding(agency: str, capability: str) -> Person:
    people = Person.objects.filter(
        tenures__post__agency=agency, tenures__post__capabilities__contains=[capability]
    )
    return people.order_by("pk")[0]


def office_of(agency: str) -> Actor:
    return _of(_holding(agency, "supervision.reply"))


def officer_of(agency: str) -> Actor:
    return _of(_holding(agency, "cases.handle"))


def _head(agency: str) -> Actor:
    return _of(_holding(agency, "cases.approve"))


def acting(login: str) -> Actor:
    return _of(Person.objects.get(login_name=login))


def _of(person: Person) -> Actor:
    return Actor.of(person, on=clock.today())


def body(code: str) -> Agency:
    return Agency.objects.get(code=code)


def _on(back: int) -> date:
    return clock.today() - timedelta(days=back)


def long_ago(back: int, hour: int = 10) -> datetime:
    return datetime.combine(_on(back), time(hour), clock.CHINA)
