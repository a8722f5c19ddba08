"""What every format of a report is made of: what was judged, what is said about the check, and how a report is written.

Matters are judged in chunks, often by several processes. Each process turns its chunk into a *part* (``render``), which
has to survive pickling; the main process takes the parts in order (``add``) and writes. So no format needs all verdicts
in memory, and the file does not depend on the number of processes.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from plumbline.law import Calendar
from plumbline.vocabulary import Event, Matter, Registers, Vocabulary
from plumbline.vocabulary.event import CONTRACT_VERSION

from ..book import RuleBook
from ..verdict import Verdict

if TYPE_CHECKING:
    from ..bulk.running import Answers

VERDICTS_ZH = {
    "met": "符合",
    "breached": "违反",
    "pending": "未到期",
    "unknown": "缺少事实",
    "not_applicable": "不适用",
    "error": "出错",
}
VERDICTS = tuple(VERDICTS_ZH)
SEVERITIES_ZH = {"red": "红", "yellow": "黄", "blue": "蓝"}


@dataclass(frozen=True, kw_only=True)
class About:
    """What a report says of its own check: which file, as of when, by which rules and registers.

    The time of writing is no part of it: the same question gives the same file.
    """

    source: str
    as_of: datetime
    as_of_text: str
    packs: tuple[str, ...]
    book: RuleBook
    vocabulary: Vocabulary
    registers: Registers
    calendar: Calendar | None
    has_law_texts: bool

    @property
    def version(self) -> str:
        try:
            return version("plumbline")
        except PackageNotFoundError:  # run from its own folder, never installed
            file = Path(__file__).parents[4] / "pyproject.toml"
            return (
                str(tomllib.loads(file.read_text("utf-8"))["project"]["version"]) if file.exists() else "未知"
            )

    def agency_zh(self, code: str) -> str:
        """The agency's name in the registers; its code where they do not name it."""
        rows = self.registers.where("agencies", "code", code)
        return str(rows[0].get("name_zh") or code) if rows else code

    def lines(self) -> list[tuple[str, str]]:
        """The facts of the check as rows of name and value."""
        stated = [name for name in self.registers.document if name != "registers"]
        covered = (
            f"{self.calendar.covers_from} 至 {self.calendar.covers_to}"
            if self.calendar
            else "没有提供，需要工作日的期限一律“缺少事实”"
        )
        return [
            ("事件文件", self.source),
            ("截至", self.as_of_text),
            ("规则包", "、".join(self.packs)),
            ("规则数", str(len(self.book.rules))),
            ("登记册", "、".join(stated) or "没有提供"),
            ("放假安排", covered),
            ("法规原文", "已装载" if self.has_law_texts else "没有装载，只写条文出处"),
            ("准绳版本", self.version),
            ("事件契约", f"第 {CONTRACT_VERSION} 版"),
        ]


@dataclass(frozen=True)
class Judged:
    """One matter with all its events as sent, those that count as of the moment, and the verdicts on them in order."""

    matter: Matter
    events: Sequence[Event]
    verdicts: Sequence[Verdict]


@dataclass
class Totals:
    """What was judged in the end: verdicts by rule and verdict."""

    matters: int = 0
    events: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def of(self, verdict: str) -> int:
        return sum(number for (_, each), number in self.counts.items() if each == verdict)


class Report:
    """A format. The class says what it is called; an instance writes one report.

    ``needs_file``: it cannot go to standard output. ``suffixes`` choose the format where only a file is named.
    ``by_kernel``: it says nothing that only the reader of one matter words (sentences, the events an answer rests on), so
    that the verdicts of a large input may come from the array kernel (``render_answers``). ``row_by_row``: it is the verdicts
    one by one and nothing about all of them, so that some may be left out.
    """

    name: ClassVar[str]
    zh: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ()
    needs_file: ClassVar[bool] = False
    by_kernel: ClassVar[bool] = False
    row_by_row: ClassVar[bool] = False
    rank: ClassVar[int] = 50

    def __init__(self, about: About) -> None:
        self.about = about

    def render(self, judged: Sequence[Judged]) -> Any:
        """In the judging process: what the writing one needs of these matters."""
        raise NotImplementedError

    def render_answers(self, answers: Answers) -> Any:
        """The same of the kernel's verdicts on some matters, in a format that is written ``by_kernel``."""
        raise NotImplementedError

    def begin(self, sink: BinaryIO, scratch: Path | None) -> None:
        """Before the first part. ``scratch`` is a folder for what does not fit in memory; None without a file."""
        self.sink = sink

    def add(self, part: Any) -> None:
        raise NotImplementedError

    def end(self, totals: Totals) -> None:
        """After the last part."""

    def give_up(self) -> None:
        """Instead of the end: nothing that was written will be kept."""

    def write(self, content: bytes) -> None:
        """All of it: a pipe may take a part and report only at the next write that nobody reads any more."""
        rest = memoryview(content)
        while rest:
            rest = rest[self.sink.write(rest) :]


@contextmanager
def begun(report: Report, sink: BinaryIO, scratch: Path | None) -> Iterator[None]:
    """A report that has begun; whatever stops it, nothing of it is left open."""
    report.begin(sink, scratch)
    try:
        yield
    except BaseException:
        report.give_up()
        raise


def days_over(verdict: Verdict) -> int | None:
    """By how many units the limit was passed; None where the verdict is no overrun.

    In a waiting period the limit is the least, so that being below it is the breach.
    """
    from ..forms.wait import Wait

    if verdict.verdict != "breached" or verdict.days_used is None or verdict.days_limit is None:
        return None
    over = verdict.days_used - verdict.days_limit
    return over if over > 0 and not isinstance(verdict.form, Wait) else None


def agency_of(verdict: Verdict) -> str:
    """The body that did what is judged; of the matter where nothing happened."""
    return verdict.event.agency if verdict.event is not None else verdict.history.matter.agency
