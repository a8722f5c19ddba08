"""Blocks as PDF: A4, set by typst, PDF/A-2b once every character can be drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from .blocks import Block, Paragraph, Run, Sheet, text_of
from .coverage import undrawable
from .typesetting import families, typeset

TEMPLATE = Path(__file__).parent / "document.typ"
# 仿宋 and 小标宋 come with a site's own licence (FONT_DIR); the face of the package stands in for both.
FACES = ("Noto Serif SC",)
LONGEST_WHOLE_ROW = 400
KNOWN = ("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312", "方正小标宋简体", "FZXiaoBiaoSong-B05S")


def as_pdf(sheet: Sheet, *, on: date) -> bytes:
    """The PDF of a sheet. ``on`` is the document's own day, so that equal content gives equal bytes."""
    return typeset(TEMPLATE, _data(sheet, on), archival=not undrawable(text_of(sheet)))


def _data(sheet: Sheet, on: date) -> dict[str, Any]:
    faces = [*(name for name in KNOWN if name in families()), *FACES]
    return {
        "title": sheet.title or "文书",
        "day": [on.year, on.month, on.day],
        "fonts": faces,
        "margins": list(sheet.margins),
        "header": [_paragraph(each) for each in sheet.header],
        "footer": [_paragraph(each) for each in sheet.footer],
        "blocks": [_block(each) for each in sheet.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", **_paragraph(block)}
    return {
        "kind": "table",
        "widths": list(block.widths),
        "bordered": block.bordered,
        "rows": [
            {
                "head": row.head,
                # A short row goes to the next page whole; one that might not fit on a page may be cut.
                "whole": sum(len(cell.text) for cell in row.cells) < LONGEST_WHOLE_ROW,
                "cells": [
                    {
                        "across": cell.across,
                        "down": cell.down,
                        "paragraphs": [_paragraph(each) for each in cell.paragraphs],
                    }
                    for cell in row.cells
                ],
            }
            for row in block.rows
        ],
    }


def _paragraph(each: Paragraph) -> dict[str, Any]:
    return {
        "align": each.align,
        "first": each.first,
        "left": each.left,
        "right": each.right,
        "before": each.before,
        "after": each.after,
        "line": each.line,
        "size": each.size,
        "rule": each.rule,
        "new_page": each.new_page,
        "together": each.together,
        "runs": [_run(run) for run in each.runs if run.text or run.field or run.picture],
    }


def _run(run: Run) -> dict[str, Any]:
    picture = run.picture and {
        "data": list(run.picture.vector or run.picture.data),
        "width": run.picture.width,
        "words": run.picture.words,
    }
    return {
        "text": run.text,
        "bold": run.bold,
        "underline": run.underline,
        "red": run.red,
        "size": run.size,
        "font": "",
        "gap": run.gap,
        "field": run.field,
        "picture": picture or None,
    }
