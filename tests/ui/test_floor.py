"""What we hand to browsers uses nothing that Chromium 90, the oldest one supported, does not know.

Read from the sources, so that it runs everywhere in a moment; ``tests/floor`` asks that browser itself. The figure beside
each entry is the first version of Chromium that knows it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import plumbline

SOURCES = Path(plumbline.__file__).parent
FLOOR = 90

SCRIPT = {
    r"\.at\(\s*-?\d": 92,
    r"\bcrypto\.randomUUID\b": 92,
    r"\bObject\.hasOwn\b": 93,
    r"\bnew Error\([^()]*, \{ cause": 93,
    r"\bstatic \{": 94,
    r"#[a-zA-Z_]\w* in ": 91,
    r"\bscheduler\.(?:postTask|yield)\b": 94,
    r"\bstructuredClone\b": 98,
    r"\.(?:findLast|findLastIndex)\(": 97,
    r"\bAbortSignal\.(?:timeout|any)\b": 103,
    r"\bsignal\.(?:reason\b|throwIfAborted\()": 98,
    r"\.checkVisibility\(": 105,
    r"\.(?:toSorted|toReversed|toSpliced)\(|\.with\(\d": 110,
    r"\bArray\.fromAsync\b": 121,
    r"\b(?:Object|Map)\.groupBy\b": 117,
    r"\bPromise\.withResolvers\b|\bURL\.canParse\b": 119,
    r"\b(?:showPopover|hidePopover|togglePopover)\b": 114,
    r"\.showPicker\(": 99,
    r"\bstartViewTransition\b": 111,
    r"\bCompressionStream\(\"deflate-raw\"": 103,
    r"\bassert \{ type:|\bwith \{ type:": 91,
    r"\.(?:isSubsetOf|intersection|difference|union)\(": 122,
    r"\bnew RegExp\([^)]*, ?\"[a-z]*[vd]|/[gimsuy]*v[gimsuy]*[.,;)]$": 112,
    r"\bIntl\.(?:Segmenter|DurationFormat)\b|\bIntl\.supportedValuesOf\b": 99,
    r"\.setHTML(?:Unsafe)?\(|\bSanitizer\b": 105,
    r"\bcookieStore\.subscribe\b|\bnavigation\.navigate\b": 102,
    r"\bgetOrInsert\(": 145,
    r"\bUint8Array\.fromBase64\b|\.toHex\(\)|\.toBase64\(": 140,
}
SHEET = {
    r":has\(": 105,
    r"@container\b|\bcontainer-(?:type|name)\s*:|\d(?:cqw|cqh|cqi|cqb)\b": 105,
    r"@layer\b": 99,
    r"@scope\b": 118,
    r"@starting-style\b": 117,
    r"\bcolor-mix\(|\b(?:oklch|oklab|lch|lab)\(": 111,
    r"\blight-dark\(": 123,
    r"\d(?:dvh|svh|lvh|dvw|svw|lvw|dvb|dvi)\b": 108,
    r"\baccent-color\s*:": 93,
    r"\bsubgrid\b": 117,
    r"\btext-wrap(?:-style)?\s*:": 114,
    r"\bfield-sizing\s*:": 123,
    r"\binterpolate-size\s*:|\bcalc-size\(": 129,
    r":popover-open\b|:user-(?:in)?valid\b": 114,
    r"@media[^{]*\((?:width|height)\s*[<>]": 104,
    r"\boverflow\s*:[^;}]*\bclip\b|\boverflow-clip-margin\s*:": 90.5,
    r"(?<![-\w])(?:translate|rotate|scale)\s*:": 104,
    r"\bobject-view-box\s*:|\bscrollbar-gutter\s*:": 94,
    r"\b(?:sin|cos|tan|pow|sqrt|round|mod|rem)\(": 111,
    r":(?:dir|nth-child\([^)]* of )": 111,
    r"\bhyphenate-character\s*:|\bfont-palette\s*:|\binitial-letter\s*:": 101,
    r"\bmargin-trim\s*:|\bword-break\s*:\s*auto-phrase": 119,
    r"\bscrollbar-(?:color|width)\s*:": 121,
    r"\banimation-timeline\s*:|\bview-transition-name\s*:|\banchor-name\s*:": 111,
}
PAGE = {
    r"\spopover(?:target)?\b[^<>]*>": 114,
    r"<[^>]*\sinert[\s>=]": 102,
    r"<(?:search|selectlist|selectedcontent)\b": 118,
    r"\scommandfor=": 135,
    r"<script[^>]*type=\"(?:importmap|speculationrules)\"": 89.5,
    r"<[^>]*\sshadowrootmode=": 111,
}
# Nothing is missing where it is not known: boxes to tick are the browser's own blue.
WITHOUT_LOSS = {"accent-color:"}
RULES = {".js": SCRIPT, ".css": SHEET, ".html": PAGE}


def too_young(text: str, kind: str) -> list[str]:
    """What ``text``, a file of the kind, uses that is younger than the floor."""
    found = []
    plain = re.sub(r"/\*.*?\*/", lambda told: "\n" * told.group().count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(plain.splitlines(), 1):
        for pattern, since in RULES[kind].items():
            hits = {hit.group() for hit in re.finditer(pattern, line)} - WITHOUT_LOSS
            found += [f"{number}: {hit} ({since})" for hit in sorted(hits)]
    return found + (nested(plain) if kind == ".css" else [])


def nested(sheet: str) -> list[str]:
    """Rules inside rules: only at-rules may hold rules before Chromium 112."""
    found, open_, head = [], [], ""
    for each in sheet:
        if each == "{":
            name = head.strip()
            if open_ and not open_[-1].startswith("@") and not name.startswith("@font"):
                found.append(f"nested: {name} (112)")
            open_.append(name)
            head = ""
        elif each == "}":
            if open_:
                open_.pop()
            head = ""
        elif each == ";":
            head = ""
        else:
            head += each
    return found


def files(kind: str) -> list[Path]:
    return sorted(SOURCES.rglob(f"*{kind}"))


@pytest.mark.parametrize("kind", RULES)
def test_nothing_is_younger_than_the_floor(kind: str) -> None:
    paths = files(kind)
    assert len(paths) > 10, "the files have moved"
    wrong = [
        f"{path.relative_to(SOURCES)}:{each}" for path in paths for each in too_young(path.read_text(), kind)
    ]
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (".js", "const last = rows.at(-1);"),
        (".js", "const copy = structuredClone(kept);"),
        (".js", "fetch(url, { signal: AbortSignal.timeout(5) })"),
        (".css", ".a:has(.b) { color: red }"),
        (".css", ".a { color: red; .b { color: blue } }"),
        (".css", "@media print { .a { color: red; &:hover { color: blue } } }"),
        (".css", ".a { height: 100dvh }"),
        (".html", '<div id="x" popover>'),
        (".html", "<section inert>"),
    ],
)
def test_what_is_too_young_is_found(kind: str, text: str) -> None:
    assert too_young(text, kind)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (".js", "text.replaceAll('a', 'b'); box?.focus(); x ??= 1;"),
        (".css", "@media (min-width: 20em) { .a { color: red } } .b:is(.c, .d) { gap: 1px }"),
        (".html", '<dialog id="keys"><p>insert</p></dialog>'),
    ],
)
def test_what_the_floor_knows_is_let_through(kind: str, text: str) -> None:
    assert not too_young(text, kind)
