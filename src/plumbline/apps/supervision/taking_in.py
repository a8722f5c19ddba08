"""Taking a lead in. Other apps call ``take_in_lead`` in the transaction of their own action, whose policy has been asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.events.log import new_event_id
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.rows import whole_district

from .lead_models import Lead, Source
from .settings import not_after, working_days_after
from .voided_sources import restore_source
from .writing_leads import write_lead

SUPERVISOR = "supervision_organ"


@dataclass(frozen=True)
class Answered:
    """What is told to whoever brought a lead: whether it held, and what came of it in words for them."""

    lead: str
    source_ref: str
    substantiated: bool | None
    text: str


Tell = Callable[[Actor, Answered], None]
Brought = Callable[[str], bool]
_LISTENERS: dict[str, Tell] = {}
_BROUGHT: dict[str, Brought] = {}


def on_fed_back(*sources: str, brought: Brought = bool) -> Callable[[Tell], Tell]:
    """Register ``tell(actor, answered)``, called in the transaction in which a lead of these sources is answered.

    ``brought(source_ref)`` says whether the listener brought that lead, where others of the source are entered by hand.
    """

    def register(tell: Tell) -> Tell:
        for source in sources:
            if _LISTENERS.setdefault(source, tell) is not tell:
                raise ValueError(f"{source} has two listeners")
            _BROUGHT[source] = brought
        return tell

    return register


def _listener(lead: Lead) -> Tell | None:
    brought = _BROUGHT.get(lead.source, bool)
    return _LISTENERS.get(lead.source) if brought(lead.source_ref) else None


def tell_source(actor: Actor, lead: Lead, text: str) -> bool:
    """Hand the answer to the app the lead came from; False where its source has nobody to be told by the platform."""
    listener = _listener(lead)
    if listener is None:
        return False
    listener(actor, Answered(lead.matter_id, lead.source_ref, lead.substantiated, text))
    return True


def told_by_platform(lead: Lead) -> bool:
    """Whether the app a lead came from hears of the answer by itself."""
    return _listener(lead) is not None


def supervising_organ() -> Agency | None:
    """The organ that supervises the district; None in a site that has not entered one yet."""
    return Agency.objects.filter(kind=SUPERVISOR).order_by("level", "code").first()


def take_in_lead(
    *,
    actor: Actor,
    source: str,
    title: str,
    facts: str,
    source_ref: str = "",
    source_url: str = "",
    concerned: str = "",
    about: str = "",
    received_on: date | None = None,
    answer_by: date | None = None,
    quietly: bool = False,
) -> Lead:
    """Register a lead of supervision and tell the supervisors; the same ``source_ref`` of a source gives the same lead.
    One whose source had been voided takes it up again.

    ``concerned`` is the code of the agency it is about, ``about`` the matter (a case) it is about, where known. ``facts`` must
    hold nobody's name or number: whoever reported stays with the caller. ``answer_by`` is the day by which the source wants
    its answer, where it set one: no step is due after it. ``quietly``: one of many, whose sender tells of them all.
    """
    if source not in Source.values:
        raise ValueError(f"unknown source of leads: {source}")
    if not title.strip() or not facts.strip():
        raise InputFault({"facts": "请写明反映的情况。"})
    with whole_district():
        held = Lead.objects.unscoped("同一来源只登记一次").filter(source=source, source_ref=source_ref)
        if source_ref and (known := held.first()) is not None:
            return restore_source(actor=actor, lead=known, title=title, facts=facts)
        organ = supervising_organ()
        if organ is None:
            raise RuntimeError("no agency is a supervising organ")
        day = received_on or clock.today()
        lead = Lead.objects.create(
            matter_id=f"XS-{day.year}-{new_event_id()[3:11].upper()}",
            agency=organ,
            source=source,
            source_ref=source_ref,
            source_url=source_url,
            concerned_id=concerned or None,
            about=about,
            title=title.strip()[:200],
            facts=facts.strip(),
            received_on=day,
            answer_by=answer_by,
            due_on=not_after(answer_by, working_days_after(max(day, clock.today()), "lead.assess")),
            registered_label=actor.label,
        )
        said: dict[str, object] = {"x_source": source, "x_ref": source_ref}
        if answer_by is not None:
            said["x_answer_by"] = answer_by.isoformat()
        write_lead(actor, lead, "lead_registered", said)
    if quietly:
        return lead
    notify(
        title=f"新的监督线索（{lead.get_source_display()}）：{lead.title}",
        body=lead.facts,
        url=lead.page,
        capability="supervision.supervise",
    )
    return lead


def lead_of(source: str, source_ref: str) -> Lead | None:
    """The lead that something of another app became, for whoever may see that something."""
    return Lead.objects.unscoped("来源的页面").filter(source=source, source_ref=source_ref).first()
