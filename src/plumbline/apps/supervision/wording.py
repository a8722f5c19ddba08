"""What instruments of supervision say: the paragraphs of the paper, and what its form proposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .models import Alert
from .naming import finding_of


def letter(*, to: str, facts: str, basis: str, demands: str, respond_by: date) -> list[dict[str, str]]:
    """Addressee and paragraphs; a paragraph has no label. The way to object is part of every instrument (条例第三十条)."""
    paragraphs = (
        facts,
        f"依照{basis}，{demands}",
        f"请于 {day_zh(respond_by)} 前书面报送办理情况和证据材料。",
        "对本文书有异议的，可以依照行政执法监督条例第三十条向本机关提出并说明理由。",
    )
    return [
        {"label": "主送", "text": to, "gap": ""},
        *({"label": "", "text": text, "gap": ""} for text in paragraphs),
    ]


def facts_of(alerts: Sequence[Alert], numbers: dict[str, str]) -> str:
    """The facts as the instrument states them: which case, what was found, which article it offends; one line an alert."""
    lines = []
    for alert in alerts:
        found = finding_of(alert).rstrip("。")
        # A lead about no particular case has no case to name.
        about = (
            f"{number}案" if (number := numbers.get(alert.matter_id)) else f"案件（编号 {alert.matter_id}）"
        )
        of = f"你单位办理的{about}，" if alert.matter_id != alert.subject else "关于你单位，有反映称："
        lines.append(f"{of}{found}，不符合{alert.law}{alert.article}的规定。")
    return "经查，" + "\n".join(lines)


def day_zh(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
