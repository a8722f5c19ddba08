"""What is sent to the police with a case: the signed papers chosen, the lists, and the fingerprint over all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from plumbline.apps.paperwork.contract import Document, documents_of
from plumbline.platform.filters import ids_in
from plumbline.platform.scope.rows import whole_district

from .models import Linkage
from .reading import LinkageFile

#: Lists that go with a transfer (规定第六条), by the detail that holds each.
LISTS = (("items", "涉案物品清单"), ("appraisals", "检验报告或者鉴定结论"), ("others", "其他材料"))


def signed_papers(linkage: Linkage) -> list[Document]:
    """The signed papers of the case behind, and of the linkage itself, whose visibility the caller has settled."""
    with whole_district():
        return list(documents_of(linkage.matter_id).filter(state="signed").order_by("pk"))


def choices(linkage: Linkage) -> list[tuple[str, str]]:
    return [(str(each.pk), f"{each.title} {each.number}") for each in signed_papers(linkage)]


def packed(
    file: LinkageFile, chosen: Sequence[str], details: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], str]:
    """The contents in order and their SHA-256: letter and report always, the chosen papers, the lists, the files put in."""
    papers = {each.pk: each for each in signed_papers(file.linkage)}
    always = [entry.document for entry in file.entries if entry.document in papers]
    wanted = dict.fromkeys([*always, *(pk for pk in ids_in(chosen) if pk in papers)])
    contents: list[dict[str, Any]] = [
        {
            "kind": "document",
            "id": pk,
            "title": papers[pk].title,
            "number": papers[pk].number,
            "sha256": papers[pk].sha256,
        }
        for pk in wanted
        if pk is not None
    ]
    for name, title in LISTS:
        if details.get(name):
            text = str(details[name])
            contents.append(
                {
                    "kind": "list",
                    "title": title,
                    "text": text,
                    "sha256": hashlib.sha256(text.encode()).hexdigest(),
                }
            )
    contents += [
        {"kind": "file", "id": paper.pk, "title": paper.title, "number": paper.name, "sha256": paper.sha256}
        for paper in file.linkage.papers.filter(withdrawn="")
    ]
    return contents, hashlib.sha256(orjson.dumps(contents, option=orjson.OPT_SORT_KEYS)).hexdigest()
