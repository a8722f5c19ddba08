"""Binding, packing and sealing as jobs: with progress, and stopped when their owner asks."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from plumbline.apps.cases.contract import case_of
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs.running import JobFault, JobRun, job

from .binding import TELL_EVERY, Bound, CannotBind, Progress, bind
from .keeping import drafts_folder, keep_draft, keep_package, keep_sealed
from .models import AUXILIARY, MAIN, Arrangement, volume_label
from .packing import Packed, pack
from .parts import Gathered, gather, sealed_keys


def _actor(run: JobRun) -> Actor:
    person = Person.objects.filter(pk=run.job.started_by_id or 0).first()
    return Actor.of(person, on=clock.today()) if person is not None else system_actor("casefile")


def _teller(run: JobRun, low: int = 0, high: int = 100) -> Progress:
    """Report in hundredths between ``low`` and ``high``, not more often than a person can read."""
    last = [0.0]

    def tell(percent: int, words: str) -> None:
        if time.monotonic() - last[0] > TELL_EVERY:
            last[0] = time.monotonic()
            run.progress(low + percent * (high - low) // 100, 100, words)

    return tell


def _note(case: Any) -> str:
    row = Arrangement.objects.unscoped("本案").filter(case=case).first()
    return row.note if row is not None else ""


def _bound(case: Any, gathered: Gathered, volume: str, folder: Path, actor: Actor, tell: Progress) -> Bound:
    inner = folder / volume
    inner.mkdir()
    try:
        return bind(case, gathered, volume, folder=inner, by=actor.label, note=_note(case), progress=tell)
    except CannotBind as cannot:
        raise JobFault(str(cannot)) from None


@job("casefile.bind")
def bind_volume(run: JobRun, *, matter_id: str, volume: str) -> dict[str, Any]:
    """The PDF of a volume as it stands now."""
    actor = _actor(run)
    case = case_of(actor, matter_id)
    with tempfile.TemporaryDirectory(dir=drafts_folder()) as name:
        bound = _bound(case, gather(case), volume, Path(name), actor, _teller(run))
        kept = keep_draft(actor=actor, case=case, volume=volume, bound=bound)
    return {
        "headline": f"{volume_label(volume)}已生成：{len(bound.contents)} 份材料，{bound.pages} 页。",
        "links": [
            {"url": f"/cases/{matter_id}/file/{volume}.pdf", "label": f"打开{kept.label} PDF"},
            {"url": f"/cases/{matter_id}/file", "label": "返回案卷"},
        ],
    }


@job("casefile.package")
def make_package(run: JobRun, *, matter_id: str) -> dict[str, Any]:
    """The package of a case that is not archived yet, for reading elsewhere."""
    actor = _actor(run)
    case = case_of(actor, matter_id)
    with tempfile.TemporaryDirectory(dir=drafts_folder()) as name:
        folder, gathered, tell = Path(name), gather(case), _teller(run, 0, 60)
        volumes = {
            v: _bound(case, gathered, v, folder, actor, tell) for v in (MAIN, AUXILIARY) if gathered.of(v)
        }
        packed = pack(case, volumes, folder=folder, by=actor.label, progress=_teller(run, 60, 100))
        keep_package(actor=actor, case=case, packed=packed)
    return _packed_result(matter_id, packed)


@job("casefile.seal")
def seal(run: JobRun, *, matter_id: str, volume: str) -> dict[str, Any]:
    """Make the file of an archived case once and for all: both volumes, or a supplement, and the package of it."""
    actor = _actor(run)
    case = case_of(actor, matter_id)
    gathered = gather(case)
    if (volume == MAIN) == bool(gathered.sealed):
        return {
            "headline": "案卷已经归档定稿，没有重复生成。",
            "links": [{"url": f"/cases/{matter_id}/file", "label": "打开案卷"}],
        }
    wanted = [each for each in ((MAIN, AUXILIARY) if volume == MAIN else (volume,)) if gathered.of(each)]
    if not wanted:
        raise JobFault("没有可以入卷的材料，案卷没有定稿。请先签发文书或者登记证据。")
    with tempfile.TemporaryDirectory(dir=drafts_folder()) as name:
        folder = Path(name)
        volumes = {each: _bound(case, gathered, each, folder, actor, _teller(run, 0, 70)) for each in wanted}
        packed = pack(case, volumes, folder=folder, by=actor.label, progress=_teller(run, 70, 95))
        left_out = [part for part in gathered.parts if part.left_out]
        keep_sealed(actor=actor, case=case, volumes=volumes, left_out=left_out, packed=packed)
    result = _packed_result(matter_id, packed)
    pages = sum(bound.pages for bound in volumes.values())
    return result | {"headline": f"案卷已归档定稿，共 {pages} 页。此后不再改变，新形成的材料列入补充卷。"}


def _packed_result(matter_id: str, packed: Packed) -> dict[str, Any]:
    return {
        "headline": f"电子案卷包已生成：{packed.files} 个文件，{-(-packed.size // 1024):,} KB。",
        "links": [
            {"url": f"/cases/{matter_id}/file/package.zip", "label": "下载电子案卷包"},
            {"url": f"/cases/{matter_id}/file", "label": "返回案卷"},
        ],
    }


def is_sealed(case: Any) -> bool:
    return bool(sealed_keys(case))
