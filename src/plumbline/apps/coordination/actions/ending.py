"""The receiver takes the matter or sends it back, or its sender takes it back: at any moment it is at one body and no other."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db.models import F

from plumbline.apps.cases.contract import append_to_case, case_behind, receive_case
from plumbline.packs.transfer.coordination import ACCEPTED, RETURN_GROUNDS, RETURNED, TAKEN_BACK, ground_of
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.scope.rows import whole_district

from .. import events
from ..clocks import clear_clock
from ..models import Chain, Coordination, Holding, State
from ..policies import TRANSFER_BASIS, may_accept_transfer, may_return_transfer, may_take_back
from .sending import sign_receipt
from .writing import locked, log, moment_of, moved, said, tell


@action(
    "coordination.accept_transfer",
    policy=may_accept_transfer,
    on="row",
    records=("transfer_accepted", "clue_received"),
    basis="行政处罚法第十七条、第五十四条",
)
def accept_transfer(
    *,
    actor: Actor,
    row: Coordination,
    handler: Person,
    item: str = "",
    text: str = "",
    at: datetime | None = None,
) -> Coordination:
    """Take the matter over as a case of one's own, handled by ``handler``, under ``item`` (that of the sender if empty)."""
    moment = moment_of(at)
    row = locked(row, actor, may_accept_transfer)
    if not handler.tenures.filter(
        post__agency_id=row.to_id, post__capabilities__contains=["cases.handle"]
    ).exists():
        raise InputFault({"handler": "承办人不在本机关办理案件。请另选一人。"})
    # The sender's case is not the receiver's to read; what was handed over is.
    with whole_district():
        origin = _sender_case(row)
        lines = [
            ("", f"你机关移送的“{row.title}”已经接收，自即日起由本机关办理。"),
            ("承办人", handler.display_name),
            ("说明", text.strip()),
            ("移送清单", f"共 {len(row.package)} 件"),
            ("清单指纹", f"SHA-256 {row.package_hash}"),
        ]
        receipt = sign_receipt(
            actor,
            row,
            side="receiver",
            what="accepted",
            paper=ACCEPTED,
            to=row.agency,
            lines=lines,
            at=moment,
        )
        case = receive_case(
            actor=actor, agency=row.to, origin=origin, item=item or row.item_code, handler=handler,
            reference=row.number, on=moment,
        )  # fmt: skip
        _hand_over(row, case.matter_id, moment)
        append_to_case(actor=actor, case=origin, activity="transfer_accepted", data={}, on=moment)
        row.state, row.result_matter = State.ACCEPTED, case.matter_id
        clear_clock(row)
        moved(actor, row, f"{row.to.short_name}接收", text=text, at=moment)
        log(actor, row, "transfer_accepted", agency=row.to_id, at=moment)
        tell(row, row.agency_id, f"{row.to.short_name}已接收，回执 {receipt.number}")
    return row


@action(
    "coordination.return_transfer",
    policy=may_return_transfer,
    on="row",
    records=("transfer_returned",),
    basis="行政处罚法第十七条、第二十二条至第二十五条",
)
def return_transfer(
    *, actor: Actor, row: Coordination, reason: str, text: str, at: datetime | None = None
) -> Coordination:
    """Send the matter back for a legal reason: it is the sender's again, and its case is open again."""
    moment = moment_of(at)
    ground = ground_of(reason, RETURN_GROUNDS)
    if ground is None:
        raise InputFault({"reason": "请选择退回的法定理由。材料不全不是退回的理由，请求会商。"})
    text = said(text, "text", "退回的理由：依据哪一行清单、哪一项事实")
    row = locked(row, actor, may_return_transfer)
    with whole_district():
        lines = [
            ("", f"你机关移送的“{row.title}”经审查予以退回，由你机关继续办理。"),
            ("法定理由", ground.said),
            ("", text),
            ("清单指纹", f"SHA-256 {row.package_hash}"),
        ]
        receipt = sign_receipt(
            actor,
            row,
            side="receiver",
            what="returned",
            paper=RETURNED,
            to=row.agency,
            lines=lines,
            at=moment,
        )
        row.reason = reason
        give_back(actor, row, f"{ground.said}：{text}", moment)
        moved(actor, row, f"{row.to.short_name}退回", text=f"{ground.said}。{text}", at=moment)
        log(actor, row, "transfer_returned", agency=row.to_id, at=moment, data={"reason": ground.label})
        tell(row, row.agency_id, f"{row.to.short_name}退回，文号 {receipt.number}")
    return row


@action(
    "coordination.take_back_transfer",
    policy=may_take_back,
    on="row",
    records=(events.TAKEN_BACK, "transfer_returned"),
    basis=TRANSFER_BASIS,
)
def take_back_transfer(
    *, actor: Actor, row: Coordination, text: str, at: datetime | None = None
) -> Coordination:
    """Take back what was sent and not yet signed for; the sender goes on with its case. It is no hop: it went nowhere."""
    moment = moment_of(at)
    text = said(text, "text", "撤回的理由")
    row = locked(row, actor, may_take_back)
    with whole_district():
        lines = [
            ("", f"我机关移送的“{row.title}”（{row.number}）现予撤回，由我机关继续办理。"),
            ("理由", text),
            ("清单指纹", f"SHA-256 {row.package_hash}"),
            ("", "你机关不再需要办理；已经读取的材料请依法保管，不得另作他用。"),
        ]
        receipt = sign_receipt(
            actor, row, side="sender", what="withdrawn", paper=TAKEN_BACK, to=row.to, lines=lines, at=moment
        )
        give_back(actor, row, f"移送机关撤回：{text}", moment)
        row.state = State.WITHDRAWN
        Chain.objects.filter(pk=cast(int, row.chain_id)).update(hops=F("hops") - 1)
        moved(actor, row, f"{row.agency.short_name}撤回移送", text=text, at=moment, party=row.agency_id)
        log(actor, row, events.TAKEN_BACK, agency=row.agency_id, at=moment)
        tell(row, row.to_id, f"{row.agency.short_name}撤回移送，文号 {receipt.number}")
    return row


def give_back(actor: Actor, row: Coordination, reason: str, moment: datetime) -> None:
    """End a transfer that is not taken: the sender's case is open again. The holding never moved."""
    append_to_case(
        actor=actor,
        case=_sender_case(row),
        activity="transfer_returned",
        data={"reason": reason[:500]},
        on=moment,
    )
    row.state = State.RETURNED
    clear_clock(row)


def _sender_case(row: Coordination) -> Any:
    origin = case_behind(row.about)
    if origin is None:
        raise Refusal("移送的案件已经不在平台上", next_step="请与移送机关联系。")
    return origin


def _hand_over(row: Coordination, matter_id: str, moment: datetime) -> None:
    """Close the sender's holding and open the receiver's: both or neither."""
    assert row.chain is not None
    ended = Holding.objects.filter(chain=row.chain, to_at=None, matter_id=row.about).update(to_at=moment)
    if ended != 1:
        raise Refusal("这件事现在不由移送机关持有，不能接收", next_step="请区司法局核对经过。")
    Holding.objects.create(
        chain=row.chain, agency=row.to, matter_id=matter_id, by_transfer=row, from_at=moment
    )
