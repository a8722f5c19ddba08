"""Blocks as a Word file: the templates that come with the project are made this way, so that no binary is committed.

The package is written part by part and not through a library's own sample file: only what a document needs is in it,
and equal blocks give equal bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from .blocks import Block, Cell, Paragraph, Picture, Row, Run, Sheet, Table, pictures_of

BODY_FACE = "仿宋_GB2312"
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
A4 = (11906, 16838)  # twentieths of a point
MM = 56.6929
_HAIR = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def as_word(sheet: Sheet) -> bytes:
    """The .docx of a sheet. Pictures in a template come in when it is filled; those of a plot are written here."""
    drawn = {picture: n for n, picture in enumerate(dict.fromkeys(pictures_of(sheet)), 1)}
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(sheet.title),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("header", "header1.xml"),
            ("footer", "footer1.xml"),
            *(("image", f"media/image{n}.{_ending(picture)}") for picture, n in drawn.items()),
        ),
        "word/document.xml": _document(sheet, drawn),
        "word/footer1.xml": _edge("ftr", sheet.footer),
        "word/header1.xml": _edge("hdr", sheet.header),
        "word/styles.xml": _styles(),
    }
    media = {f"word/media/image{n}.{_ending(picture)}": picture.data for picture, n in drawn.items()}
    return packed({name: text.encode() for name, text in parts.items()} | media)


def _ending(picture: Picture) -> str:
    return "png" if picture.data.startswith(b"\x89PNG") else "jpeg"


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip whose bytes depend on nothing but the parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _content_types() -> str:
    overrides = (
        ("/word/document.xml", f"{_MAIN}.document.main+xml"),
        ("/word/styles.xml", f"{_MAIN}.styles+xml"),
        ("/word/footer1.xml", f"{_MAIN}.footer+xml"),
        ("/word/header1.xml", f"{_MAIN}.header+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="'
        f'{f"{_PACKAGE}/relationships/{kind}" if "/" in kind else f"{_OFFICE}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )


def _styles() -> str:
    return (
        f"{_HEAD}<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FACE)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style></w:styles>"
    )


def _document(sheet: Sheet, drawn: dict[Picture, int]) -> str:
    top, right, bottom, left = (round(each * MM) for each in sheet.margins)
    width = A4[0] - left - right
    body = [_block(each, width, drawn) for each in sheet.blocks]
    # Word wants a paragraph after a last table; one higher than a hair would open a page of its own.
    if sheet.blocks and isinstance(sheet.blocks[-1], Table):
        body.append(_HAIR)
    return (
        f"{_HEAD}<w:document {_NS}><w:body>{''.join(body)}"
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/>'
        '<w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:pgSz w:w="{A4[0]}" w:h="{A4[1]}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{round(top * 0.6)}" w:footer="{round(bottom * 0.55)}" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )


def _edge(tag: str, paragraphs: Iterable[Paragraph]) -> str:
    inner = "".join(_paragraph(each, {}) for each in paragraphs) or "<w:p/>"
    return f"{_HEAD}<w:{tag} {_NS}>{inner}</w:{tag}>"


def _block(block: Block, width: int, drawn: dict[Picture, int]) -> str:
    return _paragraph(block, drawn) if isinstance(block, Paragraph) else _table(block, width, drawn)


def _paragraph(each: Paragraph, drawn: dict[Picture, int]) -> str:
    props = ""
    if each.together:
        props += "<w:keepNext/><w:keepLines/>"
    if each.new_page:
        props += "<w:pageBreakBefore/>"
    if each.rule:
        size, colour = ("12", "C8102E") if each.rule == "red" else ("6", "000000")
        props += f'<w:pBdr><w:bottom w:val="single" w:sz="{size}" w:space="1" w:color="{colour}"/></w:pBdr>'
    spacing = f' w:before="{round(each.before * 20)}" w:after="{round(each.after * 20)}"'
    if each.line:
        spacing += f' w:line="{round(each.line * 20)}" w:lineRule="atLeast"'
    props += f"<w:spacing{spacing}/>"
    indents = "".join(
        f' w:{name}Chars="{round(value * 100)}" w:{name}="{round(value * each.size * 20)}"'
        for name, value in (("left", each.left), ("right", each.right), ("firstLine", each.first))
        if value
    )
    props += f"<w:ind{indents}/>" if indents else ""
    if each.align != "left":
        props += f'<w:jc w:val="{"both" if each.align == "justify" else each.align}"/>'
    props += f'<w:rPr><w:sz w:val="{round(each.size * 2)}"/></w:rPr>'
    return f"<w:p><w:pPr>{props}</w:pPr>{''.join(_run(run, each.size, drawn) for run in each.runs)}</w:p>"


def _run(run: Run, size: float, drawn: dict[Picture, int]) -> str:
    if run.picture is not None and run.picture in drawn:
        return _picture(run.picture, drawn[run.picture])
    props = _fonts(run.font) if run.font else ""
    props += "<w:b/>" if run.bold else ""
    props += '<w:color w:val="C8102E"/>' if run.red else ""
    points = run.size or size
    props += f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
    props += '<w:highlight w:val="yellow"/>' if run.gap else ""
    props += '<w:u w:val="single"/>' if run.underline else ""
    look = f"<w:rPr>{props}</w:rPr>"
    if run.field:
        code = "PAGE" if run.field == "page" else "NUMPAGES"
        return f'<w:fldSimple w:instr=" {code} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    pieces = []
    for n, line in enumerate(run.text.split("\n")):
        pieces.append("<w:br/>" if n else "")
        for m, part in enumerate(line.split("\t")):
            pieces.append("<w:tab/>" if m else "")
            if part:
                pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return f"<w:r>{look}{''.join(pieces)}</w:r>"


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
EMU = 36_000  # of a millimetre
#: The first three relationships of the document are its styles, header and footer.
BEFORE_PICTURES = 3


def _picture(picture: Picture, number: int) -> str:
    """The picture in the line, with what it shows in words for those who cannot see it."""
    across, down = Image.open(BytesIO(picture.data)).size
    width = round(picture.width * EMU)
    height = round(width * down / across)
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="图{number}" descr={quoteattr(picture.words)}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rId{number + BEFORE_PICTURES}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _fonts(face: str) -> str:
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{escape(face)}"/>'


def _table(table: Table, width: int, drawn: dict[Picture, int]) -> str:
    shares = [round(each * width) for each in table.widths]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = f"<w:tblBorders>{edges}</w:tblBorders>" if table.bordered else ""
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in shares)
    # A table without lines holds the place of the seal: it goes to the next page whole.
    rows = "".join(_row(row, shares, drawn, whole=not table.bordered) for row in table.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(shares)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(row: Row, shares: list[int], drawn: dict[Picture, int], *, whole: bool) -> str:
    marks = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if row.head else "")
    props = f"<w:trPr>{marks}</w:trPr>" if marks else ""
    cells, at = [], 0
    for cell in row.cells:
        if cell.down > 1:
            raise ValueError("a template of the project joins cells across, not down")
        cells.append(_cell(cell, sum(shares[at : at + cell.across]), drawn))
        at += cell.across
    return f"<w:tr>{props}{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, drawn: dict[Picture, int]) -> str:
    props = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.across > 1:
        props += f'<w:gridSpan w:val="{cell.across}"/>'
    props += '<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{''.join(_paragraph(p, drawn) for p in cell.paragraphs)}</w:tc>"
