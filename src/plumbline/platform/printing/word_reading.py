"""A filled Word file read into blocks: paragraphs, runs, tables, pictures and page numbers, with Word's styles resolved.

Only what ``word_checking`` lets through occurs here; what a sheet cannot carry was refused when the template came in.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

from lxml import etree

from .blocks import Block, Cell, Paragraph, Picture, Row, Run, Sheet, Table
from .word_styles import Look, Styles, is_on, q, value_of

MM = 56.6929
EMU_PER_MM = 36000


def read_word(docx: bytes, *, title: str = "") -> Sheet:
    """The sheet of a Word file. Margins, header and footer are those of its last section."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return _Reader(archive).sheet(title)


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        names = set(archive.namelist())
        self.names = names
        styles = archive.read("word/styles.xml") if "word/styles.xml" in names else None
        self.styles = Styles(styles)

    def sheet(self, title: str) -> Sheet:
        part = "word/document.xml"
        body = parsed(self.archive.read(part)).find(q("body"))
        if body is None:
            raise ValueError("the file has no body")
        relations = self._relations(part)
        blocks = [each for child in body for each in self._block(child, relations)]
        if len(blocks) > 1 and isinstance(blocks[-1], Paragraph) and isinstance(blocks[-2], Table):
            blocks = blocks if blocks[-1].text else blocks[:-1]
        section = body.find(q("sectPr"))
        return Sheet(
            tuple(blocks),
            self._margins(section),
            self._edge(section, "headerReference", relations),
            self._edge(section, "footerReference", relations),
            title,
        )

    def _relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        listing = f"{folder}/_rels/{name}.rels"
        if listing not in self.names:
            return {}
        return {
            each.get("Id", ""): posixpath.normpath(posixpath.join(folder, each.get("Target", "")))
            for each in parsed(self.archive.read(listing))
        }

    def _margins(self, section: Any) -> tuple[float, float, float, float]:
        found = section.find(q("pgMar")) if section is not None else None
        if found is None:
            return Sheet(()).margins
        top, right, bottom, left = (
            abs(int(found.get(q(side), "1440"))) / MM for side in ("top", "right", "bottom", "left")
        )
        return (round(top, 1), round(right, 1), round(bottom, 1), round(left, 1))

    def _edge(self, section: Any, tag: str, relations: dict[str, str]) -> tuple[Paragraph, ...]:
        for reference in section.findall(q(tag)) if section is not None else ():
            if reference.get(q("type"), "default") != "default":
                continue
            part = relations.get(reference.get(q("id", "r"), ""), "")
            if part in self.names:
                inner = self._relations(part)
                found = [
                    self._paragraph(each, inner) for each in parsed(self.archive.read(part)).iter(q("p"))
                ]
                return tuple(found) if any(each.runs for each in found) else ()
        return ()

    def _block(self, element: Any, relations: dict[str, str]) -> list[Block]:
        if element.tag == q("p"):
            return [self._paragraph(element, relations)]
        if element.tag == q("tbl"):
            return [self._table(element, relations)]
        return []

    def _paragraph(self, element: Any, relations: dict[str, str]) -> Paragraph:
        props = element.find(q("pPr"))
        shape, look = self.styles.paragraph(props)
        runs: list[Run] = []
        new_page = shape.new_page
        for child in element:
            if child.tag == q("r"):
                if not runs and any(br.get(q("type")) == "page" for br in child.findall(q("br"))):
                    new_page = True
                runs += self._run(child, look, relations)
            elif child.tag == q("fldSimple"):
                runs += self._page_number(child, look)
            elif child.tag in (q("hyperlink"), q("smartTag")):
                for inner in child.findall(q("r")):
                    runs += self._run(inner, look, relations)
        runs = _fields_joined(runs)
        sizes = [run.size for run in runs if run.text.strip()]
        size = max(set(sizes), key=sizes.count) if sizes else self._mark_size(props, look)
        return replace(
            shape.resolved(size),
            runs=tuple(_merged(replace(run, size=0 if run.size == size else run.size) for run in runs)),
            size=size,
            new_page=new_page,
        )

    def _mark_size(self, props: Any, look: Look) -> float:
        """The height of a paragraph without text: its own mark gives it."""
        return self.styles.run(props.find(q("rPr")), look).size if props is not None else look.size

    def _run(self, element: Any, inherited: Look, relations: dict[str, str]) -> list[Run]:
        look = self.styles.run(element.find(q("rPr")), inherited)
        runs: list[Run] = []
        text = ""
        for child in element:
            if child.tag == q("t"):
                text += child.text or ""
            elif (child.tag == q("br") and child.get(q("type")) != "page") or child.tag == q("cr"):
                text += "\n"
            elif child.tag == q("tab"):
                text += "\t"
            elif child.tag == q("noBreakHyphen"):
                text += "-"
            elif child.tag == q("instrText"):
                code = (child.text or "").strip().split(" ")[0].upper()
                if code in ("PAGE", "NUMPAGES"):
                    runs.append(look.run("", field="page" if code == "PAGE" else "pages"))
            elif child.tag == q("fldChar"):
                runs.append(look.run(f"\0{child.get(q('fldCharType'))}"))
            elif child.tag == q("drawing"):
                picture = self._picture(child, relations)
                if picture is not None:
                    runs.append(replace(look.run(""), picture=picture))
        return [*([look.run(text)] if text else []), *runs]

    def _page_number(self, element: Any, look: Look) -> list[Run]:
        code = element.get(q("instr"), "").strip().split(" ")[0].upper()
        inner = element.find(q("r"))
        shown = self.styles.run(inner.find(q("rPr")), look) if inner is not None else look
        if code not in ("PAGE", "NUMPAGES"):
            return []
        return [shown.run("", field="page" if code == "PAGE" else "pages")]

    def _picture(self, drawing: Any, relations: dict[str, str]) -> Picture | None:
        blip = drawing.find(f".//{q('blip', 'a')}")
        extent = drawing.find(f".//{q('extent', 'wp')}")
        words = drawing.find(f".//{q('docPr', 'wp')}")
        if blip is None or extent is None:
            return None
        part = relations.get(blip.get(q("embed", "r"), ""), "")
        if part not in self.names:
            return None
        described = words.get("descr", "") if words is not None else ""
        return Picture(self.archive.read(part), round(int(extent.get("cx", "0")) / EMU_PER_MM, 1), described)

    def _table(self, element: Any, relations: dict[str, str]) -> Table:
        widths = [int(each.get(q("w"), "1")) for each in element.findall(f"{q('tblGrid')}/{q('gridCol')}")]
        rows: list[Row] = []
        open_at: dict[int, tuple[int, int]] = {}  # column → (row, index of the cell) that goes on downwards
        for element_row in element.findall(q("tr")):
            cells: list[Cell] = []
            at = 0
            for each in element_row.findall(q("tc")):
                props = each.find(q("tcPr"))
                across = int(value_of(props, "gridSpan") or 1)
                merge = props.find(q("vMerge")) if props is not None else None
                paragraphs = tuple(self._paragraph(p, relations) for p in each.findall(q("p")))
                if merge is not None and merge.get(q("val")) != "restart" and at in open_at:
                    row, index = open_at[at]
                    above = rows[row].cells[index]
                    joined = (*rows[row].cells[:index], replace(above, down=above.down + 1))
                    rows[row] = replace(rows[row], cells=(*joined, *rows[row].cells[index + 1 :]))
                else:
                    open_at.pop(at, None)
                    if merge is not None:
                        open_at[at] = (len(rows), len(cells))
                    cells.append(Cell(paragraphs or (Paragraph(),), across))
                at += across
            head = is_on(element_row.find(q("trPr")), "tblHeader")
            rows.append(Row(tuple(cells), head))
        columns = max([len(widths), *(sum(c.across for c in row.cells) for row in rows)])
        widths = widths if len(widths) == columns else [1] * columns
        total = sum(widths) or 1
        return Table(tuple(each / total for each in widths), tuple(rows), self._bordered(element))

    def _bordered(self, element: Any) -> bool:
        props = element.find(q("tblPr"))
        borders = props.find(q("tblBorders")) if props is not None else None
        if borders is not None:
            return any(each.get(q("val"), "none") not in ("none", "nil") for each in borders)
        return self.styles.table_is_bordered(value_of(props, "tblStyle"))


def parsed(data: bytes) -> Any:
    """XML without entities, network and DTD."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _fields_joined(runs: list[Run]) -> list[Run]:
    """Page numbers written as begin, code, separate, result, end: the code counts, the result shown last is dropped."""
    out: list[Run] = []
    state = ""
    for run in runs:
        if run.text.startswith("\0"):
            state = run.text[1:]
        elif state != "separate" or run.field:
            out.append(run)
    return out


def _merged(runs: Any) -> list[Run]:
    """Neighbours of one look as one run."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and not (run.picture or last.picture or run.field or last.field):
            if replace(last, text="") == replace(run, text=""):
                out[-1] = replace(last, text=last.text + run.text)
                continue
        out.append(run)
    return out
