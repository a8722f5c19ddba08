"""A draft of the street and a published document of it, for every address of normative documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases.tests.world import STREET, ago
from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.actions.drafting import Declaration
from plumbline.apps.normdocs.models import (
    CleanupItem,
    CleanupRound,
    NormDoc,
    NormPaper,
    NormText,
    PlanItem,
    PublicComment,
    ReviewNotice,
)
from plumbline.platform import clock
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import Agency

TEXT = "第一条　为了管理建筑垃圾，制定本办法。\n第二条　本街道适用本办法。"


def norm_objects(actor: Actor, place: str, png: bytes) -> dict[str, Any]:
    """``place`` is a word that only those may read who may see the draft."""
    part, street = system_actor("test"), Agency.objects.get(pk=STREET)
    said = Declaration(affects_rights=False, business_related=False, necessity=place)
    draft = actions.begin_document(
        actor=part, agency_code=STREET, maker=street, title=f"{place}管理办法", declaration=said,
        basis=[{"law": "行政处罚法", "article": "第十六条"}], occurred_at=ago(30),
    )  # fmt: skip
    actions.keep_text(actor=part, doc=draft, text=TEXT, upload=SimpleUploadedFile("a.png", png), note=place)
    step = actions.take_step(
        actor=part,
        doc=draft,
        step="assessed",
        details={"way": place, "conclusion": "可行"},
        occurred_at=ago(2),
    )
    # Open to everybody by law: a draft for comments, and a document that is published.
    opened = NormDoc.objects.create(
        matter_id="GF-T-OPEN", title="公开办法", maker=street, agency=street, procedure_version="2022-03-12",
        register_no="GF-2026-9001", number="新规〔2026〕9001号", published_on=date(2026, 3, 2),
        effective_from=date(2026, 3, 2), begun_on=date(2026, 1, 5), stage="published",
    )  # fmt: skip
    NormText.objects.create(doc=opened, version=1, articles=[{"number": "", "text": "公开的正文。"}])
    decided = NormDoc.objects.create(
        matter_id="ZDJC-T-OPEN", kind="major_policy_decision", title="公开的决策", maker=street, agency=street,
        procedure_version="2019-09-01", published_on=date(2026, 3, 2), effective_from=date(2026, 3, 2),
        begun_on=date(2026, 1, 5), stage="published",
    )  # fmt: skip
    NormText.objects.create(doc=decided, version=1, articles=[{"number": "", "text": "公开的决策。"}])
    PlanItem.objects.create(
        kind="major_policy_decision", year=2026, title="决策事项", agency=street, reason="需要", due_month=6
    )
    comment = PublicComment.objects.create(doc=draft, agency=street, text=place, name=place)
    paper = NormPaper.objects.create(
        doc=draft, kind="note", title=place, name="a.png", content_type="image/png",
        sha256=keep([png]).sha256, size=len(png),
    )  # fmt: skip
    notice = ReviewNotice.objects.create(
        doc=draft,
        matter_id="GFSC-T-1",
        kind="notice",
        sender=place,
        clauses="第二条",
        received_on=clock.today(),
    )
    plan = PlanItem.objects.create(year=2026, title=place, agency=street, reason=place, due_month=5)
    round = CleanupRound.objects.create(
        title="清理", reason="法典施行", opened_on=clock.today(), due_on=clock.today()
    )
    item = CleanupItem.objects.create(round=round, doc=draft, reason=place)
    mine, number = {"matter_id": draft.matter_id}, {"number": opened.register_no}
    return {
        **{
            f"norm-{name}": mine
            for name in (
                "publish",
                "impact",
                "declaration",
                "basis",
                "text",
                "paper-add",
                "notice-add",
                "comments",
            )
        },
        "norm": mine,
        "norm-step": mine | {"key": "opened"},
        "norm-void": mine | {"event_id": step.event_id},
        "norm-text-file": mine | {"version": 1},
        "norm-paper": mine | {"pk": paper.pk},
        "norm-paper-withdraw": mine | {"pk": paper.pk},
        "norm-notice-answer": mine | {"pk": notice.pk},
        "norm-comment-answer": mine | {"pk": comment.pk},
        "norm-plan-drop": {"pk": plan.pk},
        "norm-cleanup": {"pk": round.pk},
        "norm-cleanup-publish": {"pk": round.pk},
        "norm-cleanup-item": {"pk": round.pk, "item": item.pk},
        "public-norm": number,
        "public-norm-text": number,
        "public-norm-file": number | {"part": "text", "kind": "docx"},
        "public-policy": {"matter_id": decided.matter_id},
        "public-policy-file": {"matter_id": decided.matter_id, "part": "text", "kind": "docx"},
        "policy-catalogue-publish": {"year": 2026},
        "public-norm-draft": mine,
        "public-norm-cleanup": {"pk": round.pk},
    }
