"""How the public text shows what was taken out of it: the place stays, and names the kind of thing."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def masked(text: str, masks: Sequence[dict[str, str]]) -> SafeString:
    """The text with every removed span as a tag of its category; only categories that were really removed are tags."""
    drawn = str(escape(text))
    for category in {mask["category"] for mask in masks}:
        drawn = drawn.replace(
            str(escape(f"【{category}】")), format_html('<span class="rd">隐去：{}</span>', category)
        )
    return mark_safe(drawn.replace("\n", "<br>"))
