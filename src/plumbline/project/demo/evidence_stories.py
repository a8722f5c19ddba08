"""Evidence of some demonstration cases: drawn photographs with what a camera writes, a scan, a recording; one archived file."""

from __future__ import annotations

import io
import math
import random
import tempfile
import wave
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.evidence.actions import add_evidence
from plumbline.apps.evidence.custody import add_link, make_copy, record_custody
from plumbline.apps.evidence.drawing import draw_small
from plumbline.apps.evidence.models import CustodyKind, Evidence, EvidenceFile, ProcessRecording, ProvenFact
from plumbline.apps.paperwork.contract import issue
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.confined import look_at_picture
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs.running import start
from plumbline.platform.printing.typesetting import typeset

OPEN_CASES = 2
PLACE = (30.8417, 114.8011)
PAPERS = ("D01", "D02", "D04", "D05", "D21", "D25", "D30", "D32", "D35", "D43")
SCAN = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: datetime(year: 2026, month: 1, day: 5))
#set page(paper: "a4", margin: 28mm)
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")
#set par(leading: 1.1em, first-line-indent: (amount: 2em, all: true))
#align(center, text(size: 20pt, weight: "bold", data.title))
#for line in data.lines { par(line) }
#pagebreak()
#par[（第二页为签章页）]
"""


def tell_evidence(rng: random.Random) -> None:
    """Files for the evidence of the officers' own open cases, and one archived case with all its papers."""
    if EvidenceFile.objects.exists():
        return
    people = {number: Person.objects.get(certificate_number=number) for number in _officers()}
    rows = Case.objects.unscoped("演示数据").select_related("agency", "party").prefetch_related("officers")
    filed = rows.filter(stage__in=[Stage.FILED, Stage.NOTICE, Stage.REVIEW], procedure="ordinary").order_by(
        "-opened_on", "pk"
    )
    told = 0
    for case in filed:
        officer = _officer_of(case, people)
        if officer is None or told == OPEN_CASES:
            continue
        told += _open(case, officer, rng)
    for case in rows.filter(stage=Stage.ARCHIVED, procedure="ordinary").order_by("-closed_on", "pk"):
        officer = _officer_of(case, people)
        if officer is not None and _collected(case):
            with transaction.atomic():
                _archived(case, officer, rng)
            return


def _officers() -> list[str]:
    return list(
        Person.objects.filter(login_name__in=["zhou", "he", "mei"])
        .exclude(certificate_number="")
        .values_list("certificate_number", flat=True)
    )


def _officer_of(case: Case, people: dict[str, Person]) -> Person | None:
    return next((people[o.number] for o in case.officers.all() if o.number in people), None)


def _collected(case: Case) -> list[Any]:
    return [event for event in matter_events(case.matter_id) if event.activity == "evidence_collected"]


def _open(case: Case, officer: Person, rng: random.Random) -> bool:
    """Photographs added through the action, as an officer does; False where the rules do not allow it on that day."""
    actor, on = Actor.of(officer, on=clock.today()), clock.today() - timedelta(days=1)
    moment = datetime.combine(on, time(10, 14), clock.CHINA)
    photos: list[Any] = [SimpleUploadedFile(f"现场{n}.jpg", photograph(rng, moment, n)) for n in (1, 2)]
    try:
        with transaction.atomic():
            item = add_evidence(
                actor=actor, case=case, collected_on=on, officers=[o.number for o in case.officers.all()][:2],
                title="现场照片", kind="scene_record", source="officers", origin=f"{case.place}现场拍摄",
                proves="违法行为发生的地点、现状和数量", files=photos,
            )  # fmt: skip
            record_custody(
                actor=actor, case=case, evidence=item, kind="stored", at=moment + timedelta(hours=5), reason="存储卡封存入库",
                place="证物室 3 号柜",
            )  # fmt: skip
    except (Refusal, InputFault):
        return False
    _facts(case, officer, item)
    return True


def _facts(case: Case, officer: Person, item: Evidence) -> None:
    texts = (f"当事人在{case.place}实施了违法行为"[:200], "违法行为造成的后果和当事人的改正情况")
    first, _ = [
        ProvenFact.objects.create(
            case=case, agency_id=case.agency_id, text=text, stated_label=officer.display_name
        )
        for text in texts
    ]
    ProvenFact.evidence.through.objects.create(provenfact_id=first.pk, evidence_id=item.pk)


def _evidence(case: Case, officer: Person, rng: random.Random) -> list[Evidence]:
    """Rows and files for the items that the log has already: the photographs of the place, and what the party gave."""
    actor, items = Actor.of(officer, on=clock.today()), []
    for at, event in enumerate(_collected(case)):
        item = Evidence.objects.create(
            case=case, agency_id=case.agency_id, number=event.data["evidence"], kind=event.data["evidence_kind"],
            title="现场照片和勘验记录" if at == 0 else "当事人提供的清运合同", source=event.data["source"],
            origin=f"{case.place}现场拍摄" if at == 0 else "当事人当场提交，原件核对无异",
            proves="违法行为发生的地点、现状和数量" if at == 0 else "当事人与清运单位的约定，行为由其实施",
            collected_on=event.on, added_by=officer,
        )  # fmt: skip
        moment = datetime.combine(event.on, time(10, 14), clock.CHINA)
        if at == 0:
            for number in (1, 2):
                _file(
                    item,
                    f"现场{number}.jpg",
                    "image/jpeg",
                    photograph(rng, moment + timedelta(minutes=3 * number), number),
                )
        else:
            lines = [
                "甲方委托乙方清运工程垃圾，运至核准的处置场所。",
                "乙方未取得处置核准的，不得清运。",
                "单价按实际方量结算，双方每日签单。",
            ]
            _file(item, "清运合同.pdf", "application/pdf", scan("建筑垃圾清运合同", lines), pages=2)
        add_link(
            actor=actor,
            evidence=item,
            kind=CustodyKind.COLLECTED,
            at=moment,
            taker=officer.display_name,
            reason=item.origin,
        )
        items.append(item)
    _facts(case, officer, items[0])
    began = datetime.combine(items[0].collected_on, time(10, 5), clock.CHINA)
    kept = keep([sound()])
    ProcessRecording.objects.create(
        case=case, agency_id=case.agency_id, stage="evidence", title="现场检查全程录音", began_at=began, minutes=1,
        device="ZFJL-0317", operator=officer.display_name, name="现场检查.wav", content_type="audio/wav",
        sha256=kept.sha256, size=kept.size, added_label=officer.display_name,
    )  # fmt: skip
    return items


def _archived(case: Case, officer: Person, rng: random.Random) -> None:
    """The papers of a closed case, its evidence with a redacted copy, and the order to seal its file."""
    actor = Actor.of(officer, on=clock.today())
    items = _evidence(case, officer, rng)
    photo = items[0].files.first()
    assert photo is not None
    make_copy(actor=actor, case=case, file=photo, note="附卷，遮盖车牌", boxes=[(0.62, 0.55, 0.14, 0.07)])
    days = {"D32": case.decided_on, "D35": case.served_on, "D43": case.closed_on, "D25": case.decided_on}
    for code in PAPERS:
        template = TEMPLATES[code]
        facts = [
            {"label": "案由", "text": case.title}, {"label": "案号", "text": case.number},
            {"label": "当事人", "text": str(case.party)}, {"label": "", "text": case.summary},
        ]  # fmt: skip
        issue(
            actor=actor, agency=case.agency, matter_id=case.matter_id, title=template.title, mark=template.mark or "表",
            template=code, facts=facts, kind="penalty", on=days.get(code) or case.filed_on,
        )  # fmt: skip
    start(
        "casefile.seal",
        actor=actor,
        title=f"案卷归档：{case}",
        arguments={"matter_id": case.matter_id, "volume": "main"},
    )


def _file(item: Evidence, name: str, content_type: str, content: bytes, pages: int | None = None) -> None:
    kept = keep([content])
    camera = look_at_picture(io.BytesIO(content)) if content_type == "image/jpeg" else None
    EvidenceFile.objects.create(
        evidence=item, name=name, content_type=content_type, sha256=kept.sha256, size=kept.size, pages=pages,
        width=camera.width if camera else None, height=camera.height if camera else None,
        taken_at=camera.taken_at if camera else "", device=camera.device if camera else "",
        latitude=camera.latitude if camera else None, longitude=camera.longitude if camera else None,
        small=draw_small(kept.sha256) if camera else "", checked_at=clock.now(), intact=True,
    )  # fmt: skip


def photograph(rng: random.Random, moment: datetime, number: int) -> bytes:
    """A drawn scene: a yard, heaps of rubble, a lorry; with moment, device and place as a telephone writes them."""
    wide, high = 1280, 960
    picture = Image.new("RGB", (wide, high))
    pen = ImageDraw.Draw(picture)
    ground = int(high * 0.56)
    for y in range(high):
        shade = (
            (188 - y // 12, 206 - y // 14, 220 - y // 20)
            if y < ground
            else (150 - (y - ground) // 14, 138 - (y - ground) // 14, 118 - (y - ground) // 16)
        )
        pen.line((0, y, wide, y), fill=shade)
    for _ in range(7):
        left, top, width = rng.randint(-60, wide), ground - rng.randint(70, 190), rng.randint(120, 260)
        tone = rng.randint(120, 175)
        pen.rectangle((left, top, left + width, ground), fill=(tone, tone - 6, tone - 14))
        for window in range(left + 18, left + width - 26, 42):
            for row in range(top + 18, ground - 24, 44):
                pen.rectangle((window, row, window + 18, row + 24), fill=(tone - 40, tone - 34, tone - 26))
    for _ in range(26 + 8 * number):
        x, y = rng.randint(-40, wide), rng.randint(ground + 20, high)
        size = rng.randint(18, 70) * (0.5 + (y - ground) / (high - ground))
        tone = rng.randint(96, 168)
        corners = [
            (x + size * math.cos(a + rng.random() * 0.5), y + size * 0.62 * math.sin(a + rng.random() * 0.5))
            for a in (0.2, 1.3, 2.4, 3.6, 4.9)
        ]
        pen.polygon(corners, fill=(tone, tone - 8, tone - 20), outline=(tone - 40, tone - 44, tone - 50))
    x, y = int(wide * 0.55), ground + 40
    pen.rectangle((x, y - 110, x + 240, y + 20), fill=(176, 96, 44))
    pen.rectangle((x + 240, y - 80, x + 330, y + 20), fill=(58, 92, 132))
    pen.rectangle((x + 262, y - 66, x + 318, y - 24), fill=(196, 214, 224))
    for wheel in (x + 40, x + 150, x + 280):
        pen.ellipse((wheel - 26, y - 4, wheel + 26, y + 48), fill=(34, 34, 36))
    pen.rectangle((x + 250, y - 18, x + 330, y + 6), fill=(40, 84, 168))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "HUAWEI", "BRA-AL00"
    exif.get_ifd(0x8769).update({0x9003: f"{moment:%Y:%m:%d %H:%M:%S}", 0x9011: "+08:00"})
    north, east = PLACE[0] + rng.random() / 200, PLACE[1] + rng.random() / 200
    exif.get_ifd(0x8825).update({1: "N", 2: _parts(north), 3: "E", 4: _parts(east)})
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=86, exif=exif)
    return sink.getvalue()


def _parts(degrees: float) -> tuple[float, float, float]:
    whole, rest = int(degrees), degrees % 1 * 60
    return (float(whole), float(int(rest)), round(rest % 1 * 60, 3))


def scan(title: str, lines: list[str]) -> bytes:
    """A two-page paper as PDF."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "scan.typ"
        template.write_text(SCAN)
        return typeset(template, {"title": title, "lines": lines}, archival=False)


def sound() -> bytes:
    """Four seconds of a soft tone, as a recorder's WAV file."""
    rate = 8000
    frames = bytes(
        byte
        for n in range(4 * rate)
        for byte in int(5000 * math.sin(n / 14) * math.sin(n / 6400)).to_bytes(2, "little", signed=True)
    )
    sink = io.BytesIO()
    with wave.open(sink, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(frames)
    return sink.getvalue()
