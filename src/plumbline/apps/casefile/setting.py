"""The pages that are made for a case file: cover, contents, evidence sheets, tables, closing sheet, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from plumbline.apps.evidence.contract import custody_of
from plumbline.platform import clock
from plumbline.platform.printing.typesetting import typeset
from plumbline.vocabulary import load_vocabulary

from .models import volume_label
from .parts import Part

PAGES = Path(__file__).parent / "pages"
FONTS = ["Noto Serif SC"]
STANDS_FOR = "本页代替电子文件。文件随电子案卷包保存，按下列名称和指纹核对。"
STANDS_FOR_THING = "本页代替实物。实物按下列地点保管，经手情况见证据保管记录。"


def _set(name: str, on: date, data: dict[str, Any], *, root: Path | None = None) -> bytes:
    told = {"day": [on.year, on.month, on.day], "fonts": FONTS, **data}
    return typeset(PAGES / name, told, root=root, archival=False)


def front(case: Any, volume: str, rows: Sequence[Sequence[str]], *, pages: int, on: date) -> bytes:
    """Cover and contents."""
    officers = "、".join(_names(case))
    words = load_vocabulary().enums.get("outcome", {})
    cover = [
        ("案号", case.number_said),
        ("案由", case.title),
        ("当事人", str(case.party) if case.party else ""),
        ("承办人", officers),
        ("立案日期", _day(case.filed_on)),
        ("决定日期", _day(case.decided_on)),
        ("结案日期", _day(case.closed_on)),
        ("处理结果", words.get(case.outcome, case.get_stage_display())),
        ("本卷", f"{len(rows)} 份材料，{pages} 页"),
        ("保管期限", ""),
    ]
    return _set(
        "front.typ", on,
        {"title": f"{case} {volume_label(volume)}", "agency": case.agency.name, "heading": "行政处罚案卷",
         "volume": volume_label(volume), "cover": cover, "rows": rows},
    )  # fmt: skip


def _names(case: Any) -> list[str]:
    from plumbline.platform.identity.models import Person

    numbers = list(case.officers.order_by("pk").values_list("number", flat=True))
    names = dict(
        Person.objects.filter(certificate_number__in=numbers).values_list(
            "certificate_number", "display_name"
        )
    )
    return list(dict.fromkeys(f"{names.get(number, '')}（{number}）" for number in numbers))


def sheets(case: Any, parts: Sequence[tuple[Part, str]], *, root: Path, on: date) -> bytes:
    """One page for each part; with it the name of its picture in ``root``, or ""."""
    return _set(
        "sheets.typ",
        on,
        {"title": str(case), "sheets": [_sheet(part, name) for part, name in parts]},
        root=root,
    )


def _sheet(part: Part, picture: str) -> dict[str, Any]:
    item, file = part.item, part.file
    words = load_vocabulary().enums
    rows: list[tuple[str, str]] = []
    if item is not None:
        kind = words["evidence_kind"].get(item.kind, item.kind)
        rows += [
            (
                "种类、来源",
                f"{kind}；{words['evidence_source'].get(item.source, item.source)}；{item.origin}"[:260],
            ),
            ("证明事项", item.proves[:260]),
            ("收集日期", f"{item.collected_on:%Y-%m-%d}"),
        ]
        if item.quantity:
            rows.append(("数量特征", item.quantity))
        if item.place:
            rows.append(("保管地点", item.place))
    if file is not None:
        rows += [
            ("文件", f"{file.name}，{file.size:,} 字节" + (f"，{file.pages} 页" if file.pages else "")),
            ("原件指纹", f"SHA-256 {file.sha256[:32]} {file.sha256[32:]}"),
        ]
    if part.copy is not None:
        rows.append(("本页所印", f"工作副本：{part.copy.note}"[:120]))
    notice = STANDS_FOR_THING if part.sort == "thing" else STANDS_FOR
    return {"title": part.title, "picture": picture, "notice": notice, "rows": rows}


def recordings_table(part: Part, *, on: date) -> bytes:
    words = load_vocabulary().enums["stage"]
    rows = [
        [
            words.get(each.stage, each.stage), each.title, f"{clock_text(each.began_at)}\n{each.minutes} 分钟",
            each.operator + (f"\n{each.device}" if each.device else ""),
            f"{each.name}\n{each.sha256[:16]}…" if each.sha256 else each.place,
        ]
        for each in part.recordings
    ]  # fmt: skip
    columns = [
        ("环节", 18),
        ("内容", 0),
        ("时间、时长", 32),
        ("摄录人、设备", 28),
        ("文件和指纹，或者保存位置", 46),
    ]
    return _table(part.title, columns, rows, on=on)


def custody_table(case: Any, *, on: date) -> bytes | None:
    """Every chain of custody of the case; None when there is none."""
    rows = [
        [
            each.evidence.number, each.get_kind_display(), clock_text(each.at),
            " → ".join(name for name in (each.giver, each.taker) if name),
            each.reason + (f"（{each.place}）" if each.place else ""),
            "\n".join(f"{h['sha256'][:12]}… {'一致' if h['intact'] else '不一致'}" for h in each.hashes[:6]) or "—",
        ]
        for each in custody_of(case)
    ]  # fmt: skip
    if not rows:
        return None
    columns = [("证据", 13), ("事项", 24), ("时间", 27), ("经手", 34), ("理由、地点", 0), ("当时的指纹", 32)]
    return _table("证据保管记录", columns, rows, on=on)


def closing(case: Any, lines: Sequence[str], *, by: str, on: date) -> bytes:
    """备考表: the state of the file, who made it and when."""
    signed = [f"立卷人：{by}", "检查人：", f"立卷时间：{on.year} 年 {on.month} 月 {on.day} 日"]
    return _set(
        "tables.typ", on,
        {"title": "备考表", "heading": "卷内备考表", "lines": list(lines), "columns": [], "rows": [], "signed": signed},
    )  # fmt: skip


def _table(heading: str, columns: list[tuple[str, int]], rows: list[list[str]], *, on: date) -> bytes:
    return _set(
        "tables.typ", on,
        {"title": heading, "heading": heading, "lines": [], "columns": columns, "rows": rows, "signed": []},
    )  # fmt: skip


def numbers(count: int, *, on: date) -> bytes:
    return _set("numbers.typ", on, {"count": count})


def clock_text(moment: datetime) -> str:
    return f"{moment.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"


def _day(on: date | None) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日" if on else ""
