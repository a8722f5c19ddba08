"""Uploads in parts: any order, repeated, resumed, bound to their sender, whole before anything is kept."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.files.models import Upload, UploadState
from plumbline.platform.files.receiving import PART, expire_left_over, take_up
from plumbline.platform.files.store import is_intact, is_kept, keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure

TEXT = ("现场记录。" * 200_000).encode()  # 3,000,000 bytes: three parts, the last one short
SHA = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture(autouse=True)
def folder(db: None, tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def person(login: str, capabilities: list[str]) -> Person:
    agency, _ = Agency.objects.get_or_create(
        code="AG-U", defaults={"name": "街道办", "short_name": "街道", "kind": "street", "level": "township"}
    )
    made = Person.objects.create(login_name=login, display_name=login, staff_number=login)
    post = Post.objects.create(agency=agency, title=login, capabilities=capabilities, role="officer")
    Tenure.objects.create(person=made, post=post, from_on=clock.today())
    return made


@pytest.fixture
def sender() -> Person:
    return person("sender", ["cases.handle"])


def client_of(someone: Person) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def begin(client: Client, content: bytes = TEXT, name: str = "笔录.txt") -> Any:
    told = {"name": name, "size": len(content)}
    sha = hashlib.sha256(content).hexdigest()
    return client.post(f"/uploads/{sha}", json.dumps(told), content_type="application/json")


def send(client: Client, number: int, content: bytes = TEXT, **headers: Any) -> int:
    sha = hashlib.sha256(content).hexdigest()
    part = content[number * PART : (number + 1) * PART]
    answer = client.put(
        f"/uploads/{sha}/parts/{number}", part, content_type="application/octet-stream", **headers
    )
    return int(answer.status_code)


def test_parts_in_any_order_and_sent_twice_become_the_file(sender: Person, folder: Path) -> None:
    client, order = client_of(sender), [0, 1, 2, 2, 0]
    random.Random(7).shuffle(order)
    assert begin(client).json()["missing"] == [0, 1, 2]
    assert [send(client, number) for number in order] == [204] * 5
    told = client.post(f"/uploads/{SHA}/finish").json()
    assert (told["state"], told["missing"], told["size"]) == ("ready", [], len(TEXT))
    assert client.post(f"/uploads/{SHA}/finish").json() == told
    assert not is_kept(SHA), "it has no effect until an action takes it up"
    (taken,) = take_up(actor=Actor.of(sender, on=clock.today()), sha256s=[SHA, SHA])
    assert (taken.name, taken.size, taken.kind.content_type) == (
        "笔录.txt",
        len(TEXT),
        "text/plain; charset=utf-8",
    )
    assert is_intact(SHA)
    assert not list((folder / "files" / "receiving").iterdir())


def test_it_goes_on_at_the_part_where_it_broke_off(sender: Person) -> None:
    assert begin(client_of(sender)).status_code == 200
    send(client_of(sender), 0)
    again = begin(client_of(sender), name="换了名字.txt").json()  # a new tab, the same file
    assert (again["missing"], again["name"]) == ([1, 2], "笔录.txt")
    early = client_of(sender).post(f"/uploads/{SHA}/finish")
    assert (early.status_code, early.json()["missing"]) == (409, [1, 2])
    assert "断点" in early.json()["message"]


def test_a_spoilt_part_is_found_at_once_or_at_the_end(sender: Person) -> None:
    client = client_of(sender)
    begin(client)
    assert send(client, 0, HTTP_X_PART_SHA256="0" * 64) == 400
    spoilt = b"x" + TEXT[1:PART]
    assert (
        client.put(f"/uploads/{SHA}/parts/0", spoilt, content_type="application/octet-stream").status_code
        == 204
    )
    send(client, 1), send(client, 2)
    answer = client.post(f"/uploads/{SHA}/finish")
    assert (answer.status_code, answer.json()["missing"]) == (409, [0, 1, 2])
    assert [send(client, number) for number in range(3)] == [204] * 3
    assert client.post(f"/uploads/{SHA}/finish").json()["state"] == "ready"


@pytest.mark.parametrize(
    ("number", "length"), [(0, PART - 1), (2, PART), (3, 1), (0, 0)], ids=["short", "long", "beyond", "empty"]
)
def test_a_part_of_the_wrong_length_or_number_is_refused(sender: Person, number: int, length: int) -> None:
    client = client_of(sender)
    begin(client)
    answer = client.put(
        f"/uploads/{SHA}/parts/{number}", b"x" * length, content_type="application/octet-stream"
    )
    assert answer.status_code == 400
    assert Upload.objects.get().parts == []


def test_a_part_above_a_mebibyte_is_not_even_read(sender: Person) -> None:
    client = client_of(sender)
    begin(client)
    answer = client.put(f"/uploads/{SHA}/parts/0", b"x" * (PART + 1), content_type="application/octet-stream")
    assert answer.status_code == 413


def test_only_its_sender_knows_of_it_even_with_the_same_bytes(sender: Person) -> None:
    colleague = person("colleague", ["cases.handle"])
    client = client_of(sender)
    begin(client)
    for number in range(3):
        send(client, number)
    client.post(f"/uploads/{SHA}/finish")
    other = client_of(colleague)
    assert other.get(f"/uploads/{SHA}").status_code == 404
    assert other.put(f"/uploads/{SHA}/parts/0", TEXT[:PART], content_type="x/y").status_code == 404
    assert begin(other).json()["missing"] == [0, 1, 2], "knowing a hash gives nobody the bytes"
    with pytest.raises(InputFault):
        take_up(actor=Actor.of(colleague, on=clock.today()), sha256s=[SHA])


def test_who_has_no_post_and_who_is_not_logged_in_cannot_upload(sender: Person) -> None:
    assert begin(client_of(person("bare", []))).status_code == 403
    nobody = Client()
    assert nobody.get(f"/uploads/{SHA}")["Location"].startswith("/login")
    answer = nobody.get(f"/uploads/{SHA}", HTTP_ACCEPT="application/json")
    assert (answer.status_code, "断点" in answer.json()["message"]) == (401, True)


def test_a_refused_file_says_why_and_leaves_nothing(sender: Person, folder: Path) -> None:
    client, page = client_of(sender), b"<html><script>alert(1)</script></html>"
    begin(client, page, "网页.txt")
    send(client, 0, page)
    for _ in range(2):
        answer = client.post(f"/uploads/{hashlib.sha256(page).hexdigest()}/finish")
        assert (answer.status_code, "“网页.txt”" in answer.json()["message"]) == (422, True)
    assert not [each for each in folder.rglob("*") if each.is_file()]
    assert begin(client, page, "网页.txt").json()["missing"] == [0]


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("照片.jpg", 21 * PART, "20 MB"),
        ("扫描.pdf", 51 * PART, "50 MB"),
        ("全程.mp4", 2049 * PART, "2048 MB"),
        ("程序.exe", 5, "不认识"),
        ("照片.heic", 5, "HEIC"),
        ("空.txt", 0, "空文件"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    sender: Person, name: str, size: int, says: str
) -> None:
    answer = client_of(sender).post(
        f"/uploads/{SHA}", json.dumps({"name": name, "size": size}), content_type="application/json"
    )
    assert (answer.status_code, says in answer.json()["message"]) == (422, True)
    assert not Upload.objects.exists()


def test_a_recording_may_be_larger_than_other_files(sender: Person) -> None:
    told = {"name": "全程.mp4", "size": 1500 * PART}
    answer = client_of(sender).post(f"/uploads/{SHA}", json.dumps(told), content_type="application/json")
    assert (answer.status_code, answer.json()["parts"]) == (200, 1500)


@pytest.mark.parametrize(
    "told", ["", "[]", '{"name": "a.txt"}', '{"name": 1, "size": 2}', '{"name":"a","size":true}']
)
def test_an_announcement_that_cannot_be_read_is_refused(sender: Person, told: str) -> None:
    answer = client_of(sender).post(f"/uploads/{SHA}", told, content_type="application/json")
    assert answer.status_code == 400
    assert (
        client_of(sender).post("/uploads/ABC", '{"name":"a.txt","size":1}', content_type="x/y").status_code
        == 400
    )


def test_what_waits_counts_against_its_senders_quota(sender: Person, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(TEXT) + 10
    client = client_of(sender)
    begin(client)
    answer = begin(client, b"another file", "b.txt")
    assert (answer.status_code, "没有用到" in answer.json()["message"]) == (422, True)
    assert client.delete(f"/uploads/{SHA}").status_code == 204
    assert begin(client, b"another file", "b.txt").status_code == 200


def test_what_nobody_used_is_removed_after_some_days(sender: Person, folder: Path) -> None:
    client = client_of(sender)
    begin(client)
    send(client, 0)
    assert expire_left_over() == 0
    Upload.objects.update(heard_at=clock.now() - timedelta(days=8))
    assert expire_left_over() == 1
    assert not list((folder / "files" / "receiving").iterdir())
    assert client.get(f"/uploads/{SHA}").status_code == 404


def test_an_action_that_was_undone_can_take_it_up_again(sender: Person) -> None:
    client = client_of(sender)
    begin(client)
    for number in range(3):
        send(client, number)
    client.post(f"/uploads/{SHA}/finish")
    actor = Actor.of(sender, on=clock.today())
    take_up(actor=actor, sha256s=[SHA])
    Upload.objects.update(
        state=UploadState.READY
    )  # what a rollback leaves: the row as before, the bytes moved
    assert take_up(actor=actor, sha256s=[SHA])[0].size == len(TEXT)


def test_a_file_in_the_store_is_no_upload_of_anybody(sender: Person) -> None:
    keep([TEXT])
    with pytest.raises(InputFault):
        take_up(actor=Actor.of(sender, on=clock.today()), sha256s=[SHA])
