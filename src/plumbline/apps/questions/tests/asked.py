"""The shortest ways to a question and its answer."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, STREET, ago
from plumbline.apps.coordination.tests.between import Between
from plumbline.apps.questions import actions
from plumbline.apps.questions.models import Question

ARTICLE = {"law": "行政处罚法", "article": "第二十四条"}


def asked(between: Between, to: str = DEPARTMENT, days: int = 10, **given: Any) -> Question:
    wanted: dict[str, Any] = {
        "title": "工地内临时堆放是否算擅自处置", "text": "工地围挡以内堆放三天，没有外运，拿不准是否属于擅自处置。",
        "item": ITEM, "domain": "housing_construction", "at": ago(days),
    }  # fmt: skip
    return actions.ask(
        actor=between.world.actor(between.officer[STREET]), agency_code=STREET, to=between.agency(to), **(wanted | given)
    )  # fmt: skip


def answered(between: Between, row: Question, days: int = 6, **given: Any) -> Question:
    wanted: dict[str, Any] = {
        "text": "围挡以内暂存并且有清运安排的，不属于擅自处置；请查清运合同。", "basis": [ARTICLE], "at": ago(days),
    }  # fmt: skip
    return actions.answer(actor=between.actor(row.to_id), row=row, **(wanted | given))
