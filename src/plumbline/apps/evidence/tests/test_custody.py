"""Whose hands an item passed through, what was made of it, what leaves with it, and what it proves."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError
from PIL import Image

from plumbline.apps.cases.tests.world import ago
from plumbline.apps.evidence.custody import check_kept_files, make_copy, record_custody
from plumbline.apps.evidence.models import CustodyEntry, Evidence, EvidenceFile, ProvenFact, WorkingCopy
from plumbline.apps.evidence.proving import link_item, state_fact
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.files.tests.made import DEVICE, jpeg, pdf
from plumbline.platform.notify.models import Notice

from .test_evidence import added, rows, signed_in, stored, upload

PHOTO = jpeg(200, 120, place=True, turned=True)
FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 20


def photo(world: Any, case: Any) -> EvidenceFile:
    return added(world, case, files=[upload("现场.jpg", PHOTO)]).files.get()


def logged(case: Any) -> list[str]:
    return list(
        StoredEvent.objects.unscoped("测试")
        .filter(matter_id=case.matter_id)
        .values_list("activity", flat=True)
    )


def custody(case: Any) -> list[CustodyEntry]:
    return list(CustodyEntry.objects.unscoped("测试").filter(evidence__case=case))


def test_what_the_camera_wrote_is_kept_with_the_original_and_leaves_with_it_alone(world: Any) -> None:
    case = world.filed()
    file = photo(world, case)
    assert (file.device, file.width, file.height) == (DEVICE, 200, 120)
    assert file.latitude == pytest.approx(30.841, abs=1e-4)
    base = f"/cases/{case.matter_id}/evidence/files/{file.pk}"
    officer = signed_in(world.officer)
    assert b"".join(officer.get(base).streaming_content) == PHOTO
    for address, form in (("/copy", "JPEG"), ("/view", "JPEG"), ("/small", "WEBP")):
        answer = officer.get(base + address)
        content = b"".join(answer.streaming_content)
        picture = Image.open(io.BytesIO(content))
        assert picture.format == form
        assert picture.height > picture.width, "it stands as it was taken"
        assert not picture.getexif()
        assert DEVICE.encode() not in content
    page = officer.get(f"/cases/{case.matter_id}/evidence/{file.evidence_id}").content.decode()
    assert DEVICE in page
    assert "30.84100" in page


def test_who_only_reads_gets_neither_the_original_nor_the_place(world: Any) -> None:
    case = world.filed()
    file = photo(world, case)
    reader = world.person("kan", "只看", "", "T-STREET", "查阅", ["cases.view"], "other", staff="KAN")
    client = signed_in(reader)
    base = f"/cases/{case.matter_id}/evidence"
    assert client.get(f"{base}/files/{file.pk}").status_code == 403
    assert client.get(f"{base}/files/{file.pk}/copy").status_code == 200
    page = client.get(f"{base}/{file.evidence_id}").content.decode()
    assert DEVICE not in page
    assert "30.84" not in page


def test_the_chain_begins_with_the_collection_and_is_only_added_to(world: Any) -> None:
    case = world.filed()
    file = photo(world, case)
    actor = world.actor(world.officer)
    record_custody(
        actor=actor, case=case, evidence=file.evidence, kind="handed_over", at=ago(29), reason="移交保管员",
        giver="周晓岚", taker="保管员 王", place="证物室 3 号柜",
    )  # fmt: skip
    first, second = custody(case)
    assert (first.kind, second.kind, second.taker) == ("collected", "handed_over", "保管员 王")
    assert second.hashes == [{"name": "现场.jpg", "sha256": file.sha256, "intact": True}]
    assert Evidence.objects.unscoped("测试").get(pk=file.evidence_id).place == "证物室 3 号柜"
    assert "evidence_custody_recorded" in logged(case)
    for change in (
        lambda: second.delete(),
        lambda: CustodyEntry.objects.unscoped("测试").update(reason="改"),
    ):
        with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
            change()
    sheet = (
        signed_in(world.head)
        .get(f"/cases/{case.matter_id}/evidence/{file.evidence_id}/custody")
        .content.decode()
    )
    assert "证物室 3 号柜" in sheet
    # Of the collection only the day was told; of what happened later, the moment.
    assert first.when == f"{first.at.astimezone(clock.CHINA):%Y-%m-%d}" and first.when + " 00:00" not in sheet
    assert second.when.endswith(f"{second.at.astimezone(clock.CHINA):%H:%M}") and second.when in sheet


@pytest.mark.parametrize(
    ("deviation", "field"),
    [
        ({"kind": "returned", "taker": ""}, "taker"),
        ({"kind": "stored"}, "place"),
        ({"kind": "collected"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"at": "tomorrow"}, "at"),
        ({"at": "before"}, "at"),
    ],
)
def test_a_link_that_says_too_little_is_refused(world: Any, deviation: Any, field: str) -> None:
    case = world.filed()
    item = photo(world, case).evidence
    told: dict[str, Any] = {
        "kind": "handed_over",
        "at": ago(20),
        "reason": "移交",
        "giver": "甲",
        "taker": "乙",
    } | deviation
    told["at"] = {"tomorrow": clock.now() + timedelta(days=1), "before": ago(300)}.get(told["at"], told["at"])
    with pytest.raises(InputFault) as fault:
        record_custody(actor=world.actor(world.officer), case=case, evidence=item, **told)
    assert field in fault.value.faults
    assert len(custody(case)) == 1


def test_after_its_destruction_nothing_more_happens_to_a_thing(world: Any) -> None:
    case = world.filed()
    item = added(world, case, kind="physical", files=[], quantity="假药 12 盒", place="证物室")
    told = {
        "actor": world.actor(world.officer),
        "case": case,
        "evidence": item,
        "at": ago(5),
        "reason": "依决定销毁",
    }
    record_custody(kind="destroyed", **told)
    with pytest.raises(InputFault, match="销毁"):
        record_custody(kind="stored", place="别处", **told)


def test_a_working_copy_is_drawn_anew_and_the_original_stays(world: Any) -> None:
    case = world.filed()
    file = photo(world, case)
    client = signed_in(world.officer)
    address = f"/cases/{case.matter_id}/evidence/{file.evidence_id}?file={file.pk}"
    answer = client.post(
        address, {"do": "copy", "note": "附卷，遮盖面部", "turn": "90", "boxes": "10 10 30 30\n\n50,50,20,20"}
    )
    assert answer.status_code == 302, answer.content.decode()
    copy = WorkingCopy.objects.unscoped("测试").get()
    assert copy.boxes == [[0.1, 0.1, 0.3, 0.3], [0.5, 0.5, 0.2, 0.2]]
    content = b"".join(client.get(f"/cases/{case.matter_id}/evidence/copies/{copy.pk}").streaming_content)
    picture = Image.open(io.BytesIO(content)).convert("L")
    assert picture.size == (200, 120), "upright it is 120 by 200, turned once more 200 by 120"
    assert picture.getpixel((50, 30)) < 16
    assert DEVICE.encode() not in content
    file.refresh_from_db()
    assert (
        b"".join(client.get(f"/cases/{case.matter_id}/evidence/files/{file.pk}").streaming_content) == PHOTO
    )
    assert [entry.kind for entry in custody(case)] == ["collected", "copied"]


@pytest.mark.parametrize(
    "told",
    [{"note": ""}, {"boxes": "1 2 3"}, {"boxes": "90 90 30 30"}, {"turn": "45"}],
    ids=["note", "box", "outside", "turn"],
)
def test_a_copy_that_cannot_be_drawn_says_why(world: Any, told: dict[str, str]) -> None:
    case = world.filed()
    file = photo(world, case)
    answer = signed_in(world.officer).post(
        f"/cases/{case.matter_id}/evidence/{file.evidence_id}",
        {"do": "copy", "note": "附卷", "turn": "0", **told},
    )
    assert answer.status_code == 200
    assert "errsum" in answer.content.decode()
    assert not WorkingCopy.objects.unscoped("测试").exists()


def test_only_pictures_of_the_case_are_copied_and_only_by_who_works_on_it(world: Any) -> None:
    case = world.filed()
    paper = added(world, case, files=[upload("扫描.pdf", pdf(2))]).files.get()
    with pytest.raises(InputFault, match="照片"):
        make_copy(actor=world.actor(world.officer), case=case, file=paper, note="附卷")
    with pytest.raises(Refusal):
        make_copy(actor=world.actor(world.outsider), case=case, file=paper, note="附卷")
    with pytest.raises(Refusal):
        record_custody(
            actor=world.actor(world.outsider),
            case=case,
            evidence=paper.evidence,
            kind="stored",
            at=ago(3),
            reason="x",
        )


def test_a_film_can_be_wound_and_a_pdf_stands_in_our_frame_alone(world: Any) -> None:
    case = world.filed()
    item = added(world, case, files=[upload("全程.mp4", FILM), upload("扫描.pdf", pdf(2))])
    film, paper = item.files.all()
    client, base = signed_in(world.officer), f"/cases/{case.matter_id}/evidence/files"
    for asked, status, got in (
        ("bytes=100-199", 206, FILM[100:200]),
        ("bytes=5000-", 206, FILM[5000:]),
        ("bytes=-10", 206, FILM[-10:]),
        ("bytes=0-999999", 206, FILM),
        ("", 200, FILM),
    ):
        answer = client.get(f"{base}/{film.pk}/view", HTTP_RANGE=asked)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (status, got), asked
    assert client.get(f"{base}/{film.pk}/view", HTTP_RANGE=f"bytes={len(FILM)}-").status_code == 416
    answer = client.get(f"{base}/{paper.pk}/view")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]


def test_the_nightly_check_finds_an_altered_file_and_tells_once(world: Any, store: Path) -> None:
    case = world.filed()
    file = photo(world, case)
    EvidenceFile.objects.update(checked_at=clock.now() - timedelta(days=2))
    path = next(each for each in stored(store) if each.name == file.sha256)
    path.chmod(0o600)
    path.write_bytes(PHOTO + b"x")
    assert check_kept_files() == 1
    assert check_kept_files() == 0, "not again within the day"
    file.refresh_from_db()
    assert file.intact is False
    EvidenceFile.objects.update(checked_at=None)
    check_kept_files()
    assert logged(case).count("evidence_found_altered") == 1
    assert Notice.objects.filter(title__contains="校验不一致").count() == 1


def test_an_original_can_neither_be_exchanged_nor_removed(world: Any) -> None:
    file = photo(world, world.filed())
    for change in (
        lambda: EvidenceFile.objects.filter(pk=file.pk).update(sha256="0" * 64),
        lambda: EvidenceFile.objects.filter(pk=file.pk).delete(),
    ):
        with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
            change()


def test_facts_without_evidence_are_shown_until_they_have_some(world: Any) -> None:
    case = world.filed()
    item, actor = photo(world, case).evidence, world.actor(world.officer)
    fact = state_fact(actor=actor, case=case, text="3 月 2 日在平江路倾倒建筑垃圾")
    tab, client = f"/cases/{case.matter_id}?tab=evidence", signed_in(world.officer)
    assert "没有证据" in client.get(tab).content.decode()
    with pytest.raises(InputFault):
        state_fact(actor=actor, case=case, text=fact.text)
    client.post(
        f"/cases/{case.matter_id}/evidence/{item.pk}",
        {"do": "link", "fact": [fact.pk], "new": "约 386 立方米"},
    )
    assert "每项事实都有证据" in client.get(tab).content.decode()
    assert ProvenFact.objects.unscoped("测试").count() == 2
    link_item(actor=actor, case=case, evidence=item, facts=[fact.pk], documents=[])
    assert "1 项事实还没有证据" in client.get(tab).content.decode()
    with pytest.raises(InputFault):
        link_item(actor=actor, case=case, evidence=item, facts=[], documents=[999_999])
    with pytest.raises(Refusal):
        state_fact(actor=world.actor(world.outsider), case=case, text="x")
    with pytest.raises(Refusal):
        link_item(actor=world.actor(world.outsider), case=case, evidence=item, facts=[], documents=[])
    assert [each.number for each in rows(case)] == ["Z1"]
    assert "evidence_fact_linked" in logged(case)
    assert not [e for e in matter_events(case.matter_id) if e.activity.startswith("evidence_fact")], (
        "no rule reads it"
    )
