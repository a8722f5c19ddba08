"""No supervision beside reconsideration or a lawsuit (条例第三十三条): matter by matter, and open again afterwards.

The article bars supervising once more the *dispute* that has entered those procedures. A letter on several matters
therefore stops only for the matters that are challenged and goes on for the rest.
"""

from __future__ import annotations

from typing import Any

from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .. import events
from ..alert_log import write_alert
from ..models import Alert, AlertState, Instrument, InstrumentState
from ..naming import matter_named
from ..queries import case_numbers
from .extending import overtake_extension
from .writing import move, tell_addressee, tell_issuer, write_instrument

STOPPED = "该事项已进入行政复议或者行政诉讼，不重复监督（行政执法监督条例第三十三条）。"
REOPENED = "行政复议、行政诉讼已经终结，请对照结果重新研判。"


def stop_for_challenge(instrument: Instrument, matter_id: str, actor: Actor) -> None:
    """Take ``matter_id`` out of an instrument; where nothing unchallenged is left in it, end the instrument."""
    live = Alert.objects.unscoped("复议诉讼开始后终止监督").filter(
        instrument=instrument, state=AlertState.INSTRUMENT
    )
    taken = list(live.filter(matter_id=matter_id).order_by("pk"))
    for alert in taken:
        move(actor, alert, AlertState.STOPPED, STOPPED)
    rest = sorted(set(live.values_list("matter_id", flat=True)))
    if rest:
        if taken or instrument.about == matter_id:
            _narrow(instrument, matter_id, rest, taken, actor)
        return
    instrument.state = InstrumentState.STOPPED
    instrument.closed_on = clock.today()
    instrument.conclusion = STOPPED
    instrument.save()
    overtake_extension(instrument, "监督已经终止，申请不再办理。")
    write_instrument(actor, instrument, events.INSTRUMENT_STOPPED, {})
    tell_addressee(instrument, "事项已进入复议诉讼，本次监督终止")
    tell_issuer(instrument, "事项已进入复议诉讼，文书终止")


def _narrow(
    instrument: Instrument, matter_id: str, rest: list[str], taken: list[Alert], actor: Actor
) -> None:
    number = matter_named(matter_id, case_numbers(actor, taken))
    if instrument.about == matter_id:
        # What the government would decide on later is a matter that is still supervised.
        instrument.about = rest[0]
        instrument.save(update_fields=["about"])
    text = f"{number}已进入行政复议或者行政诉讼，不重复监督；其余事项继续办理。"
    write_instrument(
        actor, instrument, events.INSTRUMENT_NARROWED, {"text": text, "matter": matter_id, "rest": rest}
    )
    tell_addressee(instrument, f"{number}终止监督，其余事项继续办理")
    tell_issuer(instrument, f"{number}已进入复议诉讼，文书的其余事项继续办理")


def reopen_after_challenge(matter_id: str, actor: Actor) -> None:
    """The procedure is over: what it had stopped is somebody's to decide again, in the light of its result."""
    stopped = Alert.objects.unscoped("复议诉讼终结后重新研判").filter(
        matter_id=matter_id, state=AlertState.STOPPED
    )
    for alert in stopped.select_related("agency"):
        alert.state, alert.reason = AlertState.NEW, REOPENED
        alert.decided_at, alert.decided_label = None, ""
        alert.save()
        write_alert(actor, alert, events.ALERT_REOPENED, {"state": alert.state, "reason": REOPENED})
        notify(
            title=f"{alert.agency.short_name}：复议诉讼已终结，预警 {alert.pk} 重新待处置",
            body=alert.facts,
            url=f"/alerts/{alert.pk}",
            capability="supervision.supervise",
        )


def challenge_is_open(matter_id: str) -> bool:
    """Whether a reconsideration or a lawsuit about the matter has begun and not ended."""
    running: dict[Any, int] = {}
    for event in matter_events(matter_id):
        if event.activity in {"challenge_started", "challenge_ended"}:
            route = event.data.get("route")
            running[route] = running.get(route, 0) + (1 if event.activity == "challenge_started" else -1)
    return any(count > 0 for count in running.values())
