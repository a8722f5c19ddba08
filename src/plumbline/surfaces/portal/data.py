"""What machines read: datasets as CSV and JSON, Atom feeds, the sitemap. All of it is made from what apps have opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.timezone import make_aware
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from plumbline.platform.open_data import (
    Dataset,
    Entry,
    Feed,
    addresses,
    as_csv,
    as_json,
    dataset,
    datasets,
    feed,
    feeds,
    pages,
)
from plumbline.platform.open_data.registry import TYPES
from plumbline.platform.rates.limiting import Lane, limited

DOWNLOAD = Lane("open.data", 60)  # files a minute of one network
LINKS_OF_A_MAP = 20_000
ENTRIES = 50
WRITERS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}


def absolute(path: str) -> str:
    """A permanent link as it stands in files that leave the site."""
    return settings.PUBLIC_URL + path


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The list of everything that may be taken away."""
    rows = [(each, each.updated_on(), each.count() if each.count else None) for each in datasets()]
    return render(request, "portal/data.html", {"rows": rows, "feeds": feeds(), "types": TYPES})


@require_safe
def fields(request: HttpRequest, key: str) -> HttpResponse:
    """What a dataset holds: its columns, terms, day and files."""
    made = _dataset(key)
    columns = [(column, TYPES[column.type]) for column in made.columns]
    context = {
        "made": made,
        "columns": columns,
        "updated_on": made.updated_on(),
        "number": made.count() if made.count else None,
        "base": settings.PUBLIC_URL,
    }
    return render(request, "portal/fields.html", context)


@require_safe
@limited(DOWNLOAD)
def download(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The whole table, as it is at this moment: what was withdrawn a second ago is not in it."""
    made = _dataset(key)
    write, kind = WRITERS[form]
    etag = quote_etag(f"{key}-{form}-{made.version()}") if made.version else None
    if etag and (same := get_conditional_response(request, etag=etag)):
        return asked_again(same)
    day = made.updated_on()
    answer = StreamingHttpResponse(write(made) if request.method == "GET" else (), content_type=kind)
    name = f"{key}{f'-{day}' if day else ''}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    if etag:
        answer["ETag"] = etag
    return asked_again(answer)


def asked_again(answer: HttpResponseBase) -> HttpResponseBase:
    """May be kept, but never shown without asking: a withdrawn record must be gone at once, from every cache."""
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _dataset(key: str) -> Dataset:
    made = dataset(key)
    if made is None:
        raise Http404
    return made


@require_safe
@limited(DOWNLOAD)
def atom(request: HttpRequest, key: str) -> HttpResponseBase:
    found = feed(key)
    if found is None:
        raise Http404
    answer = HttpResponse(written(found, f"/open/feeds/{key}.atom"), content_type=Atom1Feed.content_type)
    answer["X-Robots-Tag"] = "noindex"
    return asked_again(answer)


def written(found: Feed, path: str) -> str:
    """A feed as Atom; its entries are known by their permanent links."""
    district = settings.PLUMBLINE_DISTRICT["name"]
    made = Atom1Feed(
        title=f"{found.title} · {district}行政执法公示",
        link=absolute(found.path),
        description=found.about,
        language="zh-CN",
        author_name=f"{district}司法局",
        feed_url=absolute(path),
        feed_guid=absolute(path),
    )
    for entry in list(found.entries())[:ENTRIES]:
        _add(made, entry)
    return made.writeString("utf-8")


def _add(made: Atom1Feed, entry: Entry) -> None:
    made.add_item(
        title=entry.title,
        link=absolute(entry.path),
        description=entry.summary,
        unique_id=absolute(entry.path),
        author_name=entry.author or None,
        pubdate=entry.at,
        updateddate=entry.at,
    )


def at_midnight(day: date) -> datetime:
    """The moment a feed gives for what has only a day."""
    return make_aware(datetime.combine(day, time()))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index: the pages themselves, then each kind of permanent link in parts of twenty thousand."""
    parts = ["pages-0"]
    for key, found in addresses().items():
        parts += [f"{key}-{n}" for n in range(-(-found.count() // LINKS_OF_A_MAP))]
    links = ((absolute(f"/open/sitemaps/{part}.xml"), None) for part in parts)
    return _xml("sitemapindex", "sitemap", links)


@require_safe
def sitemap_part(request: HttpRequest, key: str, number: str) -> HttpResponseBase:
    if key == "pages":
        return _xml("urlset", "url", ((absolute(page.url), None) for page in pages()))
    found = addresses().get(key)
    if found is None:
        raise Http404
    part = found.part(int(number) * LINKS_OF_A_MAP, LINKS_OF_A_MAP)
    return _xml("urlset", "url", ((absolute(path), day) for path, day in part))


def _xml(root: str, each: str, links: Iterator[tuple[str, date | None]]) -> HttpResponseBase:
    answer = HttpResponse(content_type="application/xml")
    writer = SimplerXMLGenerator(answer, "utf-8")
    writer.startDocument()
    writer.startElement(root, AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}))
    for address, day in links:
        writer.startElement(each, AttributesImpl({}))
        writer.addQuickElement("loc", address)
        if day:
            writer.addQuickElement("lastmod", day.isoformat())
        writer.endElement(each)
    writer.endElement(root)
    writer.endDocument()
    return asked_again(answer)
