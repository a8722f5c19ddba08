"""Keeping what was made: drafts in the data folder, replaced by the next; what is sealed in the store, for ever."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from plumbline.platform import clock
from plumbline.platform.actions import Decision, Refusal, action, denied
from plumbline.platform.events.log import matter_events, record
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor

from .binding import Bound
from .events import FILE_BOUND, FILE_SEALED, PACKAGE_MADE
from .models import MAIN, BoundVolume, ExportPackage
from .packing import Packed
from .parts import Part, sealed_keys
from .policies import may_bind, may_take_package

BASIS = "行政处罚法第四十七条；案卷归档的规定"


def drafts_folder() -> Path:
    root: Path = settings.DATA_DIR
    folder = root / "drafts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def draft_path(case: Any, name: str) -> Path:
    """Where the draft of a volume or package lies; one a case."""
    return drafts_folder() / f"case-{case.pk}-{name}"


def may_seal(actor: Actor, case: Any) -> Decision:
    """Sealing follows from archiving: whoever works on the case or supervises it may ask for it, once it is archived."""
    allowed = may_take_package(actor, case)
    if not allowed:
        return allowed
    if is_archived(case):
        return allowed
    return denied("案件还没有归档，案卷不能定稿", basis=BASIS, next_step="请先办理结案和归档。")


def is_archived(case: Any) -> bool:
    return any(event.activity == "file_archived" for event in matter_events(case.matter_id))


@action("casefile.keep_draft", policy=may_bind, on="case", records=(FILE_BOUND,), basis=BASIS)
def keep_draft(*, actor: Actor, case: Any, volume: str, bound: Bound) -> BoundVolume:
    """Keep a volume as it stands today; the next one takes its place."""
    sha256, size = _measured(bound.path)
    kept, _ = BoundVolume.objects.unscoped("草稿").update_or_create(
        case=case, volume=volume, sealed=False,
        defaults={"agency_id": case.agency_id, "sha256": sha256, "size": size, "pages": bound.pages,
                  "contents": bound.contents, "made_at": clock.now(), "made_label": actor.label},
    )  # fmt: skip
    shutil.move(bound.path, draft_path(case, f"{volume}.pdf"))
    _tell(actor, case, FILE_BOUND, {"volume": volume, "pages": bound.pages, "sha256": sha256})
    return kept


@action("casefile.keep_package", policy=may_take_package, on="case", records=(PACKAGE_MADE,), basis=BASIS)
def keep_package(*, actor: Actor, case: Any, packed: Packed) -> ExportPackage:
    """Keep a package of a case that is not archived; the next one takes its place."""
    kept, _ = ExportPackage.objects.unscoped("草稿").update_or_create(
        case=case, sealed=False,
        defaults={"agency_id": case.agency_id, "sha256": packed.sha256, "size": packed.size, "files": packed.files,
                  "made_at": clock.now(), "made_label": actor.label},
    )  # fmt: skip
    shutil.move(packed.path, draft_path(case, "package.zip"))
    _tell(actor, case, PACKAGE_MADE, {"files": packed.files, "sha256": packed.sha256})
    return kept


@action("casefile.seal", policy=may_seal, on="case", records=(FILE_SEALED,), basis=BASIS)
def keep_sealed(
    *, actor: Actor, case: Any, volumes: Mapping[str, Bound], left_out: Sequence[Part], packed: Packed
) -> None:
    """Keep volumes and package for ever. Parts that were left out are named, so that no supplement takes them up."""
    first = next(iter(volumes))
    type(case).objects.unscoped("定稿").select_for_update(of=("self",)).get(pk=case.pk)
    if (first == MAIN) == bool(sealed_keys(case)):
        raise Refusal("案卷已经归档定稿", basis=BASIS, next_step="归档以后形成的材料，列入补充卷。")
    hashes = {}
    for volume, bound in volumes.items():
        kept = keep(_blocks(bound.path))
        hashes[volume] = kept.sha256
        absent = [
            {"key": p.key, "title": p.title, "left_out": p.left_out} for p in left_out if p.volume == volume
        ]
        BoundVolume.objects.create(
            case=case, agency_id=case.agency_id, volume=volume, sealed=True, sha256=kept.sha256, size=kept.size,
            pages=bound.pages, contents=[*bound.contents, *absent], made_at=clock.now(), made_label=actor.label,
        )  # fmt: skip
    package = keep(_blocks(packed.path))
    ExportPackage.objects.create(
        case=case, agency_id=case.agency_id, volume=first, sealed=True, sha256=package.sha256, size=package.size,
        files=packed.files, made_at=clock.now(), made_label=actor.label,
    )  # fmt: skip
    _drop_drafts(case)
    _tell(actor, case, FILE_SEALED, {"volumes": hashes, "package": package.sha256})


def _drop_drafts(case: Any) -> None:
    """A draft beside a sealed volume could be taken for it."""
    BoundVolume.objects.unscoped("草稿").filter(case=case, sealed=False).delete()
    ExportPackage.objects.unscoped("草稿").filter(case=case, sealed=False).delete()
    for left in drafts_folder().glob(f"case-{case.pk}-*"):
        left.unlink(missing_ok=True)


def _tell(actor: Actor, case: Any, activity: str, data: dict[str, Any]) -> None:
    record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=activity,
        agency=case.agency_id,
        data=data,
    )


def _measured(path: Path) -> tuple[str, int]:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest(), path.stat().st_size


def _blocks(path: Path) -> Any:
    with path.open("rb") as source:
        while block := source.read(1 << 20):
            yield block
