"""Publishing, withdrawing, and not publishing: each a separate act with a reason in law."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import orjson

from plumbline.apps.cases.contract import record_for_publicity
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Policy, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .channels import is_ours
from .events import PUBLICATION_MASKED, PUBLICATION_PREPARED, PUBLICATION_WITHHELD
from .generating import hidden_names
from .models import Publication, PublicationState
from .policies import may_hide, may_publish
from .preparing import set_term, why_never_now
from .redaction import hide_everywhere, redact_text

BASIS = "国办发〔2018〕118号（六）"
OPEN = frozenset({PublicationState.DUE, PublicationState.AWAITING_SECOND})


@dataclass(frozen=True)
class Shown:
    """What the one who put a record on another body's site says of it; nothing for this platform's own."""

    receipt: str = ""
    severity: str = ""
    necessity: bool | None = None
    term: str = ""


@action(
    "publicity.publish",
    policy=may_publish,
    on="publication",
    records=("decision_published", "inspection_result_published", PUBLICATION_PREPARED),
    basis=BASIS,
)
def publish(
    *, actor: Actor, publication: Publication, on: date | None = None, shown: Shown | None = None
) -> Publication:
    """Publish on the row's channel; a doubtful text first goes to a second person.

    On this platform it is public from now; on another body's site this registers that it was put there.
    """
    hold(publication, policy=may_publish, actor=actor)
    if publication.state not in OPEN:
        raise Refusal(f"这项公示已经是“{publication.get_state_display()}”")
    _take_over(publication, shown or Shown(), on)
    if why := why_never_now(publication):
        raise Refusal(
            f"不得公示：{why['reason']}", basis=why["basis"], next_step="请登记不予公示并写明理由。"
        )
    if publication.doubtful and publication.state == PublicationState.DUE:
        publication.state = PublicationState.AWAITING_SECOND
        publication.prepared_by_id, publication.prepared_label = actor.person_id, actor.label
        publication.save()
        log_about(actor, publication, PUBLICATION_PREPARED, {"masks": len(publication.masks)})
        return publication
    publication.sha256 = content_hash(publication)
    inspection = publication.act == "inspection"
    stored = record_for_publicity(
        actor=actor,
        matter_id=publication.matter_id,
        agency=publication.agency_id,
        kind=publication.kind,
        activity="inspection_result_published" if inspection else "decision_published",
        data={} if inspection else _said(publication),
        on=on,
    )
    publication.published_event = stored.event_id
    publication.state = PublicationState.PUBLISHED
    publication.published_on = on or clock.today()
    publication.published_label = actor.label
    set_term(publication)
    publication.save()
    return publication


def _take_over(publication: Publication, shown: Shown, on: date | None) -> None:
    """What the channel has to be told, checked; kept on the row for the second person too."""
    if on is not None and not publication.decided_on <= on <= clock.today():
        raise InputFault({"on": "公示日期应在决定日之后、今天之前。"})
    if is_ours(publication.channel):
        return
    publication.receipt = shown.receipt or publication.receipt
    publication.term_chosen = shown.term or publication.term_chosen
    if publication.channel == "credit_china":
        publication.severity = shown.severity or publication.severity
        publication.necessity = publication.necessity if shown.necessity is None else shown.necessity
        if not publication.severity:
            raise InputFault({"severity": "请按行业主管部门的分类标准选择失信程度，公示期由它决定。"})


def _said(publication: Publication) -> dict[str, object]:
    data: dict[str, object] = {
        "of": publication.decision_event,
        "channel": publication.channel,
        "contains": [],
    }
    if publication.severity:
        data["credit_severity"] = publication.severity
    if publication.necessity is not None:
        data["necessity_decided"] = publication.necessity
    return data


@action(
    "publicity.withdraw",
    policy=may_publish,
    on="publication",
    records=("publication_withdrawn",),
    basis="行政处罚法第四十八条",
)
def withdraw(*, actor: Actor, publication: Publication, reason: str, on: date | None = None) -> Publication:
    """Take a published decision down and say publicly why; the page stays, without content."""
    hold(publication)
    if publication.state != PublicationState.PUBLISHED:
        raise Refusal(f"这项公示是“{publication.get_state_display()}”，不能撤回")
    check_public_reason(publication, reason)
    record_for_publicity(
        actor=actor,
        matter_id=publication.matter_id,
        agency=publication.agency_id,
        kind=publication.kind,
        activity="publication_withdrawn",
        data={"of": publication.published_event, "states_reasons": True},
        on=on,
    )
    publication.state, publication.reason = PublicationState.WITHDRAWN, reason
    publication.withdrawn_on = on or clock.today()
    publication.save()
    return publication


def check_public_reason(publication: Publication, reason: str, field: str = "reason") -> None:
    """A reason that the public reads is there and names nobody."""
    if not reason.strip():
        raise InputFault({field: "请写明理由。理由会公开。"})
    personal = redact_text(reason, names=hidden_names(publication)).masks
    if personal:
        what = "、".join(dict.fromkeys(mask.category for mask in personal))
        raise InputFault({field: f"理由会公开，其中有{what}。请删去后再提交。"})


@action(
    "publicity.withhold", policy=may_publish, on="publication", records=(PUBLICATION_WITHHELD,), basis=BASIS
)
def withhold(*, actor: Actor, publication: Publication, reason: str) -> Publication:
    """Register why a decision is not published; the clock of the rule is not stopped by it, so supervision sees it."""
    hold(publication)
    if publication.state not in OPEN:
        raise Refusal(f"这项公示已经是“{publication.get_state_display()}”")
    if len(reason.strip()) < 6:
        raise InputFault({"reason": "请写明依法不予公示的理由和依据。"})
    publication.state, publication.reason = PublicationState.WITHHELD, reason
    publication.save()
    log_about(actor, publication, PUBLICATION_WITHHELD, {"reason": reason})
    return publication


@action(
    "publicity.hide",
    policy=may_hide,
    on="publication",
    records=(PUBLICATION_MASKED,),
    basis="政府信息公开条例第十五条",
)
def hide(*, actor: Actor, publication: Publication, words: str) -> Publication:
    """Take words out of the public text wherever they stand. Masks only grow: nothing brings the words back.

    The words themselves are not kept anywhere, only how many places were taken out and the new fingerprint.
    """
    hold(publication)
    if publication.state not in OPEN | {PublicationState.PUBLISHED}:
        raise Refusal(f"这项公示是“{publication.get_state_display()}”，没有可以遮盖的内容")
    words = words.strip()
    if len(words) < 2:
        raise InputFault({"words": "请照公开文字原样填写要遮盖的内容，至少两个字。"})
    masks = 0
    for name in ("violation", "facts", "conclusion"):
        text, new = hide_everywhere(getattr(publication, name), words)
        setattr(publication, name, text)
        publication.masks += [{"category": m.category, "basis": m.basis} for m in new]
        masks += len(new)
    if not masks:
        raise InputFault({"words": "公开文字中没有这段内容。请从左侧“公众将看到”中复制。"})
    publication.doubts = [each for each in publication.doubts if words not in each]
    if publication.sha256:
        publication.sha256 = content_hash(publication)
    publication.save()
    log_about(actor, publication, PUBLICATION_MASKED, {"masks": masks, "sha256": publication.sha256})
    _hide_beside(publication, words)
    return publication


def _hide_beside(publication: Publication, words: str) -> None:
    """The same words go out of the texts for the other channels: two versions side by side would tell the difference."""
    beside = Publication.objects.select_for_update().filter(decision_event=publication.decision_event)
    for row in beside.exclude(pk=publication.pk).filter(state__in=[*OPEN, PublicationState.PUBLISHED]):
        for name in ("violation", "facts", "conclusion"):
            text, new = hide_everywhere(getattr(row, name), words)
            setattr(row, name, text)
            row.masks += [{"category": m.category, "basis": m.basis} for m in new]
        row.doubts = [each for each in row.doubts if words not in each]
        row.sha256 = content_hash(row) if row.sha256 else ""
        row.save()


def hold(publication: Publication, *, policy: Policy | None = None, actor: Actor | None = None) -> None:
    """The row as it is now, held until the action ends: two hands at once do not count as two persons."""
    publication.refresh_from_db(from_queryset=Publication.objects.select_for_update())
    if policy is not None:
        policy(actor, publication).demand()


def content_hash(publication: Publication) -> str:
    """SHA-256 over exactly what the public page shows."""
    shown = {
        name: getattr(publication, name)
        for name in (
            "number",
            "party_name",
            "credit_code",
            "violation",
            "facts",
            "basis",
            "kinds",
            "fine_fen",
        )
    }
    # Named only where there is one: what was published before these existed keeps its fingerprint.
    shown |= {n: v for n in ("conclusion", "legal_representative") if (v := getattr(publication, n))}
    shown |= {"agency": publication.agency_id, "decided_on": publication.decided_on.isoformat()}
    return hashlib.sha256(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)).hexdigest()


def log_about(actor: Actor, publication: Publication, activity: str, data: dict[str, object]) -> None:
    record(
        actor=actor,
        matter=publication.matter_id,
        kind=publication.kind,
        activity=activity,
        agency=publication.agency_id,
        data={"publication": publication.public_id, **data},
    )
