"""Publishing, withdrawing, and not publishing: each a separate act with a reason in law."""

from __future__ import annotations

import hashlib
from datetime import date

import orjson

from plumbline.apps.cases.contract import record_for_publicity
from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, InputFault, Policy, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .events import PUBLICATION_MASKED, PUBLICATION_PREPARED, PUBLICATION_WITHHELD
from .models import Publication, PublicationState
from .policies import may_hide, may_publish
from .preparing import hidden_names, why_never_now
from .redaction import hide_everywhere, redact_text

BASIS = "国办发〔2018〕118号（六）"
OPEN = frozenset({PublicationState.DUE, PublicationState.AWAITING_SECOND})


@action(
    "publicity.publish",
    policy=may_publish,
    on="publication",
    records=("decision_published", PUBLICATION_PREPARED),
    basis=BASIS,
)
def publish(*, actor: Actor, publication: Publication, on: date | None = None) -> Publication:
    """Publish on the government site; a doubtful text first goes to a second person."""
    _lock(publication, policy=may_publish, actor=actor)
    if publication.state not in OPEN:
        raise Refusal(f"这项公示已经是“{publication.get_state_display()}”")
    if why := why_never_now(publication):
        raise Refusal(
            f"不得公示：{why['reason']}", basis=why["basis"], next_step="请登记不予公示并写明理由。"
        )
    if publication.doubtful and publication.state == PublicationState.DUE:
        publication.state = PublicationState.AWAITING_SECOND
        publication.prepared_by_id, publication.prepared_label = actor.person_id, actor.label
        publication.save()
        _log(actor, publication, PUBLICATION_PREPARED, {"masks": len(publication.masks)})
        return publication
    publication.sha256 = content_hash(publication)
    stored = record_for_publicity(
        actor=actor,
        matter_id=publication.matter_id,
        agency=publication.agency_id,
        activity="decision_published",
        data={"of": publication.decision_event, "channel": "government_site", "contains": []},
        on=on,
    )
    publication.published_event = stored.event_id
    publication.state = PublicationState.PUBLISHED
    publication.published_on = on or clock.today()
    publication.published_label = actor.label
    publication.save()
    return publication


@action(
    "publicity.withdraw",
    policy=may_publish,
    on="publication",
    records=("publication_withdrawn",),
    basis="行政处罚法第四十八条",
)
def withdraw(*, actor: Actor, publication: Publication, reason: str, on: date | None = None) -> Publication:
    """Take a published decision down and say publicly why; the page stays, without content."""
    _lock(publication)
    if publication.state != PublicationState.PUBLISHED:
        raise Refusal(f"这项公示是“{publication.get_state_display()}”，不能撤回")
    if not reason.strip():
        raise InputFault({"reason": "请写明撤回理由。理由会公开。"})
    personal = redact_text(reason, names=hidden_names(publication)).masks
    if personal:
        what = "、".join(dict.fromkeys(mask.category for mask in personal))
        raise InputFault({"reason": f"撤回理由会公开，其中有{what}。请删去后再提交。"})
    record_for_publicity(
        actor=actor,
        matter_id=publication.matter_id,
        agency=publication.agency_id,
        activity="publication_withdrawn",
        data={"of": publication.published_event, "states_reasons": True},
        on=on,
    )
    publication.state, publication.reason = PublicationState.WITHDRAWN, reason
    publication.withdrawn_on = on or clock.today()
    publication.save()
    return publication


@action(
    "publicity.withhold", policy=may_publish, on="publication", records=(PUBLICATION_WITHHELD,), basis=BASIS
)
def withhold(*, actor: Actor, publication: Publication, reason: str) -> Publication:
    """Register why a decision is not published; the clock of the rule is not stopped by it, so supervision sees it."""
    _lock(publication)
    if publication.state not in OPEN:
        raise Refusal(f"这项公示已经是“{publication.get_state_display()}”")
    if len(reason.strip()) < 6:
        raise InputFault({"reason": "请写明依法不予公示的理由和依据。"})
    publication.state, publication.reason = PublicationState.WITHHELD, reason
    publication.save()
    _log(actor, publication, PUBLICATION_WITHHELD, {"reason": reason})
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
    _lock(publication)
    if publication.state not in OPEN | {PublicationState.PUBLISHED}:
        raise Refusal(f"这项公示是“{publication.get_state_display()}”，没有可以遮盖的内容")
    words = words.strip()
    if len(words) < 2:
        raise InputFault({"words": "请照公开文字原样填写要遮盖的内容，至少两个字。"})
    masks = 0
    for name in ("violation", "facts"):
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
    _log(actor, publication, PUBLICATION_MASKED, {"masks": masks, "sha256": publication.sha256})
    return publication


def _lock(publication: Publication, *, policy: Policy | None = None, actor: Actor | None = None) -> None:
    """The row as it is now, held until the action ends: two hands at once do not count as two persons."""
    publication.refresh_from_db(from_queryset=Publication.objects.select_for_update())
    verdict = policy(actor, publication) if policy else ALLOWED
    if not verdict:
        raise Refusal(verdict.reason, basis=verdict.basis, next_step=verdict.next_step)


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
    } | {"agency": publication.agency_id, "decided_on": publication.decided_on.isoformat()}
    return hashlib.sha256(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _log(actor: Actor, publication: Publication, activity: str, data: dict[str, object]) -> None:
    record(
        actor=actor,
        matter=publication.matter_id,
        kind="penalty",
        activity=activity,
        agency=publication.agency_id,
        data={"publication": publication.public_id, **data},
    )
