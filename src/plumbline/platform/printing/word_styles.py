"""What Word's styles come to: defaults, paragraph styles and their parents, character styles, and what the text says itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from lxml import etree

from .blocks import Align, Paragraph, Run

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_ALIGN: dict[str, Align] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}


def q(name: str, space: str = "w") -> str:
    """A tag or attribute with its name space."""
    return f"{{{_SPACES[space]}}}{name}"


def value_of(props: Any, name: str) -> str:
    found = props.find(q(name)) if props is not None else None
    return found.get(q("val"), "") if found is not None else ""


def is_on(props: Any, name: str) -> bool:
    found = props.find(q(name)) if props is not None else None
    return found is not None and found.get(q("val"), "1") not in ("0", "false", "none", "off")


@dataclass(frozen=True)
class Look:
    """How text looks; sizes in points."""

    bold: bool = False
    underline: bool = False
    red: bool = False
    size: float = 10.5
    font: str = ""
    gap: bool = False

    def run(self, text: str, *, field: Literal["", "page", "pages"] = "") -> Run:
        return Run(text, self.bold, self.underline, self.red, self.size, self.font, self.gap, field)


@dataclass(frozen=True)
class Shape:
    """A paragraph's form. Indents are (hundredths of a character, twentieths of a point): the first wins."""

    align: Align = "left"
    first: tuple[float, float] = (0, 0)
    left: tuple[float, float] = (0, 0)
    right: tuple[float, float] = (0, 0)
    before: float = 0
    after: float = 0
    line: float = 0
    line_kind: str = "auto"
    rule: Literal["", "black", "red"] = ""
    new_page: bool = False
    together: bool = False

    def resolved(self, size: float) -> Paragraph:
        """The paragraph, its lengths brought to characters of its own size."""

        def characters(indent: tuple[float, float]) -> float:
            hundredths, twips = indent
            return round(hundredths / 100 if hundredths else twips / 20 / size, 2)

        line = self.line / 20 if self.line_kind != "auto" else self.line / 240 * size * 1.3
        return Paragraph(
            (),
            self.align,
            max(0, characters(self.first)),
            max(0, characters(self.left)),
            max(0, characters(self.right)),
            self.before / 20,
            self.after / 20,
            line,
            size,
            self.rule,
            self.new_page,
            self.together,
        )


class Styles:
    def __init__(self, part: bytes | None) -> None:
        self._by_id: dict[str, Any] = {}
        self._default = ""
        self.base_look, self.base_shape = Look(), Shape()
        if part is None:
            return
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
        self._by_id = {each.get(q("styleId"), ""): each for each in root.findall(q("style"))}
        defaults = root.find(q("docDefaults"))
        if defaults is not None:
            self.base_look = _look(defaults.find(f"{q('rPrDefault')}/{q('rPr')}"), Look(size=10))
            self.base_shape = _shape(defaults.find(f"{q('pPrDefault')}/{q('pPr')}"), Shape())
        for key, each in self._by_id.items():
            if each.get(q("type")) == "paragraph" and each.get(q("default")) in ("1", "true"):
                self._default = key
        self._kept: dict[str, tuple[Shape, Look]] = {}

    def paragraph(self, props: Any) -> tuple[Shape, Look]:
        """The form of a paragraph and the look its runs start from."""
        shape, look = self._style(value_of(props, "pStyle") or self._default)
        return _shape(props, shape), look

    def run(self, props: Any, inherited: Look) -> Look:
        named = self._by_id.get(value_of(props, "rStyle"))
        look = _look(named.find(q("rPr")), inherited) if named is not None else inherited
        return _look(props, look)

    def table_is_bordered(self, key: str) -> bool:
        style = self._by_id.get(key)
        if style is None:
            return False
        borders = style.find(f"{q('tblPr')}/{q('tblBorders')}")
        return borders is not None or self.table_is_bordered(value_of(style, "basedOn"))

    def _style(self, key: str) -> tuple[Shape, Look]:
        style = self._by_id.get(key)
        if style is None:
            return self.base_shape, self.base_look
        if key not in self._kept:
            self._kept[key] = (self.base_shape, self.base_look)  # a ring of parents ends here
            shape, look = self._style(value_of(style, "basedOn"))
            self._kept[key] = (_shape(style.find(q("pPr")), shape), _look(style.find(q("rPr")), look))
        return self._kept[key]


def _look(props: Any, base: Look) -> Look:
    if props is None:
        return base
    changes: dict[str, Any] = {}
    if props.find(q("b")) is not None:
        changes["bold"] = is_on(props, "b")
    if props.find(q("u")) is not None:
        changes["underline"] = is_on(props, "u")
    if size := value_of(props, "sz"):
        changes["size"] = float(size) / 2
    if colour := value_of(props, "color"):
        changes["red"] = _is_red(colour)
    fonts = props.find(q("rFonts"))
    if fonts is not None and fonts.get(q("eastAsia")):
        changes["font"] = fonts.get(q("eastAsia"))
    if props.find(q("highlight")) is not None:
        changes["gap"] = is_on(props, "highlight")
    return replace(base, **changes)


def _is_red(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    except ValueError:
        return False
    return red > 150 and green < 90 and blue < 90


def _shape(props: Any, base: Shape) -> Shape:
    if props is None:
        return base
    changes: dict[str, Any] = {}
    if align := value_of(props, "jc"):
        changes["align"] = _ALIGN.get(align, "left")
    indents = props.find(q("ind"))
    if indents is not None:
        for name, keys in (
            ("first", ("firstLine",)),
            ("left", ("left", "start")),
            ("right", ("right", "end")),
        ):
            for key in keys:
                chars, twips = indents.get(q(f"{key}Chars")), indents.get(q(key))
                if chars is not None or twips is not None:
                    changes[name] = (float(chars or 0), float(twips or 0))
    spacing = props.find(q("spacing"))
    if spacing is not None:
        for name in ("before", "after"):
            if spacing.get(q(name)) is not None:
                changes[name] = float(spacing.get(q(name)))
        if spacing.get(q("line")) is not None:
            changes["line"] = float(spacing.get(q("line")))
            changes["line_kind"] = spacing.get(q("lineRule"), "auto")
    bottom = props.find(f"{q('pBdr')}/{q('bottom')}")
    if bottom is not None and bottom.get(q("val"), "none") not in ("none", "nil"):
        changes["rule"] = "red" if _is_red(bottom.get(q("color"), "")) else "black"
    if props.find(q("pageBreakBefore")) is not None:
        changes["new_page"] = is_on(props, "pageBreakBefore")
    if props.find(q("keepNext")) is not None:
        changes["together"] = is_on(props, "keepNext")
    return replace(base, **changes)
