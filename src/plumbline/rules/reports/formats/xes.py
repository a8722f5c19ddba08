"""The events as an XES log (IEEE 1849) with the verdicts on them, for process-mining tools.

A trace is a matter, with all its events as sent. An event that a rule looked at carries ``plumbline.breaches`` (how many
of its verdicts are breaches) and the list ``plumbline.verdicts``: one attribute a verdict, its key the rule, its value
the verdict, its own attributes the rest of what section 6 of the contract has. ``plumbline.counted`` is false on an event
that does not count as of the moment asked (later, recorded later, or voided). Registers are no part of a log.

The file can be checked again without a mapping: ``plumbline check LOG.xes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from plumbline.vocabulary.event import CONTRACT_VERSION, Event
from plumbline.vocabulary.matter import in_order

from ...logs.contract_xes import EXTENSIONS, KIND, MARK, NAMESPACE, attribute, event_attributes
from ...verdict import Verdict
from ..base import Judged, Report, Totals

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_GLOBALS = (
    '<global scope="trace"><string key="concept:name" value=""/></global>'
    '<global scope="event"><string key="concept:name" value=""/>'
    '<string key="lifecycle:transition" value="complete"/>'
    '<date key="time:timestamp" value="1970-01-01T00:00:00+08:00"/></global>'
    '<classifier name="Activity" keys="concept:name"/>'
)


class Xes(Report):
    name = "xes"
    zh = "事件日志 XES，附结论，供流程挖掘软件打开"
    suffixes = (".xes",)
    needs_file = True
    rank = 6

    def render(self, judged: Sequence[Judged]) -> bytes:
        return "".join(_trace(each) for each in judged).encode()

    def begin(self, sink: BinaryIO, scratch: Path | None) -> None:
        super().begin(sink, scratch)
        extensions = "".join(
            f'<extension name="{name}" prefix="{prefix}" uri="{NAMESPACE}{prefix}.xesext"/>'
            for name, prefix in EXTENSIONS
        )
        about = "".join(
            attribute(key, value)
            for key, value in (
                ("concept:name", self.about.source),
                (MARK, str(CONTRACT_VERSION)),
                ("plumbline.version", self.about.version),
                ("plumbline.as_of", self.about.as_of.isoformat(timespec="seconds")),
                ("plumbline.packs", " ".join(self.about.packs)),
            )
        )
        self.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<log xmlns="{NAMESPACE}" xes.version="1849-2016" xes.features="nested-attributes">'
            f"{extensions}{_GLOBALS}{about}\n".encode()
        )

    def add(self, part: bytes) -> None:
        self.write(part)

    def end(self, totals: Totals) -> None:
        self.write(b"</log>\n")


def _trace(judged: Judged) -> str:
    by_subject: dict[str | None, list[Verdict]] = {}
    for verdict in judged.verdicts:
        by_subject.setdefault(verdict.subject, []).append(verdict)
    matter = judged.matter
    parts = [
        "<trace>",
        attribute("concept:name", matter.id),
        attribute(KIND, matter.kind),
        attribute("plumbline.breaches", _breaches(judged.verdicts)),
        _verdicts(by_subject.get(None, ())),
        *(_event(event, judged, by_subject.get(event.id, ())) for event in in_order(judged.events)),
        "</trace>\n",
    ]
    return "".join(parts)


def _event(event: Event, judged: Judged, verdicts: Sequence[Verdict]) -> str:
    counted = event.id in judged.matter.positions
    ours = "" if counted else attribute("plumbline.counted", False)
    if verdicts:
        ours += attribute("plumbline.breaches", _breaches(verdicts)) + _verdicts(verdicts)
    return f"<event>{event_attributes(event)}{ours}</event>"


def _breaches(verdicts: Iterable[Verdict]) -> int:
    return sum(verdict.verdict == "breached" for verdict in verdicts)


def _verdicts(verdicts: Iterable[Verdict]) -> str:
    values = "".join(_verdict(verdict) for verdict in verdicts)
    return f'<list key="plumbline.verdicts"><values>{values}</values></list>' if values else ""


def _verdict(verdict: Verdict) -> str:
    """The key is the rule (where XML allows it as a name), so that a tool that keeps one value a key keeps them all."""
    document = verdict.to_json()
    citation = document.pop("citation")
    document |= {name: citation[name] for name in ("law", "article", "quote") if citation[name]}
    inner = "".join(
        attribute(name, value)
        for name, value in document.items()
        if value is not None and name not in {"matter", "subject", "verdict"}
    )
    key = verdict.rule if _NAME.fullmatch(verdict.rule) else "rule"
    return attribute(key, verdict.verdict, inner=inner)
