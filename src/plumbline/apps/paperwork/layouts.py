"""From the declaration of a document to its Word template: head, title, body, signatures, page numbers.

The look is that of an official document (GB/T 9704: margins, 小标宋 二号 for the title, 仿宋 三号 for the text, lines of 28
points) for what goes to a party, and of the bordered forms staff know for what stays in the house.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from plumbline.packs.documents import DocumentTemplate, Each, Items, Line, Opinion, Para, Part, Signs, plain
from plumbline.platform.printing.blocks import Block, Cell, Paragraph, Row, Run, Sheet, Table
from plumbline.platform.printing.word_writing import as_word

TITLE_FACE = "方正小标宋简体"
LINE = 28.0
SIGN_LINE = 30.0
SIGN_ROOM = "　" * 7
FORM_MARGINS = (25.0, 20.0, 22.0, 25.0)
_FORM_WIDTHS = (0.17, 0.33, 0.17, 0.33)


@cache
def word_template(template: DocumentTemplate) -> bytes:
    """The project's own Word template of a document."""
    return as_word(sheet_of(template))


def sheet_of(template: DocumentTemplate) -> Sheet:
    blocks: list[Block] = [*(_head(template) if template.to_party else _form_head(template))]
    size = 16.0 if template.to_party else 12.0
    for part in template.body:
        _add(blocks, _part(part, size))
    _hold_the_end(blocks)
    if template.to_party:
        blocks += _close()
    else:
        blocks += _code_line()
    margins = Sheet(()).margins if template.to_party else FORM_MARGINS
    return Sheet(tuple(blocks), margins, footer=footer(), title=template.title)


def footer() -> tuple[Paragraph, ...]:
    return (
        Paragraph(
            (Run("第 "), Run(field="page"), Run(" 页 共 "), Run(field="pages"), Run(" 页")),
            align="center",
            size=10.5,
        ),
    )


def _head(template: DocumentTemplate) -> list[Block]:
    return [
        Paragraph((Run("{{ 制作机关 }}", bold=True, red=True, font=TITLE_FACE),), "center", size=28, after=8),
        Paragraph((Run("{{ 文号 }}"),), "center", line=LINE, rule="red"),
        Paragraph((Run(template.title, bold=True, font=TITLE_FACE),), "center", size=22, before=14, after=14),
    ]


def _form_head(template: DocumentTemplate) -> list[Block]:
    head: list[Block] = [
        Paragraph((Run("{{ 制作机关 }}", font=TITLE_FACE),), "center", size=15, after=4),
        Paragraph((Run(template.title, bold=True, font=TITLE_FACE),), "center", size=20, after=8),
    ]
    if template.mark:
        head.append(Paragraph((Run("{{ 文号 }}"),), "right", size=12, after=4))
    return head


def _close() -> list[Block]:
    """Agency, seal and day at the right; the code that leads to the public proof at the left."""
    place = Paragraph((Run("{{ 验证二维码 }}"),), size=10.5)
    told = Paragraph((Run("扫码验证本文书"),), size=9)
    right = (
        Paragraph((Run("{{ 制作机关 }}"),), "center", line=LINE, size=16, together=True),
        Paragraph((Run("{{ 印章 }}"),), "center", line=20, size=12, together=True),
        Paragraph((Run("{{ 成文日期 }}"),), "center", line=LINE, size=16),
    )
    row = Row((Cell((place, told)), Cell(right)))
    return [Paragraph(size=16, line=LINE, together=True), Table((0.42, 0.58), (row,), bordered=False)]


def _code_line() -> list[Block]:
    row = Row(
        (
            Cell((Paragraph((Run("{{ 验证二维码 }}"),), size=9),)),
            Cell((Paragraph((Run("制作日期：{{ 成文日期 }}"),), "right", size=10.5),)),
        )
    )
    return [Paragraph(size=9), Table((0.4, 0.6), (row,), bordered=False)]


def _add(blocks: list[Block], new: list[Block]) -> None:
    """Lines of a form that follow each other are one table."""
    for block in new:
        last = blocks[-1] if blocks else None
        if (
            isinstance(block, Table)
            and isinstance(last, Table)
            and block.widths == last.widths == _FORM_WIDTHS
        ):
            blocks[-1] = Table(last.widths, (*last.rows, *block.rows), last.bordered)
        elif isinstance(block, Paragraph) and isinstance(last, Table) and block.text:
            blocks.append(replace(block, before=max(block.before, 6)))
        else:
            blocks.append(block)


def _hold_the_end(blocks: list[Block]) -> None:
    """No page carries signatures, seal and day alone: the last paragraph of the text goes with them."""
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if not isinstance(block, Paragraph) or "endfor" in block.text:
            # One paragraph stands for all of a list: held together, the whole letter would go to the next page.
            return
        blocks[at] = replace(block, together=True)
        if block.text and not block.text.startswith("{%") and not _is_signature(block):
            return


def _is_signature(block: Paragraph) -> bool:
    return block.line == SIGN_LINE


def _part(part: Part | str, size: float) -> list[Block]:
    if isinstance(part, str):
        part = Para(part)
    line = LINE if size >= 16 else 22.0
    if isinstance(part, Para):
        run = Run(plain(part.text), bold=part.bold)
        block = Paragraph((run,), part.align, part.first, line=line, size=part.size or size)
        return _conditioned(part.when, block)
    if isinstance(part, Each):
        inner = Paragraph((Run("{{ 段 }}"),), "justify", 2, line=line, size=size)
        return [_control(f"{{%p for 段 in {part.fact} %}}"), inner, _control("{%p endfor %}")]
    if isinstance(part, Line):
        return [Table(_FORM_WIDTHS, (_form_line(part),))]
    if isinstance(part, Opinion):
        return [Table(_FORM_WIDTHS, (_opinion(part),))]
    if isinstance(part, Items):
        return _items(part, size)
    return _signs(part, size)


def _control(text: str) -> Paragraph:
    return Paragraph((Run(text),), size=10.5)


def _conditioned(when: str, block: Paragraph) -> list[Block]:
    if not when:
        return [block]
    return [_control(f"{{%p if {when} %}}"), block, _control("{%p endif %}")]


def _label(text: str) -> Cell:
    return Cell((Paragraph((Run(text),), "center", size=12, line=20, before=3, after=3),))


def _content(text: str, across: int, *, tall: bool = False) -> Cell:
    room = 16.0 if tall else 4.0
    return Cell((Paragraph((Run(plain(text)),), size=12, line=20, before=room, after=room),), across)


def _form_line(part: Line) -> Row:
    cells: list[Cell] = []
    for name, text in part.pairs:
        cells += [_label(name), _content(text, 3 if len(part.pairs) == 1 else 1, tall=part.tall)]
    return Row(tuple(cells))


def _opinion(part: Opinion) -> Row:
    inner = [Paragraph((Run(plain(part.text)),), size=12, line=20, before=8, after=14)]
    if part.signer or part.day:
        signed = SIGN_ROOM.join(
            each
            for each in (
                f"签名：{plain(part.signer)}" if part.signer else "",
                plain(part.day) if part.day else "",
            )
            if each
        )
        # Who signs on paper finds the room for it left of the edge, or between the label and the day.
        room = 0 if part.day else 7
        inner.append(Paragraph((Run(signed),), "right", right=room, size=12, line=20, after=6))
    return Row((_label(part.label), Cell(tuple(inner), 3)))


def _items(part: Items, size: float) -> list[Block]:
    names = [name for name, _ in part.columns]
    small = min(size, 12.0)

    def cell(text: str) -> Cell:
        return Cell((Paragraph((Run(text),), "center", size=small, line=18, before=2, after=2),))

    def control(text: str) -> Row:
        return Row((Cell((Paragraph((Run(text),), size=small),), len(names)),))

    rows = (
        Row(tuple(cell(name) for name in names), head=True),
        control(f"{{%tr for 行 in {part.fact} %}}"),
        Row(tuple(cell("{{ 行." + name + " }}") for name in names)),
        control("{%tr endfor %}"),
    )
    total = sum(share for _, share in part.columns)
    table = Table(tuple(share / total for _, share in part.columns), rows)
    if not part.title:
        return [Paragraph(size=6), table, Paragraph(size=6)]
    return [Paragraph((Run(part.title),), size=size, line=26, together=True), table, Paragraph(size=6)]


def _signs(part: Signs, size: float) -> list[Block]:
    lines = [
        Paragraph(
            (Run(f"{label}：{plain(text)}"),), size=min(size, 14), line=SIGN_LINE, before=4, together=True
        )
        for label, text in part.lines
    ]
    return [Paragraph(size=6, together=True), *lines]
