"""What the pages do alike: who asks, which row, a form that is one page."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui import acting
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Tag

from ..models import Coordination, State

HOME = ("移送协作", "/transfers")
TAGS = {
    State.SENT: ("amb", "◆"),
    State.CONSULTING: ("amb", "◆"),
    State.COORDINATING: ("amb", "◆"),
    State.WORKING: ("blu", "●"),
    State.ANSWERED: ("amb", "◆"),
    State.NEGOTIATING: ("blu", "●"),
    State.APPLIED: ("amb", "◆"),
    State.CONFIRMING: ("amb", "◆"),
    State.REPORTED: ("amb", "◆"),
    State.ACCEPTED: ("grn", "✓"),
    State.DONE: ("grn", "✓"),
    State.SETTLED: ("grn", "✓"),
    State.RETURNED: ("gry", "↩"),
    State.REFUSED: ("gry", "×"),
    State.WITHDRAWN: ("gry", "–"),
}


def row_of(request: HttpRequest, matter_id: str) -> Coordination:
    return get_visible(Coordination, actor_of(request), matter_id=matter_id)


def state_tag(row: Coordination) -> Tag:
    colour, shape = TAGS[State(row.state)]
    word = "待签收" if row.state == State.SENT and row.kind != "transfer" else row.get_state_display()
    return Tag(word, colour, shape)


form_page = partial(acting.form_page, template="coordination/form.html")
