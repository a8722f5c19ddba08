"""What goes into a case file, in which volume and order: documents by the stage of their form, then evidence, then the index
of recordings; changed by what an officer arranged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from plumbline.apps.evidence.contract import (
    Evidence,
    EvidenceFile,
    ProcessRecording,
    evidence_of,
    latest_copies,
    recordings_of,
)
from plumbline.apps.paperwork.contract import Document, documents_of
from plumbline.packs.penalty.case_file import AUXILIARY as AUXILIARY_FORMS
from plumbline.packs.penalty.case_file import CLOSING

from .models import AUXILIARY, MAIN, SUPPLEMENT, Arrangement, BoundVolume

Sort = Literal["document", "picture", "pdf", "file", "thing", "recordings"]


@dataclass(frozen=True)
class Part:
    """One row of the contents. ``key`` names it for ever: ``doc:12``, ``file:7``, ``item:3``, ``recordings``."""

    key: str
    sort: Sort
    title: str
    volume: str
    on: date | None
    number: str = ""
    author: str = ""
    document: Document | None = None
    item: Evidence | None = None
    file: EvidenceFile | None = None
    copy: Any = None
    recordings: tuple[ProcessRecording, ...] = ()
    left_out: str = ""

    @property
    def electronic(self) -> bool:
        """Kept as a file that paper cannot show: a sheet with its name and hash stands for it."""
        return self.sort == "file"


@dataclass(frozen=True)
class Gathered:
    """The parts of a case file, and the documents that are not signed and therefore in none."""

    parts: tuple[Part, ...]
    unsigned: tuple[Document, ...]
    sealed: frozenset[str]

    def of(self, volume: str) -> list[Part]:
        """The parts to bind into a volume."""
        return [part for part in self.parts if part.volume == volume and not part.left_out]


def gather(case: Any) -> Gathered:
    """All parts in their present order. After sealing, what is not in a sealed volume belongs to the next supplement."""
    arranged = Arrangement.objects.unscoped("案件的可见范围已核对").filter(case=case).first()
    papers = documents_of(case.matter_id).select_related("agency").exclude(template=CLOSING)
    usual = [*_document_parts(papers), *_evidence_parts(case)]
    sealed = sealed_keys(case)
    if sealed:
        volume = next_supplement(case)
        usual = [replace(part, volume=volume) for part in usual if part.key not in sealed]
    elif arranged is not None:
        usual = [replace(part, volume=arranged.moved.get(part.key, part.volume)) for part in usual]
    ordered = _in_order(usual, arranged.order if arranged is not None and not sealed else {})
    if arranged is not None:
        ordered = [
            replace(part, left_out=arranged.left_out[part.key]["reason"])
            if part.key in arranged.left_out
            else part
            for part in ordered
        ]
    return Gathered(tuple(ordered), tuple(d for d in papers if d.state == "draft"), frozenset(sealed))


def sealed_keys(case: Any) -> set[str]:
    """The keys of every part that a sealed volume holds or deliberately left out."""
    rows = BoundVolume.objects.unscoped("案件的可见范围已核对").filter(case=case, sealed=True)
    return {row["key"] for contents in rows.values_list("contents", flat=True) for row in contents}


def with_parts(matters: list[str]) -> list[str]:
    """Of many matters, those that have a signed document or an item of evidence."""
    reason = "归档后立卷"
    papers = Document.objects.unscoped(reason).filter(matter_id__in=matters).exclude(state="draft")
    items = Evidence.objects.unscoped(reason).filter(case__matter_id__in=matters)
    found = set(papers.values_list("matter_id", flat=True)) | set(
        items.values_list("case__matter_id", flat=True)
    )
    return sorted(found)


def next_supplement(case: Any) -> str:
    kept = BoundVolume.objects.unscoped("案件的可见范围已核对").filter(
        case=case, sealed=True, volume__startswith=SUPPLEMENT
    )
    return f"{SUPPLEMENT}-{kept.count() + 1}"


def _document_parts(papers: Any) -> list[Part]:
    signed = [paper for paper in papers if paper.state != "draft"]
    signed.sort(key=lambda paper: (paper.template, paper.signed_on or paper.drafted_at.date(), paper.pk))
    return [
        Part(
            key=f"doc:{paper.pk}",
            sort="document",
            title=paper.title + ("（已作废）" if paper.state == "void" else ""),
            volume=AUXILIARY if paper.template in AUXILIARY_FORMS else MAIN,
            on=paper.signed_on,
            number=paper.number,
            author=paper.agency.short_name,
            document=paper,
        )
        for paper in signed
    ]


def _evidence_parts(case: Any) -> list[Part]:
    copies, found = latest_copies(case), []
    for item in evidence_of(case):
        files = list(item.files.all())
        label = f"证据 {item.number} {item.title}"
        if not files:
            found.append(
                Part(
                    f"item:{item.pk}",
                    "thing",
                    label,
                    MAIN,
                    item.collected_on,
                    item.number,
                    item.origin,
                    item=item,
                )
            )
        for number, file in enumerate(files, 1):
            sort: Sort = {"picture": "picture", "pdf": "pdf"}.get(file.form, "file")  # type: ignore[assignment]
            title = label if len(files) == 1 else f"{label}（{number}）"
            found.append(
                Part(
                    f"file:{file.pk}",
                    sort,
                    title,
                    MAIN,
                    item.collected_on,
                    item.number,
                    item.origin,
                    item=item,
                    file=file,
                    copy=copies.get(file.pk),
                )
            )
    recordings = tuple(recordings_of(case))
    if recordings:
        on = recordings[-1].began_at.date()
        found.append(Part("recordings", "recordings", "全过程音像记录目录", MAIN, on, recordings=recordings))
    return found


def _in_order(usual: list[Part], order: dict[str, list[str]]) -> list[Part]:
    """The usual order with the officer's changes; a part that came later stands after the one it usually follows."""
    done: list[Part] = []
    for volume in dict.fromkeys(part.volume for part in sorted(usual, key=lambda p: p.volume != MAIN)):
        mine = [part for part in usual if part.volume == volume]
        wanted = [key for key in order.get(volume, []) if any(part.key == key for part in mine)]
        keys = list(wanted)
        before = ""
        for part in mine:
            if part.key not in wanted:
                keys.insert(keys.index(before) + 1 if before in keys else 0, part.key)
            before = part.key
        by_key = {part.key: part for part in mine}
        done += [by_key[key] for key in keys]
    return done
