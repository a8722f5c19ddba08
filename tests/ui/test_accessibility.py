"""Every page of the site in Chromium, as each kind of visitor gets it: WCAG 2.2 AA, 320 px, and the weight of what is sent.

The pages are those of the address resolver with the objects of ``tests/structure/district.py``: a new page is covered
by itself. They are drawn by the test client and handed to the browser, since the events table refuses the flush that a
live server would need. A page that shows a later visitor no part that nobody has been shown anywhere is not looked at
again. The engine is asked about pages with a part that was on no page before, and on `./test -m exhaustive` about all; whether
anything sticks out is asked of every page.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import plumbline
from tests.chromium import Chromium
from tests.structure.district import PNG, District, addresses

from .serving import ORIGIN, DrawnPages, served

pytestmark = [pytest.mark.browser, pytest.mark.longest, pytest.mark.django_db, pytest.mark.timeout(900)]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KB = 1024
WIDE, PHONE, ENLARGED = ({"width": w, "height": h} for w, h in ((1280, 900), (320, 640), (640, 450)))
# A part of a page for axe: an element with its kind and with what it carries, whatever its words, names and numbers are.
ELEMENT = re.compile(r"<([a-z0-9]+)((?: [a-zA-Z-]+(?:=\"[^\"]*\")?)*)")
ATTRIBUTE = re.compile(r" ([a-zA-Z-]+)(?:=\"([^\"]*)\")?")
OF_A_KIND = {"class", "role", "type", "scope"}
CARRIED = {"href", "alt", "for", "title", "tabindex"}
# A page with a state of its own that no address shows: the tabs of a case, a filter without a hit, large type.
FURTHER = {
    "case": ("?tab=documents", "?tab=evidence", "?tab=flow", "?tab=supervision", "?tab=publicity"),
    "cases": ("?q=没有的",),
    "search": ("?q=江阳", "?q=没有的"),
    "tasks": ("?band=overdue",),
}
# These two see every state of a page; the others come for what is theirs alone. The second does when nothing is spared.
WHOLE = ("officer", "everything")
# Of whose pages nearly all are somebody else's too: they are asked for when nothing is spared.
SELDOM = {"head", "reviewer", "government"}
LONGEST = "武汉市新洲区阳逻经济开发区长江新城江阳筑工建筑劳务与建筑垃圾资源化综合利用工程技术服务（集团）股份有限公司阳逻第一分公司"
RARE = "㛃䶮𬱖"


@dataclass(frozen=True)
class Drawn:
    """A page as one visitor got it."""

    who: str
    url: str
    html: str
    new: bool = True  # with a part that no page before had

    @property
    def label(self) -> str:
        return f"{self.who} {self.url}"


def visitors(district: District) -> dict[str, Any]:
    from plumbline.apps.cases.tests.world import STREET
    from plumbline.platform.identity.models import AdministratorAppointment

    world, scene = district.scene.world, district.scene
    found = {
        "officer": world.officer,
        "head": world.head,
        "reviewer": world.reviewer,
        "answering": scene.answering,
        "supervisor": scene.head,
        "government": scene.mayor,
        "everything": district.everything,
        "custodian": district.custodian,
        "anonymous": None,
    }
    for power in ("system", "security", "audit"):
        person = world.person(power, f"{power}管理员", "", STREET, f"管理{power}", [], "other", staff=power)
        AdministratorAppointment.objects.create(person=person, power=power, from_on="2026-01-01")
        found[power] = person
    return found


def parts_of(html: str) -> set[str]:
    """Every kind of element in the page's own part, written as a selector."""
    found = set()
    for tag, attributes in ELEMENT.findall(html.partition("<main")[2]):
        kept = [
            f"[{name}={value}]" if name in OF_A_KIND else f"[{name}]"
            for name, value in ATTRIBUTE.findall(attributes)
            if name in OF_A_KIND or name in CARRIED or name.startswith("aria-")
        ]
        found.add(tag + "".join(sorted(kept)))
    return found


def drawn_pages(district: District, *, without: Collection[str] = ()) -> Iterator[Drawn]:
    """Each page with parts not shown before: on that page for who sees most, anywhere for the others. Redirects are left to
    the tests of addresses, and so is, when somebody is left out, a third visitor of a page that two were given. An address
    that gives one visitor a file, or takes nothing but a form, has no page for the others either.
    """
    pageless: set[str] = set()
    given: Counter[str] = Counter()
    seen: dict[str, set[str]] = {}
    anywhere: set[str] = set()
    for who, person in visitors(district).items():
        if who in without:
            continue
        client = district.client(person)
        for name, needed in addresses().items():
            if needed - set(district.arguments.get(name, {})):
                continue  # the structural test of addresses asks for its object
            if name in pageless or (without and who not in WHOLE and given[name] > 1):
                continue
            url = reverse(name, kwargs=district.arguments.get(name))
            further = FURTHER.get(name, ()) if who in WHOLE else ()
            for tail in ("", *further):
                answer = client.get(url + tail)
                kind = answer.get("Content-Type", "")
                if answer.status_code == 405 or (
                    answer.status_code == 200 and not kind.startswith("text/html")
                ):
                    pageless.add(name)
                if not kind.startswith("text/html") or answer.status_code in {302, 405}:
                    continue
                html = answer.content.decode()
                parts = parts_of(html)
                given[name] += answer.status_code == 200 and not tail
                # Refusals look alike at every address: one page of each kind is enough.
                assert answer.status_code < 500, f"{who} {url}{tail}"
                known = seen.setdefault(name if answer.status_code == 200 else str(answer.status_code), set())
                whole = who == WHOLE[0] or (who in WHOLE and not without)
                if parts - (known if whole else known | anywhere):
                    known |= parts
                    yield Drawn(who, url + tail, html, new=not without or bool(parts - anywhere))
                    anywhere |= parts


Seen = Callable[["Tabs", Iterable[Drawn]], list[str]]
Looked = Callable[[Seen, Iterable[Drawn]], list[str]]


class Tabs:
    """Two tabs of one browser: ``judged`` carries the accessibility engine in every page it opens, ``fitted`` does without."""

    def __init__(self, browser: Any, pages: DrawnPages) -> None:
        self._pages = pages
        context = browser.new_context(locale="zh-CN", viewport=WIDE)
        self.judged, self.fitted = context.new_page(), context.new_page()
        self.judged.add_init_script(axe_source())

    def open(self, drawn: Drawn, *, judged: bool, size: dict[str, int]) -> Any:
        """A drawn page under its own address, in a window of ``size``."""
        tab = self.judged if judged else self.fitted
        resize(tab, size)
        self._pages.url, self._pages.html = drawn.url, drawn.html
        tab.goto(ORIGIN + drawn.url, wait_until="load")
        return tab


def resize(page: Any, size: dict[str, int]) -> None:
    if page.viewport_size != size:
        page.set_viewport_size(size)


@pytest.fixture
def look(chromium: Chromium) -> Looked:
    """Have pages seen while further ones are still being drawn. The browser has a thread of its own: Playwright's loop must
    not run in the tests' thread, where Django would then hand out another connection."""
    sync_api = pytest.importorskip("playwright.sync_api")
    pytest.importorskip("axe_playwright_python")

    def run(seen: Seen, drawn: SimpleQueue[Drawn | None]) -> list[str]:
        with sync_api.sync_playwright() as playwright, served() as pages:
            browser = playwright.chromium.launch(**pages.asked_by(chromium.launch_options()))
            return seen(Tabs(browser, pages), iter(drawn.get, None))

    def beside(seen: Seen, pages: Iterable[Drawn]) -> list[str]:
        drawn: SimpleQueue[Drawn | None] = SimpleQueue()
        with ThreadPoolExecutor(max_workers=1) as one:
            found = one.submit(run, seen, drawn)
            try:
                for page in pages:
                    drawn.put(page)
            finally:
                drawn.put(None)
            return found.result()

    return beside


def axe_source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


# Texts whose elements, up to the page, carry what no text before carried under the same sheets are marked: only their colours
# can be new, and colours are the same at every width and dear to measure. The browser keeps what it saw from page to page.
AT_FIRST = """asked => {
  const seen = new Set(JSON.parse(sessionStorage.getItem('chains') || '[]'));
  const sheets = [...document.styleSheets].map(s => s.href).join(' ');
  const carries = e => e.tagName + asked.attributes.map(a => e.hasAttribute(a) ? `[${a}=${e.getAttribute(a)}]` : '').join('');
  const known = new Map([[null, sheets]]);
  const chain = e => known.get(e) ?? known.set(e, carries(e) + '>' + chain(e.parentElement)).get(e);
  for (const element of document.body.querySelectorAll('*')) {
    const told = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!told && !/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) continue;
    if (!seen.has(chain(element))) element.setAttribute('data-new-colours', '');
    seen.add(chain(element));
  }
  sessionStorage.setItem('chains', JSON.stringify([...seen]));
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-new-colours]'}]});
  return axe.run(document, {runOnly: asked.rules, resultTypes: ['violations']});
}"""
AGAIN = """asked => axe.run(document, {runOnly: asked, resultTypes: ['violations'],
  rules: asked.type === 'tag' ? {'color-contrast': {enabled: false}} : {}})"""
EVERYTHING = {"type": "tag", "values": WCAG}
# What depends on where things stand. Narrow pages have the frame of a phone about them, alike on every page of a visitor, and
# within it the same elements as wide ones.
LAYOUT = {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "link-in-text-block"]}


@cache
def attributes_of_sheets() -> list[str]:
    """The attributes by which a sheet of ours may give another colour."""
    sheets = "".join(path.read_text() for path in Path(plumbline.__file__).parent.rglob("*.css"))
    return sorted({"class", "disabled"} | set(re.findall(r"\[([a-z][a-z-]*)[~^$*|]?=?[^]]*\]", sheets)))


def said(found: dict[str, Any]) -> list[str]:
    return [
        f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"][:3]
    ]


def wrong_with(page: Any, drawn: Drawn, *, first: bool) -> list[str]:
    """What axe says at 1280 and 320 px. ``first``: of this visitor's pages."""
    wide = page.evaluate(AT_FIRST, {"rules": EVERYTHING, "attributes": attributes_of_sheets()})
    resize(page, PHONE)
    narrow = page.evaluate(AGAIN, EVERYTHING if first else LAYOUT)
    return [
        f"{drawn.label} at {at}: {each}" for at, told in ((1280, wide), (320, narrow)) for each in said(told)
    ]


def too_wide(page: Any, drawn: Drawn) -> list[str]:
    """What sticks out on a phone of 320 px and on a wide screen at 200 %; and what is too low on the phone for a finger."""
    found = []
    for size in (PHONE, ENLARGED):
        resize(page, size)
        wide = page.evaluate(SETTLED_WIDTH)
        if wide > size["width"]:
            found.append(
                f"{drawn.label}: {wide} px wide at {size['width']}: {page.evaluate(STICKS_OUT, size['width'])}"
            )
        if size is PHONE:
            found += [f"{drawn.label}: too low for a finger: {each}" for each in page.evaluate(TOO_LOW)]
    return found


# Measured after two frames: a page that lays itself out anew on resizing is given the time for it.
SETTLED_WIDTH = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
  () => done(document.documentElement.scrollWidth))))"""
# Links within text are left out: they are as high as their line (WCAG 2.5.8).
TOO_LOW = """() => [...document.querySelectorAll(['.btn', 'button', 'select', 'textarea', 'summary', 'label',
  'input:not([type=hidden]):not([type=checkbox]):not([type=radio])'].map(each => 'main ' + each).join())].filter(e => {
    const box = e.getBoundingClientRect();
    if (e.matches('label') && !e.querySelector('input[type=checkbox], input[type=radio]')) return false;
    return box.width > 1 && box.height > 1 && box.height < 39.5;
  }).slice(0, 3).map(e => Math.round(e.getBoundingClientRect().height) + ' px ' + e.outerHTML.slice(0, 120))"""
STICKS_OUT = """width => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1
  || (getComputedStyle(e).overflowX === 'visible' && e.getBoundingClientRect().left + e.scrollWidth > width + 2)
).slice(-3).map(e => e.outerHTML.slice(0, 160))"""


def packed(text: bytes) -> int:
    return len(gzip.compress(text, 6))


@cache
def file_weight(name: str) -> int:
    found = finders.find(name)
    assert found, f"{name} is named by a page and missing"
    return packed(Path(str(found)).read_bytes())


def heavy(drawn: Drawn) -> list[str]:
    """Budgets in gzipped KB: script 60 at the desk and 20 for the public, sheets 25, the page itself 60."""
    public = drawn.url.startswith(("/open", "/login"))
    weights = {
        "js": (r"<script[^>]+src=\"/static/([^\"]+)\"", 20 if public else 60),
        "css": (r"<link rel=\"stylesheet\" href=\"/static/([^\"]+)\"", 25),
    }
    found = []
    for kind, (pattern, most) in weights.items():
        size = sum(file_weight(name) for name in re.findall(pattern, drawn.html))
        if size > most * KB:
            found.append(f"{drawn.label}: {kind} {size} > {most} KB")
    if packed(drawn.html.encode()) > 60 * KB:
        found.append(f"{drawn.label}: page {packed(drawn.html.encode())} > 60 KB")
    return found


def seen_in(tabs: Tabs, pages: Iterable[Drawn]) -> list[str]:
    """Everything wrong with some pages, one after another."""
    wrong: list[str] = []
    seen: set[str] = set()
    for drawn in pages:
        first = drawn.who not in seen
        seen.add(drawn.who)
        wrong += heavy(drawn)
        page = tabs.open(drawn, judged=drawn.new, size=WIDE if drawn.new else PHONE)
        if drawn.new:
            wrong += wrong_with(page, drawn, first=first)
        wrong += too_wide(page, drawn)
    return wrong


def fitted_in(tabs: Tabs, pages: Iterable[Drawn]) -> list[str]:
    """What sticks out on some pages."""
    return [wrong for drawn in pages for wrong in too_wide(tabs.open(drawn, judged=False, size=PHONE), drawn)]


@pytest.mark.parametrize("without", [SELDOM, pytest.param((), marks=pytest.mark.exhaustive)])
def test_every_page_of_every_visitor(district: District, look: Looked, without: Collection[str]) -> None:
    pages = []

    def kept() -> Iterator[Drawn]:
        for drawn in drawn_pages(district, without=without):
            pages.append(drawn.label)
            yield drawn

    wrong = look(seen_in, kept())
    assert len(pages) > 40, "the walk has lost its pages"
    assert not wrong, f"{len(pages)} pages\n" + "\n".join(wrong)


def test_the_longest_name_and_forty_items_of_evidence_fit(district: District, look: Looked) -> None:
    from plumbline.apps.cases.tests.world import ago
    from plumbline.apps.evidence.actions import add_evidence

    world, case = district.scene.world, district.case
    case.party.name, case.title = LONGEST, f"{RARE}{'未经核准擅自处置建筑垃圾' * 3}案"
    case.party.save()
    case.save()
    actor = world.actor(world.officer)
    first = add_evidence(
        actor=actor, case=case, title=f"{RARE}现场照片及{'附件' * 8}", kind="documentary", source="officers",
        origin=LONGEST, proves="倾倒" * 30, collected_on=ago(37).date(), officers=["HB001", "HB002"],
        files=[SimpleUploadedFile(f"{'x' * 80}.png", PNG)],
    )  # fmt: skip
    file = first.files.get()
    for number in range(39):  # rows alone: taking in a file costs a process
        first.pk, first.number = None, f"{first.number[:-2]}{number + 50}"
        first.save()
        file.pk, file.evidence, file.name = None, first, f"{number}{file.name[2:]}"
        file.save()
    client = district.client(world.officer)
    urls = [f"/cases/{case.matter_id}?tab=evidence", f"/cases/{case.matter_id}?tab=flow", "/cases", "/desk"]
    pages = [Drawn("officer", url, client.get(url).content.decode()) for url in urls]
    assert LONGEST in pages[0].html and pages[0].html.count("指纹一致") >= 40
    wrong = look(fitted_in, pages)
    assert not wrong, "\n".join(wrong)
