"""Normative documents at every point of their life, told through the actions that people use.

They come before the cases are judged, so that a decision resting on an unpublished one is found like any other breach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.actions.drafting import Declaration
from plumbline.apps.normdocs.actions.publishing import Publication
from plumbline.apps.normdocs.models import NormDoc, PublicComment
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person

from .histories import History
from .norm_texts import TEXTS, DocumentText

GOVERNMENT = "AG-XZ-GOV"


def tell_norms(made: Sequence[History]) -> None:
    """Eight documents, a plan and a clean-up; two decisions cite what they should not."""
    tell = _Teller()
    actions.plan_document(
        actor=tell.publisher, agency_code="AG-FQ-05", year=clock.today().year, due_month=12,
        title="新洲区高标准农田建后管护办法", reason="建成的农田设施无人管护，需要明确责任和经费。",
    )  # fmt: skip
    plan = actions.plan_document(
        actor=tell.publisher, agency_code="AG-FQ-02", year=clock.today().year, due_month=11,
        title=TEXTS["catering"].title, reason="油烟投诉多，源头治理的要求需要统一。",
    )  # fmt: skip
    # In the order of their publication: the register numbers run with the days.
    soon = tell.published("well", 1000, terms=(980, -90))
    old = tell.published("garbage_old", 900, terms=(880, -900))
    tell.published("fireworks", 800, terms=(790, 65))
    amended = tell.published("market", 700, terms=(690, -1100))
    tell.published("dust", 500, terms=(480, -1300))
    tell.published("waste", 420, terms=(400, -1400))
    tell.published("garbage_new", 120, terms=(100, -1700), changes={old.pk: "repeals"})
    tell.published("market_change", 60, terms=(45, -1100), changes={amended.pk: "amends"})
    tell.waiting_for_publication("subsidy", 3)
    tell.waiting_for_review("parking", 8)
    commenting = tell.commenting("catering", 12, plan=plan)
    for article, said in (
        ("第三条", "建议给面积小的餐饮店半年过渡期，并公布合格的净化设施名录。"),
        ("第五条", "投诉处理的时限太长，希望三天内有人到现场。"),
        ("", "支持治理，希望不要一刀切要求统一品牌。"),
    ):
        actions.comment_on_draft(actor=ANONYMOUS, doc=commenting, text=said, article=article)
    first = PublicComment.objects.unscoped("演示数据").filter(doc=commenting).order_by("pk").first()
    if first is not None:
        actions.answer_comment(
            actor=tell.actor(drafter_of("AG-FQ-02")), doc=commenting, comment=first, handling="partly",
            answer="增加三个月适应期；名录由行业协会发布，政府不指定产品。",
        )  # fmt: skip
    actions.register_notice(
        actor=tell.actor(drafter_of(soon.agency_id)), doc=soon, kind="notice", sender="武汉市人民政府",
        number="武政复通〔2026〕21号", clauses="第四条", received_on=on_day(3),
    )  # fmt: skip
    actions.open_cleanup(
        actor=tell.publisher, title=f"{clock.today().year} 年度行政规范性文件清理",
        reason="生态环境法典施行后，涉及生态环境的文件逐件核对，其他文件一并清理。", due_on=on_day(-20),
    )  # fmt: skip
    _cite(made, draft=tell.docs["parking"], ended=tell.docs["fireworks"], good=tell.docs["waste"])


def _cite(made: Sequence[History], *, draft: NormDoc, ended: NormDoc, good: NormDoc) -> None:
    """A few decisions name documents: most a good one, one a draft that nobody published, one that had expired."""
    wanted = [good.register_no] * 3 + [draft.matter_id, ended.register_no]
    last = ended.last_day or clock.today()
    # The invented case histories; the told stories of single cases keep to their own point.
    for history in reversed([each for each in made if not each.matter.startswith("XZ-S-")]):
        for event in history.events:
            if (
                not wanted
                or event["activity"] != "decision_made"
                or event["data"].get("outcome") != "penalty"
            ):
                continue
            on = date.fromisoformat(event["occurred_at"][:10])
            if wanted[-1] == ended.register_no and on <= last:
                continue
            if wanted[-1] == good.register_no and good.effective_from and on < good.effective_from:
                continue
            event["data"]["supporting_documents"] = [wanted.pop()]


def on_day(back: int) -> date:
    return clock.today() - timedelta(days=back)


def at(back: int, hour: int = 10) -> datetime:
    return datetime.combine(on_day(back), time(hour), clock.CHINA)


def drafter_of(agency: str) -> Person:
    return Person.objects.get(staff_number=f"LR-{agency}")


class _Teller:
    """Takes documents through their steps on invented days; ``docs`` by the key of their text."""

    def __init__(self) -> None:
        self.reviewer = self.actor(Person.objects.get(login_name="ouyang"))
        self.publisher = self.actor(Person.objects.get(login_name="banwen"))
        self.docs: dict[str, NormDoc] = {}

    @staticmethod
    def actor(person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def _take(
        self, doc: NormDoc, step: str, back: int, data: Mapping[str, Any] | None = None, *,
        by: Actor | None = None, hour: int = 10, **details: Any,
    ) -> None:  # fmt: skip
        actions.take_step(
            actor=by or self.actor(drafter_of(doc.agency_id)), doc=doc, step=step, data=data,
            details=details, occurred_at=at(back, hour),
        )  # fmt: skip

    def _begun(self, key: str, back: int, plan: Any = None) -> NormDoc:
        text: DocumentText = TEXTS[key]
        drafter = self.actor(drafter_of(text.agency))
        doc = actions.begin_document(
            actor=drafter,
            agency_code=text.agency,
            maker=Agency.objects.get(code=text.maker or GOVERNMENT),
            title=text.title,
            declaration=Declaration(
                affects_rights=True, business_related=text.business, necessity=text.necessity
            ),
            basis=[{"law": law, "article": article} for law, article in text.basis],
            plan=plan,
            occurred_at=at(back),
        )
        if text.before:
            actions.keep_text(actor=drafter, doc=doc, text=text.before, note="初稿")
        actions.keep_text(
            actor=drafter, doc=doc, text=text.text, note="吸收座谈意见" if text.before else "送审稿"
        )
        self._take(
            doc, "assessed", back - 5, way="召开座谈会，走访企业和社区", participants="有关部门、行业协会、居民代表",
            conclusion="有必要、可行；对经营者的影响可以承受。",
            heard="行业协会和六家企业，其中民营企业五家。" if text.business else "",
        )  # fmt: skip
        self.docs[key] = doc
        return doc

    def commenting(self, key: str, back: int, plan: Any = None) -> NormDoc:
        doc = self._begun(key, back + 20, plan)
        until = {"comment_until": on_day(back - 31).isoformat()}
        self._take(
            doc,
            "opened",
            back,
            until,
            channels="书面征求有关单位和餐饮行业协会意见",
            contact="027-86920000（示例）",
        )
        return doc

    def _commented(self, key: str, back: int) -> NormDoc:
        """Comments closed ``back`` days ago, after thirty-one days."""
        doc = self._begun(key, back + 60)
        self._take(doc, "opened", back + 33, {"comment_until": on_day(back + 2).isoformat()})
        self._take(doc, "closed", back, note="没有收到公众意见，书面征求意见的十二个单位均无不同意见。")
        self._take(
            doc,
            "adoption",
            back,
            hour=11,
            summary="征求意见期间没有收到公众意见。书面意见中的文字建议已经采纳。",
        )
        if TEXTS[key].business:
            self._take(
                doc, "fair_reviewed", back, hour=14, body="区市场监管局", result="passed",
                opinion="没有排除、限制竞争的内容。",
            )  # fmt: skip
        return doc

    def waiting_for_review(self, key: str, back: int) -> NormDoc:
        doc = self._commented(key, back + 4)
        self._take(
            doc,
            "review_requested",
            back,
            {"respond_by": on_day(back - 12).isoformat()},
            note="请重点审查收费条款。",
        )
        return doc

    def _reviewed(self, key: str, back: int) -> NormDoc:
        doc = self._commented(key, back + 20)
        self._take(doc, "review_requested", back + 18, {"respond_by": on_day(back + 6).isoformat()})
        self._take(
            doc, "review_given", back + 8, {"result": "lawful"}, by=self.reviewer,
            opinion="制定机关有相应职权，程序符合规定，内容有上位法依据，没有减损权利、增加义务。",
        )  # fmt: skip
        return doc

    def waiting_for_publication(self, key: str, back: int) -> NormDoc:
        doc = self._reviewed(key, back)
        self._take(
            doc, "decided", back, meeting="区人民政府常务会议", attendance="区长、副区长出席，有关部门列席",
            conclusion="passed", opinions="原则同意，按程序公布。",
        )  # fmt: skip
        return doc

    def published(
        self, key: str, back: int, *, terms: tuple[int, int], changes: Mapping[int, str] | None = None
    ) -> NormDoc:
        """Published ``back`` days ago; ``terms`` are the first and the last day in force, counted back from today."""
        doc = self.waiting_for_publication(key, back + 10)
        actions.publish_document(
            actor=self.publisher, doc=doc, occurred_at=at(back),
            publication=Publication(
                effective_from=on_day(terms[0]), valid_to=on_day(terms[1]), changes=dict(changes or {}),
                changes_note="调整市场开办者的备查义务。" if "amends" in (changes or {}).values() else "",
            ),
        )  # fmt: skip
        text = TEXTS[key]
        if text.interpretation:
            self._take(
                doc, "interpreted", back, hour=16, title=f"《{text.title}》解读", text=text.interpretation
            )
        if key != "waste" or back > 400:
            self._take(
                doc,
                "filing_sent",
                max(back - 6, 0),
                to="武汉市人民政府",
                materials="备案报告、正式文本、制定说明、制定依据",
            )
            self._take(doc, "filed", max(back - 20, 0), number=f"武备规{doc.register_no[-4:]}号（示例）")
        return doc
