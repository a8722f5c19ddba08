"""The index of the whole-process record: stages, recordings and gaps; and recordings that come in parts."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from plumbline.apps.cases.tests.world import ago
from plumbline.apps.evidence.models import Evidence, ProcessRecording
from plumbline.apps.evidence.recordings import RecordIndex, add_recording, record_index
from plumbline.packs.penalty.recording import DEMANDS, STAGES
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events, record
from plumbline.vocabulary import load_vocabulary

from .test_custody import FILM
from .test_evidence import form, signed_in

SHA = hashlib.sha256(FILM).hexdigest()


def index_of(case: Any) -> RecordIndex:
    kept = ProcessRecording.objects.unscoped("测试").filter(case=case)
    evidence = Evidence.objects.unscoped("测试").filter(case=case).prefetch_related("files")
    return record_index(case, list(kept), list(evidence))


def told(world: Any, case: Any, **deviation: Any) -> ProcessRecording:
    usual: dict[str, Any] = {
        "stage": "evidence", "title": "现场检查全程录像", "began_at": ago(30), "minutes": 26, "operator": "陈立群",
        "place": "采集站 2 号",
    }  # fmt: skip
    return add_recording(actor=world.actor(world.officer), case=case, **(usual | deviation))


def sent_in_parts(client: Any, name: str = "全程.mp4") -> None:
    announced = {"name": name, "size": len(FILM)}
    client.post(f"/uploads/{SHA}", json.dumps(announced), content_type="application/json")
    client.put(f"/uploads/{SHA}/parts/0", FILM, content_type="application/octet-stream")
    assert client.post(f"/uploads/{SHA}/finish").json()["state"] == "ready"


def test_every_stage_and_demand_speaks_the_contract() -> None:
    words = load_vocabulary()
    assert set(STAGES) == set(words.enums["stage"])
    for demand in DEMANDS:
        activity = words.activities[demand.activity]
        assert demand.stage in STAGES
        for name, value in demand.where.items():
            enum = str(activity.fields[name]["type"]).strip("?[]")
            assert value in words.enums[enum], demand


def test_the_index_sets_what_happened_against_what_was_recorded(world: Any) -> None:
    case = world.investigated()
    stages = {stage.key: stage for stage in index_of(case).stages}
    assert stages["start"].texts, "the filing was entered as a step"
    assert not stages["decision"].happened
    assert index_of(case).gaps == 0
    onsite = next(e for e in matter_events(case.matter_id) if e.activity == "record_made")
    (demand,) = [d for d in stages["evidence"].demands if d.event_id == onsite.id]
    assert (demand.extent, demand.is_gap) == ("as_needed", False)
    told(world, case, event_id=onsite.id)
    stages = {stage.key: stage for stage in index_of(case).stages}
    (demand,) = [d for d in stages["evidence"].demands if d.event_id == onsite.id]
    assert demand.found == ("现场检查全程录像",)


def test_a_seizure_without_a_recording_is_a_gap(world: Any) -> None:
    case = world.investigated()
    seized = record(
        actor=world.actor(world.officer), matter=case.matter_id, kind="penalty", activity="seized",
        agency=case.agency_id, data={"measure": "C1"}, occurred_at=ago(20),
    )  # fmt: skip
    assert index_of(case).gaps == 1
    page = signed_in(world.officer).get(f"/cases/{case.matter_id}?tab=recording").content.decode()
    assert "缺音像" in page
    assert "缺 1 处" in page
    told(world, case, event_id=seized.event_id)
    assert index_of(case).gaps == 0
    assert "没有缺项" in signed_in(world.head).get(f"/cases/{case.matter_id}?tab=recording").content.decode()
    assert (
        "全程音像记录"
        in signed_in(world.head).get(f"/cases/{case.matter_id}/recordings/index").content.decode()
    )


def test_a_recording_comes_in_parts_and_is_played_by_ranges(world: Any) -> None:
    case, client = world.filed(), signed_in(world.officer)
    sent_in_parts(client)
    answer = client.post(
        f"/cases/{case.matter_id}/recordings/add",
        {"stage": "evidence", "title": "询问同步录像", "began_at": ago(3).strftime("%Y-%m-%dT%H:%M"), "minutes": "12",
         "operator": "周晓岚", "received": SHA},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    kept = ProcessRecording.objects.unscoped("测试").get()
    assert (kept.sha256, kept.name) == (SHA, "全程.mp4")
    part = client.get(f"/cases/{case.matter_id}/recordings/{kept.pk}?show=1", HTTP_RANGE="bytes=8-11")
    assert b"".join(part.streaming_content) == FILM[8:12]
    assert signed_in(world.outsider).get(f"/cases/{case.matter_id}/recordings/{kept.pk}").status_code == 404


@pytest.mark.parametrize(
    ("deviation", "field"),
    [
        ({"stage": "lunch"}, "stage"),
        ({"title": " "}, "title"),
        ({"minutes": 0}, "minutes"),
        ({"operator": ""}, "operator"),
        ({"place": ""}, "place"),
        ({"event_id": "E-none"}, "event_id"),
        ({"began_at": ago(-2)}, "began_at"),
    ],
)
def test_a_recording_that_says_too_little_is_refused(world: Any, deviation: Any, field: str) -> None:
    case = world.filed()
    with pytest.raises(InputFault) as fault:
        told(world, case, **deviation)
    assert field in fault.value.faults
    assert not ProcessRecording.objects.unscoped("测试").exists()


def test_a_colleague_elsewhere_adds_none(world: Any) -> None:
    case = world.filed()
    with pytest.raises(Refusal):
        add_recording(
            actor=world.actor(world.outsider), case=case, stage="evidence", title="x", began_at=ago(3), minutes=1,
            operator="x", place="x",
        )  # fmt: skip


def test_evidence_takes_up_what_came_in_parts_and_a_mistake_does_not_lose_it(world: Any) -> None:
    case, client = world.filed(), signed_in(world.officer)
    sent_in_parts(client)
    address = f"/cases/{case.matter_id}/evidence/add"
    wrong = client.post(address, form(files=[], received=[SHA], title="")).content.decode()
    assert f'name="received" value="{SHA}"' in wrong
    answer = client.post(address, form(files=[], received=[SHA], kind="audiovisual"))
    assert answer.status_code == 302, answer.content.decode()
    (file,) = Evidence.objects.unscoped("测试").get().files.all()
    assert (file.sha256, file.form) == (SHA, "film")


def test_a_thing_without_a_photograph_says_what_and_where_it_is(world: Any) -> None:
    case, client = world.filed(), signed_in(world.officer)
    address = f"/cases/{case.matter_id}/evidence/add"
    assert "请填写“数量和特征”" in client.post(address, form(files=[])).content.decode()
    kept = client.post(address, form(files=[], quantity="假药 12 盒", place="证物室 1 号柜"))
    assert kept.status_code == 302, kept.content.decode()
