"""The file store: named by content, written once, able to say that a file was altered; the same on disk and in a bucket."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline.platform.files import store
from plumbline.platform.files.store import FileAltered, is_intact, keep, open_kept, read_range, size_of

BUCKET = "evidence"


@pytest.fixture(params=["disk", "s3"])
def place(
    request: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """A store, with a way to change and to list what lies in it behind the store's back."""
    settings.DATA_DIR = tmp_path
    if request.param == "disk":
        settings.FILE_STORE = {**settings.FILE_STORE, "kind": "disk"}

        def found() -> list[Path]:
            return [each for each in (tmp_path / "files").rglob("*") if each.is_file()]

        def spoil(content: bytes | None) -> None:
            (path,) = found()
            path.chmod(0o600)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)

        yield {"kind": "disk", "found": found, "spoil": spoil}
        return
    boto3 = pytest.importorskip("boto3")
    from moto import mock_aws

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        settings.FILE_STORE = {
            "kind": "s3", "bucket": BUCKET, "endpoint": "", "region": "us-east-1", "prefix": "plumbline/",
        }  # fmt: skip
        store._bucket.cache_clear()

        def keys() -> list[str]:
            return [each["Key"] for each in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

        def spoil_object(content: bytes | None) -> None:
            (key,) = keys()
            if content is None:
                client.delete_object(Bucket=BUCKET, Key=key)
            else:
                client.put_object(Bucket=BUCKET, Key=key, Body=content)

        yield {"kind": "s3", "found": keys, "spoil": spoil_object}
    store._bucket.cache_clear()


def test_a_file_is_named_by_its_content_and_kept_once(place: dict[str, Any], tmp_path: Path) -> None:
    first = keep([b"ab", b"c"])
    second = keep([b"abc"])
    assert first == second
    assert first.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert (first.size, size_of(first.sha256)) == (3, 3)
    assert len(place["found"]()) == 1
    with open_kept(first.sha256, verify=True) as source:
        assert source.read() == b"abc"
    assert not list((tmp_path / "files" / "incoming").iterdir()), "nothing is left where it was put together"


def test_any_range_can_be_read(place: dict[str, Any]) -> None:
    content = bytes(range(256)) * 12_000  # more than one read-ahead
    kept = keep([content])
    assert b"".join(read_range(kept.sha256, 1_000_000, 1_500_000)) == content[1_000_000:2_500_000]
    with open_kept(kept.sha256) as source:
        source.seek(-5, io.SEEK_END)
        assert source.read() == content[-5:]
        source.seek(3)
        assert source.read(4) == content[3:7]
        assert source.tell() == 7


def test_a_changed_byte_and_a_lost_file_are_found(place: dict[str, Any]) -> None:
    kept = keep([b"abc"])
    assert is_intact(kept.sha256)
    place["spoil"](b"abd")
    assert not is_intact(kept.sha256)
    with pytest.raises(FileAltered):
        open_kept(kept.sha256, verify=True)
    place["spoil"](None)
    assert not is_intact(kept.sha256)
    for lost in (lambda: open_kept(kept.sha256, verify=True), lambda: size_of(kept.sha256)):
        with pytest.raises(FileNotFoundError):
            lost()


def test_what_is_there_is_never_replaced(place: dict[str, Any], tmp_path: Path) -> None:
    kept = keep([b"abc"])
    place["spoil"](b"first")
    other = tmp_path / "other"
    other.write_bytes(b"abc")
    store.take_file(other, kept.sha256)
    with open_kept(kept.sha256) as source:
        assert source.read() == b"first"
    assert not other.exists()


def test_an_upload_that_breaks_off_leaves_nothing(place: dict[str, Any], tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        keep(broken())
    assert place["found"]() == []
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_a_bucket_refuses_bytes_that_are_not_those_named(place: dict[str, Any], tmp_path: Path) -> None:
    if place["kind"] != "s3":
        assert [path.stat().st_mode & 0o222 for path in [*_kept_paths(place)]] == [0], (
            "nobody may write a kept file"
        )
        return
    from botocore.exceptions import ClientError

    wrong = tmp_path / "wrong"
    wrong.write_bytes(b"abd")
    try:
        store.take_file(wrong, hashlib.sha256(b"abc").hexdigest())
    except ClientError:
        assert place["found"]() == []
    else:  # the stand-in of the tests does not compare; a read that verifies still finds it
        assert not is_intact(hashlib.sha256(b"abc").hexdigest())


def _kept_paths(place: dict[str, Any]) -> list[Path]:
    keep([b"abc"])
    return list(place["found"]())
