"""After publication: validity by day, repeal and amendment, evaluation and ends, changed bases, questions, clean-ups, citations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.basis import basis_states, changed_documents
from plumbline.apps.normdocs.citing import keep_citations, unfounded
from plumbline.apps.normdocs.desk import document_tasks
from plumbline.apps.normdocs.findings import follow_citations
from plumbline.apps.normdocs.keeping import normative_documents, record_ends
from plumbline.apps.normdocs.models import CleanupRound, NormDoc, NoticeKind, PlanItem, Stage
from plumbline.apps.normdocs.validity import VALIDITY, ends_within, validity, with_validity
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events, record
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.verdicts.models import StoredVerdict

from .place import DEPARTMENT, Place, ago, day

ALL = NormDoc.objects.unscoped("测试")


def fresh(doc: NormDoc) -> NormDoc:
    while work_off():
        pass
    return NormDoc.objects.unscoped("测试").select_related("agency", "maker").get(pk=doc.pk)


def test_validity_is_the_same_for_a_row_and_a_query(place: Place) -> None:
    first = place.published(title="甲办法", days_ago=35)
    place.published(
        title="乙办法", days_ago=20, effective_from=day(10), valid_to=day(1), changes={first.pk: "repeals"}
    )
    place.begun(title="丙办法")
    # Each day on which something begins or ends, with its neighbours.
    for offset in sorted({edge + near for edge in (35, 30, 20, 10, 1, -700) for near in (-1, 0, 1)}):
        on = clock.today() - timedelta(days=offset)
        for state in VALIDITY:
            by_query = set(
                NormDoc.objects.unscoped("测试").filter(with_validity(state, on)).values_list("pk", flat=True)
            )
            by_row = {doc.pk for doc in NormDoc.objects.unscoped("测试") if validity(doc, on) == state}
            assert by_query == by_row, (on, state)
    ending = NormDoc.objects.unscoped("测试").filter(ends_within(day(11), day(11)))
    assert [doc.title for doc in ending] == ["甲办法"]


def test_a_new_document_repeals_one_and_amends_another(place: Place) -> None:
    old, amended = place.published(title="旧办法"), place.published(title="另一办法")
    new = place.published(
        title="新办法", days_ago=10, effective_from=day(5), changes={old.pk: "repeals", amended.pk: "amends"}
    )
    old, amended = fresh(old), fresh(amended)
    assert (old.stage, old.ended_how, old.ended_on) == (Stage.ENDED, "repealed", day(5))
    assert new.number in old.ended_reason and old.last_day == day(6)
    expired = [e for e in matter_events(old.matter_id) if e.activity == "document_expired"]
    assert [e.on for e in expired] == [day(5)]
    assert validity(amended, clock.today()) == "in_force"
    assert amended.changed_by.get().newer == new and old.changed_by.get().kind == "repeals"
    with pytest.raises(InputFault):
        place.published(title="再废", days_ago=2, effective_from=day(1), changes={old.pk: "repeals"})


def test_ends_are_recorded_once_by_their_day(place: Place) -> None:
    doc = place.published(valid_to=day(1))
    assert record_ends() == 1 and record_ends() == 0
    doc = fresh(doc)
    assert doc.stage == Stage.ENDED and doc.ended_on == clock.today()
    assert [e.on for e in matter_events(doc.matter_id) if e.activity == "document_expired"] == [clock.today()]
    row = next(each for each in normative_documents() if each["id"] == doc.register_no)
    assert row["valid_to"] == day(1).isoformat()


def test_an_evaluation_prolongs_or_asks_for_a_change(place: Place) -> None:
    doc = place.published(valid_to=day(-20))
    with pytest.raises(InputFault):
        place.take(doc, "evaluated", conclusion="continue", report="好", valid_to=day(1).isoformat())
    place.take(doc, "evaluated", 1, conclusion="continue", report="好", valid_to=day(-800).isoformat())
    assert fresh(doc).valid_to == day(-800)
    place.take(doc, "evaluated", conclusion="amend", report="第二条不合用")
    assert "修改" in fresh(doc).amend_wanted and fresh(doc).evaluation == "amend"
    with pytest.raises(Refusal, match="统一登记"):
        place.take(doc, "ended", how="repealed", reason="不再需要")
    place.take(doc, "ended", by=place.publisher, how="repealed", reason="不再需要")
    assert fresh(doc).stage == Stage.ENDED


def test_a_basis_that_a_code_replaced_is_a_task_until_somebody_looked(place: Place) -> None:
    air = {"law": "大气污染防治法", "article": "第八十一条"}
    doc = place.begun(basis=[air, {"law": "优化营商环境条例", "article": "第六十四条"}])
    assert basis_states(doc, date(2026, 8, 14))[0].waits is False
    state = basis_states(doc, date(2026, 8, 15))[0]
    assert state.waits and "生态环境法典第一千二百四十二条" in state.says
    assert [found.pk for found, _ in changed_documents(clock.today(), [doc])] == [doc.pk]
    check: dict[str, Any] = {"doc": doc, **air, "conclusion": "amend", "reason": "改引法典"}
    with pytest.raises(Refusal):
        actions.confirm_basis(actor=place.actor(place.elsewhere), **check)
    actions.confirm_basis(actor=place.actor(place.drafter), **check)
    doc = fresh(doc)
    assert not changed_documents(clock.today(), [doc]) and "予以修改" in doc.amend_wanted
    with pytest.raises(Refusal, match="没有等待核对"):
        actions.confirm_basis(actor=place.actor(place.drafter), **check)
    actions.change_basis(
        actor=place.actor(place.drafter),
        doc=doc,
        basis=[{"law": "生态环境法典", "article": "第一千零五十七条"}],
    )
    assert not basis_states(doc, clock.today())[0].change


def test_the_task_of_a_changed_basis_closes_when_it_was_kept_revised_or_repealed(place: Place) -> None:
    air = {"law": "大气污染防治法", "article": "第八十一条"}
    drafter = place.actor(place.drafter)

    def tasks() -> list[str]:
        found = [task.title for task in document_tasks(drafter)]
        return sorted(title for title in found if title.startswith(("核对依据", "修改或者废止")))

    kept, revised, gone = (place.published(title=f"{t}办法", basis=[air]) for t in ("甲", "乙", "丙"))
    assert tasks() == [f"核对依据（1 条变化）：{t}办法" for t in ("丙", "乙", "甲")]
    said: dict[str, Any] = {"actor": drafter, **air, "reason": "内容与法典第一千零五十七条一致"}
    actions.confirm_basis(doc=kept, conclusion="stands", **said)
    actions.confirm_basis(doc=gone, conclusion="repeal", **said)
    assert tasks() == ["修改或者废止：丙办法", "核对依据（1 条变化）：乙办法"]
    place.published(
        title="新办法", days_ago=3, effective_from=day(1), changes={revised.pk: "amends", gone.pk: "repeals"}
    )
    assert tasks() == []
    check = fresh(revised).basis_checks.get()
    assert check.conclusion == "amend" and "新办法" in check.reason


@pytest.mark.parametrize(
    ("kind", "rule", "due"),
    [
        (NoticeKind.NOTICE, "REC-58-maker-answer-10wd", date(2026, 11, 30)),
        (NoticeKind.FORWARDED, "REC-60-forwarded-60d", date(2027, 1, 15)),
        (NoticeKind.SUGGESTION, "SPC-149-judicial-60d", date(2027, 1, 15)),
    ],
)
def test_a_question_about_legality_runs_its_own_clock(place: Place, kind: str, rule: str, due: date) -> None:
    doc = place.published()
    asked: dict[str, Any] = {"doc": doc, "kind": kind, "sender": "市人民政府", "clauses": "第二条"}
    with pytest.raises(Refusal):
        actions.register_notice(actor=place.actor(place.elsewhere), received_on=date(2026, 11, 16), **asked)
    actor = place.actor(place.drafter)
    notice = actions.register_notice(actor=actor, received_on=date(2026, 11, 16), **asked)
    while work_off():
        pass
    verdict = StoredVerdict.objects.unscoped("测试").get(matter_id=notice.matter_id, rule=rule)
    assert (verdict.verdict, verdict.due_on) == ("pending", due)
    answer: dict[str, Any] = {"doc": doc, "notice": notice, "answer": "认为合法。"}
    with pytest.raises(InputFault):
        actions.answer_notice(actor=actor, answered_on=date(2026, 11, 1), **answer)
    actions.answer_notice(actor=actor, answered_on=clock.today(), **answer)
    while work_off():
        pass
    assert StoredVerdict.objects.unscoped("测试").get(matter_id=notice.matter_id, rule=rule).verdict == "met"


def test_a_clean_up_ends_what_lapses_and_tasks_what_is_to_be_amended(place: Place) -> None:
    docs = [place.published(title=title) for title in ("甲", "乙", "丙")]
    opening: dict[str, Any] = {"title": "2026 年清理", "reason": "法典施行", "due_on": day(-20)}
    with pytest.raises(Refusal):
        actions.open_cleanup(actor=place.actor(place.drafter), **opening)
    actor = place.actor(place.publisher)
    made = actions.open_cleanup(actor=actor, **opening)
    with pytest.raises(Refusal, match="没有清理意见"):
        actions.close_cleanup(actor=actor, round=made, summary="结果")
    for doc, conclusion in zip(docs, ("keep", "amend", "lapse"), strict=True):
        item = made.items.get(doc=doc)
        said: dict[str, Any] = {"doc": doc, "item": item, "conclusion": conclusion, "reason": "理由"}
        with pytest.raises(Refusal):
            actions.decide_cleanup_item(actor=place.actor(place.elsewhere), **said)
        actions.decide_cleanup_item(actor=place.actor(place.drafter), **said)
    actions.close_cleanup(actor=actor, round=made, summary="保留一件，修改一件，失效一件。")
    kept, amend, lapsed = (fresh(doc) for doc in docs)
    assert (kept.stage, kept.amend_wanted) == (Stage.PUBLISHED, "")
    assert amend.stage == Stage.PUBLISHED and "予以修改" in amend.amend_wanted
    assert validity(lapsed, clock.today()) == "ended" and lapsed.ended_how == "lapsed"
    page = place.client().get(f"/open/norms/cleanups/{CleanupRound.objects.get().pk}").content.decode()
    assert "宣布失效" in page and "保留一件" in page


def test_a_decision_that_rests_on_what_was_not_in_force_is_found(place: Place) -> None:
    """An unpublished basis is a breach of BER-64; an expired one is a finding: both are alerts with an owner and four ways out."""
    draft, old = place.decided(title="没有公布"), place.published(title="已经过期", valid_to=day(10))
    good = place.published(title="有效")

    def decided(matter: str, *cited: str) -> None:
        filed: dict[str, Any] = {
            "matter": matter,
            "kind": "penalty",
            "agency": DEPARTMENT,
            "actor": system_actor("t"),
        }
        record(**filed, activity="clue_received", occurred_at=ago(20), data={"source": "inspection"})
        told: dict[str, Any] = {
            "outcome": "penalty",
            "procedure": "ordinary",
            "penalty": {"kinds": ["warning"]},
        }
        told["supporting_documents"] = list(cited)
        record(**filed, activity="decision_made", occurred_at=ago(5), data=told)

    decided("M-1", draft.matter_id)
    decided("M-2", old.register_no)
    decided("M-3", good.register_no)
    while work_off():
        pass
    rule = {"rule": "BER-64-published", "matter_id__in": ["M-1", "M-2", "M-3"]}
    rows = StoredVerdict.objects.unscoped("测试").filter(**rule)
    assert dict(rows.values_list("matter_id", "verdict")) == {"M-1": "breached", "M-2": "met", "M-3": "met"}
    found = {each.matter_id: each for each in unfounded(place.actor(place.reviewer))}
    assert set(found) == {"M-1", "M-2"} and found["M-1"].by_rule and not found["M-2"].by_rule
    assert "已失效" in found["M-2"].says
    assert not unfounded(place.actor(place.elsewhere))
    keep_citations(["M-1", "M-2"])
    assert len(unfounded(place.actor(place.reviewer))) == 2
    # Publication reaches the decisions that named the draft: the day of the decision stays before it.
    from plumbline.apps.supervision.models import Alert, AlertState

    alerts = Alert.objects.unscoped("测试")
    assert alerts.filter(matter_id="M-1", rule="BER-64-published").count() == 1
    alert = alerts.get(rule="NORM-cited-not-in-force")
    assert (alert.matter_id, alert.agency_id, alert.state) == ("M-2", DEPARTMENT, AlertState.NEW)
    page = place.client(place.reviewer).get(f"/alerts/{alert.pk}").content.decode()
    assert old.title in page and "决定当日已经失效" in page and "核对清单" in page
    for way in ("ask", "explained", "false-alarm", "issue/letter"):
        assert place.client(place.reviewer).get(f"/alerts/{alert.pk}/{way}").status_code == 200
    assert (
        f"matter={alert.matter_id}" in place.client(place.reviewer).get("/norms/citations").content.decode()
    )
    # The document was prolonged after all: the alert is cleared in a state of its own, and comes back with its reason.
    NormDoc.objects.unscoped("测试").filter(pk=old.pk).update(valid_to=day(-10))
    follow_citations(["M-1", "M-2", "M-3"])
    alert.refresh_from_db(from_queryset=alerts)
    assert alert.state == AlertState.AUTO_CLEARED and "不再成立" in alert.facts
    NormDoc.objects.unscoped("测试").filter(pk=old.pk).update(valid_to=day(10))
    follow_citations(["M-2"])
    alert.refresh_from_db(from_queryset=alerts)
    assert alert.state == AlertState.NEW and f"有效到 {day(10)}" in alert.facts


def test_an_alert_about_a_document_leads_to_it(place: Place) -> None:
    """A question left unanswered is late by its rule; the supervisor comes from the alert to the document."""
    from plumbline.apps.supervision.models import Alert

    doc = place.published()
    asked: dict[str, Any] = {
        "doc": doc,
        "kind": NoticeKind.NOTICE,
        "sender": "市人民政府",
        "clauses": "第二条",
    }
    actions.register_notice(actor=place.actor(place.drafter), received_on=day(40), **asked)
    while work_off():
        pass
    alert = Alert.objects.unscoped("测试").get(rule="REC-58-maker-answer-10wd")
    page = place.client(place.reviewer).get(f"/alerts/{alert.pk}").content.decode()
    assert f'<a href="{doc.page}">{doc.title}</a>' in page


def test_the_plan_becomes_a_document_or_is_dropped_with_a_reason(place: Place) -> None:
    wanted: dict[str, Any] = {
        "agency_code": DEPARTMENT,
        "year": 2026,
        "title": "办法",
        "reason": "需要",
        "due_month": 6,
    }
    with pytest.raises(Refusal):
        actions.plan_document(actor=place.actor(place.drafter), **wanted)
    actor = place.actor(place.publisher)
    with pytest.raises(InputFault):
        actions.plan_document(actor=actor, **wanted | {"due_month": 13})
    item = actions.plan_document(actor=actor, **wanted)
    with pytest.raises(InputFault):
        actions.drop_plan_item(actor=actor, item=item, reason=" ")
    actions.drop_plan_item(actor=actor, item=item, reason="上位法已有规定")
    assert PlanItem.objects.unscoped("测试").get().dropped
    text = place.client(place.publisher).get("/norms/plan").content.decode()
    assert "上位法已有规定" in text
