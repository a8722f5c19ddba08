"""Template tags and filters of the design system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from plumbline.law import OutsideCalendar, statutory_calendar
from plumbline.law.strips import WEEKDAYS_ZH
from plumbline.platform import clock
from plumbline.platform.ui.components import SEVERITY_TAGS, VERDICT_TAGS, Tag

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as yuan with thousands separators; cents only where there are any."""
    if fen is None:
        return "—"
    whole, cents = divmod(int(fen), 100)
    return f"{whole:,}" + (f".{cents:02d}" if cents else "")


@register.filter
def weekday(day: date | None) -> str:
    return f"周{WEEKDAYS_ZH[day.weekday()]}" if day else ""


@register.filter
def md(day: date | None) -> str:
    """Month and day, with the year where it is another one."""
    if not day:
        return ""
    return day.strftime("%m-%d" if day.year == clock.today().year else "%Y-%m-%d")


@register.filter
def due_phrase(due: date | None, unit: str = "wd") -> str:
    """How far a due date is, with its unit: 「剩 3 个工作日」「今天到期」「超期 1 个工作日」."""
    if not due:
        return ""
    today = clock.today()
    if due == today:
        return "今天到期"
    if unit == "wd":
        try:
            left = statutory_calendar().working_between(today, due)
        except OutsideCalendar:
            left = (due - today).days
            return f"剩 {left} 日" if left > 0 else f"超期 {-left} 日"
        if left == 0:
            return "已到期" if due < today else "今天之后的休息日到期"
        return f"剩 {left} 个工作日" if left > 0 else f"超期 {-left} 个工作日"
    left = (due - today).days
    return f"剩 {left} 日" if left > 0 else f"超期 {-left} 日"


@register.filter
def due_class(due: date | None) -> str:
    if not due:
        return ""
    today = clock.today()
    if due < today:
        return "late"
    return "soon" if due <= today + timedelta(days=3) else ""


@register.filter
def instant(moment: datetime | None) -> str:
    return moment.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M") if moment else ""


@register.filter
def appointed(moment: datetime | None) -> str:
    """When people have to be somewhere, with the weekday: 「2026-12-04 周五 09:30」."""
    if not moment:
        return ""
    here = moment.astimezone(clock.CHINA)
    return f"{here:%Y-%m-%d} {weekday(here.date())} {here:%H:%M}"


@register.filter
def on_day(day: date | None) -> str:
    """A day that something is due on, with the weekday: 「2026-12-04 周五」."""
    return f"{day:%Y-%m-%d} {weekday(day)}" if day else ""


@register.filter
def get(mapping: Any, key: Any) -> Any:
    return mapping.get(key) if mapping else None


@register.inclusion_tag("ui/parts/tag.html")
def tag(value: Tag | str, word: str = "") -> dict[str, Tag]:
    """A status tag from a Tag, or from a verdict or severity with an optional word."""
    if isinstance(value, Tag):
        return {"tag": value}
    found = VERDICT_TAGS.get(value) or SEVERITY_TAGS.get(value) or Tag(value, "gry")
    return {"tag": Tag(word, found.colour, found.shape) if word else found}


@register.inclusion_tag("ui/parts/figures.html")
def figures(items: Iterable[Any]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("ui/parts/empty.html")
def empty(why: str, next_step: str = "", url: str = "", link: str = "") -> dict[str, str]:
    return {"why": why, "next_step": next_step, "url": url, "link": link}


@register.inclusion_tag("ui/parts/errors.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Every error of a form, each a link to its field; nothing when there is none."""
    found = []
    if form is not None and form.is_bound and form.errors:
        found += [("", message) for message in form.non_field_errors()]
        found += [
            (field.id_for_label or field.html_name, message) for field in form for message in field.errors
        ]
    return {"found": found}


@register.inclusion_tag("ui/parts/days.html")
def days(strip: Any) -> dict[str, Any]:
    """The day strip of a count (law.strips.DayStrip) in one row; a long stretch is one cell that says how long."""
    return {"cells": folded(strip)}


#: Cells of one row, and how many of them come before the fold.
ROW, HEAD = 14, 3


def folded(strip: Any) -> list[Any]:
    """The strip's days, with a number of days in place of the stretch left out; the due date is always shown."""
    shown, out = list(strip.days), strip.left_out
    if len(shown) <= ROW and not out:
        return shown
    due = next((n for n, day in enumerate(shown) if day.is_due), len(shown))
    tail = min(max(ROW - HEAD - 1, len(shown) - due + 1), len(shown) - HEAD)
    return [*shown[:HEAD], len(shown) - HEAD - tail + out, *shown[-tail:]]


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Any, next_key: str = "", shown: int = 0) -> dict[str, Any]:
    query = context["request"].GET.copy()
    query["after"] = next_key
    return {
        "next_url": f"?{query.urlencode()}" if next_key else "",
        "shown": shown,
        "first": "after" not in context["request"].GET,
    }


@register.inclusion_tag("ui/parts/more_filters.html", takes_context=True)
def more_filters(context: Any, *names: str) -> dict[str, int]:
    """The way to the less used fields of a long filter on a phone; open when one of ``names`` is set in the address.

    The fields follow it in a ``div.rest``: the sheet folds that by the state of this ``details``, which on a desk is not
    shown at all. They cannot stand inside it, because Chromium 90 shows nothing of a closed ``details`` at any width.
    """
    typed = context["request"].GET
    return {"set": sum(1 for name in names if typed.get(name))}


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The present address with some of its filters changed; an empty value removes one."""
    current = context["request"].GET.copy()
    current.pop("after", None)
    for name, value in changes.items():
        if value in (None, ""):
            current.pop(name, None)
        else:
            current[name] = value
    return f"?{current.urlencode()}" if current else "?"


@register.filter
def spark(points: str) -> SafeString:
    """The points attribute of a sparkline; digits, commas and spaces only."""
    return mark_safe("".join(c for c in points if c in "0123456789., "))
