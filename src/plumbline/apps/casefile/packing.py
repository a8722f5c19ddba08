"""The export package of a case: documents, originals, recordings, events, metadata and the hash of every file, in one ZIP."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plumbline.apps.evidence.contract import custody_of, evidence_of, latest_copies, recordings_of
from plumbline.apps.paperwork.contract import documents_of, printed
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.intake import safe_name
from plumbline.platform.files.store import open_kept
from plumbline.vocabulary import load_vocabulary

from .binding import Bound, CannotBind, Progress
from .models import volume_label

FORMAT = "plumbline-case-package/1"
README = """电子案卷包

案件：{case}  {title}
机关：{agency}
生成：{made}  {by}

内容
  案卷/           正卷、副卷或者补充卷的 PDF，页号与纸质案卷一致
  文书/           已签发（含已作废）的文书，每份有 PDF 和 Word 两种文件
  证据/           证据原件，按证据编号分目录；照片带有拍摄时间、设备和位置，请按个人信息保护法使用
  证据/…/副本/    工作副本，不带拍摄信息
  音像记录/       全过程音像记录
  events.jsonl    案件事件，一行一个，按事件约定的格式
  metadata.json   案件、文书、证据、保管经过和案卷的登记信息
  SHA256SUMS      上列每个文件的 SHA-256 指纹

核对
  sha256sum -c SHA256SUMS
  或者：plumbline manage verify_package 本文件
  指纹不一致的，不要使用，请联系生成机关。
"""


@dataclass(frozen=True)
class Packed:
    """A package as it lies in ``path``."""

    path: Path
    sha256: str
    size: int
    files: int


class _Package:
    """A ZIP file that keeps the hash of everything put into it."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.sums: dict[str, str] = {}
        moment = clock.now()
        self.at = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)

    def add(self, name: str, blocks: Iterable[bytes], *, packed: bool = False) -> str:
        """Write a file; a name that is taken gets a number. Returns the name."""
        stem, dot, ending = name.rpartition(".")
        number = 1
        while name in self.sums:
            number += 1
            name = f"{stem}-{number}{dot}{ending}" if stem else f"{name}-{number}"
        entry = zipfile.ZipInfo(name, self.at)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o644 << 16
        digest = hashlib.sha256()
        with self.archive.open(entry, "w", force_zip64=True) as sink:
            for block in blocks:
                digest.update(block)
                sink.write(block)
        self.sums[name] = digest.hexdigest()
        return name

    def add_kept(self, name: str, sha256: str) -> str:
        """Write a file of the store; bytes that are not those named stop the package."""
        try:
            added = self.add(name, _blocks(sha256))
        except FileNotFoundError:
            raise CannotBind(f"“{name}”的文件缺失，电子案卷包没有生成。请联系审计管理员。") from None
        if self.sums[added] != sha256:
            raise CannotBind(f"“{name}”与登记时的指纹不同，电子案卷包没有生成。请联系审计管理员。")
        return added


def pack(case: Any, volumes: Mapping[str, Bound], *, folder: Path, by: str, progress: Progress) -> Packed:
    """Write the package of a case into ``folder``."""
    path = folder / "package.zip"
    package = _Package(path)
    made = clock.now()
    with package.archive:
        steps: list[tuple[str, Callable[[], Any]]] = [
            ("案卷", lambda: _volumes(package, volumes)),
            ("文书", lambda: _documents(package, case, progress)),
            ("证据", lambda: _evidence(package, case)),
            ("音像记录", lambda: _recordings(package, case)),
        ]
        told: dict[str, Any] = {
            "format": FORMAT,
            "made_at": clock.as_instant(made),
            "made_by": by,
            "case": _case_facts(case),
        }
        for at, (name, step) in enumerate(steps):
            progress(20 * at, f"正在打包：{name}")
            told[_KEYS[name]] = step()
        vocabulary = load_vocabulary()
        events = [e.to_json() for e in matter_events(case.matter_id) if e.activity in vocabulary.activities]
        lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
        package.add("events.jsonl", [lines.encode()], packed=True)
        told["events"] = len(events)
        package.add("metadata.json", [json.dumps(told, ensure_ascii=False, indent=1).encode()], packed=True)
        text = README.format(
            case=case, title=case.title, agency=case.agency.name, made=f"{made:%Y-%m-%d %H:%M}", by=by
        )
        package.add("README.txt", [text.encode()], packed=True)
        sums = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(package.sums.items()))
        package.add("SHA256SUMS", [sums.encode()], packed=True)
    with path.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    return Packed(path, sha256, path.stat().st_size, len(package.sums))


_KEYS = {"案卷": "volumes", "文书": "documents", "证据": "evidence", "音像记录": "recordings"}


def _case_facts(case: Any) -> dict[str, Any]:
    days = ("opened_on", "filed_on", "decided_on", "served_on", "closed_on")
    return {
        "matter": case.matter_id, "number": case.number, "title": case.title, "agency": case.agency_id,
        "agency_name": case.agency.name, "procedure": case.procedure, "stage": case.stage, "outcome": case.outcome,
        "party": str(case.party) if case.party else "", "fine_fen": case.fine_fen,
        **{name: getattr(case, name).isoformat() if getattr(case, name) else None for name in days},
    }  # fmt: skip


def _volumes(package: _Package, volumes: Mapping[str, Bound]) -> list[dict[str, Any]]:
    rows = []
    for volume, bound in volumes.items():
        with bound.path.open("rb") as source:
            name = package.add(f"案卷/{volume_label(volume)}.pdf", iter(lambda: source.read(1 << 20), b""))
        rows.append(
            {
                "volume": volume,
                "file": name,
                "sha256": package.sums[name],
                "pages": bound.pages,
                "contents": bound.contents,
            }
        )
    return rows


def _documents(package: _Package, case: Any, progress: Progress) -> list[dict[str, Any]]:
    rows = []
    signed = documents_of(case.matter_id).exclude(state="draft").order_by("template", "signed_on", "pk")
    for at, paper in enumerate(signed, 1):
        progress(20, f"正在打包文书：{paper.title}")
        files, stem = printed(paper), safe_name(f"{at:02d}-{paper.title}")
        names = [package.add(f"文书/{stem}.{ending}", [content], packed=ending == "docx")
                 for ending, content in (("pdf", files.pdf), ("docx", files.docx))]  # fmt: skip
        rows.append(
            {
                "title": paper.title,
                "template": paper.template,
                "version": paper.template_version,
                "number": paper.number,
                "state": paper.state,
                "signed_on": paper.signed_on.isoformat() if paper.signed_on else None,
                "signed_by": paper.signed_label,
                "code": paper.code,
                "text_sha256": paper.sha256,
                "event": paper.event_id,
                "files": [{"file": n, "sha256": package.sums[n]} for n in names],
            }
        )
    return rows


def _evidence(package: _Package, case: Any) -> list[dict[str, Any]]:
    chains: dict[int, list[dict[str, Any]]] = {}
    for link in custody_of(case):
        chains.setdefault(link.evidence_id, []).append(
            {"kind": link.kind, "at": clock.as_instant(link.at), "giver": link.giver, "taker": link.taker,
             "place": link.place, "reason": link.reason, "hashes": link.hashes, "by": link.by_label}
        )  # fmt: skip
    copies, rows = latest_copies(case), []
    for item in evidence_of(case):
        base = f"证据/{item.number}"
        files = []
        for file in item.files.all():
            name = package.add_kept(f"{base}/{safe_name(file.name)}", file.sha256)
            entry: dict[str, Any] = {"file": name, "sha256": file.sha256, "content_type": file.content_type}
            copy = copies.get(file.pk)
            if copy is not None:
                entry["copy"] = package.add_kept(f"{base}/副本/{safe_name(copy.name)}", copy.sha256)
            files.append(entry)
        rows.append(
            {
                "number": item.number,
                "title": item.title,
                "kind": item.kind,
                "source": item.source,
                "origin": item.origin,
                "proves": item.proves,
                "collected_on": item.collected_on.isoformat(),
                "quantity": item.quantity,
                "place": item.place,
                "files": files,
                "custody": chains.get(item.pk, []),
            }
        )
    return rows


def _recordings(package: _Package, case: Any) -> list[dict[str, Any]]:
    rows = []
    for kept in recordings_of(case):
        name = package.add_kept(f"音像记录/{safe_name(kept.name)}", kept.sha256) if kept.sha256 else None
        rows.append(
            {"stage": kept.stage, "title": kept.title, "began_at": clock.as_instant(kept.began_at), "minutes": kept.minutes,
             "operator": kept.operator, "device": kept.device, "place": kept.place, "file": name, "sha256": kept.sha256}
        )  # fmt: skip
    return rows


def _blocks(sha256: str) -> Iterable[bytes]:
    with open_kept(sha256) as source:
        while block := source.read(1 << 20):
            yield block
