"""Amounts of money as documents state them: in figures and in the characters of accounts."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def in_figures(fen: int) -> str:
    whole, cents = divmod(fen, 100)
    return f"{whole:,}.{cents:02d} 元"


def in_characters(fen: int) -> str:
    """1,000,005 fen → 壹万元零伍分; an amount without 角 and 分 ends in 整."""
    if fen < 0:
        raise ValueError("an amount is not negative")
    whole, cents = divmod(fen, 100)
    tenth, cent = divmod(cents, 10)
    text = f"{_whole(whole)}元" if whole else ""
    if not cents:
        return f"{text or '零元'}整"
    if whole and not tenth:
        text += "零"
    text += f"{_DIGITS[tenth]}角" if tenth else ""
    return text + (f"{_DIGITS[cent]}分" if cent else "整")


def _whole(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _thousands(group) + _GROUPS[place]
        gap = False
    return text


def _thousands(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text
