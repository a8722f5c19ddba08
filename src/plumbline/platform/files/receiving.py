"""Files that arrive in parts of 1 MiB, in any order and as often as need be, until the whole has its announced hash.

An upload has no effect of its own: it becomes a file of the store only when an action takes it up (``take_up``), in the
action's transaction. Until then it lies apart, counts against its sender's quota and is removed after some days.
The parts lie in the data folder with either store, so the web processes of a site share that folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction
from django.db.models import F, Func, Sum, Value

from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, InputFault, Refusal, denied
from plumbline.platform.identity.actor import Actor

from .intake import FileRefused, check, safe_name
from .kinds import KINDS, FileKind, refuse_size
from .models import Upload, UploadState
from .store import is_kept, take_file

PART = 1024 * 1024  # bytes; every part but the last has exactly this size
_HASH = re.compile(r"[0-9a-f]{64}")


class PartsMissing(Exception):
    """The upload cannot be finished yet: these parts have to be sent (again)."""

    def __init__(self, upload: Upload, message: str) -> None:
        super().__init__(message)
        self.upload = upload


@dataclass(frozen=True)
class Received:
    """A file that an action has taken up from an upload; it is in the store."""

    name: str
    kind: FileKind
    sha256: str
    size: int


def may_upload(actor: Actor) -> Decision:
    """Whoever holds a post with any capability; what may be done with the file is asked when it is used."""
    if actor.person_id is not None and actor.grants:
        return ALLOWED
    return denied("您的岗位不办理需要上传文件的事项", next_step="请联系单位管理员调整岗位。")


def part_count(size: int) -> int:
    return -(-size // PART)


def missing_parts(upload: Upload) -> list[int]:
    return sorted(set(range(part_count(upload.size))) - set(upload.parts))


def begin(*, actor: Actor, sha256: str, name: str, size: int) -> Upload:
    """Announce a file, or find the upload of it that is under way: the same call resumes."""
    allowed = may_upload(actor)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    if not _HASH.fullmatch(sha256):
        raise InputFault({"sha256": "文件指纹应为 64 位小写十六进制的 SHA-256。"})
    safe = safe_name(name)
    _refuse_early(safe, size)
    with transaction.atomic():
        mine = Upload.objects.select_for_update().filter(person_id=_sender(actor), sha256=sha256).first()
        if mine is not None and mine.state in {UploadState.RECEIVING, UploadState.READY}:
            if mine.size != size:
                raise InputFault({"size": f"这个文件先前报的大小是 {mine.size} 字节。请重新选择文件。"})
            Upload.objects.filter(pk=mine.pk).update(heard_at=clock.now())
            return mine
        _refuse_over_quota(actor, size)
        if mine is not None:  # used before or refused before: the same file may be sent anew
            _remove_bytes(mine)
            mine.delete()
        made, _ = Upload.objects.get_or_create(
            person_id=_sender(actor),
            sha256=sha256,
            defaults={"name": safe, "size": size, "heard_at": clock.now()},
        )
        return made


def put_part(*, upload: Upload, number: int, content: bytes, sha256: str = "") -> None:
    """Write one part out, durable before it returns. Sending a part again is harmless."""
    if upload.state != UploadState.RECEIVING:
        return
    if not 0 <= number < part_count(upload.size):
        raise InputFault(
            {"part": f"没有第 {number} 块：这个文件共 {part_count(upload.size)} 块，从 0 数起。"}
        )
    wanted = min(PART, upload.size - number * PART)
    if len(content) != wanted:
        raise InputFault(
            {"part": f"第 {number} 块应为 {wanted} 字节，收到 {len(content)} 字节。请重传这一块。"}
        )
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise InputFault({"part": f"第 {number} 块在传输中损坏。请重传这一块。"})
    path = _path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
    try:
        os.pwrite(handle, content, number * PART)
        os.fsync(handle)
    finally:
        os.close(handle)
    # One statement, so that two parts that arrive together are both remembered; a number never twice.
    Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVING).exclude(parts__contains=[number]).update(
        parts=Func(F("parts"), Value(number), function="array_append"), heard_at=clock.now()
    )


def finish(*, upload: Upload) -> Upload:
    """Compare the whole with its announced hash, then with what may come in. Finishing again is harmless."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.state == UploadState.REFUSED:
            raise FileRefused(held.message)
        if held.state != UploadState.RECEIVING:
            return held
        missing = missing_parts(held)
        if missing:
            raise PartsMissing(held, f"还差 {len(missing)} 块没有上传。请从断点继续。")
        refused, broken = _examine(held)
    if broken:
        raise PartsMissing(held, "文件在传输中损坏，与选择时的指纹不同。请重新上传。")
    if refused:
        raise FileRefused(refused)
    return held


def _examine(held: Upload) -> tuple[str, bool]:
    """The reason of a refusal, and whether the bytes are not those announced; the row says the same afterwards."""
    path = _path(held)
    with path.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != held.sha256:
            held.parts = []
            held.save(update_fields=["parts"])
            return "", True
        try:
            checked = check(held.name, held.size, source, in_parts=True)
        except FileRefused as refused:
            held.state, held.message = UploadState.REFUSED, str(refused)[:300]
            held.save(update_fields=["state", "message"])
            path.unlink(missing_ok=True)  # nothing of a refused file is kept
            return str(refused), False
    held.state, held.name, held.kind = UploadState.READY, checked.name, checked.key
    held.save(update_fields=["state", "name", "kind"])
    return "", False


def drop(*, upload: Upload) -> None:
    """Its sender no longer wants it."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if held is None or held.state == UploadState.TAKEN:
            return
        held.delete()
    _remove_bytes(upload)


def _sender(actor: Actor) -> int:
    """Who sends: somebody with an account. Parts of the system upload nothing."""
    if actor.person_id is None:
        raise Refusal("只有登录的人员可以上传文件", next_step="请先登录。")
    return actor.person_id


def own_upload(actor: Actor, sha256: str) -> Upload | None:
    """The actor's own upload of a file; nobody else's, even if the bytes are the same."""
    return Upload.objects.filter(person_id=_sender(actor), sha256=sha256).first()


def take_up(*, actor: Actor, sha256s: list[str]) -> list[Received]:
    """Move finished uploads of the actor into the store, for the action that uses them and in its transaction."""
    found: list[Received] = []
    for sha256 in dict.fromkeys(sha256s):
        held = Upload.objects.select_for_update().filter(person_id=_sender(actor), sha256=sha256).first()
        if held is None or held.state in {UploadState.RECEIVING, UploadState.REFUSED}:
            raise InputFault({"files": "有文件还没有上传完，或者已经过期。请等上传完成，或重新选择。"})
        if held.state == UploadState.READY:
            path = _path(held)
            if path.exists():
                take_file(path, sha256)
            elif not is_kept(sha256):  # an earlier attempt that was rolled back may have moved it already
                raise InputFault({"files": f"“{held.name}”已经过期，请重新上传。"})
            held.state = UploadState.TAKEN
            held.save(update_fields=["state"])
        found.append(Received(held.name, KINDS[held.kind], sha256, held.size))
    return found


def expire_left_over() -> int:
    """Remove what was begun and not used within the days of ``UPLOAD_KEEP_DAYS``; returns how many."""
    before = clock.now() - timedelta(days=settings.UPLOAD_KEEP_DAYS)
    removed = 0
    for left in Upload.objects.filter(heard_at__lt=before):
        with transaction.atomic():
            held = Upload.objects.select_for_update(skip_locked=True).filter(pk=left.pk, heard_at__lt=before)
            gone, _ = held.delete()
        if gone:
            _remove_bytes(left)
            removed += 1
    return removed


def _path(upload: Upload) -> Path:
    root: Path = settings.DATA_DIR
    return root / "files" / "receiving" / str(upload.pk)


def _remove_bytes(upload: Upload) -> None:
    _path(upload).unlink(missing_ok=True)


def _refuse_early(name: str, size: int) -> None:
    """By ending and size, before a phone sends two gigabytes for nothing; the content is looked at when all is here."""
    if size <= 0:
        raise FileRefused(f"“{name}”是空文件，没有收下。请核对后重新选择。")
    ending = PurePosixPath(name.lower()).suffix
    if ending in {".heic", ".heif"}:
        raise FileRefused(f"“{name}”是 HEIC 照片，本平台不能显示，已拒收。请另存为 .jpg 后上传。")
    kind = next((each for each in KINDS.values() if ending in each.endings), None)
    if kind is None:
        raise FileRefused(f"不认识“{name}”的格式，已拒收。可以上传照片、PDF、Word、Excel、录音录像和文本。")
    refuse_size(kind, name, size, in_parts=True)


def _refuse_over_quota(actor: Actor, size: int) -> None:
    waiting = Upload.objects.filter(
        person_id=_sender(actor), state__in=[UploadState.RECEIVING, UploadState.READY]
    ).aggregate(bytes=Sum("size"))["bytes"]
    if (waiting or 0) + size > settings.UPLOAD_QUOTA_BYTES:
        raise FileRefused(
            f"您还有 {(waiting or 0) // PART} MB 上传没有用到，加上这个文件超过 {settings.UPLOAD_QUOTA_BYTES // PART} MB。"
            "请先登记已上传的文件，或取消不要的。"
        )
    root: Path = settings.DATA_DIR
    root.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(root).free < size + settings.UPLOAD_LEAVE_FREE_BYTES:
        raise FileRefused("服务器的存储空间不足，暂时不能接收这个文件。请联系系统管理员；文件请自行保存。")
