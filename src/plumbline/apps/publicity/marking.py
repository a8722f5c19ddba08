"""The preview's two columns: in the public text the place of what was taken out, in the record what it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .redaction import redact_text


def marked_public(text: str, masks: Sequence[dict[str, str]]) -> SafeString:
    """The public text with every removed span as a tag of its category; brackets the officer wrote stay as they are."""
    drawn = str(escape(text))
    for category in sorted({mask["category"] for mask in masks}):
        tag = format_html('<span class="rd">隐去：{}</span>', category)
        drawn = drawn.replace(str(escape(f"【{category}】")), tag)
    return mark_safe(drawn.replace("\n", "<br>"))


def marked_record(text: str, *, names: Iterable[str], shown: Iterable[str] = ()) -> SafeString:
    """The record as it was written, with what the public does not see marked and named."""
    found = redact_text(text, names=names, shown=shown)
    drawn, at = "", 0
    for span, mask in zip(found.spans, found.masks, strict=True):
        drawn += format_html("{}", text[at : span.start])
        drawn += format_html(
            '<mark class="hid">{}<span class="vh">（隐去：{}）</span></mark>',
            text[span.start : span.end],
            mask.category,
        )
        at = span.end
    drawn += format_html("{}", text[at:])
    return mark_safe(drawn.replace("\n", "<br>"))
