"""When a case goes to reconsideration or to court, running supervision of it stops (条例第三十三条)."""

from __future__ import annotations

from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.actor import system_actor

from .actions import challenge_is_open, stop_for_challenge
from .models import RUNNING, Instrument


@subscriber("supervision.stop", order=40)
def stop_when_challenged(matter_id: str, activities: frozenset[str]) -> None:
    if "challenge_started" not in activities or not challenge_is_open(matter_id):
        return
    for instrument in Instrument.objects.unscoped("复议诉讼开始后终止监督").filter(
        about=matter_id, state__in=RUNNING
    ):
        stop_for_challenge(instrument, system_actor("supervision"))
