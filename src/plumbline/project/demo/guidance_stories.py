"""Guiding cases of the demonstration: two published, one waiting for its review. Invented, like everything shown here."""

from __future__ import annotations

from plumbline.apps.guidance.actions import Content, draft, publish_guidance, review, submit
from plumbline.apps.publicity.models import Publication, PublicationState
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

STREET, MANAGEMENT = "AG-ST-002", "AG-FQ-02"
SPILLED = "运输建筑垃圾沿途遗撒"
AFTER_A_DECISION = Content(
    title="运输建筑垃圾沿途遗撒，主动清理后从轻处罚案",
    topic="housing_construction",
    gist="运输建筑垃圾沿途遗撒的，应当查明遗撒的路段、数量和清理情况；当事人在调查前主动清理、没有造成交通事故的，属于主动减轻危害后果，应当从轻处罚。",
    facts="某运输公司的车辆在转运建筑垃圾时没有盖严，沿途遗撒约三百米。执法人员接到巡查报告到场时，该公司已经派人清扫，半小时内恢复路面。"
    "该公司此前两年没有同类处罚记录，如实陈述了经过，提交了车辆密闭改装的凭证。",
    outcome="责令改正，处以裁量基准中“从轻”一档的罚款；同时书面提醒其对全部车辆检查密闭装置。",
    law=(("城市建筑垃圾管理规定", "第二十三条"), ("行政处罚法", "第五条"), ("行政处罚法", "第三十二条")),
    guidance="同类案件先固定三项事实：遗撒的范围、有没有造成事故或者投诉、什么时候由谁清理。调查前主动清理的从轻；"
    "被责令后才清理的，是履行改正义务，不作为从轻的理由。一年内再次遗撒的，不适用本案的做法。",
)
FROM_ELSEWHERE = Content(
    title="首次未及时清运建筑垃圾、当日改正不予处罚案",
    topic="housing_construction",
    gist="施工单位首次没有及时清运建筑垃圾，数量少、没有影响通行，在指出后当日清运完毕的，可以不予行政处罚，但应当教育并记录。",
    facts="巡查发现某工地围挡外堆放装修垃圾约两立方米，超过承诺的清运时间一天，没有占用盲道和消防通道。"
    "现场负责人当场承认，当日安排车辆清运并提交照片。查询记录，该施工单位在本区没有同类违法。",
    outcome="不予行政处罚，制发不予行政处罚决定书，当场教育，并把情况记入首违记录。",
    law=(("城市建筑垃圾管理规定", "第二十二条"), ("行政处罚法", "第三十三条")),
    guidance="适用时三项条件缺一不可：首次违法、危害后果轻微、及时改正。每一项都要有证据：查询记录、现场照片和测量、清运凭证。"
    "堵塞消防通道、混入危险废物或者再次发现的，不适用。",
)
WAITING = Content(
    title="随意倾倒建筑垃圾，由运输人承担责任案",
    topic="housing_construction",
    gist="装修业主委托他人清运、由清运人随意倾倒的，处罚对象是实施倾倒的人；业主明知的，另行查明。",
    facts="某小区住户把装修垃圾交给临时雇来的货车清运，约定运到指定消纳点。货车司机为省路费，夜间倒在路边空地。"
    "执法人员调取沿线监控，比对装载照片，查明倾倒的车辆和时间。",
    outcome="对实施倾倒的司机责令清理并处罚款；对住户不予处罚，发放清运指引。",
    law=(("城市建筑垃圾管理规定", "第二十六条"), ("行政处罚法", "第四十条")),
    guidance="先查清谁实施了倾倒、谁知情，再确定处罚对象；不能因为找不到运输人就处罚交付垃圾的人。",
)


def tell_guidance() -> None:
    """The street's own after a decision, one of the district's management office from elsewhere, one not reviewed yet."""
    reader, head = _actor("mei"), _actor("liu")
    source = Publication.objects.filter(
        channel="government_site", act="penalty", state=PublicationState.PUBLISHED, agency_id=STREET, violation__startswith=SPILLED,
        party_kind="legal_person", doubtful=False,
    ).order_by("-published_on", "pk").first()  # fmt: skip
    stories = (
        ("fang", AFTER_A_DECISION, source, True),
        (f"{MANAGEMENT.removeprefix('AG-').lower()}-office", FROM_ELSEWHERE, None, True),
        ("fang", WAITING, None, False),
    )
    for login, content, told_after, published in stories:
        writer = _actor(login)
        try:
            case = draft(actor=writer, agency=writer.agency_code, content=content, source=told_after)
            case = submit(actor=writer, case=case)
            if published:
                case = review(
                    actor=reader, case=case, passes=True, note="事实、依据清楚，同意。", weighed=True
                )
                publish_guidance(actor=head, case=case)
        except (Refusal, InputFault) as fault:
            raise RuntimeError(f"demonstration: {content.title}: {fault}") from fault


def _actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())
