"""Judging the matters of an input chunk by chunk, on several processes when there is much to do.

Each chunk becomes the part of a report (``reports``) where it is judged, so that verdicts do not travel. Where there is much
to do and the format needs no sentence, the array kernel judges; otherwise the reader of one matter. Where sentences are
wanted for some verdicts alone, the kernel finds the matters that have such, and the reader words them.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from plumbline.law.texts import article_number, short_title
from plumbline.vocabulary import Matter

from .check_input import CheckInput, Progress
from .evaluate import evaluate
from .processes import answered
from .reports.base import About, Judged, Report, Totals
from .verdict import Verdict

if TYPE_CHECKING:
    from .bulk.checking import Kernel

CHUNK = 500
MANY_EVENTS = 20_000
#: From here on the kernel is worth the seconds that loading it takes.
EVENTS_FOR_THE_KERNEL = 100_000

#: Matters judged, verdicts by rule and verdict, and the part of the report.
Part = tuple[int, Counter[tuple[str, str]], Any]


@dataclass(frozen=True, kw_only=True)
class Judging:
    """The whole of what judging a matter needs; inherited by the processes that judge.

    ``articles`` are the loaded texts by short title and number. ``with_untriggered`` gives a row to rules without subject.
    ``only`` names the verdicts that are written, where not all are; all are counted.
    """

    input: CheckInput
    about: About
    articles: dict[tuple[str, str], str] = field(default_factory=dict)
    with_untriggered: bool = False
    only: frozenset[str] | None = None

    def write(self, report: Report, *, processes: int, progress: Progress = lambda *_: None) -> Totals:
        """Judge every matter and hand the parts to a report that has begun; it is ended here."""
        totals = Totals(events=self.input.events)
        whole = len(self.input.matters)
        for matters, counts, part in self._parts(report, processes):
            totals.counts.update(counts)
            totals.matters += matters
            report.add(part)
            progress("对照规则", totals.matters, whole)
        report.end(totals)
        return totals

    def verdicts(self) -> Iterator[Verdict]:
        """All verdicts, matter by matter, in this process."""
        for name in self.input.matters:
            yield from self._judged(name).verdicts

    def _parts(self, report: Report, processes: int) -> Iterator[Part]:
        global _current
        _current = self, report, self._kernel(report, processes)
        names = self.input.matters
        chunks = (names[start : start + CHUNK] for start in range(0, len(names), CHUNK))
        if self.input.events < MANY_EVENTS or processes < 2:
            yield from map(_part, chunks)
            return
        gc.collect()
        gc.freeze()  # what the processes inherit is not gone through by their collectors, and so not copied
        for _, part in answered(_part, chunks, processes=processes):
            yield part

    def _kernel(self, report: Report, processes: int) -> Kernel | None:
        """The kernel, where it is to judge; loaded before other processes inherit it."""
        useful = report.by_kernel or self.only is not None
        if not useful or self.with_untriggered or self.input.events < EVENTS_FOR_THE_KERNEL:
            return None
        from .bulk.checking import Kernel

        kernel = Kernel.of(self.about)
        if kernel is not None and processes > 1:
            kernel.load()
        return kernel

    def part(self, report: Report, names: Sequence[str], kernel: Kernel | None) -> Part:
        if kernel is not None:
            answers = kernel.judged(self.input, names)
            counts = kernel.by_name(answers.counts())
            chosen = kernel.only(answers, self.only)
            if report.by_kernel:
                return len(names), counts, report.render_answers(chosen)
            return len(names), counts, report.render(self._chosen(map(self._judged, kernel.matters(chosen))))
        judged = [self._judged(name) for name in names]
        counts = Counter((verdict.rule, verdict.verdict) for each in judged for verdict in each.verdicts)
        return len(judged), counts, report.render(self._chosen(judged))

    def _chosen(self, judged: Iterable[Judged]) -> list[Judged]:
        """The same with the verdicts that are written."""
        if self.only is None:
            return list(judged)
        return [
            replace(each, verdicts=[verdict for verdict in each.verdicts if verdict.verdict in self.only])
            for each in judged
        ]

    def _judged(self, name: str) -> Judged:
        events = self.input.events_of(name)
        matter = Matter.of(events, self.about.as_of)
        if not matter.events and not self.with_untriggered:
            return Judged(matter, events, ())
        verdicts = evaluate(
            self.about.book,
            matter,
            registers=self.about.registers,
            calendar=self.about.calendar,
            as_of=self.about.as_of,
            quote_of=self._quote,
            with_untriggered=self.with_untriggered,
            others=self.input.events_of,
            affair=self.input.matters_about,
        )
        verdicts.sort(key=_order)
        return Judged(matter, events, verdicts)

    def _quote(self, law: str, article: str) -> str:
        return self.articles.get((short_title(law), article_number(article)), "")


_current: tuple[Judging, Report, Kernel | None]


def _part(names: Sequence[str]) -> Part:
    judging, report, kernel = _current
    return judging.part(report, names, kernel)


def _order(verdict: Verdict) -> tuple[str, str]:
    return verdict.rule, verdict.subject or ""
