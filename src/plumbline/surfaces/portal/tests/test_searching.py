"""The public search on a table of some size: by index, by key, light, and not faster than a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.agencies.models import OfficerCertificate
from plumbline.apps.powers.models import PowerItem, PowerTransfer
from plumbline.apps.publicity.contract import Publication, PublicationState, published
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import how_many
from plumbline.platform.rates.models import RateCount
from plumbline.platform.scope.rows import set_database_scope
from plumbline.surfaces.portal.searching import facets_of, matching, newest

pytestmark = pytest.mark.django_db
ACTS = ("占道经营", "油烟直排", "违法搭建", "夜间施工扰民", "擅自设置户外广告", "无证运输", "未按规定分类")
BIG = 10_000


def make(rows: int, **more: Any) -> list[Publication]:
    """Published decisions of three streets, one a day and street in turn."""
    made = []
    for n in range(rows):
        row = Publication(
            matter_id=f"M{n}", decision_event=f"E{n}", agency_id=f"T{n % 3}", party_kind="legal_person",
            party_name=f"武汉{'恒泰鑫楚举水江北'[n % 7 : n % 7 + 2]}商贸{n}有限公司", violation=ACTS[n % 7], number=f"新综执罚〔2026〕{n}号",
            decided_on=date(2026, 1, 1), due_on=date(2026, 1, 14), published_on=date(2026, 1, 5) + timedelta(days=n % 300),
            state=PublicationState.PUBLISHED, facts="事实。",
        )  # fmt: skip
        for name, value in more.items():
            setattr(row, name, value)
        row.make_findable()
        made.append(row)
    return Publication.objects.bulk_create(made, batch_size=2_000)


def make_many(rows: int, of: int = 250) -> None:
    """A table of some size: a few made, the rest copied by the database with ids of their own."""
    made = make(of)
    columns = [f.column for f in Publication._meta.concrete_fields if f.column != "id"]
    own = {name: f"{name} || '.' || n" for name in ("matter_id", "decision_event", "public_id")}
    taken = ", ".join(own.get(name, name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO publications ({', '.join(columns)}) SELECT {taken} FROM publications, generate_series(1, %s) n",
            [rows // len(made) - 1],
        )


@pytest.fixture
def streets() -> Iterator[list[Agency]]:
    yield [
        Agency.objects.create(
            code=f"T{n}", name=f"{name}街道办事处", short_name=name, kind="subdistrict_office", level="street", enforces=True
        )
        for n, name in enumerate(("阳逻", "邾城", "汪集"))
    ]  # fmt: skip
    set_database_scope(None)


def rare(**more: Any) -> Publication:
    (row,) = make(1, **{"matter_id": "R", "decision_event": "R", "violation": "渣土遗撒", **more})
    return row


def plan(typed: str) -> str:
    return str(matching(published(), typed)[:21].explain())


@pytest.mark.slow
def test_two_chinese_characters_are_found_by_index(streets: Any) -> None:
    make_many(BIG)
    wanted = rare()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE publications")
    for typed in ("渣土", "渣土 遗撒", "遗撒"):
        assert list(matching(published(), typed)) == [wanted]
        said = plan(typed)
        assert "publications_bigrams" in said and "Seq Scan on publications" not in said, said
    # Agency or common act: an index in the order of the page, or the pairs; never the whole table.
    for typed in ("阳逻", "油烟", "没有", "2026〕77号"):
        assert "Seq Scan on publications" not in plan(typed), plan(typed)


def test_words_are_found_in_every_public_field_and_in_full_width(streets: Any) -> None:
    make(6)
    wanted = rare(party_name="武汉清源ＡＢ环保有限公司", credit_code="91110000600037341L", agency_id="T1")
    for typed in ("清源", "渣土", "ab环", "ＡＢ", "91110000600037341l", "邾城 渣土", "  渣土　清源 "):
        assert list(matching(published(), typed)) == [wanted], typed
    assert not matching(published(), "阳逻 渣土").exists()
    assert matching(published(), "").count() == 7
    assert (
        matching(published(), "%").count() == 0
    )  # a sign of the pattern language is a character like any other


def test_what_is_not_published_is_not_searched(streets: Any) -> None:
    for number, state in enumerate(set(PublicationState.values) - {"published"}):
        rare(state=state, reason="理由", decision_event=f"R{number}")
    assert Client().get("/open/decisions?q=渣土").context["rows"] == []


def test_pages_follow_by_key_and_lose_nothing(streets: Any) -> None:
    make(47)
    seen, after = [], ""
    while True:
        page = Client().get("/open/decisions", {"after": after} if after else {}).context
        seen += [row.pk for row, _ in page["rows"]]
        after = page["next"]
        if not after:
            break
    days = list(published().values_list("pk", flat=True))
    assert seen == days and len(seen) == 47


@pytest.mark.parametrize("address", [
    "after=2026-01-01", "after=2026-13-01.5", "after=x.y", "after=2026-01-01.99999999999999999999", "year=²", "year=99999", "agency=x", "q=" + "长" * 500,
])  # fmt: skip
def test_a_broken_question_is_never_a_fault(streets: Any, address: str) -> None:
    assert Client(raise_request_exception=False).get(f"/open/decisions?{address}").status_code in {200, 404}


def test_facets_count_what_was_found(streets: Any) -> None:
    make(10)
    assert facets_of(published()) == [("T0", "阳逻", 4), ("T1", "邾城", 3), ("T2", "汪集", 3)]
    page = Client().get("/open/decisions?q=商贸")
    assert "阳逻 4" in page.content.decode() and "agency=T0" in page.content.decode()
    assert [row.agency_id for row, _ in Client().get("/open/decisions?agency=T1").context["rows"]] == [
        "T1"
    ] * 3


def test_a_common_word_is_looked_for_among_the_newest_and_any_other_everywhere(
    streets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plumbline.surfaces.portal import searching

    monkeypatch.setattr(searching, "NEWEST", 6)
    make(12)
    wanted = rare(published_on=date(2020, 1, 1))
    in_order = list(matching(published(), "商贸"))
    for most, asked in ((3, 1), (9, 2)):  # enough among the six newest; not enough
        with CaptureQueriesContext(connection) as queries:
            assert newest(published(), "商贸", most) == in_order[:most]
        assert sum("searched" in each["sql"] for each in queries) == asked
    assert newest(published(), "渣土", 3) == [wanted]
    assert newest(published(), "", 3) == list(published()[:3])


def test_a_large_number_is_not_counted_to_its_end(streets: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.platform import paging

    make(12)
    monkeypatch.setattr(paging, "COUNTED", 10)
    assert how_many(published()) == "10+" and how_many(matching(published(), "油烟")) == "2"


def test_full_pages_are_light_few_in_queries_and_bare_of_inline_script(streets: Any) -> None:
    make(200)
    for number in range(120):
        power = PowerItem.objects.create(
            item=f"X-{number:03}", agency_id="T0", violation="擅自处置建筑垃圾等违法行为", domain="market", valid_from=date(2020, 1, 1),
            basis=[{"law": "城市建筑垃圾管理规定", "article": "第二十五条"}],
        )  # fmt: skip
        for street in streets:
            PowerTransfer.objects.create(power=power, street=street, taken_over_on=date(2021, 1, 1))
        OfficerCertificate.objects.create(
            number=f"HB{number:03}", name=f"王执法{number}", agency_id="T1", valid_from=date(2024, 1, 1)
        )
    one = Publication.objects.first()
    assert one is not None
    for address in (
        "",
        "decisions",
        "decisions?q=商贸",
        "officers?q=王执",
        "officers/HB001",
        "powers",
        f"decisions/{one.public_id}",
    ):
        with CaptureQueriesContext(connection) as seen:
            page = Client().get(f"/open/{address}")
        assert page.status_code == 200, address
        assert len(page.content) <= 100 * 1024, f"{address}: {len(page.content)} bytes"
        assert len(seen) <= 30, f"{address}: {len(seen)} queries"
        said = page.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|javascript:", said), address


def test_an_officer_is_found_by_name_or_number_with_the_state_of_today(streets: Any) -> None:
    OfficerCertificate.objects.create(
        number="HB001",
        name="周晓岚",
        agency_id="T0",
        valid_from=date(2024, 1, 1),
        published_on=date(2024, 2, 1),
    )
    OfficerCertificate.objects.create(
        number="HB002", name="周立群", agency_id="T0", valid_from=date(2020, 1, 1), valid_to=date(2025, 1, 1),
        published_on=date(2020, 2, 1),
    )  # fmt: skip
    OfficerCertificate.objects.create(
        number="HB003", name="周晓未", agency_id="T0", valid_from=date(2024, 1, 1)
    )
    found = Client().get("/open/officers?q=周晓").content.decode()
    assert "HB001" in found and "HB002" not in found
    assert (
        "HB003" not in found and "尚未列入公开名录" in Client().get("/open/officers/HB003").content.decode()
    )
    assert "HB001" in Client().get("/open/officers?agency=T0").content.decode()
    assert "已过期" in Client().get("/open/officers?q=hb002").content.decode()
    assert Client().get("/open/officers?q=周").context["rows"] == []  # one character would list everybody


def test_the_sixty_first_search_of_a_minute_waits_and_a_restart_forgets_nothing(streets: Any) -> None:
    rare()
    client = Client()
    pages = ("/open/decisions?q=渣土", "/open/officers?q=周晓", "/open/powers")
    assert {client.get(pages[n % 3]).status_code for n in range(60)} == {200}
    cache.clear()
    RateCount.objects.update(count=60)  # however long sixty took here, they were of this minute
    with_wait = client.get(pages[0])
    assert with_wait.status_code == 429 and 0 < int(with_wait["Retry-After"]) <= 60
    said = with_wait.content.decode()
    assert "秒后再试" in said and "渣土" not in said
    assert Client(REMOTE_ADDR="198.51.100.7").get(pages[0]).status_code == 200
    RateCount.objects.update(began_at="2026-11-24T06:58:00Z")
    assert client.get(pages[0]).status_code == 200


def test_reports_of_errors_are_five_a_day(streets: Any) -> None:
    link = f"/open/decisions/{rare().public_id}"
    answers = [Client().post(link, {"text": "金额不对"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
