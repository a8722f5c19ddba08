"""Filling an empty database with the demonstration district, through the same intake and rules as real data."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from plumbline.apps.cases.models import Case, CaseNumberSeries, CaseOfficer, Origin, Party, StepEntry
from plumbline.apps.supervision.models import Instrument
from plumbline.apps.supervision.raising import warn_near_due
from plumbline.platform import clock
from plumbline.platform.bulk import insert_rows
from plumbline.platform.events.intake import take_in
from plumbline.platform.events.models import OutboxMessage
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.verdicts.registers import registers_changed
from plumbline.vocabulary import Event

from .approval_stories import tell_approvals
from .challenge_stories import tell_challenges
from .complaint_stories import tell_complaints
from .compulsion_stories import tell_compulsion
from .discretion_stories import prepare_discretion, tell_discretion
from .district import build
from .evidence_stories import tell_evidence
from .field_stories import tell_field
from .guidance_stories import tell_guidance
from .histories import History, histories
from .link_stories import tell_linkage
from .list_stories import prepare_lists, tell_lists
from .norm_stories import tell_norms
from .policy_stories import tell_policies
from .procedure_stories import procedure_histories, tell_procedures
from .programme_stories import tell_programme
from .publicity_stories import tell_publicity
from .question_stories import tell_questions
from .report_stories import tell_reports
from .society_stories import tell_society
from .stories import tell_stories
from .subject_stories import prepare_subjects, tell_subjects
from .supervision_stories import tell_supervision
from .transfer_stories import tell_transfers

SEED = 20260201
CASES = 2000
LATEST = 200


def seed(*, count: int = CASES, seed_number: int = SEED, say: Callable[[str], None] = print) -> None:
    """The whole demonstration district."""
    prepare(count=count, seed_number=seed_number, say=say)
    finish(seed_number=seed_number, say=say)


def prepare(*, count: int = CASES, seed_number: int = SEED, say: Callable[[str], None] = print) -> None:
    """Agencies, people, registers, cases and their events, in one transaction.

    The cases that moved last are checked at once, so that the first visitor finds desks and portal filled; what the
    others owe waits in the outbox.
    """
    if Agency.objects.exists():
        return
    rng = random.Random(seed_number)
    now = clock.now()
    with transaction.atomic():
        district = build(rng)
        prepare_discretion()
        prepare_lists()
        prepare_subjects()
        registers_changed()
        made = list(histories(district, rng, count=count, now=now))
        made += procedure_histories(district, now=now)
        say(f"演示区：{len(district.units)} 个执法机关，{Person.objects.count()} 人，{len(made)} 件案件")
        _rows(made)
        tell_field()
        tell_norms(made)
        tell_policies()
        documents = (document for history in made for document in history.events)
        events = [Event.from_json(document, number) for number, document in enumerate(documents, start=1)]
        taken = take_in(events, actor=system_actor("demo"))
        say(f"已写入 {taken.added} 个事件")
    latest = sorted(made, key=lambda h: max(event["recorded_at"] for event in h.events), reverse=True)
    _work_off([history.matter for history in latest[:LATEST]])


def finish(*, seed_number: int = SEED, say: Callable[[str], None] = print) -> None:
    """Check every case against the rules, then tell what has happened to the alerts; nothing when already told."""
    if Instrument.objects.unscoped("演示数据是否完整").exists():
        return
    _work_off()
    while OutboxMessage.objects.filter(attempts=0).exists():
        time.sleep(0.5)  # the worker holds the rest
        _work_off()
    warn_near_due()
    settings.OUTBOX_INLINE = False  # this process tells many stories; what they owe is worked off together
    with transaction.atomic():
        tell_stories(random.Random(seed_number + 1))
        tell_discretion()
        tell_procedures()
        tell_challenges()
        tell_compulsion()
        tell_approvals()
        tell_lists()
        tell_subjects(random.Random(seed_number + 3))
        tell_complaints()
        tell_supervision()
        tell_transfers()
        tell_questions()
        tell_society()
    with transaction.atomic():
        tell_linkage()
    tell_evidence(random.Random(seed_number + 2))
    with transaction.atomic():
        tell_reports()
    with transaction.atomic():
        tell_programme()
    _work_off()
    tell_publicity()
    tell_guidance()
    _work_off()
    say("演示数据已就绪：全部案件已对照规则检查，预警和督办见区司法局账号。")


def _work_off(matters: list[str] | None = None) -> None:
    while work_off(matters, limit=4000):
        pass


def _rows(made: list[History]) -> None:
    """Case, party and officer rows for cases handled here; the projection fills the rest from the events."""
    people = dict(Person.objects.exclude(certificate_number="").values_list("certificate_number", "pk"))
    numbers: Counter[tuple[str, int]] = Counter()
    parties = [
        Party(
            pseudonym=f"P-{h.matter}",
            kind=h.party_kind,
            name=h.party_name,
            credit_code=h.credit,
            birth_on=h.birth,
            address=h.place,
        )
        for h in made
    ]
    insert_rows(parties)
    party_of = dict(Party.objects.values_list("pseudonym", "pk"))
    cases = []
    for h in made:
        if h.filed is not None:
            numbers[h.unit.agency.code, h.filed.year] += 1
            h.number = f"{h.unit.agency.document_mark}〔{h.filed.year}〕{numbers[h.unit.agency.code, h.filed.year]}号"
        cases.append(
            Case(
                matter_id=h.matter,
                number=h.number,
                title=f"{h.item.violation}案",
                origin=Origin.OWN,
                agency=h.unit.agency,
                procedure=h.procedure,
                item_code=h.item.code,
                domain=h.item.domain,
                party_id=party_of[f"P-{h.matter}"],
                place=h.place,
                division_code=h.unit.agency.division_code,
                summary=f"在{h.place}{h.item.violation}。",
                opened_on=h.opened,
            )
        )
    insert_rows(cases)
    case_of = dict(Case.objects.unscoped("演示数据").values_list("matter_id", "pk"))
    CaseNumberSeries.objects.bulk_create(
        CaseNumberSeries(agency_id=agency, year=year, series="case", last=last)
        for (agency, year), last in numbers.items()
    )
    officers, entries = [], []
    for h in made:
        case = case_of[h.matter]
        pair: list[dict[str, str]] = next(
            (
                e["actors"]
                for e in h.events
                if e["activity"] in {"case_filed", "decision_made"} and len(e.get("actors", ())) == 2
            ),
            [],
        )
        officers += [
            CaseOfficer(
                case_id=case, number=a["id"], person_id=people.get(a["id"]), from_on=h.filed or h.opened
            )
            for a in pair
        ]
        entries += [
            StepEntry(case_id=case, step=step, event_id=event, details=details, by_label="演示")
            for step, event, details in h.entries
        ]
    insert_rows(officers)
    insert_rows(entries)
