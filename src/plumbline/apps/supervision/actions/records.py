"""The other papers of supervision: on-the-spot correction, talk, circular, advice about a person, clue to the commission.

They share the numbering, the paper, the addressee's page and the log of the three main instruments. What is complete when it is
signed (a correction on the spot, a circular) is closed with its signing; the others wait for an answer like a letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.apps.paperwork.contract import issue as issue_document
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import new_event_id, record
from plumbline.platform.files.uploads import Accepted, all_accepted, kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from .. import events
from ..models import (
    RECORDS,
    UNDECIDED,
    Alert,
    AlertState,
    Instrument,
    InstrumentKind,
    InstrumentState,
    Reply,
    ReplyFile,
)
from ..policies import may_issue_record
from ..wording import day_zh
from .writing import KIND, demand, move

COMMISSION = "supervisory_commission"


@dataclass(frozen=True)
class Paper:
    """How a kind of record is made out: its template, the mark of its numbers, its article and what it asks for."""

    template: str
    mark: str
    basis: str
    asks: str


PAPERS: Mapping[str, Paper] = {
    InstrumentKind.ON_SPOT: Paper("J04", "监纠", "行政执法监督条例第二十六条", "当场纠正情况"),
    InstrumentKind.TALK: Paper("J05", "监约", "行政执法监督条例第二十二条", "约谈要求"),
    InstrumentKind.CIRCULAR: Paper("J06", "监通", "行政执法监督条例第三十一条", "通报要求"),
    InstrumentKind.ADVICE: Paper("J07", "监处", "行政执法监督条例第三十二条", "处理建议"),
    InstrumentKind.CLUE: Paper("J08", "监移", "行政执法监督条例第三十三条", "移送事项"),
}


@action(
    "supervision.issue_record",
    policy=may_issue_record,
    on="kind",
    records=(events.RECORD_ISSUED, "misconduct_suspected", "supervision_clue_sent", "matter_closed"),
    basis="行政执法监督条例第二十二条、第二十六条、第三十一条至第三十三条",
)
def issue_record(
    *,
    actor: Actor,
    kind: str,
    to: Agency,
    title: str,
    facts: str,
    demands: str,
    respond_by: date | None = None,
    files: Sequence[Any] = (),
    copied_to: Sequence[str] = (),
    alert: Alert | None = None,
    about: str = "",
    level: str = "",
    on: date | None = None,
) -> Instrument:
    """Sign a record, circular, advice or clue. ``level`` is the contract's degree of misconduct and belongs to a clue alone."""
    day = on or clock.today()
    paper = PAPERS.get(kind)
    if paper is None:
        raise InputFault({"kind": "没有这种文书。"})
    for name, value, text in (
        ("title", title, "请填写标题。"),
        ("facts", facts, "请写明事实。"),
        ("demands", demands, f"请写明{paper.asks}。"),
    ):
        demand(value, name, text)
    complete = kind in RECORDS
    if not complete and (respond_by is None or respond_by <= day):
        raise InputFault({"respond_by": f"「报送期限」应晚于制发日（{day}）。"})
    _demand_addressee(kind, to, level)
    if alert is not None and (alert.state not in UNDECIDED or (alert.agency_id != to.pk and kind == InstrumentKind.ON_SPOT)):  # fmt: skip
        raise Refusal(f"这条预警已经是“{alert.get_state_display()}”，或者不是这个机关的")
    checked = _proof(files, needed=kind == InstrumentKind.ON_SPOT)
    issuer = Agency.objects.get(pk=actor.agency_code)
    matter_id = f"JD-{day.year}-{new_event_id()[3:13]}"
    signed = issue_document(
        actor=actor, agency=issuer, matter_id=matter_id, title=f"行政执法监督{InstrumentKind(kind).label}".replace("监督执法监督", "监督"),
        mark=paper.mark, template=paper.template, kind=KIND, on=day,
        facts=_wording(paper, to.name, facts, demands, None if complete else respond_by, copied_to),
    )  # fmt: skip
    instrument = Instrument.objects.create(
        matter_id=matter_id, about=about or (alert.matter_id if alert else ""), kind=kind, number=signed.number, issuer=issuer,
        to=to, title=title, facts=facts, basis=paper.basis, demands=demands, respond_by=respond_by or day,
        document_code=signed.code, issued_on=day, issued_label=actor.label, copied_to=list(copied_to),
        state=InstrumentState.CLOSED if complete else InstrumentState.ISSUED,
        closed_on=day if complete else None, conclusion=_conclusion(kind),
    )  # fmt: skip
    _write(actor, instrument, kind, level, on)
    if checked:
        _keep_proof(actor, instrument, demands, checked)
    if alert is not None and kind == InstrumentKind.ON_SPOT:
        alert.instrument, alert.owner_id = instrument, actor.person_id
        alert.still_breached = False
        move(actor, alert, AlertState.INSTRUMENT, f"当场纠正 {instrument.number}")
        move(actor, alert, AlertState.CORRECTED, f"当场纠正 {instrument.number}")
    if kind == InstrumentKind.CLUE:
        return instrument  # the linkage brings it to the commission, which reads and answers it there
    notify(
        title=f"收到{instrument.get_kind_display()} {instrument.number}", body=title, url=f"/orders/{matter_id}",
        agency_code=to.pk, capability="supervision.reply",
    )  # fmt: skip
    return instrument


def _demand_addressee(kind: str, to: Agency, level: str) -> None:
    """A clue goes to the supervisory commission, with how grave it is thought to be; nothing else goes there."""
    if kind == InstrumentKind.CLUE:
        if to.kind != COMMISSION:
            raise InputFault({"to": "问题线索只能移送监察机关。"})
        if not level:
            raise InputFault({"level": "请选择涉嫌的程度。"})
    elif to.kind == COMMISSION:
        raise InputFault({"to": "监察机关不是这种文书的收文机关。"})


def _proof(files: Sequence[Any], *, needed: bool) -> list[Accepted]:
    checked = all_accepted(files)
    if needed and not checked:
        raise InputFault({"files": "当场纠正应当附纠正的证据，例如照片或者改正后的文书。"})
    return checked


def _keep_proof(actor: Actor, instrument: Instrument, text: str, checked: list[Accepted]) -> None:
    """Proof taken on the spot stands where an addressee's own would: seen and accepted by whoever signed."""
    reply = Reply.objects.create(
        instrument=instrument, text=text, by_label=actor.label, verdict="accepted", verdict_text="现场查看，已纠正。"
    )  # fmt: skip
    for file in checked:
        ReplyFile.objects.create(reply=reply, **kept(file))
    instrument.checked_how = "onsite"
    instrument.save(update_fields=["checked_how"])


def _conclusion(kind: str) -> str:
    return {
        InstrumentKind.ON_SPOT: "当场纠正，现场查看属实。",
        InstrumentKind.CIRCULAR: "通报已发出，不要求报送。",
    }.get(InstrumentKind(kind), "")


def _wording(
    paper: Paper, to: str, facts: str, demands: str, respond_by: date | None, copied_to: Sequence[str]
) -> list[dict[str, str]]:
    paragraphs = [facts, f"依照{paper.basis}，{paper.asks}如下：{demands}"]
    if respond_by is not None:
        paragraphs.append(f"请于 {day_zh(respond_by)} 前书面报送办理情况。")
    if copied_to:
        paragraphs.append(f"抄送：{'、'.join(copied_to)}。")
    return [
        {"label": "主送", "text": to, "gap": ""},
        *({"label": "", "text": text, "gap": ""} for text in paragraphs),
    ]


def _write(actor: Actor, instrument: Instrument, kind: str, level: str, on: date | None) -> None:
    """The record's own matter; a clue also says what is suspected and that it was sent, which its rule looks for."""
    said: list[tuple[str, dict[str, Any]]] = [(events.RECORD_ISSUED, {"kind": kind, "to": instrument.to_id})]
    if kind == InstrumentKind.CLUE:
        suspected = {"person_kind": "enforcement_officer", "level": level}
        said += [("misconduct_suspected", suspected), ("supervision_clue_sent", {})]
    if kind in RECORDS:
        said.append(("matter_closed", {}))
    links = [{"matter": instrument.about, "rel": "about"}] if instrument.about else None
    for activity, data in said:
        record(
            actor=actor, matter=instrument.matter_id, kind=KIND, activity=activity, agency=instrument.issuer_id, data=data,
            links=links, occurred_at=on,
        )  # fmt: skip
