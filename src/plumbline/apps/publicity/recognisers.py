"""What else is personal in a text, by its own form or by the word before it: one pattern a line.

Patterns with a gap in them see through blanks and line breaks; those marked *squeezed* look at the text without any.
What must stay readable (dates, document numbers, amounts, valid credit codes) is sheltered before anything is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.cn import uscc

from .folding import Folded, Span

_G = r"[\s\-－‐-―·.]{0,3}"
_IS = r"[\s:为是=]{0,3}"
_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_HAN = r"㐀-鿿\U00020000-\U000323af"
_N = r"[\dA-Za-z零〇一二三四五六七八九十百]{1,6}"
_NAME_OF_PLACE = rf"(?:(?![在住于到往至从与和位系是的为及对由向])[{_HAN}]){{1,6}}?"
_DAY = r"(?:1[89]|20)\d{2}[年\-./]\d{1,2}(?:[月\-./]\d{1,2}[日号]?|月)"
_CHINESE_DAY = (
    r"[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_ACCOUNT = r"(?:[A-Za-z][A-Za-z0-9_\-]{5,19}(?:(?:\n[a-z0-9_\-]+|\s(?!qq|wx|vx|we|tel|mail|e-?mail)[a-z0-9_\-]+)(?![A-Za-z0-9_@]))?|[A-Za-z](?:\s?[A-Za-z0-9_\-]){5,19})"
_UNIT = r"[\dA-Za-z零〇一二三四五六七八九十百\-]{1,12}(?:号楼|栋|幢|座|单元|组|弄|巷|号|室|房|户|层|楼)"
# A place that people live in, then at least two steps down to a door; or anything after 住, to its last door.
_HOMES = r"(?:小区|花园|家园|新村|公寓|社区|大院|宿舍|苑|府|城|湾|村|庄|里|弄|巷|坊|街|路|大道|号)"

_GAPPED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[A-Za-z0-9](?:\s?[\w.+-]){0,40}\s*@\s*[A-Za-z0-9](?:\s?[\w-])*?(?:\s*\.\s*[A-Za-z](?:\s?[A-Za-z]){1,9})+(?![A-Za-z])", re.ASCII)),
    ("wechat", re.compile(rf"(?:微\s*信|威\s*信|薇\s*信|wei\s*xin|we\s*chat|(?<![a-z])[vw]x)(?:\s*(?:账|帐|昵)?\s*(?:号码|号|名|id|称))?{_IS}({_ACCOUNT})", re.I)),
    ("wechat", re.compile(rf"(?:支\s*付\s*宝|抖\s*音|快\s*手|微\s*博|收\s*款\s*码)(?:\s*(?:账|帐)?\s*(?:号码|号|名|id))?{_IS}({_ACCOUNT})", re.I)),
    ("qq", re.compile(rf"(?:q\s*q|扣\s*扣|企\s*鹅)(?:\s*(?:号码|号|群))?{_IS}([1-9](?:{_G}\d){{4,11}})(?!\d)", re.I)),
    ("bank_card", re.compile(rf"(?:[账帐卡户]\s*[号户](?:\s*[号码])?|卡\s*号){_IS}(\d(?:{_G}\d){{7,29}})(?!\d)")),
    ("phone", re.compile(rf"(?:电\s*话|座\s*机|手\s*机|传\s*真|联\s*系\s*方\s*式)(?:\s*号?\s*码)?{_IS}(\d(?:{_G}\d){{6,7}})(?!\d)")),
    ("passport", re.compile(rf"(?:护\s*照|通\s*行\s*证|军\s*官\s*证|士\s*兵\s*证|驾\s*驶?\s*证|回\s*乡\s*证)(?:\s*号?\s*码?){_IS}([A-Za-z\u4e00-\u9fff]?(?:{_G}\d){{6,12}})(?!\d)")),
    ("plate", re.compile(rf"[{_PLACES}]{_G}(?=(?:{_G}[A-Z]){{0,7}}{_G}\d)[A-HJ-Z]{_G}(?:[A-HJ-NP-Z0-9]{_G}){{4,5}}[A-HJ-NP-Z0-9挂学警港澳](?![A-Z0-9])", re.I)),
)  # fmt: skip
_SQUEEZED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("birth_date", re.compile(rf"(?:出生日期|出生年月日?|生日|出生时间|出生于|生于|出生)[:为是于]?({_DAY}|{_CHINESE_DAY}|(?:19|20)\d{{6}}(?!\d))")),
    ("birth_date", re.compile(rf"({_DAY}|{_CHINESE_DAY})(?:出生|生(?![产活效长成态意锈前火病鲜])|[,，]?[男女](?![{_HAN}]))")),
    ("birth_date", re.compile(rf"[男女][,，、;]?({_DAY}|{_CHINESE_DAY})")),
    ("title_number", re.compile(r"(?:[〔\[(（]?\d{4}[〕\])）]?)?[\u4e00-\u9fff]{0,6}(?:不动产权|房权证|房产证|土地证|宅基地证)[\u4e00-\u9fff]{0,4}第?[\dA-Za-z\-]{4,}号?")),
    ("address", re.compile(rf"{_NAME_OF_PLACE}{_HOMES}(?:[{_HAN}]{{0,4}}?{_UNIT}){{2,}}(?:[\-]?\d{{1,5}}[室号户房]?)?")),
    ("address", re.compile(rf"{_NAME_OF_PLACE}{_HOMES}{_N}(?:[\-]{_N}){{2,3}}[室号户房]?")),
    ("address", re.compile(rf"(?:现住址?|家庭住址|户籍地址?|户籍所在地|居住地址?|家住|住址|住在|居住[在于]|租住[在于]?|(?<![居抓拦站停记稳租])住(?![建房宅户院宿所持址])|收件地址|通讯地址)[:为是于在]?([{_HAN}\d\-()（）A-Za-z]{{2,40}}?{_UNIT}(?:[{_HAN}]{{0,4}}?{_UNIT})*(?:[\-]?\d{{1,5}}[室号户房]?)?)")),
)  # fmt: skip

_CREDIT_CODE = re.compile(r"(?<![\dA-Za-z])[159ANY][1239][\dA-HJ-NPQRTUWXY]{16}(?![\dA-Za-z])")
_BORN = re.compile(r".{6}(?:18|19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])")
_PLAIN: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<!\d)(?:19|20)\d{2}\s*([\-./])\s*\d{1,2}\s*\1\s*\d{1,2}(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?"),
    re.compile(r"(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*日"),
    re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"),
    re.compile(r"[〔\[(（]\s*(?:19|20)\d{2}\s*[〕\])）]\s*第?\s*\d{1,8}\s*号"),
    re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<![\d.])\d{1,12}(?:\.\d{1,4})?(?=\s*(?:万?元|立方米|平方米|m2|m3|千克|公斤|吨|米|公里|分贝|毫克|件|个|人|次|%|瓶|箱|袋|台|辆|分钟|小时|日|天))"),
)  # fmt: skip


def birth_dates_in(folded: Folded) -> Iterator[Span]:
    """Before dates are sheltered: a day on which somebody was born."""
    yield from _found(folded, [p for p in _SQUEEZED if p[0] == "birth_date"], squeezed=True)


def plain_in(folded: Folded) -> Iterator[Span]:
    """What may be read by everybody and only looks like a person's number."""
    for found in _CREDIT_CODE.finditer(folded.text):
        labelled = (
            folded.text[max(0, found.start() - 6) : found.start()].rstrip(" :为是").endswith("信用代码")
        )
        if uscc.is_valid(found.group()) or (labelled and not _BORN.match(found.group())):
            yield folded.span(found.start(), found.end(), "plain")
    for pattern in _PLAIN:
        for found in pattern.finditer(folded.text):
            yield folded.span(found.start(), found.end(), "plain")


def marked_in(folded: Folded) -> Iterator[Span]:
    """Everything else that is personal by its form or its label."""
    yield from _found(folded, list(_GAPPED), squeezed=False)
    yield from _found(folded, [p for p in _SQUEEZED if p[0] != "birth_date"], squeezed=True)


def _found(folded: Folded, patterns: list[tuple[str, re.Pattern[str]]], *, squeezed: bool) -> Iterator[Span]:
    view = folded.squeezed if squeezed else folded
    for category, pattern in patterns:
        for match in pattern.finditer(view.text):
            group = 1 if match.re.groups and match.group(1) else 0
            yield view.span(match.start(group), match.end(group), category)
