"""Sending a case or lead: the sealed package, the paper, the sender's receipt; from a certain hop on not to the receiver."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbline.apps.cases.contract import file_of
from plumbline.apps.powers.contract import item_names, settlement_for
from plumbline.packs.transfer.coordination import REQUESTS, TRANSFER_GROUNDS, ground_of
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import new_event_id
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..clocks import hop_limit, set_clock
from ..events import DIVERTED
from ..models import UNDER_WAY, Chain, Coordination, Dispute, Holding, Kind, Receipt, State
from ..packages import competence_on, hash_of, keep_uploads, package_hash, package_of
from ..policies import COORDINATE, TRANSFER_BASIS, may_transfer
from .writing import log, moment_of, moved, new_matter, organ_of_district, paper_of, said, tell


@action(
    "coordination.send_transfer",
    policy=may_transfer,
    on="case",
    records=("case_transferred", DIVERTED),
    basis="行政处罚法第十七条、第二十二条至第二十五条",
)
def send_transfer(
    *,
    actor: Actor,
    case: Any,
    to: Agency,
    ground: str,
    text: str,
    files: Sequence[Any] = (),
    at: datetime | None = None,
) -> Coordination:
    """Send a case whose transfer the head has approved; the matter stays the sender's until the receiver takes it."""
    moment = moment_of(at)
    reason = ground_of(ground, TRANSFER_GROUNDS)
    if reason is None:
        raise InputFault({"ground": "请选择移送的法定理由。"})
    text = said(text, "text", "移送的理由：查到什么、为什么由对方管辖")
    _demand_approved(case, to)
    chain = _chain_of(case, moment)
    if Coordination.objects.unscoped("移送前核对").filter(chain=chain, state__in=UNDER_WAY).exists():
        raise Refusal(
            "本案已经移送，对方还没有接收或者退回",
            basis=TRANSFER_BASIS,
            next_step="请等待对方办理，或者催办。",
        )
    chain.hops += 1
    chain.save(update_fields=["hops"])
    settled = settlement_for(case.item_code, case.division_code, moment.date())
    directed = settled is not None and settled.agency_id == to.code
    diverted = not directed and chain.hops >= hop_limit(moment.date())
    items = package_of(case, keep_uploads(files))
    row = Coordination(
        matter_id=new_matter(), kind=Kind.TRANSFER, state=State.COORDINATING if diverted else State.SENT,
        title=case.title, agency=case.agency, to=to, parties=_parties(chain, case.agency_id, to.code),
        item_code=case.item_code, domain=case.domain, division_code=case.division_code, about=case.matter_id,
        ground=ground, text=text, chain=chain, hop=chain.hops, directed=directed, package=items,
        package_hash=package_hash(items), competence=competence_on(case.item_code, case.division_code, moment.date()),
        sent_at=moment, sent_label=actor.label, moved_at=moment,
    )  # fmt: skip
    if not diverted:
        set_clock(row, "transfer", moment.date())
    row.number = ""
    row.save()
    receipt = _sign(actor, row, moment, reason.said)
    row.number = receipt.number
    moved(actor, row, f"第 {row.hop} 次移送，发往{to.short_name}", text=text, at=moment)
    log(actor, row, "case_transferred", agency=row.agency_id, at=moment, data={"to": to.code})
    if diverted:
        _divert(actor, row, moment)
    else:
        tell(row, to.code, f"{row.agency.short_name}移送")
    return row


def _demand_approved(case: Any, to: Agency) -> None:
    """The step of the procedure comes first: the head decides the transfer, and to whom."""
    if case.agency_id == to.code:
        raise InputFault({"to": "不能移送给本机关。请选择有管辖权的机关。"})
    decided = file_of(case).last("case_transferred")
    if decided is None:
        raise Refusal(
            "本案还没有经负责人批准移送",
            basis=TRANSFER_BASIS,
            next_step="请先在案件中办理“移送其他机关”，批准后再发出。",
            next_url=f"/cases/{case.matter_id}/steps/case_transferred",
        )
    if decided.data.get("to") != to.code:
        approved = (
            Agency.objects.filter(pk=decided.data.get("to")).values_list("short_name", flat=True).first()
        )
        raise InputFault({"to": f"批准移送的机关是{approved or decided.data.get('to')}，与选择的不一致。"})


def _chain_of(case: Any, moment: datetime) -> Chain:
    """The chain on which the case travels, locked; it begins here when the case was nobody else's before."""
    held = Holding.objects.filter(matter_id=case.matter_id, to_at=None).first()
    if held is not None:
        return Chain.objects.select_for_update().get(pk=held.chain_id)
    chain, _ = Chain.objects.get_or_create(origin=case.matter_id, defaults={"title": case.title})
    chain = Chain.objects.select_for_update().get(pk=chain.pk)
    holding = chain.holdings.filter(to_at=None).first()
    if holding is None:
        Holding.objects.create(
            chain=chain, agency_id=case.agency_id, matter_id=case.matter_id, from_at=moment
        )
    elif holding.matter_id != case.matter_id:
        raise Refusal("本案已经由其他机关接收，不在本机关", basis=TRANSFER_BASIS)
    return chain


def _parties(chain: Chain, sender: str, to: str) -> list[str]:
    """Everybody through whose hands the matter has gone: the hops before are theirs to read as well."""
    before = Coordination.objects.unscoped("移送各方").filter(chain=chain, kind=Kind.TRANSFER)
    codes = [code for row in before.values_list("agency_id", "to_id") for code in row]
    return list(dict.fromkeys((sender, to, *codes)))


def _sign(actor: Actor, row: Coordination, moment: datetime, reason: str) -> Receipt:
    """The sender's paper and receipt."""
    listed = "\n".join(
        f"{n}．{each['kind']}{each['number'] and ' ' + each['number']}　{each['name']}　SHA-256 {each['sha256']}"
        for n, each in enumerate(row.package, start=1)
    )
    held = "；".join(
        f"{each['name']}（{each['list_of']}清单，事项 {each['item']} {each['violation']}，自 {each['valid_from']} 起）"
        for each in row.competence
    )
    names = item_names([row.item_code])
    lines = [
        ("", f"现将“{row.title}”移送你机关（第 {row.hop} 次移送）。"),
        ("事项", f"{row.item_code} {names.get(row.item_code, '')}".strip()),
        ("法定理由", reason),
        ("", row.text),
        ("当日的管辖依据", held or "当日没有机关的清单列有该事项"),
        ("移送清单", f"共 {len(row.package)} 件\n{listed}"),
        ("清单指纹", f"SHA-256 {row.package_hash}"),
        ("", "请接收，或者写明法定理由退回；材料不全的，请求会商。接收以前，本案仍由本机关负责。"),
    ]
    return sign_receipt(
        actor, row, side="sender", what="sent", paper=REQUESTS["transfer"], to=row.to, lines=lines, at=moment
    )


def sign_receipt(
    actor: Actor, row: Coordination, *, side: str, what: str, paper: Any, to: Agency, lines: Any, at: datetime
) -> Receipt:
    """Sign a side's paper and keep its receipt; it embeds the package's hash and, where it ends a transfer, the first receipt."""
    agency = row.agency if side == "sender" else row.to
    first = row.receipts.filter(what="sent").first() if what != "sent" else None
    document = paper_of(actor, row, paper, agency, to=to.name, lines=lines, at=at)
    content = {
        "receipt": new_event_id(),
        "transfer": row.matter_id,
        "hop": row.hop,
        "what": what,
        "from": row.agency_id,
        "to": row.to_id,
        "number": document.number,
        "document": document.sha256,
        "package": row.package_hash,
        "answers": first.sha256 if first else "",
        "at": at.isoformat(),
        "by": actor.number,
    }
    return Receipt.objects.create(
        transfer=row,
        side=side,
        what=what,
        agency=agency,
        number=document.number,
        document_code=document.code,
        package_hash=row.package_hash,
        seals=first.sha256 if first else "",
        content=content,
        sha256=hash_of(content),
        at=at,
        by_label=actor.label,
    )


def _divert(actor: Actor, row: Coordination, moment: datetime) -> None:
    """The hop goes to the supervision organ: a dispute of everybody who has had the matter, waiting for its opinion."""
    organ = organ_of_district()
    reason = (
        f"这件事已经第 {row.hop} 次移送，自动转区司法局协调。协调确定以前，仍由{row.agency.short_name}负责。"
    )
    dispute = Coordination(
        matter_id=new_matter(), kind=Kind.DISPUTE, state=State.APPLIED, title=row.title, agency=row.agency,
        to=organ, parties=row.parties, item_code=row.item_code, domain=row.domain, division_code=row.division_code,
        about=row.about, text=reason, sent_at=moment, sent_label=actor.label, moved_at=moment,
    )  # fmt: skip
    dispute.save()
    Dispute.objects.create(row=dispute, transfer=row)
    set_clock(dispute, "applied", moment.date())
    moved(actor, dispute, "自动转区司法局协调", text=reason, at=moment, party=row.agency_id)
    log(
        actor,
        row,
        DIVERTED,
        agency=row.agency_id,
        at=moment,
        data={"hop": row.hop, "dispute": dispute.matter_id},
    )
    tell(dispute, organ.code, f"第 {row.hop} 次移送，请协调", capability=COORDINATE)
    for party in row.parties:
        if party != row.agency_id:
            tell(dispute, party, "已转区司法局协调")
