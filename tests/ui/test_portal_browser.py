"""The portal and the complaints in Chromium by keyboard alone and on paper. Drawn by the client, as in test_browser.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.complaints.models import Complaint
from plumbline.apps.guidance.models import GuidingCase
from plumbline.apps.publicity.models import Publication
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency, Person, Post, Scope, Tenure
from plumbline.platform.scope.rows import set_database_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MOST = 80  # presses of Tab
OPEN = (
    "/open/",
    "/open/decisions",
    "/open/decisions/{decision}",
    "/open/guidance/1",
    "/open/report",
    "/open/receipt",
)
INSIDE = ("/complaints/TS-9",)
# What can be reached: seen, not switched off, and one of a group of choices.
REACHED = """() => { const groups = new Set(); return [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e => {
    const r = e.getBoundingClientRect();
    if (e.tagName !== 'SUMMARY' && e.closest('details:not([open])')) return false;
    if (!r.width || !r.height || e.disabled || getComputedStyle(e).visibility === 'hidden') return false;
    if (e.type === 'radio') { if (groups.has(e.name)) return false; groups.add(e.name); }
    return true; }).length }"""
FOCUSED = """() => { const e = document.activeElement; if (!e || e === document.body) return null;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  const all = [...document.querySelectorAll('*')];
  return {at: all.indexOf(e), what: e.outerHTML.slice(0, 80), inside: r.bottom > 0 && r.top < innerHeight && r.right > 0,
          ring: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'} }"""
ON_PAPER = """() => { const seen = q => [...document.querySelectorAll(q)].filter(e => e.getBoundingClientRect().height > 0)
    .map(e => e.outerHTML.slice(0, 80));
  return {main: seen('main h1').length, by: seen('.print-by').length, wide: document.documentElement.scrollWidth > innerWidth,
          left: seen('header nav, nav[aria-label="主导航"], .foot, main button, main .btn')} }"""


@pytest.fixture
def pages() -> Iterator[dict[str, bytes]]:
    Agency.objects.create(
        code="T", name="阳逻街道办事处", short_name="阳逻", kind="department", level="street", enforces=True
    )
    row = Publication.objects.create(
        matter_id="M", decision_event="E", agency_id="T", party_kind="legal_person", party_name="武汉清源环保有限公司", violation="油烟直排",
        facts="排放油烟。", decided_on="2026-05-20", due_on="2026-05-29", published_on="2026-05-25", state="published", kinds=["fine"],
        fine_fen=20_000,
    )  # fmt: skip
    desk = Person.objects.create_person(login_name="ting", display_name="受理岗", password=None)
    post = Post.objects.create(
        agency_id="T", title="受理", role="other", capabilities=["complaints.handle"], scope=Scope.DISTRICT
    )
    Tenure.objects.create(person=desk, post=post, from_on=date(2026, 1, 1))
    GuidingCase.objects.create(
        agency_id="T", title="主动清理从轻处罚案", gist="主动清理的从轻。", facts="案情。", outcome="罚款。", guidance="照此办理。", written_label="试",
        state="published", number=1, published_on="2026-11-02", reviewed_by=desk, law=[{"law": "行政处罚法", "article": "第三十二条"}],
    )  # fmt: skip
    Complaint.objects.create(
        matter_id="TS-9", code_hash="1" * 64, agency_id="T", kind="conduct", state="received", text="没有出示证件。", named=False,
        received_at=clock.now(),
    )  # fmt: skip
    public, inside = Client(), Client()
    inside.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    drawn = {}
    for client, addresses in ((public, OPEN), (inside, INSIDE)):
        for each in addresses:
            address = each.format(decision=row.public_id)
            answer = client.get(address)
            assert answer.status_code == 200, address
            drawn[address] = answer.content
    yield drawn
    set_database_scope(None)


def test_every_page_is_gone_through_by_tab_and_reads_on_paper(
    pages: dict[str, bytes], shown: Callable[..., Any]
) -> None:
    """Tab reaches everything once, in the order of the page, with a ring that is seen; paper has the text and no buttons."""
    wrong: list[str] = []
    page = shown(pages, 1280)
    for address in pages:
        page.emulate_media(media="screen")
        page.goto(f"http://plumbline.test{address}")
        wrong += [f"{address}: {each}" for each in _by_tab(page)]
        page.emulate_media(media="print")
        paper = page.evaluate(ON_PAPER)
        if paper["main"] != 1 or paper["by"] != 1 or paper["wide"] or paper["left"]:
            wrong.append(f"{address} on paper: {paper}")
    assert not wrong, "\n".join(wrong)


def _by_tab(page: Any) -> list[str]:
    wrong: list[str] = []
    wanted, places = page.evaluate(REACHED), []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or (places and focused["at"] <= places[0]):
            break
        if places and focused["at"] < places[-1]:
            wrong.append(f"Tab goes back to {focused['what']}")
        if not focused["ring"] or not focused["inside"]:
            wrong.append(f"no ring or out of sight: {focused['what']}")
        places.append(focused["at"])
    if len(places) < min(wanted, MOST):
        wrong.append(f"Tab reaches {len(places)} of {wanted}")
    return wrong
