"""Another channel taken up, a display that ends by term or early, what a person checks on another body's site."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import transaction

from plumbline.apps.cases.contract import record_for_publicity
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import events_of
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.verdicts.evaluation import on_clock

from .actions import hold, log_about
from .channels import channels, early, is_ours, name_of, never_early, term, why_not
from .events import PUBLICATION_CHECKED, PUBLICATION_PREPARED
from .generating import generate
from .models import Publication, PublicationState
from .policies import may_end, may_publish
from .preparing import said_of_row, why_never_now

log = logging.getLogger(__name__)
ENDED_BY_TERM = "公示期满"


@action(
    "publicity.take_up",
    policy=may_publish,
    on="publication",
    records=(PUBLICATION_PREPARED,),
    basis="信用修复管理办法第十二条",
)
def take_up(
    *,
    actor: Actor,
    publication: Publication,
    channel: str,
    severity: str = "",
    necessity: bool | None = None,
) -> Publication:
    """Prepare a decision for a channel on which no verified text makes it due; the text is made anew for that channel."""
    hold(publication)
    if channel not in channels() or channel == publication.channel:
        raise InputFault({"channel": "请选择另一个公示渠道。"})
    row = Publication(
        matter_id=publication.matter_id,
        decision_event=publication.decision_event,
        channel=channel,
        kind=publication.kind,
        act=publication.act,
        agency_id=publication.agency_id,
        decided_on=publication.decided_on,
        domain=publication.domain,
        party_kind=publication.party_kind,
        procedure=publication.procedure,
        kinds=publication.kinds,
        severity=severity,
        necessity=necessity,
    )
    if Publication.objects.filter(decision_event=row.decision_event, channel=channel).exists():
        raise Refusal(f"这项决定在{name_of(channel)}已有公示记录")
    if why := why_not(channel, said_of_row(row)) or why_never_now(publication):
        raise Refusal(f"不得公示：{why['reason']}", basis=why["basis"], next_step="不需要另行登记理由。")
    result = next(
        (e for e in events_of([row.matter_id]).get(row.matter_id, []) if e.id == row.decision_event), None
    )
    if result is None:
        raise Refusal("这项公示的决定已经不在事项记录中", next_step="请核对事项的办理记录。")
    generate(row, result)
    row.save()
    log_about(actor, row, PUBLICATION_PREPARED, {"masks": len(row.masks), "channel": channel})
    return row


@action(
    "publicity.take_down",
    policy=may_end,
    on="publication",
    records=("publication_withdrawn",),
    basis="市场监督管理行政处罚信息公示规定第十三条、信用修复管理办法第十二条",
)
def take_down(*, actor: Actor, publication: Publication) -> Publication:
    """End a display whose term is over. The record is gone from every page, file and feed from this moment."""
    hold(publication)
    today = clock.today()
    if publication.state != PublicationState.PUBLISHED:
        raise Refusal(f"这项公示是“{publication.get_state_display()}”")
    if publication.take_down_on is None or publication.take_down_on > today:
        raise Refusal("公示期还没有满")
    return _end(actor, publication, ENDED_BY_TERM)


def _end(actor: Actor, publication: Publication, reason: str) -> Publication:
    record_for_publicity(
        actor=actor,
        matter_id=publication.matter_id,
        agency=publication.agency_id,
        kind=publication.kind,
        activity="publication_withdrawn",
        data={"of": publication.published_event},
    )
    publication.state, publication.reason = PublicationState.ENDED, reason
    publication.taken_down_on = clock.today()
    publication.save()
    return publication


@on_clock
def end_by_term() -> int:
    """Take down what has stood for its term; one that fails is left for the next pass and hides no other."""
    ended = 0
    over = Publication.objects.filter(state=PublicationState.PUBLISHED, take_down_on__lte=clock.today())
    for row in list(over.order_by("take_down_on", "pk")):
        try:
            with transaction.atomic():
                take_down(actor=system_actor("公示期满"), publication=row)
        except Refusal:
            log.warning("publication %s could not be taken down at the end of its term", row.public_id)
        else:
            ended += 1
    return ended


@action(
    "publicity.stop_early",
    policy=may_publish,
    on="publication",
    records=("publication_withdrawn",),
    basis="市场监督管理行政处罚信息公示规定第十四条、信用修复管理办法第十四条",
)
def stop_early(*, actor: Actor, publication: Publication, met: Sequence[int]) -> Publication:
    """End a display before its term on application, when every condition of the channel is met and ticked one by one."""
    hold(publication)
    if publication.state != PublicationState.PUBLISHED:
        raise Refusal(f"这项公示是“{publication.get_state_display()}”，不能提前停止")
    about = early(publication.channel)
    if about is None:
        raise Refusal("这个渠道没有提前停止公示的规定")
    if never_early(publication.channel, publication.kinds):
        raise Refusal("受到这类较重处罚的，不得提前停止公示", basis=about["basis"])
    stands = term(
        publication.channel,
        said_of_row(publication),
        decided_on=publication.decided_on,
        published_on=publication.published_on or clock.today(),
        chosen=publication.term_chosen,
    )
    if stands and stands.least_on and clock.today() < stands.least_on:
        raise Refusal(
            f"最短公示期到 {stands.least_on} 届满",
            basis=stands.basis,
            next_step="届满以后再办理信用修复。",
        )
    missing = [words for n, words in enumerate(about["conditions"]) if n not in met]
    if missing:
        raise InputFault({"met": f"还有条件没有核对：{'；'.join(missing)}。"})
    return _end(actor, publication, "符合条件，经申请提前停止公示")


@action(
    "publicity.check_outside",
    policy=may_publish,
    on="publication",
    records=(PUBLICATION_CHECKED,),
    basis="行政处罚法第四十八条",
)
def check_outside(*, actor: Actor, publication: Publication) -> Publication:
    """Note that somebody has looked at the other body's site and the record is gone there."""
    hold(publication)
    if is_ours(publication.channel) or publication.state not in {
        PublicationState.ENDED,
        PublicationState.WITHDRAWN,
    }:
        raise Refusal("只有在其他系统撤回或者期满的公示需要核对")
    publication.confirmed_on = clock.today()
    publication.save()
    log_about(actor, publication, PUBLICATION_CHECKED, {"channel": publication.channel})
    return publication


@action(
    "publicity.report_change",
    policy=may_publish,
    on="publication",
    records=("credit_change_reported",),
    basis="信用修复管理办法第十九条",
)
def report_change(*, actor: Actor, publication: Publication) -> Publication:
    """Register that the credit platform was told of a penalty revoked or changed."""
    hold(publication)
    if "report_change" not in channels()[publication.channel] or publication.withdraw_due_on is None:
        raise Refusal("这项公示没有需要报送的撤销、变更结果")
    if publication.change_reported_on is not None:
        raise Refusal(f"已于 {publication.change_reported_on} 报送")
    record_for_publicity(
        actor=actor,
        matter_id=publication.matter_id,
        agency=publication.agency_id,
        kind=publication.kind,
        activity="credit_change_reported",
        data={},
    )
    publication.change_reported_on = clock.today()
    publication.save()
    return publication
