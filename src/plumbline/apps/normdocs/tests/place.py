"""A government, a department that drafts, the bureau that reviews, the office that publishes, and the verbs of a life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.test import Client

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.actions.drafting import Declaration
from plumbline.apps.normdocs.actions.publishing import Publication
from plumbline.apps.normdocs.keeping import bring_in_line
from plumbline.apps.normdocs.models import NormDoc
from plumbline.apps.normdocs.reading import KIND, NormFile
from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure
from plumbline.platform.verdicts.registers import registers_changed

GOVERNMENT, DEPARTMENT, ELSEWHERE, BUREAU = "T-GOV", "T-ENV", "T-WATER", "T-SFJ"
TEXT = "为规范餐饮油烟治理，制定本办法。\n第一条　本区餐饮服务单位适用本办法。\n第二条　餐饮服务单位应当安装净化设施。"
BASIS = [{"law": "优化营商环境条例", "article": "第六十四条"}]


def ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def day(days_ago: int) -> date:
    return clock.today() - timedelta(days=days_ago)


class Place:
    """``drafter`` works for the department, ``elsewhere`` for another, ``reviewer`` and ``publisher`` for the district."""

    def __init__(self) -> None:
        for code, kind, level, mark in (
            (GOVERNMENT, "government", "district", "新政"),
            (DEPARTMENT, "department", "district", "新环"),
            (ELSEWHERE, "department", "district", "新水"),
            (BUREAU, "supervision_organ", "district", "新司"),
        ):
            Agency.objects.create(code=code, name=f"{code}机关", short_name=code, kind=kind, level=level, document_mark=mark)  # fmt: skip
        self.government = Agency.objects.get(pk=GOVERNMENT)
        self.drafter = self._person("qicao", DEPARTMENT, ["normdocs.draft"])
        self.elsewhere = self._person("waidan", ELSEWHERE, ["normdocs.draft"])
        self.reviewer = self._person(
            "shencha", BUREAU, ["normdocs.review", "supervision.supervise"], "district"
        )
        self.publisher = self._person("gongbu", GOVERNMENT, ["normdocs.publish"], "district")
        registers_changed()

    def _person(self, login: str, agency: str, capabilities: list[str], scope: str = "agency") -> Person:
        person = Person.objects.create_person(
            login_name=login, display_name=login, password=None, staff_number=login.upper()
        )
        post = Post.objects.create(
            agency_id=agency, title=login, capabilities=capabilities, role="other", scope=scope
        )
        Tenure.objects.create(person=person, post=post, from_on=date(2022, 1, 1))
        return person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def client(self, person: Person | None = None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    # -- the lawful life, step by step -------------------------------------------------------------------------------

    def begun(
        self,
        *,
        days_ago: int = 100,
        title: str = "餐饮油烟治理办法",
        text: str = TEXT,
        basis: list[dict[str, str]] | None = None,
        **deviation: Any,
    ) -> NormDoc:
        said = {"affects_rights": True, "business_related": True, "necessity": "投诉集中。"} | deviation
        doc = actions.begin_document(
            actor=self.actor(self.drafter),
            agency_code=DEPARTMENT,
            maker=self.government,
            title=title,
            declaration=Declaration(**said),
            basis=basis or BASIS,
            occurred_at=ago(days_ago),
        )
        if text:
            actions.keep_text(actor=self.actor(self.drafter), doc=doc, text=text)
        return doc

    def take(
        self,
        doc: NormDoc,
        step: str,
        days_ago: float = 0,
        data: Mapping[str, Any] | None = None,
        by: Person | None = None,
        **details: Any,
    ) -> Any:
        return actions.take_step(
            actor=self.actor(by or self.drafter),
            doc=doc,
            step=step,
            data=data,
            details=details,
            occurred_at=ago(days_ago),
        )

    def assessed(self, **deviation: Any) -> NormDoc:
        doc = self.begun(**deviation)
        self.take(doc, "assessed", 95, way="座谈", conclusion="可行")
        return doc

    def commenting(self, days_ago: int = 20, length: int = 30, **deviation: Any) -> NormDoc:
        doc = self.assessed(**deviation)
        self.take(doc, "opened", days_ago, {"comment_until": day(days_ago - length).isoformat()})
        return doc

    def commented(self, **deviation: Any) -> NormDoc:
        doc = self.commenting(90, 30, **deviation)
        self.take(doc, "closed", 55)
        self.take(doc, "adoption", 54, summary="没有收到意见。")
        return doc

    def reviewed(self, result: str = "lawful", **deviation: Any) -> NormDoc:
        doc = self.commented(**deviation)
        self.take(doc, "fair_reviewed", 53, body="市场监管部门", result="passed", opinion="符合。")
        self.take(doc, "review_requested", 52, {"respond_by": day(40).isoformat()})
        self.take(doc, "review_given", 45, {"result": result}, by=self.reviewer, opinion="审查意见。")
        return doc

    def decided(self, **deviation: Any) -> NormDoc:
        """Decided upon, as the log tells it: for what comes after the making, whose steps have tests of their own."""
        doc = self.begun(**deviation)
        for activity, days_ago, data in (
            ("assessment_done", 95, {}),
            ("draft_published_for_comment", 90, {"comment_until": day(60).isoformat()}),
            ("comment_closed", 55, {}),
            ("adoption_published", 54, {}),
            ("fair_competition_review_given", 53, {}),
            ("legality_review_requested", 52, {"respond_by": day(40).isoformat()}),
            ("legality_review_given", 45, {"result": "lawful"}),
            ("collective_decision_made", 40, {}),
        ):
            record(
                actor=self.actor(self.drafter), matter=doc.matter_id, kind=KIND, activity=activity,
                agency=GOVERNMENT, occurred_at=ago(days_ago), data=data,
            )  # fmt: skip
        bring_in_line(doc, NormFile(doc))
        return doc

    def published(self, *, days_ago: int = 35, **deviation: Any) -> NormDoc:
        terms = {
            "effective_from": day(days_ago - 5),
            "valid_to": day(-700),
            "no_term_reason": "",
            "changes": {},
        }
        given = terms | {name: deviation.pop(name) for name in list(deviation) if name in terms}
        doc = self.decided(**deviation)
        return actions.publish_document(
            actor=self.actor(self.publisher),
            doc=doc,
            publication=Publication(**given),
            occurred_at=datetime.combine(day(days_ago), time(10), clock.CHINA),
        )
