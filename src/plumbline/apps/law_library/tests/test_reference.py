"""Search, terms, changelog and coverage: what the dates and registers say is what the pages say."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.law_library.actions import load_texts
from plumbline.apps.law_library.changelog import changelog
from plumbline.apps.law_library.covering import lines
from plumbline.apps.law_library.examples import told_examples
from plumbline.apps.law_library.loading import TextFile
from plumbline.apps.law_library.models import LocalParameter
from plumbline.apps.law_library.terms import duties
from plumbline.apps.powers.models import PowerItem, PowerTransfer
from plumbline.lawbook import remembered, rule_facts
from plumbline.platform import clock
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.search import search_everywhere
from plumbline.platform.verdicts.evaluation import rule_book

from .people import BUREAU, acting, browser, holder
from .test_amendments import TEXT


@pytest.fixture
def reader(db: None) -> Client:
    return browser(holder("du"))


@pytest.fixture
def loaded(db: None) -> None:
    content = TEXT.format(wording="渣土应当运到核准的场所。", effective="2021-07-15").encode()
    load_texts(actor=system_actor("test"), files=[TextFile("law.md", content)])


def test_two_characters_find_articles_rules_and_forms(loaded: None, reader: Client) -> None:
    page = reader.get("/law/search?q=渣土").content.decode()
    assert "<mark>渣土</mark>" in page and "行政处罚法第六十一条" in page
    page = reader.get("/law/search?q=送达").content.decode()
    assert "APL-61-serve-7wd" in page and "普通程序：送达" in page and "送达回证" in page
    both = reader.get("/law/search?q=渣土 核准").content.decode()
    assert "行政处罚法第六十一条" in both
    assert "没有找到" in reader.get("/law/search?q=渣土 航天").content.decode()
    assert "共 1 条" in reader.get("/law/search?q=行政处罚法 第六十条").content.decode()


def test_the_search_of_every_page_finds_them_too(loaded: None) -> None:
    actor = acting(holder("cha"))
    found = {each.key: each for each in search_everywhere(actor, "渣土")}
    assert (
        found["articles"].hits[0].title == "行政处罚法第六十一条" and "渣土" in found["articles"].hits[0].note
    )
    assert any(
        "送达" in hit.title for hit in {e.key: e for e in search_everywhere(actor, "送达")}["rules"].hits
    )


def test_terms_stand_under_the_duty_they_belong_to_and_by_day() -> None:
    term = next(d for d in duties() if d.rule and d.rule.id == "APL-60-90d")
    assert term.terms[0].general and term.terms[0].amount == "90 日"
    assert {t.facts.id for t in term.terms} >= {"SAMR-64-90-30", "PSL12-99-30-30"}
    old = next(d for d in duties(on=date(2025, 6, 1)) if d.rule and d.rule.id == "APL-60-90d")
    assert "PSL12-99-30-30" in {t.facts.id for t in old.terms}
    new = next(d for d in duties(on=date(2026, 6, 1)) if d.rule and d.rule.id == "APL-60-90d")
    assert "PSL12-99-30-30" not in {t.facts.id for t in new.terms}
    assert all(t.facts.unit == "h" for d in duties(unit="h") for t in d.terms)


def test_the_page_of_terms_filters(reader: Client) -> None:
    assert "90 日" in reader.get("/law/terms?q=APL-60").content.decode()
    assert "没有符合条件" in reader.get("/law/terms?q=不存在的义务").content.decode()
    assert reader.get("/law/terms?on=昨天").status_code == 200


def test_the_changelog_tells_the_first_day_and_the_day_after_the_last(db: None) -> None:
    lines = changelog()
    assert [each.day for each in lines] == sorted((each.day for each in lines), reverse=True)
    of_row = {(each.verb, each.day) for each in lines if "PSL12-99-30-30" in each.note}
    facts = rule_facts()["PSL12-99-30-30"]
    assert facts.effective_to is not None
    assert ("停止适用", facts.effective_to + timedelta(days=1)) in of_row
    begun = sum(1 for each in lines if each.verb == "开始适用")
    assert begun == sum(1 for facts in rule_facts().values() if facts.effective_from)
    assert not next(e for e in lines if "TIME-SAMR-80" in e.note).verified


def test_powers_transfers_and_local_numbers_are_changes_too(db: None, reader: Client) -> None:
    street = Agency.objects.create(
        code="S-1", name="某街道", short_name="某街", kind="street", level="street"
    )
    power = PowerItem.objects.create(
        item="X-1", agency_id=BUREAU, violation="擅自处置", domain="other", valid_from=date(2026, 3, 1),
        valid_to=date(2026, 8, 31), basis=[{"law": "行政处罚法", "article": "第六十一条", "level": "law"}],
    )  # fmt: skip
    PowerTransfer.objects.create(
        power=power, street=street, taken_over_on=date(2026, 4, 1), ended_on=date(2026, 5, 31)
    )
    LocalParameter.objects.create(
        name="night_from", hour="21:00", source="某市规定", valid_from=clock.today() + timedelta(days=30),
        by_label="某", entered_at=clock.now(),
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        found = {(e.day.isoformat(), e.kind, e.verb) for e in changelog()}
    assert len(asked) <= 8
    assert {
        ("2026-03-01", "power", "开始有权"),
        ("2026-09-01", "power", "不再有权"),
        ("2026-04-01", "transfer", "承接"),
        ("2026-06-01", "transfer", "收回"),
    } <= found
    page = reader.get("/law/changes").content.decode()
    assert "将来" in page and page.index("夜间起") < page.index("擅自处置")
    only = reader.get("/law/changes?kind=power&from=2026-09-01&to=2026-09-30").content.decode()
    assert "不再有权" in only and "开始有权" not in only
    whole = reader.get("/law/changes?all=1").context
    assert len(list(whole["page"])) == whole["total"] > 250
    assert len(list(reader.get("/law/changes").context["page"])) == 100


def test_coverage_lists_every_row_once_and_what_is_only_remembered(reader: Client) -> None:
    rows = lines()
    assert [row.id for row in rows] == [*rule_facts(), *(each.id for each in remembered())]
    page = reader.get("/law/coverage").content.decode()
    assert all(row.id in page for row in rows)
    off = reader.get("/law/coverage?state=switched_off").context["lines"]
    assert {f"U-{n:02}" for n in range(1, 19)} <= {row.id for row in off}
    assert all(row.why for row in rows if row.state != "implemented")
    core = reader.get("/law/coverage?core=1").context["lines"]
    assert len(core) == 138
    person = next(row for row in rows if row.state == "needs_a_human")
    assert person.asked and person.asked[0].label in page


def test_the_export_of_coverage_says_what_it_is(reader: Client) -> None:
    answer = reader.get("/law/coverage/export?state=not_computable&q=数据")
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    words = book.read("xl/sharedStrings.xml").decode()
    shown = reader.get("/law/coverage?state=not_computable&q=数据").context["lines"]
    assert f"共 {len(shown)} 行，全部导出" in words and "无法计算、“数据”" in words and "du某" in words
    assert all(row.id in words for row in shown) and shown


def test_every_example_is_told_with_the_verdict_it_promises() -> None:
    """The page answers the examples itself: what it says has to be what the example says."""
    for rule in rule_book().rules:
        for told, example in zip(told_examples(rule.id), rule.examples, strict=True):
            assert told.finding.endswith("。") and rule.duty_zh not in told.finding, (rule.id, example.title)
            assert not example.due or told.due == example.due


def test_a_rule_page_shows_sentence_and_day_strip(reader: Client) -> None:
    page = reader.get("/law/rules/APL-61-serve-7wd").content.decode()
    assert told_examples("APL-61-serve-7wd")[0].finding in page and 'class="days"' in page


def test_an_article_says_which_powers_rest_on_it(loaded: None, reader: Client) -> None:
    Agency.objects.get_or_create(code=BUREAU)
    PowerItem.objects.create(
        item="X-2", agency_id=BUREAU, violation="未按规定送达", domain="other", valid_from=date(2026, 3, 1),
        basis=[{"law": "中华人民共和国行政处罚法", "article": "第六十一条第一款", "level": "law"}],
    )  # fmt: skip
    from plumbline.apps.law_library.models import LoadedArticle

    article = LoadedArticle.objects.get(number="第六十一条")
    page = reader.get(f"/law/statutes/{article.statute_id}/第六十一条").content.decode()
    assert "未按规定送达" in page and "/lists/powers/X-2" in page
    other = reader.get(f"/law/statutes/{article.statute_id}/第六十条").content.decode()
    assert "未按规定送达" not in other


@pytest.mark.parametrize(
    "address", ["", "search?q=送达", "amendments", "terms", "changes", "coverage", "parameters", "rules", "rules/APL-61-serve-7wd"]
)  # fmt: skip
def test_pages_ask_a_bounded_number_of_questions(loaded: None, reader: Client, address: str) -> None:
    reader.get(f"/law/{address}")
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(f"/law/{address}").status_code == 200
    assert len(asked) <= 30, "\n".join(q["sql"][:100] for q in asked)
