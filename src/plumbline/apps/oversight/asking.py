"""What a follow-up visit asks, the code on its paper, and what answers show: never fewer than the house's least number at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from plumbline.platform.scope.rows import whole_district

from .models import Visit


@dataclass(frozen=True)
class Question:
    """``bad`` is the answer that says something may have gone wrong, ``worry`` the finding in words."""

    key: str
    text: str
    bad: str = ""
    worry: str = ""

    @property
    def short(self) -> str:
        return self.worry.removeprefix("当事人反映").removeprefix("执法人员")


QUESTIONS: Final = (
    Question("shown", "执法人员有没有主动出示执法证件？", "no", "当事人反映执法人员没有出示证件"),
    Question("told", "有没有告诉您可以陈述、申辩？", "no", "当事人反映没有被告知陈述、申辩的权利"),
    Question("served", "决定书有没有送到您手里？", "no", "当事人反映没有收到决定书"),
    Question("paid", "除了决定书写明的，有没有要求您交别的钱？", "yes", "当事人反映被要求另外交钱"),
    Question("clean", "执法人员有没有吃拿卡要？", "yes", "当事人反映执法人员吃拿卡要"),
)
CHOICES: Final = (("yes", "有"), ("no", "没有"), ("unsure", "记不清"))
CONTENT: Final = (("5", "很满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意"))


def code_of(visit: Visit) -> str:
    """The code on the paper of a visit; nothing of it is stored."""
    mark = salted_hmac("plumbline.oversight.visit", str(visit.pk), algorithm="sha256").hexdigest()[:12]
    return f"{visit.pk}-{mark}"


def visit_of(code: str) -> Visit | None:
    """The visit behind a typed code, or None."""
    number, _, mark = code.strip().lower().partition("-")
    if not number.isdecimal() or len(number) > 9:
        return None
    with whole_district():
        visit = (
            Visit.objects.unscoped("凭纸上的查询码").select_related("round").filter(pk=int(number)).first()
        )
    if visit is None or not constant_time_compare(code_of(visit), f"{number}-{mark}"):
        return None
    return visit


def worries(answers: Mapping[str, str]) -> list[str]:
    return [each.worry for each in QUESTIONS if each.bad and answers.get(each.key) == each.bad]


@dataclass(frozen=True)
class Shown:
    """A group of answers: how many, and per question how many gave the bad answer; None where there are too few to show."""

    name: str
    answered: int | None
    bad: tuple[tuple[str, int], ...] | None
    content: float | None


def summary(visits: Iterable[Visit], least: int) -> tuple[list[Shown], Shown | None]:
    """By handling agency, and over those shown: what is withheld cannot be worked out from the total either."""
    groups: dict[str, list[Visit]] = {}
    for visit in visits:
        if visit.answered_at is not None and visit.reached:
            groups.setdefault(visit.agency.short_name, []).append(visit)
    shown, counted = [], []
    for name, rows in sorted(groups.items()):
        if len(rows) < least:
            shown.append(Shown(name, None, None, None))
            continue
        counted += rows
        shown.append(_shown(name, rows))
    return shown, _shown("合计（只含列出数字的机关）", counted) if counted else None


def _shown(name: str, rows: Sequence[Visit]) -> Shown:
    bad = tuple((q.short, sum(row.answers.get(q.key) == q.bad for row in rows)) for q in QUESTIONS)
    marks = [int(row.answers["content"]) for row in rows if row.answers.get("content", "").isdecimal()]
    return Shown(name, len(rows), bad, round(sum(marks) / len(marks), 1) if marks else None)
