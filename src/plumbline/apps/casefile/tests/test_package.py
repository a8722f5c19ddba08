"""The export package: whole, and every change to it found."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from plumbline.apps.casefile.package_check import check_package
from plumbline.platform.files.tests.made import jpeg
from plumbline.platform.jobs.models import JobState

from .test_file import built, signed_in

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture(scope="module")
def made_once(
    built_once: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[bytes]:
    folder = tmp_path_factory.mktemp("packed")
    shutil.copytree(built_once.folder, folder, dirs_exist_ok=True)
    with django_db_blocker.unblock(), override_settings(DATA_DIR=folder), transaction.atomic():
        client = signed_in(built_once.world.officer)
        job = built(client, built_once.case, what="package")
        assert job.state == JobState.DONE, job.message
        answer = client.get(f"/cases/{built_once.case.matter_id}/file/package.zip")
        yield b"".join(answer.streaming_content)
        transaction.set_rollback(True)


@pytest.fixture
def package(made_once: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "package.zip"
    path.write_bytes(made_once)
    return path


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_package_holds_everything_and_is_whole(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = files_of(package)
    assert {
        "案卷/正卷.pdf",
        "案卷/副卷.pdf",
        "证据/Z1/现场.jpg",
        "证据/Z2/合同.pdf",
        "音像记录/全程.mp4",
    } <= set(files)
    assert files["证据/Z1/现场.jpg"] == jpeg(900, 600, place=True), "the original, with what the camera wrote"
    assert {name.rsplit(".", 1)[1] for name in files if name.startswith("文书/")} == {"pdf", "docx"}
    told = json.loads(files["metadata.json"])
    assert len(told["documents"]) == 3
    assert [row["number"] for row in told["evidence"]] == ["Z1", "Z2", "Z3", "Z4"]
    assert told["evidence"][0]["custody"][0]["kind"] == "collected"
    events = [json.loads(line) for line in files["events.jsonl"].decode().splitlines()]
    assert {"clue_received", "case_filed", "evidence_collected"} <= {event["activity"] for event in events}
    assert "sha256sum -c SHA256SUMS" in files["README.txt"].decode()
    checked = check_package(package)
    assert checked.faults == ()
    assert checked.files == len(files)
    call_command("verify_package", str(package))
    assert "核对通过" in capsys.readouterr().out


def rewritten(path: Path, change: Change) -> Path:
    files = files_of(path)
    change(files)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(sink.getvalue())
    return path


def _sum_again(files: dict[str, bytes]) -> None:
    sums = {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"
    }
    files["SHA256SUMS"] = "".join(f"{sha}  {name}\n" for name, sha in sums.items()).encode()


def altered(files: dict[str, bytes]) -> None:
    files["证据/Z1/现场.jpg"] += b"x"


def altered_and_summed(files: dict[str, bytes]) -> None:
    altered(files)
    _sum_again(files)


def lost(files: dict[str, bytes]) -> None:
    del files["案卷/正卷.pdf"]


def added(files: dict[str, bytes]) -> None:
    files["证据/Z9/新.jpg"] = b"x"


def event_dropped(files: dict[str, bytes]) -> None:
    files["events.jsonl"] = b"".join(files["events.jsonl"].splitlines(keepends=True)[1:])
    _sum_again(files)


def event_false(files: dict[str, bytes]) -> None:
    files["events.jsonl"] = files["events.jsonl"].replace(b'"kind": "penalty"', b'"kind": "picnic"', 1)
    _sum_again(files)


def no_sums(files: dict[str, bytes]) -> None:
    del files["SHA256SUMS"]


def test_every_change_is_found(package: Path) -> None:
    whole = package.read_bytes()
    for change, says in (
        (altered, "内容被改过"),
        (altered_and_summed, "与 metadata.json 登记的指纹不一致"),
        (lost, "缺少“案卷/正卷.pdf”"),
        (added, "后来放进去的"),
        (event_dropped, "登记的是"),
        (event_false, "events.jsonl 第"),
        (no_sums, "缺少 SHA256SUMS"),
    ):
        package.write_bytes(whole)
        path = rewritten(package, change)
        assert any(says in fault for fault in check_package(path).faults), says
        with pytest.raises(CommandError, match="核对不通过"):
            call_command("verify_package", str(path))


def test_what_is_no_package_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no archive")
    assert check_package(path).faults
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("verify_package", str(tmp_path / "none.zip"))
