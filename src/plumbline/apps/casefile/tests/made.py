"""A case with papers of both volumes, a photograph, a scan, a table, a thing and a recording."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases.tests.world import ago
from plumbline.apps.evidence.actions import add_evidence
from plumbline.apps.evidence.recordings import add_recording
from plumbline.apps.paperwork.contract import Document, issue
from plumbline.platform.events.log import record
from plumbline.platform.files.tests.made import jpeg, pdf

FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 20


def xlsx() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("[Content_Types].xml", b'<?xml version="1.0"?><Types/>')
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return sink.getvalue()


def paper(world: Any, case: Any, template: str, title: str, mark: str) -> Document:
    return issue(
        actor=world.actor(world.head), agency=world.street, matter_id=case.matter_id, title=title, mark=mark,
        template=template, facts=[{"label": "", "text": f"{title}的内容。"}], kind="penalty",
    )  # fmt: skip


def item(world: Any, case: Any, title: str, files: list[tuple[str, bytes]], **more: Any) -> Any:
    told: dict[str, Any] = {
        "kind": "documentary", "source": "submitted", "origin": "当事人提交", "proves": "倾倒的数量",
        "collected_on": ago(36).date(), "officers": [],
    }  # fmt: skip
    return add_evidence(
        actor=world.actor(world.officer), case=case, title=title,
        files=[SimpleUploadedFile(name, content) for name, content in files], **(told | more),
    )  # fmt: skip


def full_case(world: Any) -> Any:
    case = world.investigated()
    for template, title, mark in (
        ("D32", "行政处罚决定书", "罚决"),
        ("D25", "行政处罚告知书", "罚告"),
        ("D23", "重大执法决定法制审核表", "审"),
    ):
        paper(world, case, template, title, mark)
    item(world, case, "现场照片", [("现场.jpg", jpeg(900, 600, place=True)), ("近景.jpg", jpeg(300, 400))])
    item(world, case, "运输合同", [("合同.pdf", pdf(3))])
    item(world, case, "台账", [("台账.xlsx", xlsx())])
    item(world, case, "渣土样品", [], kind="physical", quantity="一袋，约 2 公斤", place="证物室 1 号柜")
    add_recording(
        actor=world.actor(world.officer), case=case, stage="evidence", title="现场检查录像", began_at=ago(37), minutes=12,
        operator="周晓岚", upload=SimpleUploadedFile("全程.mp4", FILM),
    )  # fmt: skip
    return case


def archived(world: Any, case: Any) -> None:
    """Archived in the log; the steps in between are not what these tests look at."""
    stages = ["start", "evidence", "review", "decision", "service", "execution"]
    record(
        actor=world.actor(world.officer), matter=case.matter_id, kind="penalty", activity="file_archived",
        agency=case.agency_id, data={"recorded_stages": stages},
    )  # fmt: skip
