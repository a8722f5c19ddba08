"""What is open to everybody. Apps register; the portal serves. See docs/how-to/open-something.md.

* ``open_page``: a public page, for the home page, the menu and the sitemap.
* ``open_dataset``: a table that anybody may download as CSV or JSON, with its columns, licence and day.
* ``open_feed``: what is new, as Atom.
* ``open_addresses``: the permanent links that search engines may read.
* ``open_finder``: what the one search box finds in an app.

An app calls these from its ``portal.py``, imported in ``AppConfig.ready``. What may never be public is decided in
apps/publicity; nothing here takes anything out of a row.
"""

from .registry import (
    Addresses,
    Column,
    Dataset,
    Entry,
    Feed,
    Found,
    Hit,
    Licence,
    PublicPage,
    addresses,
    dataset,
    datasets,
    doors,
    feed,
    feeds,
    found_for,
    menu,
    open_addresses,
    open_dataset,
    open_feed,
    open_finder,
    open_page,
    pages,
)
from .writing import as_csv, as_json, schema_of

__all__ = [
    "Addresses",
    "Column",
    "Dataset",
    "Entry",
    "Feed",
    "Found",
    "Hit",
    "Licence",
    "PublicPage",
    "addresses",
    "as_csv",
    "as_json",
    "dataset",
    "datasets",
    "doors",
    "feed",
    "feeds",
    "found_for",
    "menu",
    "open_addresses",
    "open_dataset",
    "open_feed",
    "open_finder",
    "open_page",
    "pages",
    "schema_of",
]
