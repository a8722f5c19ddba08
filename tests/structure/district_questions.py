"""A question of the street to a department, and an answer that all may read."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.tests.world import DEPARTMENT, STREET
from plumbline.apps.questions.models import Question, SharedAnswer
from plumbline.platform import clock
from plumbline.platform.files.store import keep


def question_objects(place: str, png: bytes) -> dict[str, Any]:
    """``place`` is a word that only those may read who may see the question."""
    moment, kept = clock.now(), keep([png])
    file = {"kind": "附件", "number": "", "name": "a.png", "sha256": kept.sha256, "size": kept.size, "content_type": "image/png"}  # fmt: skip
    row = Question.objects.create(
        matter_id="ZX-T-1", title=place, agency_id=STREET, to_id=DEPARTMENT, parties=[STREET, DEPARTMENT], asked_label="试",
        asked_at=moment, moved_at=moment, state="answered", answered_at=moment,
    )  # fmt: skip
    saying = row.sayings.create(
        did="answered", text=place, agency_id=DEPARTMENT, by_label="试", at=moment, files=[file],
        basis=[{"law": "行政处罚法", "article": "第二十四条", "sha256": ""}],
    )  # fmt: skip
    shared = SharedAnswer.objects.create(
        question=row, agency_id=DEPARTMENT, title="围挡以内堆放是否算擅自处置", asked="围挡以内堆放三天。", answered="不属于。",
        basis=saying.basis, shared_at=moment, shared_label="试",
    )  # fmt: skip
    mine = {"matter_id": row.matter_id}
    return {
        "question": mine,
        "question-do": mine | {"verb": "ask-on"},
        "question-file": mine | {"pk": saying.pk, "number": 1},
        "shared-answer": {"pk": shared.pk},
        "shared-answer-stop": {"pk": shared.pk},
    }
