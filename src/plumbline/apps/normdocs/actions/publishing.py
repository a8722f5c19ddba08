"""Unified registration, numbering and publication in one transaction, with what it does to older documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from plumbline.apps.cases.contract import compose_step, demand_lawful, demand_open, demand_time
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..basis import basis_states
from ..events import AMENDED
from ..guarding import demand_order
from ..keeping import bring_in_line, end_by_its_day, register_moved
from ..models import BasisCheck, NormDoc, NormEntry, NormLink
from ..numbering import take_document_number, take_register_number
from ..policies import may_publish
from ..reading import KIND, NormFile
from .drafting import locked_document

AMENDS, REPEALS = "amends", "repeals"


@dataclass(frozen=True)
class Publication:
    """What is decided at publication. ``valid_to`` None: no term. ``changes``: older documents by id, amended or repealed."""

    effective_from: date
    valid_to: date | None = None
    no_term_reason: str = ""
    transition: str = ""
    changes: Mapping[int, str] = field(default_factory=dict)
    changes_note: str = ""


@action(
    "normdocs.publish",
    policy=may_publish,
    on="doc",
    records=("document_published", "document_expired", AMENDED),
    basis="地方组织法第七十五条、优化营商环境条例第六十四条；新政办[2022]14号 二(五)3",
)
def publish_document(
    *, actor: Actor, doc: NormDoc, publication: Publication, occurred_at: date | datetime | None = None
) -> NormDoc:
    """Register, number and publish. What it repeals ends on the day it takes effect; what it amends says so."""
    locked = locked_document(doc.pk)
    file = NormFile(locked)
    if locked.is_policy:
        raise Refusal("重大行政决策没有统一登记号", next_step="请在决策的公布页面办理。")
    step = file.procedure.steps["published"]
    occurred = occurred_at or clock.now()
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    demand_open(step, file)
    demand_time(step, file, occurred)
    if file.text is None:
        raise Refusal(
            "不能公布：没有文件文本", next_step="请先保存正式文本。", next_url=f"{locked.page}/text"
        )
    older = _older(locked, publication)
    _demand(locked, publication, on)
    document = compose_step(step, file, actor=actor, data={}, details={}, occurred=occurred)
    document["agency"] = locked.maker_id
    demand_order(step.verb, file, document)
    demand_lawful(step.verb, file, document, step.demands)
    locked.register_no = take_register_number(on.year)
    locked.number = take_document_number(locked.maker, on.year)
    locked.published_on, locked.effective_from = on, publication.effective_from
    locked.valid_to = publication.valid_to
    stored = record(
        actor=actor,
        matter=locked.matter_id,
        kind=KIND,
        activity="document_published",
        agency=locked.maker_id,
        occurred_at=occurred,
        data=document["data"],
        actors=document.get("actors"),
        event_id=document["id"],
    )
    NormEntry.objects.create(
        doc=locked,
        step="published",
        event_id=stored.event_id,
        details={
            "register_no": locked.register_no,
            "number": locked.number,
            "effective_from": publication.effective_from.isoformat(),
            "valid_to": publication.valid_to.isoformat() if publication.valid_to else "",
            "no_term_reason": publication.no_term_reason,
            "transition": publication.transition,
        },
        text=file.text,
        by_label=actor.label,
    )
    locked.save()
    for each, kind in older:
        _change(actor, locked, each, kind, publication)
    bring_in_line(locked, NormFile(locked))
    register_moved()
    doc.refresh_from_db(from_queryset=NormDoc.objects.unscoped("公布之后").select_related("agency", "maker"))
    return doc


def _demand(doc: NormDoc, publication: Publication, on: date) -> None:
    faults = {}
    if publication.effective_from < on:
        faults["effective_from"] = "施行日早于公布日。规范性文件不溯及既往，请填写公布日或者以后的日期。"
    if publication.valid_to is not None and publication.valid_to <= publication.effective_from:
        faults["valid_to"] = "有效期止应当晚于施行日。"
    if publication.valid_to is None and not publication.no_term_reason.strip():
        faults["no_term_reason"] = "不设有效期的，请写明理由。"
    if (
        doc.declared.get("business_related")
        and publication.effective_from <= on
        and not publication.transition.strip()
    ):
        faults["transition"] = (
            "涉企文件公布当日施行的，请说明为什么不需要适应调整期（民营经济促进法第四十五条）。"
        )
    if faults:
        raise InputFault(faults)


def _older(doc: NormDoc, publication: Publication) -> Sequence[tuple[NormDoc, str]]:
    changes = dict(publication.changes)
    if not changes:
        return ()
    rows = NormDoc.objects.unscoped("公布时修改或者废止的文件").select_for_update(of=("self",))
    found = list(
        rows.filter(pk__in=changes, kind=KIND, published_on__isnull=False).exclude(pk=doc.pk).order_by("pk")
    )
    if len(found) != len(changes) or set(changes.values()) - {AMENDS, REPEALS}:
        raise InputFault({"repeals": "有的文件没有公布，不能修改或者废止。请重新选择。"})
    over = [
        each for each in found if each.last_day is not None and each.last_day < publication.effective_from
    ]
    if over:
        raise InputFault({"repeals": f"《{over[0].title}》在施行日以前已经失效。请去掉这一件。"})
    return [(each, changes[each.pk]) for each in found]


def _change(actor: Actor, newer: NormDoc, older: NormDoc, kind: str, publication: Publication) -> None:
    NormLink.objects.create(
        newer=newer,
        older=older,
        kind=kind,
        from_on=publication.effective_from,
        note=publication.changes_note[:200],
    )
    said = {"matter": newer.matter_id, "register_no": newer.register_no, "kind": kind}
    older.amend_wanted = ""
    if kind == AMENDS:
        _basis_was_seen_to(actor, newer, older)
        record(
            actor=actor,
            matter=older.matter_id,
            kind=KIND,
            activity=AMENDED,
            agency=older.maker_id,
            data=said,
        )
        older.save()
        return
    older.ended_on, older.ended_how = publication.effective_from, "repealed"
    older.ended_reason = f"由《{newer.title}》（{newer.number}）废止。"
    older.save()
    if older.ended_on <= clock.today():
        end_by_its_day(older)


def _basis_was_seen_to(actor: Actor, newer: NormDoc, older: NormDoc) -> None:
    """A revision answers every change of the basis that still waited to be looked at: the task closes with what answered it."""
    waiting = {(s.law, s.article): s.change for s in basis_states(older, clock.today()) if s.waits}
    for each in older.basis:
        change = waiting.get((each["law"], each["article"]))
        if change:
            each["checked"] = change
            BasisCheck.objects.create(
                doc=older, law=each["law"], article=each["article"], change=change, conclusion="amend",
                reason=f"由《{newer.title}》（{newer.number}）修改。", by_label=actor.label,
            )  # fmt: skip
