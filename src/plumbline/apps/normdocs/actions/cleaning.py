"""Clean-up rounds: a conclusion for each document in force, the result published and carried out."""

from __future__ import annotations

from datetime import date

from plumbline.packs.normdoc.words import CLEANUPS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..events import CLEANUP_DECIDED, CLEANUP_OPENED, CLEANUP_PUBLISHED
from ..keeping import bring_in_line, register_moved
from ..models import CleanupItem, CleanupRound, NormDoc
from ..policies import may_clean_up, may_draft
from ..reading import KIND, NormFile
from ..validity import COMING, IN_FORCE, validity, with_validity

BASIS = "新政办[2022]14号 二(二)5"


@action("normdocs.open_cleanup", policy=may_clean_up, records=(CLEANUP_OPENED,), basis=BASIS)
def open_cleanup(*, actor: Actor, title: str, reason: str, due_on: date) -> CleanupRound:
    """Open a round over every document that is in force or about to be, and tell the drafting units."""
    today = clock.today()
    faults = {}
    if not title.strip():
        faults["title"] = "请填写清理的名称。"
    if not reason.strip():
        faults["reason"] = "请写明清理的缘由和范围。"
    if due_on <= today:
        faults["due_on"] = "报送意见的截止日应当在今天以后。"
    if faults:
        raise InputFault(faults)
    if CleanupRound.objects.filter(published_on=None).exists():
        raise Refusal("还有一轮清理没有公布结果", next_step="请先公布那一轮的结果。")
    wanted = with_validity(IN_FORCE, today) | with_validity(COMING, today)
    docs = list(
        NormDoc.objects.unscoped("清理范围内的文件").filter(wanted, kind=KIND).order_by("published_on", "pk")
    )
    if not docs:
        raise Refusal("现在没有有效的规范性文件，不需要清理")
    made = CleanupRound.objects.create(
        title=title.strip()[:200],
        reason=reason.strip(),
        opened_on=today,
        due_on=due_on,
        by_label=actor.label,
    )
    CleanupItem.objects.bulk_create(CleanupItem(round=made, doc=doc) for doc in docs)
    record(
        actor=actor,
        matter=made.matter_id,
        kind=KIND,
        activity=CLEANUP_OPENED,
        agency=_office(actor),
        data={"round": made.pk, "documents": len(docs), "due_on": due_on.isoformat()},
    )
    for agency in sorted({doc.agency_id for doc in docs}):
        notify(
            title=f"{made.title}：请对本单位起草的文件提出清理意见",
            body=f"截止日 {due_on}",
            url=f"/norms/cleanups/{made.pk}",
            capability="normdocs.draft",
            agency_code=agency,
        )
    return made


@action("normdocs.decide_cleanup_item", policy=may_draft, on="doc", records=(CLEANUP_DECIDED,), basis=BASIS)
def decide_cleanup_item(
    *, actor: Actor, doc: NormDoc, item: CleanupItem, conclusion: str, reason: str
) -> CleanupItem:
    """Say what becomes of one document, with the reason; it may be said anew until the result is published."""
    if conclusion not in dict(CLEANUPS):
        raise InputFault({"conclusion": "请选择清理意见。"})
    if not reason.strip():
        raise InputFault({"reason": "请写明理由。"})
    locked = CleanupItem.objects.select_for_update(of=("self",)).select_related("round").get(pk=item.pk)
    if locked.doc_id != doc.pk or locked.round.published_on is not None:
        raise Refusal("这一轮清理的结果已经公布", next_step="请在下一轮清理中处理。")
    locked.conclusion, locked.reason = conclusion, reason.strip()
    locked.by_label, locked.at = actor.label, clock.now()
    locked.save()
    record(
        actor=actor,
        matter=locked.round.matter_id,
        kind=KIND,
        activity=CLEANUP_DECIDED,
        agency=doc.maker_id,
        data={"round": locked.round_id, "document": doc.matter_id, "conclusion": conclusion},
    )
    return locked


@action(
    "normdocs.close_cleanup",
    policy=may_clean_up,
    records=(CLEANUP_PUBLISHED, "document_expired"),
    basis=BASIS,
)
def close_cleanup(*, actor: Actor, round: CleanupRound, summary: str) -> CleanupRound:
    """Publish the result: what is repealed or lapses ends today, what is to be amended becomes its unit's task."""
    locked = CleanupRound.objects.select_for_update().get(pk=round.pk)
    if locked.published_on is not None:
        raise Refusal("这一轮清理的结果已经公布")
    if not summary.strip():
        raise InputFault({"summary": "请写明清理结果。"})
    items = list(locked.items.select_related("doc").order_by("pk"))
    today = clock.today()
    # What ended in the meantime by its own day needs no conclusion any more.
    waiting = [i for i in items if not i.conclusion and validity(i.doc, today) in {IN_FORCE, COMING}]
    if waiting:
        raise Refusal(
            f"还有 {len(waiting)} 件文件没有清理意见，例如《{waiting[0].doc.title}》",
            basis=BASIS,
            next_step="请起草单位先提出意见。",
        )
    for item in items:
        if item.conclusion and item.conclusion != "keep":
            _carry_out(actor, locked, item, today)
    locked.published_on, locked.summary = today, summary.strip()
    locked.save()
    record(
        actor=actor,
        matter=locked.matter_id,
        kind=KIND,
        activity=CLEANUP_PUBLISHED,
        agency=_office(actor),
        data={"round": locked.pk, "documents": len(items)},
    )
    register_moved()
    return locked


def _carry_out(actor: Actor, round: CleanupRound, item: CleanupItem, today: date) -> None:
    rows = NormDoc.objects.unscoped("公布清理结果").select_related("maker", "agency")
    doc = rows.select_for_update(of=("self",)).get(pk=item.doc_id)
    if validity(doc, today) not in {IN_FORCE, COMING}:
        return
    if item.conclusion == "amend":
        doc.amend_wanted = f"{round.title}：予以修改。{item.reason}"[:300]
        doc.save()
        return
    doc.ended_on, doc.ended_how = today, "repealed" if item.conclusion == "repeal" else "lapsed"
    doc.ended_reason = f"{round.title}（{today} 公布）：{item.reason}"
    doc.save()
    file = NormFile(doc)
    if not file.happened("document_expired"):
        record(
            actor=actor,
            matter=doc.matter_id,
            kind=KIND,
            activity="document_expired",
            agency=doc.maker_id,
            occurred_at=clock.now(),
        )
    bring_in_line(doc, NormFile(doc))


def _office(actor: Actor) -> str:
    """The organ whose act the round is: the actor's own, or the district's government for a part of the system."""
    if actor.agency_code:
        return actor.agency_code
    found = Agency.objects.filter(kind="government", level="district").values_list("code", flat=True).first()
    return found or ""
