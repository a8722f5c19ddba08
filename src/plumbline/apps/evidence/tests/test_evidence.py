"""Adding, verifying and opening evidence: through the pages and the verbs, with a real store."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.cases.tests.world import ago
from plumbline.apps.evidence import actions
from plumbline.apps.evidence.models import Evidence, EvidenceFile
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import AccessRecord
from plumbline.platform.files.store import is_intact
from plumbline.platform.files.tests.made import jpeg
from plumbline.platform.identity.models import Person

MOST_QUERIES = 30
JPEG = jpeg()
TWO = ["HB001", "HB002"]


def upload(name: str = "现场.jpg", content: bytes = JPEG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def added(world: Any, case: Any, **deviation: Any) -> Evidence:
    lawful: dict[str, Any] = {
        "title": "现场照片",
        "kind": "physical",
        "source": "officers",
        "origin": "平江路北侧现场拍摄",
        "proves": "倾倒建筑垃圾的地点和数量",
        "collected_on": ago(30).date(),
        "officers": TWO,
        "files": [upload()],
    }
    return actions.add_evidence(actor=world.actor(world.officer), case=case, **(lawful | deviation))


def rows(case: Any) -> list[Evidence]:
    return list(Evidence.objects.unscoped("测试").filter(case=case))


def stored(store: Path) -> list[Path]:
    return [each for each in store.rglob("*") if each.is_file()] if store.exists() else []


def events_of(case: Any, activity: str) -> list[Any]:
    return [event for event in matter_events(case.matter_id) if event.activity == activity]


def test_an_item_is_kept_with_its_files_and_told_to_the_rules(world: Any) -> None:
    case = world.filed()
    item = added(world, case, files=[upload(), upload("说明.txt", "说明".encode())])
    first, second = item.files.all()
    assert item.number == "Z1"
    assert first.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert first.size == len(JPEG)
    assert is_intact(first.sha256)
    assert second.content_type.startswith("text/plain")
    (event,) = events_of(case, "evidence_collected")
    assert event.data == {"evidence": "Z1", "evidence_kind": "physical", "source": "officers"}
    assert [actor.id for actor in event.actors] == TWO
    assert added(world, case).number == "Z2"


def test_one_bad_file_refuses_them_all_and_keeps_nothing(world: Any, store: Path) -> None:
    case = world.filed()
    with pytest.raises(InputFault) as fault:
        added(world, case, files=[upload(), upload("坏.jpg", b"%PDF-1.4 x"), upload("空.jpg", b"")])
    message = fault.value.faults["files"]
    assert "“坏.jpg”" in message
    assert "“空.jpg”" in message
    assert rows(case) == []
    assert stored(store) == []
    assert events_of(case, "evidence_collected") == []


def test_a_refused_step_keeps_no_row(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world.filed()

    def refuse(**_: Any) -> None:
        raise Refusal("不能登记")

    monkeypatch.setattr(actions, "record_step", refuse)
    with pytest.raises(Refusal):
        added(world, case)
    assert rows(case) == []
    assert not EvidenceFile.objects.exists()


def test_a_refused_step_leaves_no_file_behind(
    world: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = world.filed()

    def refuse(**_: Any) -> None:
        raise Refusal("不能登记")

    monkeypatch.setattr(actions, "record_step", refuse)
    with pytest.raises(Refusal):
        added(world, case)
    assert stored(store) == []


def test_another_agency_may_neither_add_nor_see(world: Any) -> None:
    case = world.filed()
    item = added(world, case)
    file = item.files.get()
    with pytest.raises(Refusal):
        actions.add_evidence(
            actor=world.actor(world.outsider),
            case=case,
            title="x",
            kind="physical",
            source="officers",
            origin="x",
            proves="x",
            collected_on=ago(3).date(),
            officers=TWO,
            files=[upload()],
        )
    client = signed_in(world.outsider)
    assert client.get(f"/cases/{case.matter_id}/evidence/add").status_code == 404
    assert client.get(f"/cases/{case.matter_id}/evidence/files/{file.pk}").status_code == 404
    answer = client.post(f"/cases/{case.matter_id}/evidence/{item.pk}/verify", {"answer": "sound"})
    assert answer.status_code == 404
    assert Evidence.objects.visible_to(world.actor(world.outsider)).count() == 0


def test_a_file_is_found_only_under_its_own_case(world: Any) -> None:
    case, other = world.filed(), world.filed()
    file = added(world, case).files.get()
    client = signed_in(world.officer)
    assert client.get(f"/cases/{other.matter_id}/evidence/files/{file.pk}").status_code == 404


def test_opening_gives_the_original_never_runs_it_and_is_kept(world: Any) -> None:
    case = world.filed()
    item = added(world, case)
    answer = signed_in(world.head).get(f"/cases/{case.matter_id}/evidence/files/{item.files.get().pk}")
    assert b"".join(answer.streaming_content) == JPEG
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment")
    kept = AccessRecord.objects.get(kind="read", action="evidence.open")
    assert (kept.by_label, kept.subject) == ("何建国", f"evidence.Evidence:{item.pk}")


def test_an_altered_file_is_not_handed_out_and_is_marked(world: Any, store: Path) -> None:
    case = world.filed()
    file = added(world, case).files.get()
    client = signed_in(world.officer)
    tab = f"/cases/{case.matter_id}?tab=evidence"
    assert "指纹一致" in client.get(tab).content.decode()
    path = next(each for each in stored(store) if each.name == file.sha256)
    path.chmod(0o600)
    path.write_bytes(JPEG + b"x")
    assert "校验不一致" in client.get(tab).content.decode()
    answer = client.get(f"/cases/{case.matter_id}/evidence/files/{file.pk}")
    assert answer.status_code == 409
    assert "请停止使用本文件" in answer.content.decode()


def form(**deviation: Any) -> dict[str, Any]:
    lawful: dict[str, Any] = {
        "title": "现场照片",
        "kind": "physical",
        "source": "officers",
        "origin": "现场拍摄",
        "proves": "倾倒的地点",
        "collected_on": ago(30).date().isoformat(),
        "officers": TWO,
        "files": [upload()],
    }
    return lawful | deviation


def test_the_page_adds_an_item_and_shows_it_in_the_tab(world: Any) -> None:
    case = world.filed()
    client = signed_in(world.officer)
    address = f"/cases/{case.matter_id}/evidence/add"
    assert client.get(address).status_code == 200
    answer = client.post(address, form())
    assert answer.status_code == 302, answer.content.decode()
    with CaptureQueriesContext(connection) as queries:
        tab = client.get(f"/cases/{case.matter_id}?tab=evidence").content.decode()
    assert len(queries) <= MOST_QUERIES
    assert "Z1 现场照片" in tab
    assert hashlib.sha256(JPEG).hexdigest()[:16] in tab


@pytest.mark.parametrize(
    ("deviation", "says"),
    [
        ({"officers": ["HB001"]}, "不得少于两人"),
        ({"files": [upload("网页.jpg", b"<html><script>alert(1)</script>")]}, "不认识"),
        ({"files": []}, "文件"),
        ({"collected_on": "2999-01-01"}, "晚于今天"),
    ],
    ids=["one officer", "a page as photo", "no file", "tomorrow"],
)
def test_the_page_says_what_is_wrong_and_keeps_nothing(world: Any, deviation: Any, says: str) -> None:
    case = world.filed()
    answer = signed_in(world.officer).post(f"/cases/{case.matter_id}/evidence/add", form(**deviation))
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert rows(case) == []


@pytest.mark.parametrize(
    ("answer", "verified", "lawful", "shown"),
    [
        ("sound", True, True, "属实合法"),
        ("untrue", False, True, "不属实"),
        ("unlawful", True, False, "取得不合法"),
    ],
)
def test_the_check_of_an_item_is_recorded(
    world: Any, answer: str, verified: bool, lawful: bool, shown: str
) -> None:
    case = world.filed()
    item = added(world, case)
    client = signed_in(world.officer)
    client.post(f"/cases/{case.matter_id}/evidence/{item.pk}/verify", {"answer": answer})
    (event,) = events_of(case, "evidence_verified")
    assert event.data == {"evidence": "Z1", "verified": verified, "lawful": lawful}
    assert shown in client.get(f"/cases/{case.matter_id}?tab=evidence").content.decode()


def test_an_answer_that_was_not_offered_is_not_taken_as_sound(world: Any) -> None:
    case = world.filed()
    item = added(world, case)
    signed_in(world.officer).post(f"/cases/{case.matter_id}/evidence/{item.pk}/verify", {})
    assert events_of(case, "evidence_verified") == []


def test_stored_evidence_survives_the_upload_of_the_same_bytes(world: Any, store: Path) -> None:
    case = world.filed()
    added(world, case)
    added(world, case, title="同一张照片")
    assert len(stored(store)) == 2, "the photograph, and the small one drawn from it"
    assert EvidenceFile.objects.values("sha256").distinct().count() == 1
    assert EvidenceFile.objects.count() == 2
