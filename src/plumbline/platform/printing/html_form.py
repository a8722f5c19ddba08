"""Blocks as HTML for the page: classes only, for the content policy allows no inline style."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from itertools import groupby

from .blocks import Block, Cell, Paragraph, Run, Sheet, Table

# Sizes the stylesheet knows (初号 to 小五); any other is shown as the nearest. The PDF keeps the exact one.
SIZES = (9, 10.5, 12, 14, 15, 16, 18, 22, 26, 30, 36, 42)
_SHORT = {"center": "c", "right": "r", "justify": "j", "left": ""}


def as_html(sheet: Sheet) -> str:
    """The body of the document; header and footer belong to printed pages and stay out."""
    return f'<div class="a4">{"".join(_block(each) for each in sheet.blocks)}</div>'


def _block(block: Block) -> str:
    return _paragraph(block) if isinstance(block, Paragraph) else _table(block)


def _paragraph(each: Paragraph) -> str:
    names = [_SHORT[each.align], f"s{_nearest(each.size)}"]
    if each.first:
        names.append(f"i{min(4, round(each.first))}")
    if each.left:
        names.append(f"l{min(8, round(each.left))}")
    if each.right:
        names.append(f"e{min(8, round(each.right))}")
    names += [f"rule-{each.rule}"] if each.rule else []
    names += ["np"] if each.new_page else []
    names += [f"sp{min(3, round(each.before / 12))}"] if each.before >= 6 else []
    inner = "".join(_runs(each))
    return f'<p class="{" ".join(filter(None, names))}">{inner or "<br>"}</p>'


def _runs(paragraph: Paragraph) -> list[str]:
    """Runs of one look are one piece: Word cuts text where nobody sees a reason to."""
    parts = []
    for run in paragraph.runs:
        if run.picture is not None:
            kind = "png" if run.picture.data.startswith(b"\x89PNG") else "jpeg"
            code = b64encode(run.picture.data).decode()
            width = round(run.picture.width * 3.78)
            parts.append(
                f'<img src="data:image/{kind};base64,{code}" width="{width}" alt="{escape(run.picture.words)}">'
            )
    if parts and not paragraph.text:
        return parts
    out: list[str] = []
    for look, group in groupby(paragraph.runs, key=lambda run: _look(run, paragraph)):
        same = list(group)
        for run in same:
            if run.picture is not None:
                out.append(parts.pop(0))
        text = escape("".join(run.text for run in same if not run.field), quote=False).replace("\n", "<br>")
        text = text.replace("\t", "&emsp;")
        if not text:
            continue
        gap, bold, underline, red, size = look
        names = " ".join(filter(None, ("red" if red else "", f"s{size}" if size else "")))
        if names:
            text = f'<span class="{names}">{text}</span>'
        if underline:
            text = f"<u>{text}</u>"
        if bold:
            text = f"<b>{text}</b>"
        if gap:
            text = f'<mark class="blank">{text}</mark>'
        out.append(text)
    return out


def _look(run: Run, paragraph: Paragraph) -> tuple[bool, bool, bool, bool, str]:
    size = _nearest(run.size) if run.size and run.size != paragraph.size else ""
    return run.gap, run.bold, run.underline, run.red, size


def _table(table: Table) -> str:
    cols = "".join(f'<col width="{share * 100:.1f}%">' for share in table.widths)
    head = [row for row in table.rows if row.head]
    body = [row for row in table.rows if not row.head]
    parts = [f'<table class="{"grid" if table.bordered else "bare"}"><colgroup>{cols}</colgroup>']
    if head:
        parts.append(
            f"<thead>{''.join(_row(row.cells, 'th') for row in head)}</thead>",
        )
    parts.append(f"<tbody>{''.join(_row(row.cells, 'td') for row in body)}</tbody></table>")
    return "".join(parts)


def _row(cells: tuple[Cell, ...], tag: str) -> str:
    out = []
    for cell in cells:
        span = f' colspan="{cell.across}"' if cell.across > 1 else ""
        span += f' rowspan="{cell.down}"' if cell.down > 1 else ""
        out.append(f"<{tag}{span}>{''.join(_paragraph(each) for each in cell.paragraphs)}</{tag}>")
    return f"<tr>{''.join(out)}</tr>"


def _nearest(size: float) -> str:
    found = min(SIZES, key=lambda known: abs(known - size))
    return f"{found:g}".replace(".", "-")
