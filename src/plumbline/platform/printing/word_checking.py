"""Whether a Word file can be a template here: fields it names, what it must not hold because page and PDF could not show it.

Everything that is wrong is said at once, in the words of Word's own menus, so that an author mends it in one go.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from .word_reading import parsed
from .word_styles import q, value_of

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_VML = "urn:schemas-microsoft-com:vml"
# What stands in the file, and what its author knows it as.
FORBIDDEN: dict[str, str] = {
    q("txbxContent"): "文本框（请把文字放到正文或者表格里）",
    q("anchor", "wp"): "浮动的图片或形状（请把“环绕文字”改为“嵌入型”）",
    q("pict"): "旧式图形或者水印",
    f"{{{_VML}}}shape": "旧式图形或者水印",
    q("object"): "嵌入的对象",
    q("ins"): "修订痕迹（请接受或者拒绝全部修订）",
    q("del"): "修订痕迹（请接受或者拒绝全部修订）",
    q("moveFrom"): "修订痕迹（请接受或者拒绝全部修订）",
    q("commentReference"): "批注（请删除全部批注）",
    q("footnoteReference"): "脚注",
    q("endnoteReference"): "尾注",
    q("sdt"): "内容控件（包括自动目录、封面）",
    f"{{{_MATH}}}oMath": "公式",
    q("vertAlign"): "上标或者下标",
    q("vanish"): "隐藏文字",
    q("strike"): "删除线",
    q("dstrike"): "删除线",
    q("sym"): "符号字体的字符",
    q("ruby"): "拼音指南",
    q("hyperlink"): "超链接（请取消超链接，保留文字）",
    q("altChunk"): "嵌入的其他文件",
}


class TemplateFault(Exception):
    """The file cannot be a template; ``faults`` are whole sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def checked_template(
    docx: bytes, *, known: Mapping[str, Collection[str]], required: Collection[str]
) -> list[str]:
    """The names of the facts a template uses. ``known`` gives each name's columns (none for a single fact)."""
    faults = _constructs(docx)
    names, wrong = _fields(docx, known)
    faults += wrong
    missing = [name for name in required if name not in names]
    if missing:
        faults.append(
            f"缺少必备的字段：{'、'.join(f'{{{{ {name} }}}}' for name in missing)}。请加上后再上传。"
        )
    if faults:
        raise TemplateFault(list(dict.fromkeys(faults)))
    return names


def _constructs(docx: bytes) -> list[str]:
    faults: list[str] = []
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = [
            name
            for name in archive.namelist()
            if name == "word/document.xml" or name.startswith(("word/header", "word/footer"))
            if name.endswith(".xml")
        ]
        roots = {name: parsed(archive.read(name)) for name in parts}
        numbered = _numbered_styles(archive)
    for root in roots.values():
        found = {each.tag for each in root.iter() if each.get(q("val")) not in ("0", "false")}
        faults += [
            f"模板含有{FORBIDDEN[tag]}，预览和 PDF 不能照样显示。" for tag in FORBIDDEN if tag in found
        ]
        faults += _layout_of(root, numbered)
    body = roots["word/document.xml"].find(q("body"))
    sections = list(body.iter(q("sectPr")))
    if len(sections) > 1:
        faults.append("模板分了节，页边距和页脚会不一致。请删除分节符。")
    for section in sections:
        size = section.find(q("pgSz"))
        if size is not None and not _is_a4(size):
            faults.append("纸张不是 A4 纵向。请在“布局”里改为 A4、纵向。")
        columns = section.find(q("cols"))
        if columns is not None and int(columns.get(q("num"), "1")) > 1:
            faults.append("模板分了栏，预览和 PDF 不能照样显示。请改为一栏。")
    return faults


def _is_a4(size: Any) -> bool:
    width, height = int(size.get(q("w"), "0")), int(size.get(q("h"), "0"))
    return abs(width - 11906) < 120 and abs(height - 16838) < 120


def _numbered_styles(archive: zipfile.ZipFile) -> set[str]:
    if "word/styles.xml" not in archive.namelist():
        return set()
    root = parsed(archive.read("word/styles.xml"))
    return {
        each.get(q("styleId"), "")
        for each in root.findall(q("style"))
        if each.find(f"{q('pPr')}/{q('numPr')}") is not None
    }


def _layout_of(root: Any, numbered: set[str]) -> list[str]:
    faults: list[str] = []
    for props in root.iter(q("pPr")):
        number = props.find(q("numPr"))
        has = number is not None and value_of(number, "numId") not in ("", "0")
        if has or value_of(props, "pStyle") in numbered:
            faults.append(
                "模板用了自动编号或者项目符号，预览和 PDF 不能照样显示。请直接输入“一、”“（一）”等文字。"
            )
            break
    if any(cell.find(q("tbl")) is not None for cell in root.iter(q("tc"))):
        faults.append("表格里又套了表格，预览和 PDF 不能照样显示。请改成一张表。")
    for field in (*root.iter(q("instrText")), *root.iter(q("fldSimple"))):
        code = ((field.text if field.tag == q("instrText") else field.get(q("instr"))) or "").split()
        if code and code[0].upper() not in ("PAGE", "NUMPAGES"):
            faults.append(
                f"模板含有域（{code[0]}），只能用页码和总页数。请删除其他域或者按 Ctrl+Shift+F9 转成文字。"
            )
    for paragraph in root.iter(q("p")):
        runs = paragraph.findall(q("r"))
        breaks = [
            n for n, run in enumerate(runs) for br in run.findall(q("br")) if br.get(q("type")) == "page"
        ]
        if any(n > 0 for n in breaks):
            faults.append("段落中间有分页符。请把分页符放在段落开头，或者用“段前分页”。")
    return faults


def _fields(docx: bytes, known: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
    word = DocxTemplate(BytesIO(docx))
    word.init_docx()
    sources = [word.patch_xml(word.get_xml())]
    for kind in (word.HEADER_URI, word.FOOTER_URI):
        sources += [word.patch_xml(word.get_part_xml(part)) for _, part in word.get_headers_footers(kind)]
    names: dict[str, None] = {}
    faults: list[str] = []
    for source in sources:
        try:
            tree = SandboxedEnvironment().parse(source)
        except TemplateSyntaxError as fault:
            faults.append(_unfinished(source, fault))
            continue
        reader = _Names(known)
        reader.visit(tree, {})
        names |= dict.fromkeys(reader.names)
        faults += reader.faults
    return list(names), faults


def _unfinished(source: str, fault: TemplateSyntaxError) -> str:
    line = source.splitlines()[fault.lineno - 1] if fault.lineno <= len(source.splitlines()) else ""
    near = "".join(parsed_text(line))[-30:]
    where = f"，在“{near}”附近" if near else ""
    return (
        f"字段标记没有写完整{where}：每个 {{{{ 应有 }}}}，"
        "每个 {% if … %} 应有 {% endif %}，每个 {% for … %} 应有 {% endfor %}。"
    )


def parsed_text(line: str) -> list[str]:
    """The text between the tags of a piece of XML that may be cut off."""
    return [part.partition(">")[2] or part for part in line.split("<") if part]


class _Names:
    """The names a template uses. Names, loops over lists and conditions are all that a template may hold."""

    def __init__(self, known: Mapping[str, Collection[str]]) -> None:
        self.known = known
        self.names: dict[str, None] = {}
        self.faults: list[str] = []

    def visit(self, node: nodes.Node, loops: Mapping[str, str]) -> None:
        if isinstance(node, nodes.Name):
            self._name(node.name, loops)
        elif isinstance(node, nodes.Getattr):
            self._column(node, loops)
        elif isinstance(node, nodes.For):
            self._loop(node, loops)
        elif isinstance(node, nodes.Template | nodes.Output | nodes.If | nodes.Not | nodes.TemplateData):
            for child in node.iter_child_nodes():
                self.visit(child, loops)
        else:
            self.faults.append(
                "字段里写了模板不支持的内容（运算、函数、过滤器等）。只能写字段名、{% if 字段 %} 和 {% for 行 in 清单 %}。"
            )

    def _name(self, name: str, loops: Mapping[str, str]) -> None:
        if name in loops or name == "loop":
            return
        if name not in self.known:
            near = get_close_matches(name, self.known, 1, 0.5)
            hint = f"是不是“{near[0]}”？" if near else "可用的字段见“字段一览”。"
            self.faults.append(f"没有“{name}”这个字段。{hint}")
        self.names[name] = None

    def _column(self, node: nodes.Getattr, loops: Mapping[str, str]) -> None:
        if not isinstance(node.node, nodes.Name):
            self.faults.append("字段名里只能有一个点，例如 {{ 行.名称 }}。")
            return
        owner = node.node.name
        if owner == "loop" and node.attr == "index":
            return
        if owner not in loops:
            self.faults.append(f"“{owner}.{node.attr}”只能写在 {{% for {owner} in 清单 %}} 里面。")
        elif node.attr not in self.known.get(loops[owner], ()):
            columns = "、".join(self.known.get(loops[owner], ()))
            self.faults.append(f"清单“{loops[owner]}”没有“{node.attr}”这一栏，有：{columns}。")

    def _loop(self, node: nodes.For, loops: Mapping[str, str]) -> None:
        plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
        if not plain or node.test or node.else_ or node.recursive:
            self.faults.append("循环只能写成 {% for 行 in 清单 %}。")
            return
        assert isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
        listed = node.iter.name
        self._name(listed, loops)
        if listed in self.known and not self.known[listed]:
            self.faults.append(f"“{listed}”不是清单，不能循环。")
        inner = {**loops, node.target.name: listed}
        for child in node.body:
            self.visit(child, inner)
