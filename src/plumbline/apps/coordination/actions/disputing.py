"""A dispute about competence: raised, negotiated with a record each time, put to the supervision organ, positions taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from plumbline.packs.transfer.coordination import REQUESTS
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..clocks import set_clock
from ..events import APPLIED, DECIDED, NEGOTIATED, POSITION_TAKEN, RAISED
from ..models import OPEN, Coordination, Dispute, Kind, State
from ..packages import competence_on
from ..policies import (
    COORDINATE,
    COORDINATION_BASIS,
    SIGN,
    disagreed,
    is_party,
    may_apply,
    may_negotiate,
    may_raise,
    may_take_position,
)
from .outcomes import holds_item, settle_dispute
from .writing import locked, log, moment_of, moved, new_matter, organ_of_district, paper_of, said, tell

TALKS_BASIS = "行政处罚法第二十五条、住房和城乡建设行政处罚程序规定第六条"


@action("coordination.open_dispute", policy=may_raise, on="agency_code", records=(RAISED,), basis=TALKS_BASIS)
def open_dispute(
    *,
    actor: Actor,
    agency_code: str,
    others: Sequence[Agency],
    subject: str,
    title: str,
    text: str,
    item: str,
    domain: str = "",
    division_code: str = "",
    transfer: Coordination | None = None,
    at: datetime | None = None,
) -> Coordination:
    """Raise a dispute with one or more bodies, about a returned transfer or by itself. It begins with talks."""
    moment = moment_of(at)
    faults = {}
    if not title.strip():
        faults["title"] = "请写明争议的是什么。"
    if not text.strip():
        faults["text"] = "请写明本机关的意见和依据。"
    if not item:
        faults["item"] = "请选择所涉的事项：争议的结果按事项和地点记下来，下次查询时使用。"
    if subject not in {"jurisdiction", "duty"}:
        faults["subject"] = "请选择争议的是案件管辖还是监管职责。"
    if not others or any(each.code == agency_code for each in others):
        faults["others"] = "请选择与本机关有争议的机关。"
    if faults:
        raise InputFault(faults)
    organ = organ_of_district()
    if transfer is not None and _open_about(transfer):
        raise Refusal("这次移送的争议已经提出", next_step="请在已有的争议中协商。")
    row = Coordination(
        matter_id=new_matter(), kind=Kind.DISPUTE, state=State.NEGOTIATING, title=title.strip()[:200],
        agency_id=agency_code, to=organ, parties=[agency_code, *(each.code for each in others)], item_code=item,
        domain=domain, division_code=division_code, about=transfer.about if transfer else "", text=text.strip(),
        competence=competence_on(item, division_code, moment.date()),
        sent_at=moment, sent_label=actor.label, moved_at=moment,
    )  # fmt: skip
    row.save()
    Dispute.objects.create(row=row, subject=subject, transfer=transfer)
    set_clock(row, "negotiating", moment.date())
    moved(actor, row, "提出争议，开始协商", text=text, at=moment, party=agency_code)
    log(actor, row, RAISED, agency=agency_code, at=moment, data={"with": [each.code for each in others]})
    for each in others:
        tell(row, each.code, "提出管辖争议，请协商")
    return row


def _open_about(transfer: Coordination) -> bool:
    return Dispute.objects.filter(transfer=transfer, row__state__in=OPEN).exists()


@action("coordination.record_talk", policy=may_negotiate, on="row", records=(NEGOTIATED,), basis=TALKS_BASIS)
def record_talk(
    *,
    actor: Actor,
    row: Coordination,
    on: date,
    people: str,
    text: str,
    agreed_on: Agency | None = None,
    at: datetime | None = None,
) -> Coordination:
    """Keep the record of a talk. ``agreed_on``: the body that all named; the others confirm it before it holds."""
    moment = moment_of(at)
    faults = {}
    if on > moment.date():
        faults["on"] = "协商日期在将来。请填写实际协商的日期。"
    if not people.strip():
        faults["people"] = "请写明各方参加的人。"
    if not text.strip():
        faults["text"] = "请写明各方的意见和协商结果。"
    if faults:
        raise InputFault(faults)
    row = locked(row, actor, may_negotiate)
    dispute, party = row.dispute, is_party(actor, row)
    if agreed_on is not None and agreed_on.code not in row.parties:
        raise InputFault({"agreed_on": "只能由争议的一方承担。由其他机关承担的，请报请区司法局协调。"})
    talk = {"on": on.isoformat(), "people": people.strip(), "text": text.strip(), "by": party}
    dispute.talks = [*dispute.talks, talk | {"agreed_on": agreed_on.code if agreed_on else ""}]
    if agreed_on is not None:
        demand_holder(dispute.subject, agreed_on, row, moment.date())
        dispute.by, dispute.proposed, dispute.opinion = "agreement", agreed_on, text.strip()
        dispute.positions = {party: _position(True, "", actor, moment)}
        row.state = State.CONFIRMING
        set_clock(row, "confirming", moment.date())
    dispute.save()
    what = f"协商一致，由{agreed_on.short_name}承担，待各方确认" if agreed_on else "协商记录：没有一致"
    moved(actor, row, what, text=f"{on} {people}：{text}", at=moment, party=party)
    log(actor, row, NEGOTIATED, agency=party, at=moment, data={"agreed": agreed_on is not None})
    for other in row.parties:
        if other != party:
            tell(row, other, "请确认协商结果" if agreed_on else "登记了协商记录")
    return row


def demand_holder(subject: str, agency: Agency, row: Coordination, on: date) -> None:
    """A dispute about jurisdiction cannot give a body a power that no list gives it."""
    if subject == "jurisdiction" and not holds_item(agency.code, row.item_code, on):
        raise InputFault(
            {
                "agency": f"{agency.short_name}当日的权责清单上没有事项 {row.item_code}，不能通过协调取得处罚权"
                "（行政处罚法第十七条）。请先修订清单，或者另选机关。"
            }
        )


def _position(agrees: bool, text: str, actor: Actor, moment: datetime) -> dict[str, object]:
    return {"agrees": agrees, "text": text.strip(), "by": actor.label, "at": moment.isoformat()}


@action(
    "coordination.apply_for_coordination",
    policy=may_apply,
    on="row",
    records=(APPLIED,),
    basis=f"{TALKS_BASIS}、{COORDINATION_BASIS}",
)
def apply_for_coordination(
    *, actor: Actor, row: Coordination, text: str, at: datetime | None = None
) -> Coordination:
    """Put the dispute to the supervision organ; the talks that failed are on record."""
    moment = moment_of(at)
    text = said(text, "text", "请求协调的事项和本机关的意见")
    row = locked(row, actor, may_apply)
    if not row.dispute.talks:
        raise Refusal(
            "还没有协商记录，不能报请协调", basis=TALKS_BASIS, next_step="请先协商，并登记协商记录。"
        )
    party = Agency.objects.get(code=is_party(actor, row))
    row.state = State.APPLIED
    set_clock(row, "applied", moment.date())
    talks = "\n".join(f"{each['on']} {each['people']}：{each['text']}" for each in row.dispute.talks)
    lines = [("争议事项", row.title), ("", row.text), ("协商经过", talks), ("请求", text)]
    paper = paper_of(actor, row, REQUESTS["dispute"], party, to=row.to.name, lines=lines, at=moment)
    row.number = paper.number
    moved(actor, row, "报请区司法局协调", text=text, at=moment, party=party.code)
    log(actor, row, APPLIED, agency=party.code, at=moment)
    tell(row, row.to_id, f"{party.short_name}报请协调", capability=COORDINATE)
    for other in row.parties:
        if other != party.code:
            tell(row, other, f"{party.short_name}已报请区司法局协调")
    return row


@action(
    "coordination.take_position",
    policy=may_take_position,
    on="row",
    records=(POSITION_TAKEN, DECIDED),
    basis=COORDINATION_BASIS,
)
def take_position(
    *, actor: Actor, row: Coordination, agrees: bool, text: str = "", at: datetime | None = None
) -> Coordination:
    """Agree or not; when all parties agree the matter is settled, when one does not the talks or the organ go on."""
    moment = moment_of(at)
    if not agrees and not text.strip():
        raise InputFault({"text": "不同意的，请写明理由。"})
    row = locked(row, actor, may_take_position)
    dispute, party = row.dispute, is_party(actor, row)
    dispute.positions = {**dispute.positions, party: _position(agrees, text, actor, moment)}
    moved(actor, row, "同意" if agrees else "不同意", text=text, at=moment, party=party)
    dispute.save()
    log(actor, row, POSITION_TAKEN, agency=party, at=moment, data={"agrees": agrees})
    if not agrees and dispute.by == "agreement":
        dispute.proposed, dispute.by, dispute.positions = None, "", {}
        dispute.save()
        row.state = State.NEGOTIATING
        set_clock(row, "negotiating", row.sent_at.date())
        row.save()
    elif not agrees:
        tell(row, row.to_id, "有一方不同意协调意见", capability=SIGN)
    elif set(row.parties) <= set(dispute.positions) and not disagreed(row):
        source = "各方协商一致" if dispute.by == "agreement" else "各方同意协调意见"
        settle_dispute(actor, row, how=source, text=dispute.opinion, moment=moment)
    return row
