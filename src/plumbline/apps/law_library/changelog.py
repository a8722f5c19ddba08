"""The legal changelog: from which day which rule, term, power or local number applies, and from which it does no longer.

Nothing is written for it: it is read from the dates of the rows themselves, so it cannot disagree with what is judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.apps.powers.contract import changes as power_changes
from plumbline.lawbook import RuleFacts, rule_facts
from plumbline.platform import clock
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.vocabulary import load_vocabulary

from .citers import row_citer
from .models import CrimeThreshold, LocalParameter, StatuteVersion

KINDS_ZH = {
    "rule": "规则",
    "term": "领域规则和旧法",
    "period": "期间计算",
    "row": "登记而未运行",
    "power": "执法事项",
    "transfer": "街道承接",
    "benchmark": "裁量基准",
    "review": "法制审核目录",
    "parameter": "地方参数",
    "threshold": "追诉标准",
    "text": "法规原文",
}


@dataclass(frozen=True)
class Change:
    """A line of the changelog. ``verified`` is False where the day does not stand in the text itself."""

    day: date
    verb: str
    kind: str
    title: str
    source: str = ""
    note: str = ""
    url: str = ""
    verified: bool = True

    @property
    def kind_zh(self) -> str:
        return KINDS_ZH[self.kind]


def changelog() -> list[Change]:
    """Every change, newest first; those to come stand at the top. Seven queries, whatever their number."""
    found = [*_rows(), *_powers(), *_parameters(), *_thresholds(), *_texts()]
    return sorted(found, key=lambda each: (each.day, each.kind, each.title), reverse=True)


def _rows() -> Iterator[Change]:
    domains = load_vocabulary().enums["domain"]
    for facts in rule_facts().values():
        citer = row_citer(facts)
        said = {
            "kind": citer.kind,
            "title": _title(facts),
            "source": facts.law + facts.article,
            "note": "，".join(part for part in (domains.get(facts.domain, ""), facts.id) if part),
            "url": citer.url,
            "verified": facts.dates_verified,
        }
        if facts.effective_from:
            yield Change(facts.effective_from, "开始适用", **said)  # type: ignore[arg-type]
        if facts.effective_to:
            yield Change(facts.effective_to + timedelta(days=1), "停止适用", **said)  # type: ignore[arg-type]


def _title(facts: RuleFacts) -> str:
    """The duty in our own words; of a row that stands in for a rule, that rule's."""
    book = rule_book()
    rule = book.by_id.get(facts.id) or next(
        (each for each in book.rules if any(o.row == facts.id for o in each.overlays)), None
    )
    return rule.duty_zh if rule else facts.law + facts.article


def _powers() -> Iterator[Change]:
    verbs = {"power": ("开始有权", "不再有权"), "transfer": ("承接", "收回")}
    for each in power_changes():
        begun, ended = verbs.get(each.kind, ("开始适用", "停止适用"))
        note = each.agency or (f"{each.n} 个街道、镇" if each.kind == "transfer" else f"{each.n} 条")
        url = f"/lists/powers/{each.item}" if each.item else ""
        yield Change(each.day, begun if each.begins else ended, each.kind, each.label, each.basis, note, url)


def _parameters() -> Iterator[Change]:
    for row in LocalParameter.objects.filter(withdrawn_at=None):
        note = f"{row.by_label}登记" + ("，示例" if row.illustrative else "")
        url = f"/law/parameters/{row.pk}"
        yield Change(row.valid_from, "开始适用", "parameter", str(row), row.source_zh, note, url)
        if row.valid_to:
            after = row.valid_to + timedelta(days=1)
            yield Change(after, "停止适用", "parameter", str(row), row.source_zh, note, url)


def _thresholds() -> Iterator[Change]:
    for row in CrimeThreshold.objects.filter(withdrawn_at=None):
        note, url = f"{row.by_label}登记", f"/law/thresholds/{row.pk}"
        yield Change(row.valid_from, "开始适用", "threshold", str(row), row.source_zh, note, url)
        if row.valid_to:
            after = row.valid_to + timedelta(days=1)
            yield Change(after, "停止适用", "threshold", str(row), row.source_zh, note, url)


def _texts() -> Iterator[Change]:
    """Later texts of a statute, on the day they were loaded: the day they apply from stands in their own words."""
    rows = StatuteVersion.objects.filter(changed__gt=0).select_related("statute")
    for row in rows:
        day = row.loaded_at.astimezone(clock.CHINA).date()
        note = f"{row.changed} 条文字有变化；{row.by_label}"
        source = f"施行 {row.effective}" if row.effective else ""
        yield Change(
            day, "装载新文本", "text", row.statute.title, source, note, f"/law/statutes/{row.statute_id}"
        )


def chosen(found: list[Change], *, kind: str, text: str, since: str, until: str) -> list[Change]:
    """Those of a kind, with words in title, source or note, from a day to a day (ISO; empty is open)."""
    words = text.lower().split()
    return [
        each
        for each in found
        if (not kind or each.kind == kind)
        and (not since or each.day.isoformat() >= since)
        and (not until or each.day.isoformat() <= until)
        and all(word in f"{each.title} {each.source} {each.note}".lower() for word in words)
    ]
