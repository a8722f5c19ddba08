"""The one way from here into the triage of supervision, and the answer back."""

from __future__ import annotations

from datetime import date

from plumbline.apps.supervision.contract import Answered, on_fed_back, take_in_lead
from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .events import VISIT_ANSWERED
from .models import MediaLead, Visit


def to_triage(
    *, actor: Actor, source: str, ref: str, url: str, title: str, facts: str, concerned: str, on: date
) -> str:
    """Bring a lead; the number under which supervision goes on with it. ``facts`` name nobody who told them."""
    lead = take_in_lead(
        actor=actor,
        source=source,
        source_ref=ref,
        source_url=url,
        title=title,
        facts=facts,
        concerned=concerned,
        received_on=on,
    )
    return lead.matter_id


@on_fed_back("volunteer")
def tell_volunteer(actor: Actor, answered: Answered) -> None:
    """What became of an observation reaches the volunteer by itself."""
    visit = (
        Visit.objects.unscoped("处理结果反馈给义务监督员")
        .select_related("volunteer")
        .get(matter_id=answered.source_ref)
    )
    answer_visit(actor, visit, answered.text)


def answer_visit(actor: Actor, visit: Visit, text: str) -> None:
    visit.feedback, visit.feedback_at, visit.feedback_label = text.strip(), clock.now(), actor.label
    visit.save(update_fields=["feedback", "feedback_at", "feedback_label"])
    record(
        actor=actor,
        matter=visit.matter_id,
        kind="register",
        activity=VISIT_ANSWERED,
        agency=visit.agency_id,
    )
    if visit.volunteer.person_id is not None:
        notify(
            title="您反映的情况有了反馈",
            body=f"{visit.visited_on}，{visit.get_kind_display()}",
            url="/volunteering/feedback",
            person_id=visit.volunteer.person_id,
        )


@on_fed_back("media")
def note_outcome(actor: Actor, answered: Answered) -> None:
    """What became of a lead of the media stands beside the clipping."""
    rows = MediaLead.objects.unscoped("媒体线索的处理结果").filter(matter_id=answered.source_ref)
    rows.update(outcome=answered.text.strip(), outcome_at=clock.now())
