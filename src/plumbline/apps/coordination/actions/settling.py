"""The supervision organ's opinion, the report to the government, and the government's decision."""

from __future__ import annotations

from datetime import datetime

from plumbline.packs.transfer.coordination import DECISION, METHODS, OPINION
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..clocks import clear_clock, set_clock
from ..events import DECIDED, OPINION_GIVEN, REPORTED
from ..models import Coordination, State
from ..policies import COORDINATION_BASIS, DECIDE, may_decide, may_opine, may_report
from .disputing import demand_holder
from .outcomes import settle_dispute
from .writing import locked, log, moment_of, moved, paper_of, said, tell


@action(
    "coordination.give_opinion",
    policy=may_opine,
    on="row",
    records=(OPINION_GIVEN,),
    basis=f"{COORDINATION_BASIS}、新政办[2022]14号 二(二)4",
)
def give_opinion(
    *, actor: Actor, row: Coordination, agency: Agency, method: str, text: str, at: datetime | None = None
) -> Coordination:
    """Say who should act, by which principle and why; the parties are asked whether they agree."""
    moment = moment_of(at)
    if method not in METHODS:
        raise InputFault({"method": "请选择依据的原则。"})
    text = said(text, "text", "协调意见和理由")
    row = locked(row, actor, may_opine)
    demand_holder(row.dispute.subject, agency, row, moment.date())
    dispute = row.dispute
    dispute.by, dispute.proposed, dispute.method, dispute.opinion = "opinion", agency, method, text
    dispute.positions = {}
    dispute.save()
    lines = [
        ("争议事项", f"{row.title}（事项 {row.item_code}）"),
        ("原则", METHODS[method]),
        ("意见", f"由{agency.name}承担。"),
        ("", text),
        ("", "请各方表明是否同意；不能取得一致的，本局将处理意见报区人民政府决定。"),
    ]
    to = "、".join(
        Agency.objects.filter(code__in=row.parties).order_by("code").values_list("name", flat=True)
    )
    paper = paper_of(actor, row, OPINION, row.to, to=to, lines=lines, at=moment)
    row.number = row.number or paper.number
    row.state = State.CONFIRMING
    set_clock(row, "confirming", moment.date())
    moved(
        actor,
        row,
        f"协调意见 {paper.number}：由{agency.short_name}承担",
        text=f"{METHODS[method]}。{text}",
        at=moment,
    )
    log(
        actor, row, OPINION_GIVEN, agency=row.to_id, at=moment, data={"agency": agency.code, "method": method}
    )
    for party in row.parties:
        tell(row, party, "区司法局已出协调意见，请表明是否同意")
    return row


@action(
    "coordination.report_to_government",
    policy=may_report,
    on="row",
    records=(REPORTED,),
    basis=COORDINATION_BASIS,
)
def report_to_government(
    *, actor: Actor, row: Coordination, text: str, at: datetime | None = None
) -> Coordination:
    """Put the opinion that somebody did not agree with to the government."""
    moment = moment_of(at)
    text = said(text, "text", "处理意见和各方的不同意见")
    row = locked(row, actor, may_report)
    row.state = State.REPORTED
    clear_clock(row)
    moved(actor, row, "报请区政府决定", text=text, at=moment)
    log(actor, row, REPORTED, agency=row.to_id, at=moment)
    tell(row, "", "请决定管辖争议", capability=DECIDE)
    return row


@action("coordination.decide", policy=may_decide, on="row", records=(DECIDED,), basis=COORDINATION_BASIS)
def decide(
    *, actor: Actor, row: Coordination, agency: Agency, text: str, at: datetime | None = None
) -> Coordination:
    """The government decides; its decision is the outcome."""
    moment = moment_of(at)
    text = said(text, "text", "决定和理由")
    row = locked(row, actor, may_decide)
    demand_holder(row.dispute.subject, agency, row, moment.date())
    row.dispute.by, row.dispute.proposed = "government", agency
    issuer = Agency.objects.get(code=actor.agency_code)
    to = "、".join(
        Agency.objects.filter(code__in=row.parties).order_by("code").values_list("name", flat=True)
    )
    lines = [("争议事项", row.title), ("决定", f"由{agency.name}承担。"), ("", text)]
    paper = paper_of(actor, row, DECISION, issuer, to=to, lines=lines, at=moment)
    settle_dispute(actor, row, how=f"区人民政府决定 {paper.number}", text=text, moment=moment)
    return row
