"""Actions whose own apps test them only through pages: each records its event, and refuses who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases import actions as casework
from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.evidence.actions import verify_evidence
from plumbline.apps.evidence.models import Evidence
from plumbline.apps.publicity import actions as publishing
from plumbline.apps.publicity.models import Publication, PublicationState
from plumbline.apps.supervision import actions as supervising
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.surfaces.exchange.web import request_import
from plumbline.surfaces.workbench.actions import answer_feedback, give_feedback

from .district import District


def logged(matter: str) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=matter).order_by("seq")
    return list(rows.values_list("activity", flat=True))


@pytest.fixture
def officer(district: District) -> Actor:
    return district.scene.actor(district.scene.world.officer)


def test_reading_a_letter_is_kept_once(district: District) -> None:
    letter = district.scene.letter(district.alert)
    answering = district.scene.actor(district.scene.answering)
    for _ in range(2):
        letter = supervising.mark_read(actor=answering, instrument=district.scene.fresh(letter))
    assert letter.read_label == answering.label
    assert logged(letter.matter_id).count("instrument_read") == 1
    with pytest.raises(Refusal):
        supervising.mark_read(actor=district.scene.actor(district.scene.elsewhere), instrument=letter)


def test_feedback_is_kept_and_answered_once(district: District, officer: Actor) -> None:
    with pytest.raises(Refusal):
        give_feedback(actor=ANONYMOUS, kind="wish", text="快")
    with pytest.raises(InputFault):
        give_feedback(actor=officer, kind="wish", text=" ")
    kept = give_feedback(actor=officer, kind="fault", text="打不开。")
    with pytest.raises(Refusal):
        answer_feedback(actor=officer, feedback=kept, text="已修复。")
    clerk = district.scene.actor(district.scene.clerk)
    answer_feedback(actor=clerk, feedback=kept, text="已修复。")
    with pytest.raises(Refusal):
        answer_feedback(actor=clerk, feedback=kept, text="再答。")
    assert logged(f"FEEDBACK-{kept.pk}") == ["feedback_given", "feedback_answered"]


def test_an_import_is_asked_for_by_a_post_that_may(district: District, officer: Actor) -> None:
    def upload() -> Any:
        return SimpleUploadedFile("案件.jsonl", b"{}\n")

    with pytest.raises(Refusal):
        request_import(actor=officer, events=upload(), registers=None, resumable=True)
    mighty = district.scene.actor(district.everything)
    job = request_import(actor=mighty, events=upload(), registers=None, resumable=True)
    assert logged(f"IMPORT-{job.pk}") == ["import_requested"]


def test_evidence_is_verified_in_its_own_case_only(district: District, officer: Actor) -> None:
    evidence = Evidence.objects.unscoped("测试").get()
    verify_evidence(actor=officer, case=district.case, evidence=evidence, verified=True, lawful=True)
    assert logged(district.case.matter_id)[-1] == "evidence_verified"
    with pytest.raises(InputFault):
        verify_evidence(actor=officer, case=district.answered, evidence=evidence, verified=True, lawful=True)
    with pytest.raises(Refusal):
        verify_evidence(
            actor=district.scene.actor(district.elsewhere), case=district.case, evidence=evidence, verified=True, lawful=True
        )  # fmt: skip


def test_the_party_is_corrected_with_a_reason_and_the_pseudonym_stays(
    district: District, officer: Actor
) -> None:
    new = casework.NewParty(kind="legal_person", name="武汉江阳建筑有限公司")
    with pytest.raises(InputFault):
        casework.correct_party(actor=officer, case=district.case, party=new, reason=" ")
    before = district.case.party.pseudonym
    row = casework.correct_party(actor=officer, case=district.case, party=new, reason="名称录错")
    assert (row.name, row.pseudonym) == (new.name, before)
    assert logged(district.case.matter_id)[-1] == "party_corrected"


def test_a_decision_is_withheld_or_published_and_withdrawn_with_a_reason(district: District) -> None:
    publication = Publication.objects.filter(agency_id=STREET).first()
    assert publication is not None
    Publication.objects.filter(pk=publication.pk).update(doubtful=False)
    publication.refresh_from_db()
    mighty = district.scene.actor(district.everything)
    with pytest.raises(Refusal):
        publishing.withhold(
            actor=district.scene.actor(district.elsewhere),
            publication=publication,
            reason="涉及未成年人，依法不公示",
        )
    with pytest.raises(InputFault):
        publishing.withhold(actor=mighty, publication=publication, reason="不想")
    with pytest.raises(Refusal):
        publishing.withdraw(actor=mighty, publication=publication, reason="未公开过")
    published = publishing.publish(
        actor=mighty, publication=publication, on=clock.today() - timedelta(days=1)
    )
    with pytest.raises(InputFault):
        publishing.withdraw(actor=mighty, publication=published, reason=" ")
    gone = publishing.withdraw(actor=mighty, publication=published, reason="决定已被依法撤销")
    assert gone.state == PublicationState.WITHDRAWN and gone.withdrawn_on == clock.today()
    assert logged(publication.matter_id)[-2:] == ["decision_published", "publication_withdrawn"]
