"""What other apps may use of casework.

* ``register_panel``: a tab of the case page (文书, 证据, 监督, 公示), filled by the app that owns its data.
* ``register_brief``, ``register_fill``: a section of the approval and review pages; a fact that prefills a step's form.
* ``register_telling``, ``register_options``: who reads what a decision tells of reconsideration; choices another app keeps.
* ``register_link``: a button at the head of the case page (案卷 PDF).
* ``case_of``, ``case_rows``: cases as far as the actor may see them.
* ``record_step``: append an event to a case on behalf of another app, guarded by the gate rules.
* ``take_step``, ``decide_request``, ``open_case`` …: the verbs, for the demonstration's author and for surfaces.
* ``left_until``, ``soon_until``, ``weekday``: what is left of a clock, as every page says it.
* ``entries_of``: the details kept beside a case's events (content of records, opinions), for documents.
* ``MatterFile``, ``StepForm``, ``compose_step``, ``demand_open`` …: a declared procedure run for another kind of matter.
* ``BesideFile``, ``Progress``, ``open_clocks`` …: its events with the declared steps, where it stands, the clocks of its steps.
* ``attaching``: the approvals of steps, for a matter that hangs on a case.
* ``receive_case``: the receiver's own case for one that another body handed over.
* ``append_to_case``, ``void_in_case``: what a matter that hangs on a case does to it, after its own policy was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from plumbline.platform import clock
from plumbline.platform.actions import Decision
from plumbline.platform.identity.actor import Actor

from . import attaching
from .actions import NewParty, SpotPenalty, Violation, open_case, penalise_on_spot
from .actions.compelling import Compelled, open_compulsion
from .beside import BesideFile
from .briefs import register_brief
from .checks import LOOKS, Check, checks, rules_of
from .clocks import Left, left_until, soon_until, weekday
from .composing import compose as compose_step
from .composing import in_contract
from .facts import age_at_act, earlier_penalties, file_of
from .fields import FenField, YesNoField
from .fills import filled, register_fill
from .for_publicity import identity_for_report, public_facts, record_for_publicity
from .forms import StepForm
from .guards import Closed, closed_because, demand_lawful, demand_open, demand_time
from .options import register_options
from .panels import HeadLink, Panel, links, panels, register_link, register_panel
from .parties import shown_name
from .people import names_of
from .phases import Clock, LiveClock, PhaseState, Progress, earliest, open_clocks, settled_by
from .queries import due_range
from .reading import MatterFile, activity_zh, items_of
from .receiving import receive_case
from .standing import happened_in, is_archived
from .stepping import put_between, step_posted
from .timeline import Entry, by_day, entries, numbers_in
from .told import register_telling
from .wording import lines_of

if TYPE_CHECKING:
    from plumbline.packs.procedures import Procedure
    from plumbline.platform.events.models import StoredEvent
    from plumbline.platform.scope.querysets import ScopedQuerySet

    from .models import Case

__all__ = [
    "LOOKS",
    "BesideFile",
    "Check",
    "Clock",
    "Closed",
    "Compelled",
    "Entry",
    "FenField",
    "HeadLink",
    "Left",
    "LiveClock",
    "MatterFile",
    "NewParty",
    "OfficerMonth",
    "Panel",
    "PhaseState",
    "Progress",
    "SpotPenalty",
    "StepForm",
    "Violation",
    "YesNoField",
    "activity_zh",
    "age_at_act",
    "append_to_case",
    "attaching",
    "bring_case_in_line",
    "by_day",
    "case_behind",
    "case_by_number",
    "case_for_office",
    "case_of",
    "case_rows",
    "checks",
    "closed_because",
    "compose_step",
    "current_officers",
    "demand_lawful",
    "demand_open",
    "demand_time",
    "due_range",
    "earlier_penalties",
    "earliest",
    "entries",
    "entries_of",
    "file_of",
    "filled",
    "happened_in",
    "holds",
    "identity_for_report",
    "in_contract",
    "is_archived",
    "items_of",
    "left_until",
    "lines_of",
    "links",
    "names_of",
    "numbers_in",
    "officer_month",
    "open_case",
    "open_clocks",
    "open_compulsion",
    "panels",
    "penalise_on_spot",
    "public_facts",
    "put_between",
    "receive_case",
    "record_for_publicity",
    "record_step",
    "register_brief",
    "register_fill",
    "register_link",
    "register_options",
    "register_panel",
    "register_telling",
    "rules_of",
    "settled_by",
    "shown_name",
    "soon_until",
    "step_posted",
    "take_step",
    "void_in_case",
    "weekday",
]


def case_of(actor: Actor, matter_id: str) -> Case:
    """The case of a matter; a missing one and one out of the actor's scope give the same 404."""
    from plumbline.platform.scope.querysets import get_visible

    from .models import Case

    return get_visible(Case, actor, matter_id=matter_id)


def case_behind(matter_id: str) -> Case | None:
    """The case of a matter for a part of the system that has settled who may see it; None for another kind of matter."""
    from .models import Case

    rows = Case.objects.unscoped("已核对事项的可见范围").select_related("agency", "party")
    return rows.filter(matter_id=matter_id).first()


def needs_reading_reason(actor: Actor, case: Case) -> bool:
    """Whether a supervisor has yet to say why the case is read (at ``/cases/<id>/reading``)."""
    from .inspecting import needs_reason

    return needs_reason(actor, case)


def case_rows(actor: Actor) -> ScopedQuerySet[Case]:
    """The cases the actor may see, with agency and party."""
    from .models import Case

    return Case.objects.visible_to(actor).select_related("agency", "party")


def record_step(
    *,
    actor: Actor,
    case: Case,
    activity: str,
    data: Mapping[str, Any] | None = None,
    actors: Sequence[Mapping[str, str]] | None = None,
    occurred_at: date | datetime | None = None,
) -> StoredEvent:
    """Append a contract event to a case after asking its gate rules; brings the case row in line."""
    from .actions import record_step as verb

    return verb(
        actor=actor,
        case=case,
        activity=activity,
        data=data,
        actors=actors,
        occurred_at=occurred_at,
    )


def take_step(
    *,
    actor: Actor,
    case: Case,
    step: str,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: date | datetime | None = None,
    approver: Actor | None = None,
    opinion: str = "同意。",
) -> StoredEvent | Any:
    """Take a step now or at a past time. With ``approver``, a step that needs approval is approved at that time too."""
    from .actions import decide_request
    from .actions import take_step as verb
    from .models import StepRequest

    taken = verb(
        actor=actor,
        case=case,
        step=step,
        data=data,
        details=details,
        occurred_at=occurred_at,
    )
    if approver is not None and isinstance(taken, StepRequest):
        return decide_request(
            actor=approver,
            request=taken,
            approve=True,
            opinion=opinion,
            occurred_at=occurred_at,
        )
    return taken


def entries_of(case: Case) -> dict[str, dict[str, Any]]:
    """The details kept beside each event of a case, by event id, with the step's key under ``step``."""
    return {entry.event_id: {**entry.details, "step": entry.step} for entry in case.entries.order_by("pk")}


def current_officers(case: Case) -> list[str]:
    """Certificate numbers of the officers who handle the case now."""
    return list(case.officers.filter(to_on=None).order_by("pk").values_list("number", flat=True))


def may_see(actor: Actor, case: Case) -> Decision:
    """Whether the actor may see the case."""
    from .policies import may_see_case

    return may_see_case(actor, case)


def may_work(actor: Actor, case: Case) -> Decision:
    """Whether the actor may work on the case at all."""
    from .policies import may_work_on

    return may_work_on(actor, case)


def holds(actor: Actor, capability: str, case: Case) -> bool:
    """Whether a post held today carries the capability for this case (an own-matters post: as its officer)."""
    from .policies import _holds

    return _holds(actor, capability, case)


def case_by_number(number: str) -> Case | None:
    """The case with exactly this 案号, whoever asks: for a body outside the agency that was sent the number.

    The caller has settled that the actor registers such matters for the whole district.
    """
    from .models import Case

    rows = Case.objects.unscoped("按案号登记复议申请").select_related("agency", "party")
    return rows.filter(number=number.strip()).first() if number.strip() else None


def case_for_office(matter_id: str) -> Case | None:
    """The case of a matter, for a body that registers such matters for the whole district (settled by the caller)."""
    from .models import Case

    rows = Case.objects.unscoped("复议机构登记复议申请").select_related("agency", "party")
    return rows.filter(matter_id=matter_id).first()


def append_to_case(
    *,
    actor: Actor,
    case: Case,
    activity: str,
    data: Mapping[str, Any],
    on: date | datetime,
    actors: Sequence[Mapping[str, str]] = (),
    links: Sequence[Mapping[str, str]] = (),
) -> StoredEvent:
    """Append to a case what has happened already: what another body did to it, what a phone brought in from the field.

    In the caller's transaction, after its own policy was asked. No gate rule is asked; the rules judge it afterwards.
    """
    from plumbline.platform.events.log import record

    from .projection import project

    stored = record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=activity,
        agency=case.agency_id,
        data=data,
        occurred_at=on,
        actors=list(actors) or None,
        links=links or None,
    )
    project(case.matter_id)
    return stored


def bring_case_in_line(matter_id: str) -> None:
    """Set a case's row from its events, after another app recorded one in its matter."""
    from .projection import project

    project(matter_id)


def void_in_case(*, actor: Actor, case: Case, event_id: str, reason: str) -> StoredEvent:
    """Void what ``append_to_case`` appended, because the record that it followed from was wrong."""
    return append_to_case(
        actor=actor,
        case=case,
        activity="event_voided",
        data={"voids": event_id, "reason": reason},
        on=clock.now(),
    )


def procedure_of(case: Case) -> Procedure:
    """The procedure, in the version the case was opened under."""
    from .reading import CaseFile

    return CaseFile(case, []).procedure


@dataclass(frozen=True)
class OfficerMonth:
    """An officer's month: cases closed, their average days from filing, clocks met out of all that fell due."""

    closed: int
    days: int | None
    in_time: int
    due: int


def officer_month(agency: str, first: date, last: date) -> dict[str, OfficerMonth]:
    """The month of every officer of an agency by certificate number; only for one's own figures and a median."""
    from .months import officer_months

    return officer_months(agency, first, last)
