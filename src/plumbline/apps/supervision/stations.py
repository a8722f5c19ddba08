"""The life of an instrument as its page draws it: the clock bar, and the stations from alert to closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.platform import clock
from plumbline.platform.ui.templatetags.ui import due_class, due_phrase

from .models import RECORDS, Alert, Extension, Instrument, InstrumentState, Reply


@dataclass(frozen=True)
class Station:
    """One stop. ``state`` is the design system's class (done, now, todo, na), ``word`` stands where there is no date."""

    label: str
    state: str
    on: date | datetime | None = None
    note: str = ""
    word: str = "未开始"

    @property
    def mark(self) -> str:
        return {"done": "✓", "now": "◆", "na": "–"}.get(self.state, "○")


def life_of(
    instrument: Instrument,
    replies: Sequence[Reply],
    alerts: Sequence[Alert],
    extensions: Sequence[Extension] = (),
) -> list[Station]:
    """The stations in order; while the instrument runs one is ``now``, and a request for a later date beside it."""
    if instrument.kind in RECORDS:
        return _life_of_record(instrument, replies)
    replied = replies[-1] if replies else None
    state = InstrumentState(instrument.state)
    ended = not instrument.is_running
    found = [
        Station("收到预警", "done", min((a.created_at for a in alerts), default=None), f"{len(alerts)} 项")
        if alerts
        else Station("收到预警", "na", word="无关联预警"),
        Station("签发编号", "done", instrument.issued_on, f"{instrument.issued_label} · {instrument.number}"),
        _read(instrument),
        *(_extended(each) for each in extensions),
        _reached(
            "报送纠正情况",
            replied.at if replied else None,
            replied.by_label if replied else "",
            now=state == InstrumentState.READ,
            waiting=_reminded(instrument),
        ),
    ]
    judged = replied is not None and replied.verdict != ""
    verdict = "已认可" if replied and replied.verdict == "accepted" else "未认可，继续纠正" if judged else ""
    found.append(
        Station(
            "认定纠正情况",
            "now" if state == InstrumentState.REPLIED else "done" if judged else "na" if ended else "todo",
            note=verdict,
            word="等待认定" if state == InstrumentState.REPLIED else "—" if judged or ended else "未开始",
        )
    )
    if state == InstrumentState.REFUSED:
        found.append(Station("再次报送", "now", note=_reminded(instrument), word="等待中"))
    if state == InstrumentState.ESCALATED or (ended and "监督决定书" in instrument.conclusion):
        running = state == InstrumentState.ESCALATED
        found.append(
            Station("报请政府决定", "now" if running else "done", word="等待决定" if running else "—")
        )
    label = "终止" if state == InstrumentState.STOPPED else "销号"
    found.append(Station(label, "done" if ended else "todo", instrument.closed_on))
    found.append(
        Station(
            "结果运用",
            "done" if instrument.result_use else "na" if ended else "todo",
            note=instrument.result_use,
            word="—" if ended else "未开始",
        )
    )
    return found


def _life_of_record(instrument: Instrument, replies: Sequence[Reply]) -> list[Station]:
    """What is complete when it is signed: its proof, its receipt, and what its result was used for."""
    signed = Station(
        "签发编号", "done", instrument.issued_on, f"{instrument.issued_label} · {instrument.number}"
    )
    proof = [Station("当场纠正", "done", instrument.issued_on, each.verdict_text) for each in replies]
    read = _reached("签收", instrument.read_at, instrument.read_label, now=False)
    shown = Station("公开摘要", "done" if instrument.summary_on else "todo", instrument.summary_on)
    used = Station("结果运用", "done" if instrument.result_use else "todo", note=instrument.result_use)
    return [signed, *proof, read, shown, used]


def _read(instrument: Instrument) -> Station:
    """The receipt: opening it is reading it, and the minute is kept for both sides."""
    at = instrument.read_at
    who = f"{instrument.read_label} · {at.astimezone(clock.CHINA):%H:%M} 打开即为签收" if at else ""
    return _reached("签收", at, who, now=instrument.state == InstrumentState.ISSUED)


def _extended(extension: Extension) -> Station:
    if extension.decided_at is None:
        return Station(
            "申请延期", "now", note=f"{extension.by_label} · 申请延至 {extension.until}", word="等待答复"
        )
    if extension.granted is None:
        return Station("申请延期", "na", note=extension.answer, word="不再办理")
    if extension.granted:
        note = f"{extension.before} 延至 {extension.granted_until} · {extension.decided_label}"
        return Station("准予延期", "done", extension.decided_at, note)
    note = f"仍按 {extension.before} · {extension.decided_label}"
    return Station("不准延期", "done", extension.decided_at, note)


def _reminded(instrument: Instrument) -> str:
    if not instrument.is_waiting or instrument.reminded_at is None:
        return ""
    return f"最近催办 {instrument.reminded_at.astimezone(clock.CHINA):%m-%d %H:%M}"


def _reached(label: str, on: datetime | None, who: str, *, now: bool, waiting: str = "") -> Station:
    if now:
        return Station(label, "now", note=waiting, word="等待中")
    return Station(label, "done" if on else "todo", on, who)


def bar_of(instrument: Instrument, extensions: Sequence[Extension] = ()) -> dict[str, Any]:
    """Shares of the clock bar in per cent of its length, and the words above it. Days are natural days.

    ``first`` is where the term ended as issued, where it has been moved since.
    """
    granted = [each for each in extensions if each.granted]
    first = granted[0].before if granted else None
    total = max((instrument.respond_by - instrument.issued_on).days, 1)
    end = instrument.closed_on or clock.today()
    gone = max((end - instrument.issued_on).days, 0)
    scale = max(total, gone)
    late = max(gone - total, 0)
    words = {
        InstrumentState.REPLIED: "已答复",
        InstrumentState.CLOSED: "已销号",
        InstrumentState.STOPPED: "已终止",
        InstrumentState.ESCALATED: "已报请",
    }
    rest = f"逾期 {late} 日" if late else due_phrase(instrument.respond_by)
    tone = "late" if late else due_class(instrument.respond_by) or "ok"
    if instrument.state == InstrumentState.REPLIED:
        # Once it has answered, the addressee is not late any more, however long the review takes.
        answered, replied = _answered(instrument)
        rest, tone = answered, "late" if replied > instrument.respond_by else "ok"
    if not instrument.is_running:
        stopped = instrument.state == InstrumentState.STOPPED
        rest = f"制发后 {gone} 日{'终止' if stopped else '了结'}" + (f"，晚于期限 {late} 日" if late else "")
        tone = "late" if late else "" if stopped else "ok"
    return {
        "headline": words.get(InstrumentState(instrument.state), f"第 {gone} 日"),
        "rest": rest,
        "tone": tone,
        "today": round(100 * gone / scale),
        "used": round(100 * min(gone, total) / scale),
        "due": round(100 * total / scale),
        "beyond": round(100 * late / scale),
        "first": round(100 * (first - instrument.issued_on).days / scale) if first else None,
        "added": round(100 * (instrument.respond_by - first).days / scale) if first else None,
        # Beside either end its label would stand on another; the words above the bar say it anyway.
        "first_said": first is not None and 22 <= 100 * (first - instrument.issued_on).days / scale <= 78,
        "first_on": first,
        "moved": len(granted),
    }


def _answered(instrument: Instrument) -> tuple[str, date]:
    """How the last report stands to the term, in words, and its day."""
    latest = instrument.replies.last()
    day = latest.at.astimezone(clock.CHINA).date() if latest else clock.today()
    apart = (instrument.respond_by - day).days
    if apart < 0:
        return f"{day:%m-%d} 报送，晚于期限 {-apart} 日", day
    return (f"{day:%m-%d} 报送，早于期限 {apart} 日" if apart else f"{day:%m-%d} 报送，期限当日"), day
