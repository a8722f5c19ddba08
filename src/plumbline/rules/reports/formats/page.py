"""One page for people, on a screen or on paper: charts with their tables, the worst breaches explained, what is missing.

The page holds all it needs; it asks for nothing from outside and runs no script.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import BinaryIO

from plumbline.law import Unit
from plumbline.law.strips import StripDay

from ..base import SEVERITIES_ZH, VERDICTS, VERDICTS_ZH, About, Judged, Report, Totals
from ..findings import WORST, Breach, Findings, missing_rows
from ..svg import VERDICT_COLOURS, bars, columns, shares

SHEET = Path(__file__).parents[1] / "page.css"
MOST_BARS = 20
PLUMB = (
    '<svg viewBox="0 0 18 30" aria-hidden="true"><path d="M9 0v11" stroke="#0b4a8f" stroke-width="1.8"/>'
    '<path d="M3.5 11h11l1.5 4.5L9 29.5 2 15.5z" fill="#0b4a8f"/></svg>'
)
#: What is drawn and listed by rule; a rule that never applied says nothing.
SHOWN = tuple(verdict for verdict in VERDICTS if verdict != "not_applicable")


class Page(Report):
    name = "html"
    zh = "一页可以打印的报告，附图表"
    suffixes = (".html", ".htm")
    needs_file = True
    rank = 5

    def render(self, judged: Sequence[Judged]) -> Findings:
        return Findings.of(judged, self.about)

    def begin(self, sink: BinaryIO, scratch: Path | None) -> None:
        super().begin(sink, scratch)
        self.findings = Findings()

    def add(self, part: Findings) -> None:
        self.findings.add(part)

    def end(self, totals: Totals) -> None:
        self.write("\n".join(_page(self.about, self.findings, totals)).encode())


def _page(about: About, found: Findings, totals: Totals) -> Iterable[str]:
    title = f"执法事件检查报告（截至 {about.as_of_text}）"
    sections = [
        ("rules", "各规则的结论", _by_rule(about, totals)),
        ("months", "违反：按月", _by_month(found)),
        ("agencies", "违反：按机关", _by_agency(about, found)),
        ("over", "超期多久", _over(found)),
        ("worst", "最严重的违反", _worst(found, totals)),
        ("missing", "缺少的事实", _missing(found)),
    ]
    if found.faults:
        sections.append(("faults", "未能判断的规则", _faults(found)))
    sections.append(("about", "本次检查", _about(about)))
    yield "<!doctype html>"
    yield '<html lang="zh-Hans-CN"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield f"<title>{escape(title)}</title><style>{SHEET.read_text('utf-8')}</style></head><body><main>"
    yield f'<p class="mark">{PLUMB}准绳 Plumbline</p><h1>{escape(title)}</h1>'
    yield f'<p class="lead">{escape(_lead(found, totals))}</p>'
    yield _figures(totals)
    yield '<nav aria-label="目录"><ul class="contents">'
    yield "".join(f'<li><a href="#{key}">{name}</a></li>' for key, name, _ in sections)
    yield "</ul></nav>"
    for key, name, content in sections:
        yield f'<section aria-labelledby="{key}"><h2 id="{key}">{name}</h2>'
        yield from content
        yield "</section>"
    yield "</main></body></html>\n"


def _lead(found: Findings, totals: Totals) -> str:
    breached, unknown = totals.of("breached"), totals.of("unknown")
    if not totals.counts:
        return f"{totals.matters:,} 个事项、{totals.events:,} 个事件，没有规则适用。"
    said = (
        f"{totals.matters:,} 个事项中，{found.matters_breached:,} 个有违反，共 {breached:,} 处。"
        if breached
        else f"{totals.matters:,} 个事项中没有发现违反。"
    )
    if unknown:
        said += f"另有 {unknown:,} 条结论因缺少事实不能判断，不等于符合。"
    return said


def _figures(totals: Totals) -> str:
    figures = [
        ("事项", totals.matters, ""),
        ("事件", totals.events, ""),
        *(
            (
                VERDICTS_ZH[verdict],
                totals.of(verdict),
                {"breached": "bad", "unknown": "open"}.get(verdict, ""),
            )
            for verdict in VERDICTS
        ),
    ]
    cells = (
        f"<div{_class(kind if number else '')}><dt>{name}</dt><dd>{number:,}</dd></div>"
        for name, number, kind in figures
        if number or name != VERDICTS_ZH["error"]
    )
    return f'<dl class="figs">{"".join(cells)}</dl>'


def _by_rule(about: About, totals: Totals) -> Iterable[str]:
    rows = []
    for rule in about.book.rules:
        numbers = {verdict: totals.counts[rule.id, verdict] for verdict in VERDICTS}
        if any(numbers[verdict] for verdict in SHOWN):
            rows.append((rule, numbers))
    if not rows:
        yield _none("没有规则适用于这些事件。")
        return
    yield '<ul class="key">'
    for verdict in SHOWN:
        yield (
            f'<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" '
            f'fill="{VERDICT_COLOURS[verdict]}"/></svg>{VERDICTS_ZH[verdict]}</li>'
        )
    yield "</ul>"
    headings = [("规则", ""), ("结论的分布", ""), *((VERDICTS_ZH[verdict], "r") for verdict in SHOWN)]
    yield _table_head("按规则编号排列；不适用的没有列出", headings)
    for rule, numbers in rows:
        strip = shares(rule.id, [(VERDICTS_ZH[v], numbers[v], VERDICT_COLOURS[v]) for v in SHOWN])
        cells = "".join(
            f'<td class="r{" red" if v == "breached" and numbers[v] else ""}">{numbers[v]:,}</td>'
            for v in SHOWN
        )
        yield (
            f'<tr><th scope="row">{escape(rule.duty_zh)}<small>{escape(rule.facts.law + rule.facts.article)} · '
            f"{escape(rule.id)}</small></th><td>{strip}</td>{cells}</tr>"
        )
    yield _TABLE_END


def _by_month(found: Findings) -> Iterable[str]:
    months = found.months()
    if not months:
        yield _none("没有违反。")
        return
    yield '<p class="meta">有期限的，按期满日所在的月份；没有期限的，按事实发生的月份。</p>'
    yield f"<figure>{columns('每月的违反', months, unit='处')}</figure>"
    headings = [("年", ""), *((f"{month} 月", "r") for month in range(1, 13)), ("全年", "r")]
    yield _table_head("每月的违反，按年排列", headings)
    for year in sorted({month[:4] for month, _ in months}):
        numbers = [found.breaches_by_month[f"{year}-{month:02d}"] for month in range(1, 13)]
        cells = "".join(f'<td class="r">{number:,}</td>' for number in (*numbers, sum(numbers)))
        yield f'<tr><th scope="row">{year}</th>{cells}</tr>'
    yield _TABLE_END


def _by_agency(about: About, found: Findings) -> Iterable[str]:
    rows = found.breaches_by_agency.most_common()
    rows.sort(key=lambda row: (-row[1], row[0]))
    if not rows:
        yield _none("没有违反。")
        return
    named = [(about.agency_zh(code), number) for code, number in rows]
    most = f"，图中是最多的 {MOST_BARS} 个" if len(named) > MOST_BARS else ""
    yield f'<p class="meta">按作出该行为的机关。共 {len(named)} 个机关有违反{most}。</p>'
    yield f"<figure>{bars('各机关的违反', named[:MOST_BARS], unit='处')}</figure>"
    yield _table_head("机关的违反和全部结论", [("机关", ""), ("违反", "r"), ("全部结论", "r")])
    for code, number in rows:
        name = about.agency_zh(code)
        second = f"<small>{escape(code)}</small>" if name != code else ""
        yield (
            f'<tr><th scope="row">{escape(name)}{second}</th><td class="r">{number:,}</td>'
            f'<td class="r">{found.judged_by_agency[code]:,}</td></tr>'
        )
    yield _TABLE_END


def _over(found: Findings) -> Iterable[str]:
    units = [unit.value for unit in Unit if any(each == unit for each, _ in found.over)]
    if not units:
        yield _none("没有超过期限的。")
        return
    yield '<p class="meta">超过期限的违反，按超出的时长分组；工作日、日等不同单位分开统计，不相加。</p>'
    for unit in units:
        name = Unit(unit).zh.removeprefix("个")
        classes = found.overruns(unit)
        yield f"<h3>以{name}计的期限</h3>"
        yield f"<figure>{columns(f'超出的{name}数', classes, unit='处')}</figure>"
        yield _table_head(f"超出的{name}数", [(f"超出（{name}）", ""), ("违反", "r")])
        yield from (
            f'<tr><th scope="row">{label}</th><td class="r">{number:,}</td></tr>' for label, number in classes
        )
        yield _TABLE_END


def _worst(found: Findings, totals: Totals) -> Iterable[str]:
    if not found.worst:
        yield _none("没有违反。")
        return
    shown, whole = len(found.worst), totals.of("breached")
    yield (
        f'<p class="meta">{whole:,} 处违反中的 {shown} 处：先看等级，同一等级先看超出最多的。'
        f"{'其余见同一次检查的表格（csv、xlsx）。' if whole > WORST else ''}</p>"
    )
    for breach in found.worst:
        yield from _one(breach)


def _one(breach: Breach) -> Iterable[str]:
    tag = SEVERITIES_ZH.get(breach.severity, breach.severity)
    yield f'<article><h3><span class="tag {escape(breach.severity)}">{tag}</span> {escape(breach.title)}</h3>'
    yield (
        f'<p class="meta">{escape(breach.matter)} · {escape(breach.agency)} · {escape(breach.law)} · '
        f"规则 {escape(breach.rule)}</p>"
    )
    yield f'<p><strong class="red">{escape(breach.conclusion)}</strong>。{escape(breach.sentence)}</p>'
    if breach.strip:
        yield _strip(breach.strip, breach.left_out)
    rows = (
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(content)}</td><td>{escape(source)}</td></tr>'
        for label, content, source in breach.rows
    )
    yield f'<div class="tw"><table><tbody>{"".join(rows)}</tbody></table></div>'
    if breach.quote:
        yield f'<p class="law">{escape(breach.quote)}</p>'
    yield "</article>"


def _strip(days: Sequence[StripDay], left_out: int) -> str:
    cells = []
    for at, day in enumerate(days):
        if left_out and at == 6:  # where the strip is folded
            cells.append(
                f'<li class="fold"><span aria-hidden="true">…</span><b>{left_out} 日</b><span>略</span></li>'
            )
        kind = "due" if day.is_due else "today" if day.is_today else "" if day.counts else "off"
        note = day.note or (str(day.number) if day.number else "")
        cells.append(
            f"<li{_class(kind)}><span>{day.weekday}</span>"
            f"<b>{day.day:%m-%d}</b><span>{escape(note)}</span></li>"
        )
    return f'<ol class="days" aria-label="逐日期限">{"".join(cells)}</ol>'


def _missing(found: Findings) -> Iterable[str]:
    rows = missing_rows(found)
    if not rows:
        yield _none("没有因缺少事实而不能判断的。")
        return
    yield '<p class="meta">补报这些事实以后，有关的规则才能判断。缺少事实不等于符合。</p>'
    yield _table_head("缺少的事实", [("事实", ""), ("不能判断的结论", "r"), ("涉及的规则", "")])
    for name, path, number, rules in rows:
        yield (
            f'<tr><th scope="row">{escape(name)}<small>{escape(path)}</small></th><td class="r">{number:,}</td>'
            f"<td>{escape('、'.join(rules))}</td></tr>"
        )
    yield _TABLE_END


def _faults(found: Findings) -> Iterable[str]:
    yield '<p class="meta">程序或者数据有问题，没有得出结论。请把下列内容告诉系统管理员。</p>'
    yield _table_head("未能判断的规则", [("规则", ""), ("原因", ""), ("次数", "r")])
    for (rule, fault), number in sorted(found.faults.items()):
        yield f'<tr><th scope="row">{escape(rule)}</th><td>{escape(fault)}</td><td class="r">{number:,}</td></tr>'
    yield _TABLE_END


def _about(about: About) -> Iterable[str]:
    rows = (
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in about.lines()
    )
    yield f'<div class="tw"><table><tbody>{"".join(rows)}</tbody></table></div>'


_TABLE_END = "</tbody></table></div>"


def _table_head(caption: str, headings: Sequence[tuple[str, str]]) -> str:
    cells = "".join(f'<th scope="col"{_class(kind)}>{escape(name)}</th>' for name, kind in headings)
    return (
        f'<div class="tw" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{cells}</tr></thead><tbody>"
    )


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _none(text: str) -> str:
    return f'<p class="none">{text}</p>'
