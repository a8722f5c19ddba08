"""The life of an instrument as its page draws it: the clock bar, and the stations from alert to closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.platform import clock
from plumbline.platform.ui.templatetags.ui import due_phrase

from .models import Alert, Instrument, InstrumentState, Reply


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


def life_of(instrument: Instrument, replies: Sequence[Reply], alerts: Sequence[Alert]) -> list[Station]:
    """The stations in order; exactly one is ``now`` while the instrument runs."""
    replied = replies[-1] if replies else None
    state = InstrumentState(instrument.state)
    ended = not instrument.is_running
    found = [
        Station("收到预警", "done", min((a.created_at for a in alerts), default=None), f"{len(alerts)} 项")
        if alerts
        else Station("收到预警", "na", word="无关联预警"),
        Station("签发编号", "done", instrument.issued_on, f"{instrument.issued_label} · {instrument.number}"),
        _reached("签收", instrument.read_at, instrument.read_label, now=state == InstrumentState.ISSUED),
        _reached(
            "报送纠正情况",
            replied.at if replied else None,
            replied.by_label if replied else "",
            now=state in {InstrumentState.READ, InstrumentState.REFUSED},
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


def _reached(label: str, on: datetime | None, who: str, *, now: bool) -> Station:
    if now:
        return Station(label, "now", word="等待中")
    return Station(label, "done" if on else "todo", on, who)


def bar_of(instrument: Instrument) -> dict[str, Any]:
    """Shares of the clock bar in per cent of its length, and the words above it. Days are natural days."""
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
    if not instrument.is_running:
        rest = f"制发后 {gone} 日办结" + (f"，晚于期限 {late} 日" if late else "")
    return {
        "headline": words.get(InstrumentState(instrument.state), f"第 {gone} 日"),
        "rest": rest,
        "tone": "late" if late else "ok",
        "used": round(100 * min(gone, total) / scale),
        "due": round(100 * total / scale),
        "beyond": round(100 * late / scale),
    }
