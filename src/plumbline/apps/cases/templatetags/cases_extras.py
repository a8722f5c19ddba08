"""Filters of the case pages: money in yuan, names of numbers, what is left of a clock."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plumbline.platform import clock
from plumbline.vocabulary import load_vocabulary

from ..clocks import Left, left_until
from ..parties import mask_number, shown_name
from ..queries import PROCEDURE_LABELS

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as yuan with two decimals and thousands separators."""
    return "" if fen is None else f"{fen / 100:,.2f}"


@register.filter
def left(row: Any) -> Left:
    """What is left of a task's or case's clock."""
    unit = getattr(row, "unit", "") or getattr(row, "due_unit", "")
    return left_until(row.due_on, unit, clock.today(), row.standing)


@register.filter
def party_in_list(case: Any) -> str:
    return shown_name(case)


@register.filter
def procedure_label(key: str) -> str:
    return PROCEDURE_LABELS.get(key, key)


@register.filter
def masked(number: str) -> str:
    return mask_number(number)


@register.filter
def contract_word(value: str, enum: str) -> str:
    """The Chinese word of a contract value."""
    return load_vocabulary().label(enum, value)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """A dictionary's entry."""
    return mapping.get(key) if mapping else None


@register.filter
def open_and_shut(buttons: Any) -> dict[str, list[Any]]:
    """The steps of a phase that can be taken now, and those that cannot."""
    return {
        "open": [each for each in buttons if each.is_open],
        "shut": [each for each in buttons if not each.is_open],
    }


CHECK = (
    '<li><span class="tag {}"><i aria-hidden="true">{}</i>{}</span><span>{}<small>{}</small></span>'
    '<span class="links">{}<a href="{}">依据</a></span></li>'
)


@register.simple_tag
def check_item(line: Any, may_mend: bool) -> SafeString:
    """A check as a line of a list. A case page has a hundred of them: a template for each would be a tenth of its time."""
    said = line.basis if line.word == "不适用" else f"{line.finding} · {line.basis}"
    mend = (
        format_html('<a href="{}">{}</a>', line.mend_url, line.mend_text)
        if line.mend_url and may_mend
        else ""
    )
    return format_html(CHECK, line.css, line.mark, line.word, line.duty, said, mend, line.url)


@register.filter
def folded(lines: Any) -> dict[str, list[Any]]:
    """Checks in three groups: what asks for attention, what is met, what does not apply."""
    groups: dict[str, list[Any]] = {"open": [], "met": [], "na": []}
    for line in lines:
        groups[{"符合": "met", "不适用": "na"}.get(line.word, "open")].append(line)
    return groups
