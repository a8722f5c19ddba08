"""The package of a transfer: what is in it, the SHA-256 of each file, and one hash over the canonical list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson

from plumbline.apps.evidence.contract import evidence_of
from plumbline.apps.paperwork.contract import documents_of, printed_pdf
from plumbline.apps.powers.contract import competent_for
from plumbline.platform.actions import InputFault
from plumbline.platform.events.log import as_document
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep, size_of

Item = dict[str, Any]


def keep_uploads(files: Iterable[Any], *, field: str = "files") -> list[Item]:
    """Check and keep what was chosen in a form."""
    kept = []
    for upload in files:
        try:
            checked = check(upload.name, upload.size, upload)
        except FileRefused as refused:
            raise InputFault({field: str(refused)}) from None
        found = keep(upload.chunks())
        kept.append(
            {
                "kind": "附件",
                "number": "",
                "name": checked.name,
                "sha256": found.sha256,
                "size": found.size,
                "content_type": checked.kind.content_type,
            }
        )
    return kept


def package_of(case: Any, added: Sequence[Item] = ()) -> list[Item]:
    """Everything of a case that is handed over: its record, signed documents, originals of evidence, what was added."""
    return [_record_of(case), *_documents(case), *_evidence(case), *added]


def _record_of(case: Any) -> Item:
    """The log of the matter as it stands, so that the receiver can check what was done and when."""
    rows = StoredEvent.objects.unscoped("移送材料").filter(matter_id=case.matter_id).order_by("seq")
    told = orjson.dumps([as_document(row) for row in rows], option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)
    found = keep([told])
    return _item("事项记录", "", "办理经过.json", found.sha256, found.size, "application/json")


def _documents(case: Any) -> list[Item]:
    items = []
    for paper in documents_of(case.matter_id).filter(state="signed").order_by("signed_on", "pk"):
        sha = paper.pdf_sha256 or keep([printed_pdf(paper)]).sha256
        items.append(_item("文书", paper.number, f"{paper.title}.pdf", sha, size_of(sha), "application/pdf"))
    return items


def _evidence(case: Any) -> list[Item]:
    return [
        _item("证据", each.number, f"{each.title} {file.name}", file.sha256, file.size, file.content_type)
        for each in evidence_of(case)
        for file in each.files.all()
    ]


def _item(kind: str, number: str, name: str, sha256: str, size: int, content_type: str) -> Item:
    return {
        "kind": kind,
        "number": number,
        "name": name,
        "sha256": sha256,
        "size": size,
        "content_type": content_type,
    }


def hash_of(content: Any) -> str:
    """SHA-256 over the canonical form: UTF-8 JSON, keys sorted, no blanks."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def package_hash(items: Sequence[Mapping[str, Any]]) -> str:
    """One hash over the list in canonical order, so that it does not depend on how the list was put together."""
    return hash_of(
        sorted((dict(each) for each in items), key=lambda each: (each["kind"], each["sha256"], each["name"]))
    )


def competence_on(item: str, division: str, on: date) -> list[dict[str, Any]]:
    """The rows that say who is competent, frozen as they stand on a day."""
    return [
        {
            "agency": each.agency_code,
            "name": each.agency_name,
            "item": each.power.item,
            "violation": each.power.violation,
            "basis": [f"《{basis['law']}》{basis['article']}" for basis in each.power.basis],
            "list_of": each.power.agency.name,
            "valid_from": each.power.valid_from.isoformat(),
            "why": each.why,
            "settled": each.settlement.matter_id if each.settlement else "",
            "on": on.isoformat(),
        }
        for each in competent_for(item, division, on)
    ]
