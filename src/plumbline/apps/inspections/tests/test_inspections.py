"""Planning needs a basis and a published list; the result follows from the answers; a finding becomes a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import ITEM, OTHER, REGISTERS, stated_registers
from plumbline.apps.evidence.contract import custody_of, evidence_of
from plumbline.apps.inspections.actions import (
    NamedFile,
    compel,
    convert_to_case,
    delete_place,
    file_inspection,
)
from plumbline.apps.inspections.contract import file_arrived, last_visits, planned_for
from plumbline.apps.inspections.models import Answer, Inspection
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.store import is_intact, keep
from plumbline.platform.files.tests.made import DEVICE, WUHAN, jpeg

from .scene import Visits, listed


def activities(inspection: Inspection) -> list[str]:
    return [event.activity for event in matter_events(inspection.matter_id)]


def test_a_visit_is_planned_made_and_in_the_log(visits: Visits) -> None:
    planned = visits.planned()
    assert planned_for(visits.actor, clock.today()) == [planned]
    filed = file_inspection(actor=visits.actor, inspection=planned, report=visits.report())
    assert filed.result == "compliant"
    assert activities(filed) == [
        "inspection_planned", "inspection_started", "certificate_shown", "record_made", "inspection_ended",
    ]  # fmt: skip
    assert planned_for(visits.actor, clock.today()) == []
    assert set(last_visits(planned.agency_id, [visits.target.pk])) == {visits.target.pk}
    with pytest.raises(Refusal, match="已于"):
        file_inspection(actor=visits.actor, inspection=filed, report=visits.report())


def test_a_routine_visit_needs_an_item_on_the_published_list(visits: Visits) -> None:
    with (
        stated_registers({**REGISTERS, "inspection_list": [listed(published_on=None)]}),
        pytest.raises(Refusal, match="清单"),
    ):
        visits.planned()
    assert not Inspection.objects.unscoped("测试").exists()
    with pytest.raises(InputFault, match="不得少于两人"):
        visits.planned(officers=["HB001", "HB001"])
    with pytest.raises(Refusal, match="不在该机关"):
        visits.planned(actor=visits.world.actor(visits.world.outsider))


@pytest.mark.parametrize(
    ("answers", "result"),
    [("yyy", "compliant"), ("yny", "problems"), ("yuy", "partial"), ("nuu", "problems")],
)
def test_what_was_not_looked_at_never_counts_as_in_order(visits: Visits, answers: str, result: str) -> None:
    assert visits.filed(answers).result == result


def test_a_point_without_an_answer_is_not_looked_at(visits: Visits) -> None:
    other = file_inspection(
        actor=visits.actor,
        inspection=visits.planned(),
        report=_with(visits, {visits.points[0].pk: ("y", "")}),
    )
    assert Answer.objects.filter(inspection=other, answer="u").count() == 2 and other.result == "partial"


def _with(visits: Visits, answers: dict[int, tuple[str, str]]) -> Any:
    from dataclasses import replace

    return replace(visits.report(), answers=answers)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"files": ()}, "要求拍照"),
        ({"signing": "refused"}, "见证人"),
        ({"handling": "correction"}, "改正期限"),
        ({"officers": ["HB001", "HB001"]}, "不得少于两人"),
    ],
)
def test_an_incomplete_report_is_refused_whole(visits: Visits, changes: dict[str, Any], words: str) -> None:
    planned = visits.planned()
    with pytest.raises(InputFault, match=words):
        file_inspection(actor=visits.actor, inspection=planned, report=visits.report("yny", **changes))
    assert activities(planned) == ["inspection_planned"] and not Answer.objects.exists()


def test_a_finding_becomes_a_case_with_nothing_typed_again_once_its_photos_are_here(
    visits: Visits, tmp_path: Any, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    taken, kept = clock.now() - timedelta(minutes=5), keep([jpeg(place=True)])
    shot = NamedFile(
        kept.sha256, kept.size, "image/jpeg", "photo", visits.points[1].pk, taken, device="Android（AB12）"
    )
    paper = NamedFile("e" * 64, 10, "image/jpeg", "paper")
    filed = visits.filed("yny", files=[shot, paper], place=(30_672_111, 114_541_222, 18))
    file_arrived(filed.matter_id, paper.sha256)
    with pytest.raises(Refusal, match="1 个文件没有从手机传到"):
        convert_to_case(actor=visits.actor, inspection=filed, power=ITEM)
    file_arrived(filed.matter_id, shot.sha256)
    case = Case.objects.unscoped("测试").get(
        matter_id=convert_to_case(actor=visits.actor, inspection=filed, power=ITEM)
    )
    assert case.party is not None and case.party.credit_code == visits.target.credit_code
    assert case.place == visits.target.address and "第2项：不符合" in case.summary
    item = evidence_of(case)[0]
    assert [item] == evidence_of(case) and item.title == "现场照片：第2项" and item.proves == "第2项：不符合"
    original = item.files.get()  # by reference: the store has it once, whole
    assert original.sha256 == shot.sha256 and is_intact(shot.sha256)
    # What the camera wrote goes before what the phone's record says.
    assert original.device == DEVICE and original.accuracy_m is None
    assert (round(original.latitude, 3), round(original.longitude, 3)) == WUHAN
    link = custody_of(case)[0]
    assert link.kind == "collected" and link.at == taken and "Android（AB12）" in link.taker
    assert "HB001" in link.taker and link.place == visits.target.address
    collected = [e for e in matter_events(case.matter_id) if e.activity == "evidence_collected"]
    assert [(e.data["evidence"], [a.id for a in e.actors]) for e in collected] == [("Z1", ["HB001", "HB002"])]
    with pytest.raises(Refusal, match="已经转为案件"):
        convert_to_case(actor=visits.actor, inspection=filed, power=ITEM)


def test_a_measure_is_taken_during_a_visit_with_nothing_typed_again(visits: Visits) -> None:
    filed = visits.filed("yny")
    with pytest.raises(Refusal):
        compel(actor=visits.world.actor(visits.world.reviewer), inspection=filed, power=ITEM)
    matter = compel(actor=visits.actor, inspection=filed, power=ITEM)
    case = Case.objects.unscoped("测试").get(matter_id=matter)
    assert case.kind == "compulsion" and case.party is not None and "第2项：不符合" in case.summary
    first = matter_events(matter)[0]
    assert [each.id for each in first.actors or ()] == ["HB001", "HB002"]
    assert filed.compulsion_matter == matter
    with pytest.raises(Refusal, match="已经登记行政强制"):
        compel(actor=visits.actor, inspection=filed, power=ITEM)


def test_the_place_can_be_taken_out_and_the_log_never_had_it(visits: Visits) -> None:
    filed = visits.filed(place=(30_672_111, 114_541_222, 18))
    assert filed.latitude_e6 == 30_672_111
    delete_place(actor=visits.actor, inspection=filed)
    filed.refresh_from_db(from_queryset=Inspection.objects.unscoped("测试"))
    assert filed.latitude_e6 is None and filed.accuracy_m is None
    assert "30672111" not in str([event.data for event in matter_events(filed.matter_id)])
    with pytest.raises(Refusal):
        delete_place(actor=visits.world.actor(visits.world.outsider), inspection=filed)


def test_the_pages_show_the_visit_to_its_agency_and_to_nobody_else(visits: Visits) -> None:
    filed = visits.filed("yny")
    page = client(visits.world.officer).get(f"/inspections/{filed.matter_id}").content.decode()
    assert (
        "转为案件" in page
        and "还有 1 个文件没有从手机传到" in page
        and "行政处罚法" not in visits.target.name
    )
    assert (
        visits.target.name in client(visits.world.officer).get("/inspections?state=problems").content.decode()
    )
    assert "没有符合条件" in client(visits.world.officer).get("/inspections?state=compliant").content.decode()
    elsewhere = client(visits.world.outsider)
    assert visits.world.outsider.tenures.get().post.agency_id == OTHER
    assert elsewhere.get(f"/inspections/{filed.matter_id}").status_code == 404
    assert visits.target.name not in elsewhere.get("/inspections").content.decode()


def test_a_visit_is_planned_on_the_page(visits: Visits) -> None:
    from plumbline.apps.agencies.models import OfficerCertificate

    for number, name in (("HB001", "周晓岚"), ("HB002", "陈立群")):
        OfficerCertificate.objects.create(
            number=number,
            name=name,
            agency=visits.world.street,
            valid_from=clock.today() - timedelta(days=99),
        )
    form = {
        "target": visits.target.credit_code.lower(), "item": visits.item.pk, "cause": "routine",
        "planned_on": clock.today().isoformat(), "officers": ["HB001", "HB002"],
    }  # fmt: skip
    browser = client(visits.world.officer)
    wrong = browser.post("/inspections/new", {**form, "target": "没有的公司"})
    assert wrong.status_code == 422 and "名录中没有" in wrong.content.decode()
    assert browser.post("/inspections/new", form).status_code == 302
    assert Inspection.objects.unscoped("测试").get().target == visits.target


def client(person: Any) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser
