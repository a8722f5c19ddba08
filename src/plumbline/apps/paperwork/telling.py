"""What a decision's paper tells of reconsideration: the organ's name for the facts, and the template read for its words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings

from plumbline.apps.cases.contract import register_telling
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.packs.penalty.documents.remedies import reconsideration_told
from plumbline.packs.penalty.documents.wording import REMEDY_ON_SPOT
from plumbline.platform.files.store import open_kept
from plumbline.platform.printing.blocks import text_of
from plumbline.platform.printing.word_reading import read_word

from .layouts import word_template
from .versions import version_in_force

DECISIONS = {"summary": "D31"}
ORDINARY = "D32"


def reconsideration_organ() -> str:
    """Who reconsiders what a district's agencies and streets decide: its people's government (行政复议法第二十四条)."""
    return f"{settings.PLUMBLINE_DISTRICT['name']}人民政府"


def remedy_on_spot() -> str:
    """The remedy as an on-the-spot decision tells it, with the organ named; for a paper that is made without a network."""
    return REMEDY_ON_SPOT.replace("{{复议机关*}}", reconsideration_organ())


@register_telling
def told_by_template(procedure: str, agency: str, on: date) -> list[str]:
    """The parts that the decision's Word template in force tells: the agency's own, the district's or the project's."""
    code = DECISIONS.get(procedure, ORDINARY)
    version = version_in_force(code, agency, on)
    if version is None:
        word = word_template(TEMPLATES[code])
    else:
        with open_kept(version.sha256) as source:
            word = source.read()
    return list(_told(word))


@lru_cache(maxsize=64)
def _told(word: bytes) -> tuple[str, ...]:
    """The parts that a Word file tells; every page of a case before its decision asks, and the files are few."""
    return tuple(reconsideration_told(text_of(read_word(word))))
