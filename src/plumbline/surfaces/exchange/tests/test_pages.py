"""The upload page and the job's page: who may, what is asked, what is shown while it runs and when it is over."""

from __future__ import annotations

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs import running
from plumbline.platform.jobs.models import Job, JobState
from plumbline.platform.jobs.running import run_now, take_up_abandoned

from . import district as place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]


@pytest.fixture
def importer() -> Person:
    return place.person("sun", "AG-XZ-SFJ", "district", "exchange.import", "cases.view")


def _upload(client: Client, lines: list[bytes], registers: bytes | None = None, **fields: str) -> Job:
    files = {"events": SimpleUploadedFile("案件.jsonl", b"".join(lines))}
    if registers is not None:
        files["registers"] = SimpleUploadedFile("登记册.json", registers)
    answer = client.post("/exchange/import", {**fields, **files})
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.get(pk=answer.url.rsplit("/", 1)[1])


def test_whoever_may_not_import_is_told_why() -> None:
    client = place.client(place.person("zhou", place.STREET, "agency", "cases.handle"))
    answer = client.get("/exchange/import")
    assert answer.status_code == 403
    assert "没有导入外部案件的权能" in answer.content.decode()


def test_the_form_says_what_is_missing(importer: Person) -> None:
    answer = place.client(importer).post("/exchange/import", {})
    assert answer.status_code == 200
    assert "错误：" in answer.content.decode()
    assert "请选择事件文件。" in answer.content.decode()
    assert not Job.objects.exists()


def test_an_empty_file_is_refused_at_the_form(importer: Person) -> None:
    answer = place.client(importer).post("/exchange/import", {"events": SimpleUploadedFile("a.jsonl", b"")})
    assert "事件文件是空的" in answer.content.decode()
    assert not Job.objects.exists()


def test_from_upload_to_the_result(
    importer: Person, outside_case: list[bytes], outside_registers: bytes
) -> None:
    client = place.client(importer)
    job = _upload(client, outside_case, outside_registers)
    waiting = client.get(f"/jobs/{job.pk}").content.decode()
    assert "导入 案件.jsonl" in waiting
    assert "取消" in waiting

    run_now(job)

    page = client.get(f"/jobs/{job.pk}").content.decode()
    assert "已导入 17 个事件，涉及 1 个事项" in page
    assert "/cases/WZ-CG-2026-0107" in page
    assert "违反" in page
    assert "登记册中的法制审核目录、裁量基准、听证标准、节假日以本平台为准，没有采用。" in page
    assert client.get("/cases/WZ-CG-2026-0107").status_code == 200


def test_errors_name_line_field_and_remedy(importer: Person, outside_case: list[bytes]) -> None:
    client = place.client(importer)
    lines = [outside_case[0].replace(b'"inspection"', b'"inspektion"'), *outside_case[1:]]
    job = run_now(_upload(client, lines))
    page = client.get(f"/jobs/{job.pk}").content.decode()
    assert "已核对，需要修改" in page
    assert "没有导入：1 处需要修改，没有写入任何内容" in page
    assert "data.source" in page
    assert "inspektion" in page
    assert StoredEvent.objects.unscoped("test").filter(in_contract=True).count() == 0


def test_registers_that_are_no_json_are_an_answer_and_no_breakdown(
    importer: Person, outside_case: list[bytes]
) -> None:
    client = place.client(importer)
    job = run_now(_upload(client, outside_case, b"not json"))
    assert job.state == JobState.DONE
    assert "登记册" in client.get(f"/jobs/{job.pk}").content.decode()


def test_cancelled_before_it_began_nothing_happens(importer: Person, outside_case: list[bytes]) -> None:
    client = place.client(importer)
    job = _upload(client, outside_case)
    client.post(f"/jobs/{job.pk}/cancel")
    job.refresh_from_db()
    job = run_now(job)
    assert job.state == JobState.CANCELLED
    assert StoredEvent.objects.unscoped("test").filter(in_contract=True).count() == 0
    assert "已在开始之前取消" in client.get(f"/jobs/{job.pk}").content.decode()


def test_a_job_is_its_owners_alone(importer: Person, outside_case: list[bytes]) -> None:
    job = _upload(place.client(importer), outside_case)
    other = place.client(place.person("gong", place.NEIGHBOUR, "agency", "exchange.import"))
    assert other.get(f"/jobs/{job.pk}").status_code == 404
    assert other.post(f"/jobs/{job.pk}/cancel").status_code == 404


def test_whoever_has_lost_the_right_imports_no_more(importer: Person, outside_case: list[bytes]) -> None:
    job = _upload(place.client(importer), outside_case)
    importer.tenures.all().delete()
    job = run_now(job)
    assert job.state == JobState.FAILED
    assert "没有导入外部案件的权能" in job.message
    assert StoredEvent.objects.unscoped("test").filter(in_contract=True).count() == 0


def test_what_a_killed_worker_left_running_is_taken_up_again(
    importer: Person, outside_case: list[bytes], outside_registers: bytes
) -> None:
    job = _upload(place.client(importer), outside_case, outside_registers)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)  # as a process that is gone left it
    assert take_up_abandoned() == 1
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.WAITING, "后台进程曾经中断，任务重新开始")
    assert run_now(job).state == JobState.DONE


def test_a_job_whose_process_ends_is_no_failure_and_begins_again(
    importer: Person, outside_case: list[bytes], outside_registers: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = _upload(place.client(importer), outside_case, outside_registers)
    with monkeypatch.context() as ending:
        ending.setattr(running, "_ending", threading.Event())
        running.interrupt_jobs()
        run_now(job)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert StoredEvent.objects.unscoped("test").filter(in_contract=True).count() == 0
    assert take_up_abandoned() == 1
    job.refresh_from_db()
    assert run_now(job).state == JobState.DONE


def test_the_page_offers_the_contract(importer: Person) -> None:
    answer = place.client(importer).get("/exchange/import")
    assert answer.status_code == 200
    assert "JSON Schema" in answer.content.decode()
