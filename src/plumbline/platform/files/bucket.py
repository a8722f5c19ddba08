"""Files in an S3-compatible bucket. The server compares the hash while it takes the bytes, and never replaces a file."""

from __future__ import annotations

import base64
import io
from io import BufferedReader
from pathlib import Path
from typing import Any

READ_AHEAD = 1024 * 1024
MISSING = {"404", "NoSuchKey", "NotFound"}
ALREADY_THERE = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}


class BucketStore:
    """Keeps each file as the object ``<prefix>ab/cd/<sha256>``. Credentials come the way boto3 finds them."""

    def __init__(self, *, name: str, endpoint: str = "", region: str = "", prefix: str = "") -> None:
        try:
            import boto3
        except ImportError:
            raise SystemExit(
                "PLUMBLINE_FILE_STORE=s3 需要 boto3。请安装 plumbline[s3]，或改回 PLUMBLINE_FILE_STORE=disk。"
            ) from None
        self._bucket, self._prefix = name, prefix
        self._client: Any = boto3.client("s3", endpoint_url=endpoint or None, region_name=region or None)

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def take(self, path: Path, sha256: str) -> None:
        from botocore.exceptions import ClientError

        if not self._has(sha256):
            with path.open("rb") as source:
                try:
                    self._client.put_object(
                        Bucket=self._bucket,
                        Key=self._key(sha256),
                        Body=source,
                        ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode(),
                        IfNoneMatch="*",
                    )
                except ClientError as fault:
                    if _code(fault) not in ALREADY_THERE:
                        raise
        path.unlink(missing_ok=True)

    def open(self, sha256: str) -> BufferedReader:
        return BufferedReader(_ObjectReader(self, sha256, self.size(sha256)), READ_AHEAD)

    def size(self, sha256: str) -> int:
        from botocore.exceptions import ClientError

        try:
            head = self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))
        except ClientError as fault:
            if _code(fault) in MISSING:
                raise FileNotFoundError(sha256) from None
            raise
        return int(head["ContentLength"])

    def _has(self, sha256: str) -> bool:
        try:
            self.size(sha256)
        except FileNotFoundError:
            return False
        return True

    def part(self, sha256: str, start: int, length: int) -> bytes:
        """``length`` bytes from ``start`` on."""
        answer = self._client.get_object(
            Bucket=self._bucket, Key=self._key(sha256), Range=f"bytes={start}-{start + length - 1}"
        )
        return bytes(answer["Body"].read())


class _ObjectReader(io.RawIOBase):
    """An object read by ranges, with seek."""

    def __init__(self, store: BucketStore, sha256: str, size: int) -> None:
        super().__init__()
        self._store, self._sha256, self._size, self._at = store, sha256, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, into: Any) -> int:
        view = memoryview(into)
        length = min(len(view), self._size - self._at)
        if length <= 0:
            return 0
        got = self._store.part(self._sha256, self._at, length)
        view[: len(got)] = got
        self._at += len(got)
        return len(got)


def _code(fault: Any) -> str:
    return str(fault.response.get("Error", {}).get("Code", ""))
