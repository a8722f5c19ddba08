"""Who sends, receives, answers, coordinates and decides; all parties of a request read it."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import OPEN, TALKING, Coordination, Kind, State

HANDLE, COORDINATE, SIGN, DECIDE = (
    "transfers.handle",
    "supervision.supervise",
    "supervision.sign",
    "supervision.decide",
)
SUPERVISING = (COORDINATE, SIGN, DECIDE)
READING = (HANDLE, "cases.handle", "cases.approve", *SUPERVISING)
TRANSFER_BASIS = "行政处罚法第十七条"
COORDINATION_BASIS = "行政执法监督条例第十三条"
_OFFICE = "请由本机关持有“办理移送协作”权能的岗位办理。"


@visible(Coordination)
def coordinations_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(parties__overlap=sorted(reach))


def may_see(actor: Actor, row: Coordination) -> Decision:
    reach = actor.reach(*READING)
    if reach is None or reach & set(row.parties):
        return ALLOWED
    return denied("您的岗位不能查看这件移送协作")


def may_transfer(actor: Actor, case: Any) -> Decision:
    """Of the case's own body, by a post that hands over and takes over."""
    if actor.can(HANDLE, case.agency_id):
        return ALLOWED
    return denied("您的岗位不能移送本案", basis=TRANSFER_BASIS, next_step=_OFFICE)


def may_request(actor: Actor, agency_code: str) -> Decision:
    if actor.can(HANDLE, agency_code):
        return ALLOWED
    return denied("您的岗位不能以本机关名义提出协作请求", next_step=_OFFICE)


def _states(row: Coordination, *states: str) -> Decision:
    if row.state in states:
        return ALLOWED
    return denied(f"这件{row.get_kind_display()}现在是“{row.get_state_display()}”，不能这样办理")


def _to(actor: Actor, row: Coordination, *states: str) -> Decision:
    if not actor.can(HANDLE, row.to_id):
        return denied("只有收到的机关可以办理", next_step=_OFFICE)
    return _states(row, *states)


def _from(actor: Actor, row: Coordination, *states: str) -> Decision:
    if not actor.can(HANDLE, row.agency_id):
        return denied("只有发出的机关可以办理", next_step=_OFFICE)
    return _states(row, *states)


def may_accept_transfer(actor: Actor, row: Coordination) -> Decision:
    if row.kind != Kind.TRANSFER:
        return denied("这不是移送")
    return _to(actor, row, State.SENT, State.CONSULTING)


def may_return_transfer(actor: Actor, row: Coordination) -> Decision:
    allowed = may_accept_transfer(actor, row)
    if allowed and row.directed:
        return denied(
            "管辖已经确定由本机关办理，不能再退回",
            basis=COORDINATION_BASIS,
            next_step="对结果有不同意见的，请向区司法局反映；材料不全的，请求会商。",
        )
    return allowed


def may_consult(actor: Actor, row: Coordination) -> Decision:
    if row.kind != Kind.TRANSFER:
        return denied("这不是移送")
    return _to(actor, row, State.SENT)


def is_party(actor: Actor, row: Coordination) -> str:
    """The party in whose name the actor speaks; empty where it is none."""
    own = [code for code in row.parties if actor.can(HANDLE, code)]
    return actor.agency_code if actor.agency_code in own else (own[0] if own else "")


def may_say(actor: Actor, row: Coordination) -> Decision:
    talking = row.state in TALKING or row.state == State.WORKING
    if not (is_party(actor, row) or actor.can(COORDINATE)):
        return denied("只有各方和区司法局可以发言", next_step=_OFFICE)
    return ALLOWED if talking else _states(row)


def may_remind(actor: Actor, row: Coordination) -> Decision:
    """Whoever waits for the other side, and the supervision organ."""
    if row.state not in OPEN:
        return _states(row)
    if actor.can(COORDINATE) or actor.can(HANDLE, row.agency_id):
        return ALLOWED
    return denied("只有发出的机关和区司法局可以催办", next_step=_OFFICE)


def may_sign(actor: Actor, row: Coordination) -> Decision:
    if row.kind in {Kind.TRANSFER, Kind.DISPUTE}:
        return denied("移送请接收或者退回，争议请协商或者报请协调")
    return _to(actor, row, State.SENT)


def may_refuse(actor: Actor, row: Coordination) -> Decision:
    if row.kind in {Kind.TRANSFER, Kind.DISPUTE}:
        return denied("移送请接收或者退回，争议请协商或者报请协调")
    return _to(actor, row, State.SENT, State.WORKING)


def may_answer(actor: Actor, row: Coordination) -> Decision:
    """Whoever was asked; of joint enforcement the body that called for it writes the record."""
    if row.kind in {Kind.TRANSFER, Kind.DISPUTE}:
        return denied("移送和争议没有答复这一步")
    asked = _from if row.kind == Kind.JOINT else _to
    return asked(actor, row, State.WORKING)


def may_postpone(actor: Actor, row: Coordination) -> Decision:
    if row.kind in {Kind.TRANSFER, Kind.DISPUTE}:
        return denied("这里没有函上的期限")
    return _to(actor, row, State.SENT, State.WORKING)


def may_check(actor: Actor, row: Coordination) -> Decision:
    return _from(actor, row, State.ANSWERED)


def may_withdraw(actor: Actor, row: Coordination) -> Decision:
    """Everything but a transfer may be taken back while it waits, by its sender and without a paper."""
    if row.kind == Kind.TRANSFER:
        return denied("移送要签发撤回函", next_step="请办理“撤回移送”。")
    return _from(actor, row, State.SENT, State.WORKING, State.NEGOTIATING)


def may_take_back(actor: Actor, row: Coordination) -> Decision:
    """A transfer may be taken back until the receiver has signed; what the organ coordinates waits for its outcome."""
    if row.kind != Kind.TRANSFER:
        return denied("这不是移送")
    if not actor.can(HANDLE, row.agency_id):
        return denied("只有移送机关可以撤回移送", next_step=_OFFICE)
    if row.state == State.COORDINATING:
        return denied(
            "这次移送已转区司法局协调，不能撤回",
            basis=COORDINATION_BASIS,
            next_step="请在协调中写明本机关的意见；确定由本机关办理的，案件即恢复办理。",
        )
    if row.state in {State.ACCEPTED, State.RETURNED}:
        return denied(
            f"接收机关已经签了回执（{row.get_state_display()}），不能再撤回",
            basis=TRANSFER_BASIS,
            next_step="案件已由对方办理的，请与对方联系，由对方另行移送；已退回的，案件已在本机关。",
        )
    return _states(row, State.SENT, State.CONSULTING)


def may_raise(actor: Actor, agency_code: str) -> Decision:
    return may_request(actor, agency_code)


def may_negotiate(actor: Actor, row: Coordination) -> Decision:
    if not is_party(actor, row):
        return denied("只有争议各方可以登记协商", next_step=_OFFICE)
    return _states(row, State.NEGOTIATING)


def may_apply(actor: Actor, row: Coordination) -> Decision:
    return may_negotiate(actor, row)


def may_opine(actor: Actor, row: Coordination) -> Decision:
    if not actor.can(SIGN):
        return denied(
            "协调意见由区司法局提出", basis=COORDINATION_BASIS, next_step="请由区司法局有签发权的岗位办理。"
        )
    return _states(row, State.APPLIED)


def may_take_position(actor: Actor, row: Coordination) -> Decision:
    party = is_party(actor, row)
    if not party:
        return denied("只有争议各方表明是否同意", next_step=_OFFICE)
    if row.state == State.CONFIRMING and party in row.dispute.positions:
        return denied("本机关已经表明意见")
    return _states(row, State.CONFIRMING)


def may_report(actor: Actor, row: Coordination) -> Decision:
    """After somebody did not agree (条例第十三条: the organ's opinion goes to the government)."""
    if not actor.can(SIGN):
        return denied("由区司法局报请区政府", basis=COORDINATION_BASIS)
    if row.state == State.CONFIRMING and row.dispute.by == "opinion":
        return (
            ALLOWED
            if disagreed(row)
            else denied("还没有一方不同意，不需要报请区政府决定", basis=COORDINATION_BASIS)
        )
    return _states(row)


def disagreed(row: Coordination) -> bool:
    return any(not each["agrees"] for each in row.dispute.positions.values())


def may_decide(actor: Actor, row: Coordination) -> Decision:
    if not actor.can(DECIDE):
        return denied("管辖争议协调不成的，由区人民政府决定", basis=COORDINATION_BASIS)
    return _states(row, State.REPORTED)


def may_set_parameter(actor: Actor) -> Decision:
    if actor.can(SIGN) and actor.reach(SIGN) is None:
        return ALLOWED
    return denied("移送协作的参数由区司法局设定", next_step="请由区司法局有签发权的岗位办理。")
