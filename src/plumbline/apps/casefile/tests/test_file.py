"""The case file: its order and what an officer changes of it, one PDF with page numbers, sealed when archived."""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from pypdf import PdfReader

from plumbline.apps.casefile import binding
from plumbline.apps.casefile.arranging import arrange, write_note
from plumbline.apps.casefile.keeping import draft_path, keep_draft, keep_package, keep_sealed
from plumbline.apps.casefile.models import BoundVolume, ExportPackage
from plumbline.apps.casefile.parts import gather
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.files.store import is_intact, open_kept
from plumbline.platform.files.tests.made import DEVICE, jpeg
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs.models import Job, JobState
from plumbline.platform.jobs.running import run_now

from .made import archived, item, paper

MAIN_TITLES = [
    "行政处罚告知书", "行政处罚决定书", "证据 Z1 现场照片（1）", "证据 Z1 现场照片（2）", "证据 Z2 运输合同", "证据 Z3 台账",
    "证据 Z4 渣土样品", "全过程音像记录目录",
]  # fmt: skip


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def built(client: Client, case: Any, **told: str) -> Job:
    answer = client.post(f"/cases/{case.matter_id}/file/build", {"what": "bind", "volume": "main", **told})
    assert answer.status_code == 302, answer.content.decode()
    return run_now(Job.objects.get(pk=answer["Location"].rsplit("/", 1)[-1]))


def pdf_of(client: Client, case: Any, volume: str = "main") -> PdfReader:
    answer = client.get(f"/cases/{case.matter_id}/file/{volume}.pdf")
    assert answer.status_code == 200
    return PdfReader(io.BytesIO(b"".join(answer.streaming_content)))


def titles(case: Any, volume: str = "main") -> list[str]:
    return [part.title for part in gather(case).of(volume)]


def sealed_volume(case: Any, volume: str = "main") -> BoundVolume:
    return BoundVolume.objects.unscoped("测试").get(case=case, volume=volume, sealed=True)


def logged(case: Any, activity: str) -> int:
    return StoredEvent.objects.unscoped("测试").filter(matter_id=case.matter_id, activity=activity).count()


def test_papers_stand_by_the_stage_of_their_form_and_inner_ones_in_the_auxiliary_volume(case: Any) -> None:
    assert titles(case) == MAIN_TITLES
    assert titles(case, "aux") == ["重大执法决定法制审核表"]


def test_a_volume_is_one_pdf_whose_contents_tell_the_pages(world: Any, case: Any) -> None:
    client = signed_in(world.officer)
    job = built(client, case)
    assert job.state == JobState.DONE, job.message
    reader = pdf_of(client, case)
    texts = [page.extract_text() for page in reader.pages]
    words = ["".join(text.split()) for text in texts]
    kept = BoundVolume.objects.unscoped("测试").get(case=case)
    front = len(texts) - kept.pages - 1
    assert front >= 2, "cover and contents before, the closing sheet after"
    assert "行政处罚案卷" in words[0]
    assert "卷内目录" in words[1]
    for row in kept.contents:
        page = front + row["page"] - 1
        assert str(row["page"]) in texts[page].split(), row
        if not row["title"].endswith("运输合同"):  # a scan is a picture of paper
            assert "".join(row["title"].split()) in words[page], row
        assert "".join(row["title"].split()) in "".join(words[1:front]), "the contents name it"
    assert [row["pages"] for row in kept.contents if row["title"].endswith("运输合同")] == [3]
    assert "渣土样品" in "".join(texts)
    assert "台账.xlsx" in "".join(texts)
    assert "备考表" in words[-1]
    bookmarks = [str(each.title) for each in reader.outline if not isinstance(each, list)]
    assert bookmarks == ["封面和目录", *MAIN_TITLES, "证据保管记录", "备考表"]
    assert {round(float(page.mediabox.width)) for page in reader.pages} == {595}
    assert logged(case, "case_file_bound") == 1


def test_no_picture_of_it_carries_what_the_camera_wrote(world: Any, case: Any) -> None:
    client = signed_in(world.officer)
    built(client, case)
    answer = client.get(f"/cases/{case.matter_id}/file/main.pdf")
    content = b"".join(answer.streaming_content)
    assert DEVICE.encode() not in content
    assert DEVICE not in "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_an_officer_moves_leaves_out_and_takes_in(world: Any, case: Any) -> None:
    client = signed_in(world.officer)
    address = f"/cases/{case.matter_id}/file/change"
    keys = {part.title: part.key for part in gather(case).parts}

    def change(title: str, **told: str) -> None:
        assert client.post(address, {"key": keys[title], **told}).status_code == 302

    change("行政处罚决定书", do="up")
    assert titles(case)[:2] == ["行政处罚决定书", "行政处罚告知书"]
    change("行政处罚决定书", do="up")  # it is the first already
    change("证据 Z3 台账", do="aux")
    assert titles(case, "aux") == ["重大执法决定法制审核表", "证据 Z3 台账"]
    change("证据 Z1 现场照片（2）", do="out", reason=" ")
    assert "证据 Z1 现场照片（2）" in titles(case)
    change("证据 Z1 现场照片（2）", do="out", reason="与前一张重复")
    assert "证据 Z1 现场照片（2）" not in titles(case)
    write_note(actor=world.actor(world.officer), case=case, note="第 5 页原件缺角。")
    built(client, case)
    last = "".join(pdf_of(client, case).pages[-1].extract_text().split())
    assert "与前一张重复" in last
    assert "第5页原件缺角" in last
    change("证据 Z1 现场照片（2）", do="in")
    paper(world, case, "D01", "案件来源登记表", "源")
    assert titles(case)[:3] == ["案件来源登记表", "行政处罚决定书", "行政处罚告知书"], (
        "a later paper finds its place"
    )
    assert logged(case, "case_file_arranged") >= 5


def test_only_who_works_on_the_case_arranges_it(world: Any, case: Any) -> None:
    key = gather(case).parts[0].key
    with pytest.raises(Refusal):
        arrange(actor=world.actor(world.outsider), case=case, key=key, do="down")
    with pytest.raises(Refusal):
        write_note(actor=world.actor(world.outsider), case=case, note="x")
    for wrong in ({"key": "doc:0", "do": "up"}, {"key": key, "do": "burn"}):
        with pytest.raises(InputFault):
            arrange(actor=world.actor(world.officer), case=case, **wrong)
    assert signed_in(world.outsider).get(f"/cases/{case.matter_id}/file").status_code == 404


def test_who_only_reads_sees_no_auxiliary_volume_and_no_package(world: Any, case: Any) -> None:
    built(signed_in(world.officer), case, volume="aux")
    reader = signed_in(
        world.person("kan", "只看", "", "T-STREET", "查阅", ["cases.view"], "other", staff="KAN")
    )
    page = reader.get(f"/cases/{case.matter_id}/file").content.decode()
    assert "正卷" in page
    assert "法制审核表" not in page
    assert reader.get(f"/cases/{case.matter_id}/file/aux.pdf").status_code == 404
    assert reader.get(f"/cases/{case.matter_id}/file/package.zip").status_code == 404
    before = Job.objects.count()
    reader.post(f"/cases/{case.matter_id}/file/build", {"what": "bind", "volume": "aux"})
    reader.post(f"/cases/{case.matter_id}/file/build", {"what": "package"})
    assert Job.objects.count() == before
    with pytest.raises(Refusal):
        keep_draft(actor=world.actor(world.outsider), case=case, volume="main", bound=None)  # type: ignore[arg-type]
    with pytest.raises(Refusal):
        keep_package(actor=world.actor(world.outsider), case=case, packed=None)  # type: ignore[arg-type]


def test_it_stops_when_asked_and_leaves_nothing(
    world: Any, case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(binding, "TELL_EVERY", 0.0)
    original = binding.subprocess.Popen

    def watched(*args: Any, **kwargs: Any) -> Any:
        child = original(*args, **kwargs)
        seen.append(child)
        Job.objects.update(cancel_requested=True)
        return child

    monkeypatch.setattr(binding.subprocess, "Popen", watched)

    def stop(percent: int, words: str) -> None:
        if Job.objects.filter(cancel_requested=True).exists():
            from plumbline.platform.jobs.running import JobCancelled

            raise JobCancelled

    monkeypatch.setattr("plumbline.apps.casefile.jobs._teller", lambda *_: stop)
    job = built(signed_in(world.officer), case)
    assert job.state == JobState.CANCELLED
    assert seen[-1].poll() is not None, "the binder has ended"
    assert not BoundVolume.objects.unscoped("测试").exists()
    assert not list(draft_path(case, "x").parent.iterdir())
    assert threading.active_count() < 50


def test_an_altered_file_stops_the_volume_and_is_named(world: Any, case: Any, store: Path) -> None:
    part = next(part for part in gather(case).parts if part.sort == "pdf")
    path = next(each for each in store.rglob("*") if each.name == part.file.sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.4 other")
    job = built(signed_in(world.officer), case)
    assert job.state == JobState.FAILED
    assert "运输合同" in job.message
    assert "审计管理员" in job.message


def test_an_empty_volume_says_what_to_do(world: Any) -> None:
    empty = world.filed()
    job = built(signed_in(world.officer), empty)
    assert (job.state, "还没有材料" in job.message) == (JobState.FAILED, True)
    assert "还没有材料" in signed_in(world.officer).get(f"/cases/{empty.matter_id}/file").content.decode()


def test_archiving_seals_both_volumes_once_and_nothing_changes_them(world: Any, case: Any) -> None:
    client = signed_in(world.officer)
    refused = client.post(
        f"/cases/{case.matter_id}/file/build", {"what": "seal", "volume": "main"}, follow=True
    )
    assert "还没有归档" in refused.content.decode()
    archived(world, case)
    job = built(client, case, what="seal")
    assert job.state == JobState.DONE, job.message
    main = sealed_volume(case)
    assert is_intact(main.sha256)
    assert sealed_volume(case, "aux").pages >= 1
    assert "没有重复" in built(client, case, what="seal").result["headline"]
    for change in (
        lambda: BoundVolume.objects.unscoped("测试").filter(pk=main.pk).update(sha256="0" * 64),
        lambda: main.delete(),
        lambda: ExportPackage.objects.unscoped("测试").filter(case=case).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refusal):
        arrange(actor=world.actor(world.officer), case=case, key="recordings", do="up")
    with pytest.raises(Refusal):
        keep_sealed(actor=world.actor(world.outsider), case=case, volumes={}, left_out=[], packed=None)  # type: ignore[arg-type]
    assert len(pdf_of(client, case).pages) > main.pages
    assert logged(case, "case_file_sealed") == 1


def test_what_comes_after_the_archive_goes_into_a_supplement(world: Any, case: Any) -> None:
    client = signed_in(world.officer)
    archived(world, case)
    built(client, case, what="seal")
    before = sealed_volume(case).sha256
    revoked = paper(world, case, "D33", "撤销行政处罚决定书", "撤")
    assert titles(case, "supp-1") == [revoked.title]
    page = client.get(f"/cases/{case.matter_id}/file").content.decode()
    assert "补充卷（1）" in page
    job = built(client, case, what="seal", volume="supp-1")
    assert job.state == JobState.DONE, job.message
    supplement = sealed_volume(case, "supp-1")
    assert [row["title"] for row in supplement.contents] == [revoked.title]
    assert sealed_volume(case).sha256 == before
    with open_kept(before, verify=True):
        pass


def test_the_archive_of_our_own_case_queues_the_sealing_once(world: Any, case: Any) -> None:
    from plumbline.apps.casefile.archiving import seal_when_archived

    archived(world, case)
    for _ in range(2):
        seal_when_archived(case.matter_id, ["file_archived"])
    seal_when_archived(case.matter_id, ["fine_paid"])
    seal_when_archived("no such matter", ["file_archived"])
    (job,) = Job.objects.filter(kind="casefile.seal")
    assert run_now(job).state == JobState.DONE
    assert sealed_volume(case).made_label == "系统（casefile）"


def test_a_large_photograph_turned_by_the_camera_stands_upright_on_its_page(world: Any) -> None:
    case = world.investigated()
    item(world, case, "照片", [("大.jpg", jpeg(2400, 1600, turned=True))])
    client = signed_in(world.officer)
    built(client, case)
    pictures = [image for page in pdf_of(client, case).pages for image in page.images]
    sizes = [picture.image.size for picture in pictures]
    assert max(sizes) == (1133, 1700)
