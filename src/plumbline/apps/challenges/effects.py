"""What a step of a challenge does to the penalty case, in the same transaction (行政处罚法第四十八条、第七十三条).

The case learns that a challenge began and ended and with what outcome: its own steps, the surcharge, the publication
and supervision follow from those events. Staying the execution is recorded there as well.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from plumbline.apps.cases.contract import append_to_case
from plumbline.packs.reconsideration.procedures.words import UNDOING
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify
from plumbline.vocabulary import Matter, load_vocabulary

from .events import EXECUTION_STAYED, STAY_LIFTED
from .models import Challenge, Route, Stage
from .reading import ChallengeFile

When = date | datetime
ROUTES = (Route.RECONSIDERATION, Route.LITIGATION)


def consequences(*, actor: Actor, file: ChallengeFile, stored: StoredEvent, on: When) -> list[str]:
    """Append to the case what follows from ``stored``; the ids of the appended events.

    ``file`` is read after the step was recorded.
    """
    make = _EFFECTS.get(stored.activity)
    return [event.event_id for event in make(actor, file, stored, on)] if make else []


def _append(
    actor: Actor, file: ChallengeFile, activity: str, data: dict[str, object], on: When
) -> StoredEvent:
    challenge = file.challenge
    return append_to_case(
        actor=actor,
        case=challenge.case,
        activity=activity,
        data=data,
        on=on,
        links=[{"matter": challenge.matter_id, "rel": "arises_from"}],
    )


def _told_already(file: ChallengeFile, activity: str) -> bool:
    """Whether the case was told of this one before the matter was registered: it knows of more than the others account for."""
    challenge = file.challenge
    others = Challenge.objects.unscoped("核对案件中的复议诉讼记录").filter(
        case_id=challenge.case_id, route=challenge.route
    )
    others = others.exclude(pk=challenge.pk).exclude(stage=Stage.VOID)
    if activity == "challenge_ended":
        others = others.filter(ended_on__isnull=False)
    matter = Matter.of(events, clock.now()) if (events := matter_events(challenge.case.matter_id)) else None
    told = matter.by_activity.get(activity, ()) if matter else ()
    return sum(event.data.get("route") == challenge.route for event in told) > others.count()


def _started(actor: Actor, file: ChallengeFile, stored: StoredEvent, on: When) -> list[StoredEvent]:
    """Taken in by the organ; once for a matter, although acceptance and copy both tell of it."""
    challenge = file.challenge
    taken_in = file.all("reconsideration_accepted", "reconsideration_copy_received", "lawsuit_copy_received")
    if len(taken_in) > 1 or challenge.route not in ROUTES:
        return []
    if _told_already(file, "challenge_started"):
        return []
    return [_append(actor, file, "challenge_started", {"route": challenge.route}, on)]


def _ended(actor: Actor, file: ChallengeFile, stored: StoredEvent, on: When) -> list[StoredEvent]:
    """The end with its outcome: the case takes an undone decision down by that, so nothing is recorded twice."""
    challenge, outcome = file.challenge, file.outcome
    found: list[StoredEvent] = []
    begun = file.happened(
        "reconsideration_copy_received", "reconsideration_accepted", "lawsuit_copy_received"
    )
    if begun and challenge.route in ROUTES and not _told_already(file, "challenge_ended"):
        data: dict[str, object] = {"route": challenge.route, "outcome": outcome}
        found.append(_append(actor, file, "challenge_ended", data, on))
    if outcome in UNDOING:
        _tell(file, outcome)
    if file.stayed:
        found.append(_append(actor, file, STAY_LIFTED, {"challenge": challenge.matter_id}, on))
    return found


def _corrected(actor: Actor, file: ChallengeFile, stored: StoredEvent, on: When) -> list[StoredEvent]:
    """The agency takes its own decision back or changes it: at the application, or while the challenge goes on."""
    said = "act_changed" if stored.activity == "act_changed" else "correction_approved"
    # Before corrections were sent for approval, the step itself said what became of the decision.
    outcome = str(file.detail(said, "outcome") or file.detail("self_corrected", "outcome", "changed"))
    _tell(file, outcome)
    return [_append(actor, file, "decision_revoked", {"outcome": outcome}, on)]


def _stayed(actor: Actor, file: ChallengeFile, stored: StoredEvent, on: When) -> list[StoredEvent]:
    return [_append(actor, file, stored.activity, {"challenge": file.challenge.matter_id}, on)]


def _tell(file: ChallengeFile, outcome: str) -> None:
    """Who publishes and who handles the case learn of it at once: both have duties that run from this day."""
    challenge = file.challenge
    word = load_vocabulary().label("challenge_outcome", outcome)
    for capability, body in (
        ("publicity.publish", "已经公示的，请在法定期限内撤回并说明理由（行政处罚法第四十八条）。"),
        ("cases.handle", "请核对执行、加处罚款和是否需要重新作出决定。"),
    ):
        notify(
            title=f"处罚决定被{word}：{challenge.case.title}",
            body=body,
            url=f"/challenges/{challenge.matter_id}",
            agency_code=challenge.agency_id,
            capability=capability,
        )


_EFFECTS: dict[str, Callable[[Actor, ChallengeFile, StoredEvent, When], list[StoredEvent]]] = {
    "reconsideration_accepted": _started,
    "reconsideration_copy_received": _started,
    "lawsuit_copy_received": _started,
    "reconsideration_decision_received": _ended,
    "challenge_terminated": _ended,
    "judgment_took_effect": _ended,
    "self_corrected": _corrected,
    "act_changed": _corrected,
    EXECUTION_STAYED: _stayed,
    STAY_LIFTED: _stayed,
}
