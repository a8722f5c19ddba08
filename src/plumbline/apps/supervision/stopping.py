"""When a case goes to reconsideration or to court, supervision of it stops, and opens again after (条例第三十三条)."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q

from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.actor import system_actor

from .actions import challenge_is_open, reopen_after_challenge, stop_for_challenge
from .models import RUNNING, Alert, AlertState, Instrument


@subscriber("supervision.stop", order=40)
def stop_when_challenged(matter_id: str, activities: frozenset[str]) -> None:
    """Bring supervision of a matter in line with whether it is challenged; looking twice changes nothing."""
    if not activities & {"challenge_started", "challenge_ended"}:
        return
    actor = replace(system_actor("supervision"), label="系统（监督）")
    if not challenge_is_open(matter_id):
        reopen_after_challenge(matter_id, actor)
        return
    covered = Alert.objects.unscoped("复议诉讼开始后终止监督").filter(
        instrument=OuterRef("pk"), matter_id=matter_id, state=AlertState.INSTRUMENT
    )
    running = Instrument.objects.unscoped("复议诉讼开始后终止监督").filter(state__in=RUNNING)
    for instrument in running.filter(Q(about=matter_id) | Exists(covered)):
        stop_for_challenge(instrument, matter_id, actor)
