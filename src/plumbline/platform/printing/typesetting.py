"""Setting pages as PDF with typst: data goes in as JSON, never as source text, so nothing typed can become markup.

The same input gives the same bytes. Fonts come with the project (``fonts/``); a site adds its own 仿宋 and 小标宋 by the
setting ``FONT_DIR``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

FONTS = Path(__file__).parent / "fonts"


class TypesettingFault(Exception):
    """The page could not be set; the message is typst's own, for the log."""


@cache
def _fonts(extra: str) -> typst.Fonts:
    """The fonts read once a process: reading them takes longer than setting a page."""
    paths = [str(FONTS), *([extra] if extra else [])]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)


def families() -> frozenset[str]:
    """The names of the faces that are there."""
    return _families(str(getattr(settings, "FONT_DIR", "") or ""))


@cache
def _families(extra: str) -> frozenset[str]:
    return frozenset(_fonts(extra).families())


def typeset(
    template: Path, data: Mapping[str, Any], *, root: Path | None = None, archival: bool = True
) -> bytes:
    """The PDF of a typst ``template`` that reads ``json(bytes(sys.inputs.data))``.

    ``root`` is the only folder the template may read images from. ``archival`` asks for PDF/A-2b, which needs the
    template to set a document date.
    """
    standards: list[Literal["a-2b"]] = ["a-2b"] if archival else []
    try:
        return typst.compile(  # type: ignore[call-overload]  # its stub ties the root's type to the input's
            template.read_bytes(),
            root=root or template.parent,
            font_paths=_fonts(str(getattr(settings, "FONT_DIR", "") or "")),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            pdf_standards=standards,
        )
    except RuntimeError as fault:
        raise TypesettingFault(str(fault)) from fault
