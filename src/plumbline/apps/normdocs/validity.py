"""Whether a document is in force on a day. One meaning for a row and for a query; a test holds them together."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from plumbline.platform.ui.components import Tag

from .models import NormDoc

UNPUBLISHED, COMING, IN_FORCE, ENDED = "unpublished", "coming", "in_force", "ended"
VALIDITY = {
    IN_FORCE: "有效",
    COMING: "尚未施行",
    ENDED: "已失效",
    UNPUBLISHED: "没有公布",
}
_LOOKS = {
    IN_FORCE: ("grn", "✓"),
    COMING: ("blu", "●"),
    ENDED: ("gry", "–"),
    UNPUBLISHED: ("amb", "◆"),
}


def validity(doc: NormDoc, on: date) -> str:
    """What a document is on a day. A document that is not published founds nothing, whatever its term says."""
    if doc.published_on is None or doc.published_on > on:
        return UNPUBLISHED
    last = doc.last_day
    if last is not None and last < on:
        return ENDED
    if doc.effective_from is None or doc.effective_from > on:
        return COMING
    return IN_FORCE


def with_validity(state: str, on: date) -> Q:
    """The condition of ``validity`` over rows."""
    published = Q(published_on__lte=on)
    over = Q(valid_to__lt=on) | Q(ended_on__lte=on)
    waiting = Q(effective_from__gt=on) | Q(effective_from__isnull=True)
    if state == UNPUBLISHED:
        return Q(published_on__isnull=True) | Q(published_on__gt=on)
    if state == ENDED:
        return published & over
    if state == COMING:
        return published & ~over & waiting
    return published & ~over & Q(effective_from__lte=on)


def validity_tag(doc: NormDoc, on: date) -> Tag:
    state = validity(doc, on)
    word = VALIDITY[state]
    if state == IN_FORCE and doc.is_policy:
        word = "执行中"
    if state == ENDED and doc.is_policy:
        word = "已停止执行"
    elif state == ENDED and doc.ended_on and doc.ended_on <= on:
        word = {"repealed": "已废止", "lapsed": "已宣布失效"}.get(doc.ended_how, word)
    colour, mark = _LOOKS[state]
    return Tag(word, colour, mark)


def ends_within(first: date, last: date) -> Q:
    """Documents whose last day lies in a span."""
    after_last: Any = date.fromordinal(last.toordinal() + 1)
    after_first: Any = date.fromordinal(first.toordinal() + 1)
    return Q(published_on__isnull=False) & (
        Q(valid_to__range=(first, last)) | Q(ended_on__range=(after_first, after_last))
    )
