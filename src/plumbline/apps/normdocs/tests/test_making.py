"""The making: what may not be set, the order that the rules demand, the reviews, and the numbers given at publication."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.actions.drafting import Declaration
from plumbline.apps.normdocs.articles import differences, hints_in, read_articles, typed_form
from plumbline.apps.normdocs.models import NormDoc, NumberSeries, Stage
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.verdicts.evaluation import verdicts_for

from .place import BASIS, DEPARTMENT, Place, day


def verdict_of(doc: NormDoc, rule: str) -> str:
    found = [v for v in verdicts_for(matter_events(doc.matter_id)) if v.rule == rule]
    return found[-1].verdict if found else ""


@pytest.mark.parametrize("forbidden", ["penalty", "compulsory_measure", "compulsory_execution", "license"])
def test_what_a_document_may_never_set_is_refused(place: Place, forbidden: str) -> None:
    with pytest.raises(Refusal, match="不得设定"):
        place.begun(sets=[forbidden])
    assert not NormDoc.objects.unscoped("测试").exists()


def test_a_fee_is_said_and_the_declaration_can_be_corrected(place: Place) -> None:
    doc = place.begun(sets=["fee"], business_related=False)
    assert doc.declared["sets"] == ["fee"] and verdict_of(doc, "ACL-10-no-compulsion") == "met"
    anew: dict[str, Any] = {"actor": place.actor(place.drafter), "doc": doc}
    said = Declaration(affects_rights=True, business_related=True, sets=["license"], necessity="必要。")
    with pytest.raises(Refusal, match="行政许可法第十七条"):
        actions.declare_anew(**anew, declaration=said, reason="改")
    said = Declaration(affects_rights=True, business_related=True, necessity="必要。")
    with pytest.raises(Refusal):
        actions.declare_anew(actor=place.actor(place.elsewhere), doc=doc, declaration=said, reason="改")
    actions.declare_anew(**anew, declaration=said, reason="漏报了涉企")
    assert doc.declared["business_related"] is True and doc.declared["sets"] == []
    # The earlier declaration no longer counts: a document said to be of business once is not so for ever.
    assert len([e for e in matter_events(doc.matter_id) if e.activity == "event_voided"]) == 1


def test_nothing_is_skipped(place: Place) -> None:
    """Each step is tried before what the law names before it; the refusal names what is missing."""
    doc = place.begun()
    decide = {"meeting": "会", "attendance": "全体", "conclusion": "passed", "opinions": "同意"}
    with pytest.raises(Refusal, match="还没有：评估论证"):
        place.take(doc, "opened", 20, {"comment_until": day(-20).isoformat()})
    place.take(doc, "assessed", 60, way="座谈", conclusion="可行")
    place.take(doc, "review_requested", 59, {"respond_by": day(50).isoformat()})
    with pytest.raises(Refusal, match="公开征求意见"):
        place.take(doc, "review_given", 58, {"result": "lawful"}, by=place.reviewer, opinion="合法")
    with pytest.raises(Refusal, match="地方组织法"):
        place.take(doc, "decided", 1, **decide)
    # An opinion that finds fault may be given at any time: what has to follow can still follow.
    place.take(doc, "review_given", 58, {"result": "problems"}, by=place.reviewer, opinion="先征求意见")
    doc.refresh_from_db(from_queryset=NormDoc.objects.unscoped("测试"))
    assert doc.stage == Stage.DRAFTING and doc.review_result == "problems"


def test_only_the_bureau_reviews_and_a_bad_opinion_stops_the_meeting(place: Place) -> None:
    doc = place.reviewed("problems")
    decide = {"meeting": "会", "attendance": "全体", "conclusion": "passed", "opinions": "同意"}
    with pytest.raises(Refusal, match="合法性审查没有得出合法的结论"):
        place.take(doc, "decided", 40, **decide)
    place.take(doc, "opinion_adopted", 44, response="照改")
    place.take(doc, "review_requested", 43, {"respond_by": day(40).isoformat()})
    with pytest.raises(Refusal, match="区司法局"):
        place.take(doc, "review_given", 42, {"result": "lawful"}, opinion="合法")
    place.take(doc, "review_returned", 42, by=place.reviewer, reason="缺少说明")
    place.take(doc, "review_requested", 42, {"respond_by": day(40).isoformat()})
    place.take(doc, "review_given", 41, {"result": "lawful"}, by=place.reviewer, opinion="合法")
    place.take(doc, "decided", 40, **decide)
    assert doc.stage == Stage.PUBLISHING


def test_a_period_too_short_is_refused_where_a_rule_sets_one(place: Place) -> None:
    doc = place.assessed()
    with pytest.raises(Refusal, match="不少于三十日"):
        place.take(doc, "opened", 20, {"comment_until": day(-9).isoformat()}, why_short="急")
    place.take(doc, "opened", 20, {"comment_until": day(-10).isoformat()})
    assert verdict_of(doc, "BER-62-comment-30d") == "met"
    # No national minimum for what does not concern business; the reason is kept with the draft.
    other = place.assessed(title="档案管理办法", business_related=False)
    taken = place.take(other, "opened", 20, {"comment_until": day(10).isoformat()}, why_short="内容简单")
    assert taken.data["shortened_reason"] is True


def test_publication_numbers_without_gaps_and_keeps_the_text(place: Place) -> None:
    with pytest.raises(InputFault) as refused:
        place.published(effective_from=day(40))
    assert "effective_from" in refused.value.faults
    assert not NumberSeries.objects.exists()  # what was rolled back left no gap
    doc = NormDoc.objects.unscoped("测试").get()
    publication = actions.publishing.Publication(effective_from=day(30), valid_to=day(-300))
    with pytest.raises(Refusal):
        actions.publish_document(actor=place.actor(place.drafter), doc=doc, publication=publication)
    actions.publish_document(actor=place.actor(place.publisher), doc=doc, publication=_soon())
    second = place.published(title="第二件办法", days_ago=20)
    year = clock.today().year
    assert (doc.register_no, doc.number) == (f"GF-{year}-0001", f"新政规〔{year}〕1号")
    assert (second.register_no, second.number) == (f"GF-{year}-0002", f"新政规〔{year}〕2号")
    with pytest.raises(Refusal, match="已经公布"):
        actions.keep_text(actor=place.actor(place.drafter), doc=doc, text="第一条　改。")
    assert verdict_of(doc, "LGO-75-procedure") == "pending" and verdict_of(doc, "BER-63-reviews") == "met"
    place.take(doc, "filing_sent", to="市人民政府", materials="备案报告")
    place.take(doc, "filing_returned", reason="缺说明")
    place.take(doc, "filing_sent", to="市人民政府", materials="备案报告、说明")
    place.take(doc, "filed", number="武备1号")
    assert verdict_of(doc, "LGO-75-procedure") == "met" and doc.filing_no == "武备1号"


def _soon() -> actions.publishing.Publication:
    return actions.publishing.Publication(effective_from=day(-30), valid_to=day(-900))


def test_the_last_record_can_be_voided_and_no_other(place: Place) -> None:
    doc = place.assessed()
    events = matter_events(doc.matter_id)
    void: dict[str, Any] = {"actor": place.actor(place.drafter), "doc": doc, "reason": "记错"}
    with pytest.raises(Refusal):
        actions.void_step(event_id=events[0].id, **void)
    with pytest.raises(Refusal):
        actions.void_step(**void | {"actor": place.actor(place.elsewhere)}, event_id=events[-1].id)
    actions.void_step(event_id=events[-1].id, **void)
    with pytest.raises(Refusal, match="还没有：评估论证"):
        place.take(doc, "opened", 20, {"comment_until": day(-20).isoformat()})


def test_who_has_no_part_begins_nothing(place: Place) -> None:
    said = Declaration(affects_rights=False, business_related=False, necessity="必要。")
    new: dict[str, Any] = {
        "agency_code": DEPARTMENT,
        "maker": place.government,
        "title": "办法",
        "declaration": said,
    }
    with pytest.raises(Refusal):
        actions.begin_document(actor=place.actor(place.elsewhere), basis=BASIS, **new)
    with pytest.raises(InputFault) as fault:
        actions.begin_document(actor=place.actor(place.drafter), basis=[], **new)
    assert "basis" in fault.value.faults


def test_texts_are_read_compared_and_looked_at() -> None:
    old = read_articles("为规范，制定本办法。\n第一条 适用本区。\n第二条 由城管部门负责。\n配合单位另定。")
    assert [each["number"] for each in old] == ["", "第一条", "第二条"]
    assert old[2]["text"].endswith("配合单位另定。")
    new = read_articles("第一条 适用本区。\n第二条 由住建部门负责。\n第三条 违反的，处以罚款。")
    kinds = [(each.kind, each.number) for each in differences(old, new)]
    assert ("same", "第一条") in kinds and ("changed", "第二条") in kinds and ("added", "第三条") in kinds
    for typed in ("一、总体要求\n二、重点任务", "前言。\n第一条　适用本区。\n第二条　自公布之日起施行。"):
        assert typed_form(read_articles(typed)) == typed
    assert [each["number"] for each in read_articles("一、总体要求\n二、重点任务")] == ["一", "二"]
    hints = hints_in(new)
    assert [(hint.number, hint.kind) for hint in hints] == [("第三条", "penalty")]
