"""Questions on the work desk, in the menu, in the search box and on the page of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbline.apps.cases.contract import register_panel
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.matter_pages import MatterPage, matter_page
from plumbline.platform.search import Found, Hit, first_of, search_source
from plumbline.platform.ui.navigation import register_entry

from .models import Question, State
from .policies import ASKING, READING, SUPERVISE, may_ask
from .queries import Asked, Wanted, matching, shared_answers, waiting_for
from .web.shared import state_tag

MOST = 50
VERBS = {
    State.ASKED: ("答复业务咨询", "答复"),
    State.RETURNED: ("补充咨询的情况", "补充"),
    State.ANSWERED: ("看答复是否解决了问题", "确认"),
}

register_entry("业务咨询", "questions", order=56, capabilities=(*ASKING, SUPERVISE))


@task_source("questions")
def question_tasks(actor: Actor) -> Sequence[DeskTask]:
    """Each open question whose next move is the actor's."""
    if not any(actor.can(each) for each in (*ASKING, SUPERVISE)):
        return []
    return [_task(row) for row in waiting_for(actor)[:MOST]]


def _task(row: Question) -> DeskTask:
    title, verb = VERBS[State(row.state)]
    return DeskTask(
        title=f"{title}：{row.title}",
        url=row.page,
        kind="step" if row.state == State.ASKED else "returned",
        who=f"{row.agency.short_name} → {row.to.short_name}",
        where="业务咨询",
        verb=verb,
        basis=row.due_source[:60],
        due_on=row.due_on,
        unit="wd",
    )


@quick_links
def question_links(actor: Actor) -> Sequence[QuickLink]:
    return [QuickLink("提出业务咨询", "/questions/new")] if any(actor.can(each) for each in ASKING) else []


@matter_page
def page_of_question(actor: Actor, matter_id: str) -> MatterPage | None:
    if not matter_id.startswith("ZX-"):
        return None
    row = Question.objects.visible_to(actor).filter(matter_id=matter_id).only("matter_id", "title").first()
    return MatterPage("业务咨询", row.title, row.page) if row is not None else None


@search_source("questions", order=46)
def find_questions(actor: Actor, words: str) -> Found | None:
    if not any(actor.can(each) for each in READING):
        return None
    rows = matching(actor, Wanted(q=words))
    return first_of(
        "questions",
        "业务咨询",
        rows,
        lambda row: Hit(
            title=row.title,
            url=row.page,
            note=f"{row.agency.short_name} → {row.to.short_name}",
            state=row.get_state_display(),
        ),
        listed="/questions",
        words=words,
    )


@search_source("answers", order=47)
def find_answers(actor: Actor, words: str) -> Found | None:
    """The collection: whoever works at cases finds what others were told."""
    if not any(actor.can(each) for each in READING):
        return None
    rows = shared_answers(Asked(q=words))
    return first_of(
        "answers",
        "共享的答复",
        rows,
        lambda row: Hit(
            title=row.title, url=row.page, note=f"{row.agency.short_name}答复", state="共享的答复"
        ),
        listed="/questions/answers",
        words=words,
    )


@register_panel("questions", label="业务咨询", template="questions/panel.html", order=37)
def panel(actor: Actor, case: Any) -> dict[str, Any]:
    """What was asked about the case, and the answers of others on its item."""
    rows = matching(actor, Wanted()).filter(about=case.matter_id)[:50]
    found = [(row, state_tag(row)) for row in rows]
    others = list(shared_answers(Asked()).filter(item_code=case.item_code)[:5]) if case.item_code else []
    return {"rows": found, "others": others, "may": bool(may_ask(actor, case.agency_id)), "case": case}
