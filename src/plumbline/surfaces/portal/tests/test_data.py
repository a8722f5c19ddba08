"""What machines read: files, feeds, sitemap and the one search; what is withdrawn is gone from all of them at once."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from django.test import Client

from plumbline.apps.publicity.models import Publication, PublicationState
from plumbline.platform.identity.models import Agency
from plumbline.platform.open_data import datasets, doors, feeds, menu, pages
from plumbline.platform.rates.models import RateCount
from plumbline.platform.scope.rows import set_database_scope

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def row() -> Iterator[Publication]:
    Agency.objects.create(
        code="T", name="阳逻街道办事处", short_name="阳逻", kind="subdistrict_office", level="street", enforces=True
    )  # fmt: skip
    yield Publication.objects.create(
        matter_id="M", decision_event="E", agency_id="T", party_kind="legal_person", party_name="武汉清源环保有限公司",
        credit_code="91110000600037341L", violation="油烟直排", facts="排放油烟。", decided_on="2026-05-20",
        due_on="2026-05-29", published_on="2026-05-25", state=PublicationState.PUBLISHED, fine_fen=20_000, kinds=["fine"],
    )  # fmt: skip
    set_database_scope(None)


def body(path: str) -> str:
    RateCount.objects.all().delete()  # everything open is read here at once
    answer = Client().get(path)
    assert answer.status_code == 200, path
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode()


def everywhere() -> dict[str, str]:
    """Everything a machine or a searcher may read of decisions."""
    addresses = [
        *(f"/open/data/{made.key}.{form}" for made in datasets() for form in ("csv", "json")),
        *(f"/open/feeds/{each.key}.atom" for each in feeds()),
        *(link.text.partition("/open/")[2] for link in ET.fromstring(body("/open/sitemap.xml")).iter(f"{MAP}loc")),
        "/open/search?q=油烟", "/open/decisions?q=油烟", "/open/decisions", "/open/",
    ]  # fmt: skip
    addresses = [each if each.startswith("/") else f"/open/{each}" for each in addresses]
    return {address: body(address) for address in addresses}


def test_a_published_decision_is_in_every_place_and_a_withdrawn_one_in_none(row: Publication) -> None:
    link = f"/open/decisions/{row.public_id}"
    with_it = {address for address, said in everywhere().items() if link in said}
    assert {
        "/open/data/penalty-decisions.csv", "/open/data/penalty-decisions.json", "/open/feeds/decisions.atom",
        "/open/sitemaps/decisions-0.xml", "/open/search?q=油烟", "/open/decisions?q=油烟", "/open/decisions", "/open/",
    } == with_it  # fmt: skip
    Publication.objects.update(state="withdrawn", reason="行政复议撤销", withdrawn_on="2026-06-01")
    after = everywhere()
    assert not [address for address, said in after.items() if "清源" in said or "油烟直排" in said]
    assert {address for address, said in after.items() if link in said} == {
        "/open/data/withdrawn-decisions.csv", "/open/data/withdrawn-decisions.json", "/open/feeds/withdrawn.atom",
    }  # fmt: skip
    assert "行政复议撤销" in after["/open/feeds/withdrawn.atom"]


def test_a_natural_person_leaves_in_bulk_without_name_and_facts(row: Publication) -> None:
    Publication.objects.update(party_kind="natural_person", party_name="陈某某", credit_code="")
    for address, said in everywhere().items():
        if "/data/" in address or "/feeds/" in address or "sitemap" in address:
            assert "陈某某" not in said and "排放油烟。" not in said, address
    assert "（自然人）" in body("/open/data/penalty-decisions.csv")


def test_the_files_are_dated_licensed_and_always_asked_for_again(row: Publication) -> None:
    answer = Client().get("/open/data/penalty-decisions.csv")
    assert "penalty-decisions-2026-05-25.csv" in answer["Content-Disposition"]
    assert "no-cache" in answer["Cache-Control"] and "private" not in answer["Cache-Control"]
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")
    said = json.loads(body("/open/data/penalty-decisions.json"))
    assert said["updated_on"] == "2026-05-25" and "署名" in said["licence"]
    assert [column["key"] for column in said["columns"]] == list(said["rows"][0])
    assert said["rows"][0]["fine_yuan"] == 200.0
    page = body("/open/data/penalty-decisions")
    assert (
        "统一社会信用代码" in page and "credit_code" in page and "/open/data/penalty-decisions.json" in page
    )


def test_the_feed_is_atom_with_permanent_links(row: Publication) -> None:
    feed = ET.fromstring(body("/open/feeds/decisions.atom"))
    (entry,) = feed.findall(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}id") or "").endswith(f"/open/decisions/{row.public_id}")
    assert (entry.findtext(f"{ATOM}updated") or "").startswith("2026-05-25T00:00:00+08:00")
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_every_open_page_is_reached_from_the_registry(row: Publication) -> None:
    home, data = body("/open/"), body("/open/data")
    for page in pages():
        assert body(page.url), page.key
    assert all(f'href="{page.url}"' in home for page in (*doors(), *menu()))
    assert all(made.title in data for made in (*datasets(), *feeds()))
    listed = body("/open/sitemaps/pages-0.xml")
    assert all(page.url in listed for page in pages())


@pytest.mark.parametrize("address", [
    "data/none", "data/none.csv", "feeds/none.atom", "sitemaps/none-0.xml", "data/penalty-decisions.xlsx",
])  # fmt: skip
def test_what_is_not_registered_is_not_there(row: Publication, address: str) -> None:
    assert Client().get(f"/open/{address}").status_code == 404


def test_the_one_box_finds_each_kind_and_one_character_nothing(row: Publication) -> None:
    said = body("/open/search?q=清源")
    assert "全部 1 件" in said and f"/open/decisions/{row.public_id}" in said
    assert "请至少输入两个字" in body("/open/search?q=清")
    assert "没有公开的内容" in body("/open/search?q=渣土遗撒")
