"""The portal: found by two characters, light, without log-in; what is withdrawn or not public shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
HEAVIEST = 100 * 1024


@pytest.fixture
def published() -> Iterator[Any]:
    from plumbline.apps.publicity.models import Publication, PublicationState
    from plumbline.platform.identity.models import Agency
    from plumbline.platform.scope.rows import set_database_scope

    Agency.objects.create(
        code="T", name="阳逻街道", short_name="阳逻", kind="department", level="district", enforces=True
    )
    yield Publication.objects.create(
        matter_id="M", decision_event="E", agency_id="T", party_kind="natural_person", party_name="陈某某",
        violation="油烟直排", facts="排放油烟。", decided_on="2026-05-20", due_on="2026-05-29",
        published_on="2026-05-25", state=PublicationState.PUBLISHED, fine_fen=20_000,
    )  # fmt: skip
    set_database_scope(None)


def test_every_page_opens_without_a_log_in_and_is_light(published: Any) -> None:
    pages = [
        "",
        "decisions",
        "officers",
        "officers?q=周晓",
        "powers",
        "verify",
        "withdrawn",
        "sitemap.xml",
        f"decisions/{published.public_id}",
    ]
    for page in pages:
        answer = Client().get(f"/open/{page}")
        assert answer.status_code == 200 and len(answer.content) < HEAVIEST, page


def test_two_characters_find_it_and_another_two_do_not(published: Any) -> None:
    link = f"/open/decisions/{published.public_id}"
    assert link in Client().get("/open/decisions?q=油烟").content.decode()
    missed = Client().get("/open/decisions?q=渣土").content.decode()
    assert link not in missed and "未公开不等于没有处罚" in missed


@pytest.mark.parametrize("state", ["due", "second", "withheld"])
def test_what_is_not_published_is_not_there(published: Any, state: str) -> None:
    type(published).objects.update(state=state, reason="依法不予公示")
    assert Client().get(f"/open/decisions/{published.public_id}").status_code == 404
    assert "油烟直排" not in Client().get("/open/decisions").content.decode()
    assert "油烟直排" not in Client().get("/open/").content.decode()


def test_a_withdrawn_decision_says_why_and_shows_nothing_else(published: Any) -> None:
    type(published).objects.update(state="withdrawn", reason="行政复议撤销", withdrawn_on="2026-06-01")
    answer = Client().get(f"/open/decisions/{published.public_id}")
    text = answer.content.decode()
    assert answer.status_code == 410 and "行政复议撤销" in text
    assert "油烟" not in text and "陈某某" not in text
    assert "油烟" not in Client().get("/open/decisions").content.decode()


def test_natural_persons_are_kept_out_of_search_engines(published: Any) -> None:
    assert "noindex" in Client().get(f"/open/decisions/{published.public_id}")["X-Robots-Tag"]
    assert published.public_id not in Client().get("/open/sitemap.xml").content.decode()


def test_a_report_of_an_error_is_kept_for_the_publisher(published: Any) -> None:
    from plumbline.apps.publicity.models import PublicFeedback

    Client().post(f"/open/decisions/{published.public_id}", {"text": "金额不对", "contact": ""})
    assert PublicFeedback.objects.get().text == "金额不对"


def test_a_doubtful_text_takes_a_second_person(published: Any) -> None:
    from plumbline.apps.publicity.policies import may_publish
    from plumbline.platform.identity.actor import Actor, Grant

    grant = Grant("publicity.publish", frozenset({"T"}), False, 1, "other")
    first, second = (Actor(label="x", number="x", person_id=n, grants=(grant,)) for n in (1, 2))
    published.state, published.prepared_by_id = "second", 1
    assert not may_publish(first, published) and may_publish(second, published)
    assert not may_publish(Actor(label="x", number="x", person_id=3), published)


def test_a_hidden_span_stays_in_its_place_and_names_its_category(published: Any) -> None:
    published.facts, published.masks = (
        "车牌【车牌号】，联系【电话】<b>。",
        [{"category": "车牌号", "basis": "个人信息"}],
    )
    published.save()
    page = Client().get(f"/open/decisions/{published.public_id}").content.decode()
    assert '<span class="rd">隐去：车牌号</span>' in page and "共 1 处" in page
    assert "【电话】" in page, "what no rule took out is not called hidden"
    assert "&lt;b&gt;" in page


def test_the_page_says_when_it_no_longer_shows_what_was_published(published: Any) -> None:
    from plumbline.apps.publicity.actions import content_hash

    published.refresh_from_db()  # dates as the database gives them
    published.sha256 = content_hash(published)
    published.save()
    link = f"/open/decisions/{published.public_id}"
    assert "未被改动" in Client().get(link).content.decode()
    type(published).objects.update(fine_fen=20_001)
    page = Client().get(link).content.decode()
    assert "与公开时不一致" in page and "未被改动" not in page


@pytest.mark.parametrize("published_on", ["2026-05-25", "2026-06-03"])
def test_the_figures_of_the_home_page_are_the_numbers_of_their_rows(
    published: Any, published_on: str
) -> None:
    import re

    type(published).objects.update(published_on=published_on)
    home = Client().get("/open/").content.decode()
    figures = re.findall(r'href="(/open/(?:decisions|withdrawn)[^"]*)">(?:\S+ )?(\d+) 件</a>', home)
    assert figures
    for url, value in figures:
        page = Client().get(url).content.decode()
        assert len(re.findall(r'<th scope="row">', page)) == int(value), url
        assert f"共 {value} 件" in page or value == "0"


def test_withdrawn_decisions_are_listed_with_their_reasons_only(published: Any) -> None:
    type(published).objects.update(state="withdrawn", reason="行政复议撤销", withdrawn_on="2026-06-01")
    page = Client().get("/open/withdrawn").content.decode()
    assert "行政复议撤销" in page and published.public_id in page and "陈某某" not in page


def test_the_box_for_a_code_leads_to_the_page_of_the_code() -> None:
    answer = Client().get("/open/verify?code= AB12 cd ")
    assert (answer.status_code, answer["Location"]) == (302, "/open/verify/ab12cd")
    assert "只有字母和数字" in Client().get("/open/verify?code=../x").content.decode()
