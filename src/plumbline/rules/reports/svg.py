"""Plain charts as SVG text: bars, columns and a share strip. No script, no style sheet, no library.

Colours and sizes are written into each element, so that a chart reads the same inside a report, as a file of its own and
on paper. The text alternative says what the drawing says; a report sets a table beside each chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

INK, META, RULE, LINE = "#14202e", "#4a5866", "#c9d1da", "#7c8896"
RED, BLUE = "#b5121b", "#0b4a8f"
#: Verdicts by colour: red for a breach and nothing else; what is in order recedes.
VERDICT_COLOURS = {
    "met": "#1a6a3a",
    "breached": RED,
    "pending": "#8fb4dc",
    "unknown": "#b87400",
    "not_applicable": RULE,
    "error": INK,
}
FACES = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif'
WIDTH = 720
_LABELLED = 24  # columns that have room for their number


def columns(
    title: str,
    values: Sequence[tuple[str, int]],
    *,
    unit: str,
    colour: str = RED,
    said: str = "",
    titled: bool = False,
) -> str:
    """Upright columns in the order given, e.g. months. ``said`` is the sentence for those who do not see it.

    ``titled`` draws the title too, for a chart that is a file of its own.
    """
    left, right, top, height, foot = 56, 8, 20, 180, 30
    room = WIDTH - left - right
    highest, ticks = _scale(max((number for _, number in values), default=0))
    step = room / max(1, len(values))
    thick = max(1.0, min(48.0, step * 0.72))
    every = max(1, -(-len(values) * max((len(label) for label, _ in values), default=1) * 7 // room))
    parts = []
    for tick in ticks:
        y = top + height * (1 - tick / highest)
        parts += [
            f'<line x1="{left}" x2="{WIDTH - right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{RULE if tick else INK}"/>',
            _text(left - 6, y + 4, f"{tick:,}", "end"),
        ]
    for at, (label, number) in enumerate(values):
        x, tall = left + step * (at + 0.5), height * number / highest
        parts.append(
            f'<rect x="{x - thick / 2:.1f}" y="{top + height - tall:.1f}" width="{thick:.1f}" height="{tall:.1f}" '
            f'fill="{colour}"><title>{escape(label)}：{number:,} {escape(unit)}</title></rect>'
        )
        if number and len(values) <= _LABELLED:
            parts.append(_text(x, top + height - tall - 4, f"{number:,}", "middle", INK))
        if at % every == 0:
            parts.append(_text(x, top + height + 17, label, "middle"))
    return _drawing(title, said or _said(values, unit), top + height + foot, parts, titled=titled)


def bars(
    title: str,
    values: Sequence[tuple[str, int]],
    *,
    unit: str,
    colour: str = RED,
    said: str = "",
    label_width: int = 250,
) -> str:
    """Lying bars in the order given, e.g. agencies, each with its name and number."""
    row, highest = 26, max(1, max((number for _, number in values), default=0))
    room = WIDTH - label_width - 90
    parts = []
    for at, (label, number) in enumerate(values):
        y, long = at * row, room * number / highest
        shown = _fitting(label, label_width - 12)
        parts += [
            _text(0, y + 17, shown, "start", INK),
            f'<rect x="{label_width}" y="{y + 5}" width="{long:.1f}" height="16" fill="{colour}">'
            f"<title>{escape(label)}：{number:,} {escape(unit)}</title></rect>",
            _text(label_width + long + 6, y + 17, f"{number:,}", "start", INK),
        ]
    parts.append(
        f'<line x1="{label_width}" x2="{label_width}" y1="0" y2="{max(1, len(values)) * row}" stroke="{INK}"/>'
    )
    return _drawing(title, said or _said(values, unit), max(1, len(values)) * row + 4, parts)


def shares(title: str, values: Sequence[tuple[str, int, str]], *, width: int = 180) -> str:
    """A strip divided as the numbers are: name, number and colour of each part. For a cell of a table."""
    total = sum(number for _, number, _ in values)
    parts, x = [], 0.0
    for name, number, colour in values:
        if number:
            long = width * number / total
            parts.append(
                f'<rect x="{x:.2f}" y="0" width="{long:.2f}" height="12" fill="{colour}">'
                f"<title>{escape(name)} {number:,}</title></rect>"
            )
            x += long
    said = "，".join(f"{name} {number:,}" for name, number, _ in values if number)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 12" width="{width}" height="12" role="img" '
        f'aria-label="{escape(f"{title}：{said}")}">{"".join(parts)}</svg>'
    )


def _drawing(title: str, said: str, height: int, parts: Sequence[str], *, titled: bool = False) -> str:
    above = 28 if titled else 0
    if titled:
        parts = [
            f'<text y="-10" font-size="14" font-weight="700" fill="{INK}">{escape(title)}</text>',
            *parts,
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {-above} {WIDTH} {height + above}" '
        f'width="{WIDTH}" height="{height + above}" '
        f'role="img" aria-label="{escape(f"{title}。{said}")}" font-family="{escape(FACES)}" font-size="12">'
        + "".join(parts)
        + "</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str, colour: str = META) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def _scale(highest: int) -> tuple[int, list[int]]:
    """A round number at or above the highest value, and the ticks up to it."""
    step = 1
    while highest > step * 5:
        for factor in (2, 5, 10):
            if highest <= step * factor * 5 or factor == 10:
                step *= factor
                break
    top = max(step, -(-highest // step) * step)
    return top, list(range(0, top + 1, step))


def _fitting(label: str, room: int) -> str:
    """As much of a label as has room: a Chinese character takes 12, any other 7."""
    taken = 0
    for at, character in enumerate(label):
        taken += 12 if ord(character) > 0x2E80 else 7
        if taken > room:
            return label[: max(1, at - 1)] + "…"
    return label


def _said(values: Sequence[tuple[str, int]], unit: str) -> str:
    """The numbers in words; of many, the highest and the lowest."""
    if not values:
        return "没有数据"
    if len(values) <= _LABELLED:
        return "，".join(f"{label} {number:,} {unit}" for label, number in values)
    most, least = max(values, key=lambda v: v[1]), min(values, key=lambda v: v[1])
    return (
        f"{values[0][0]} 至 {values[-1][0]}，最多 {most[0]} {most[1]:,} {unit}，"
        f"最少 {least[0]} {least[1]:,} {unit}"
    )
