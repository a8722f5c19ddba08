"""Lists of the organ to take along: who is a volunteer supervisor, and what they recorded. Telephone numbers stay inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import list_book

from .models import Visit, Volunteer
from .questions import SEEN, VISIT

PEOPLE = ("姓名", "工作单位", "聘书文号", "聘期起", "聘期止", "状态", "账号", "学习次数", "记录份数")
VISITS = ("编号", "日期", "机关", "种类", "登记人", "所见", "要反映的情况", "监督线索", "反馈", "反馈日期")


def people_book(actor: Actor, rows: Iterable[Volunteer], filtered: str) -> bytes:
    return list_book(
        title="义务监督员", headings=PEOPLE, rows=_people(rows), actor=actor,
        content="义务监督员名册，按聘任先后；不含电话", filtered=filtered,
    )  # fmt: skip


def _people(rows: Iterable[Volunteer]) -> Iterator[tuple[str, ...]]:
    today = clock.today()
    numbers = [row.pk for row in rows]
    counted = {
        row.pk: (row.learned, row.seen)
        for row in Volunteer.objects.unscoped("名册上各人的次数")
        .filter(pk__in=numbers)
        .annotate(learned=Count("trainings", distinct=True), seen=Count("visits", distinct=True))
    }
    for row in rows:
        learned, seen = counted[row.pk]
        yield (
            row.name, row.employer, row.number, f"{row.from_on}", f"{row.to_on}", row.standing(today),
            row.person.login_name if row.person else "", str(learned), str(seen),
        )  # fmt: skip


def visits_book(actor: Actor, rows: Iterable[Visit], filtered: str) -> bytes:
    return list_book(
        title="监督记录", headings=VISITS, rows=_visits(rows), actor=actor, content="义务监督员登记的所见和反馈",
        filtered=filtered, widths={5: 40, 6: 50, 8: 50},
    )  # fmt: skip


def _visits(rows: Iterable[Visit]) -> Iterator[tuple[str, ...]]:
    words = dict(SEEN)
    for row in rows:
        seen = "；".join(
            f"{label}：{words[row.answers[key]]}"
            for key, label in VISIT[row.kind]
            if row.answers.get(key) in words
        )
        yield (
            row.matter_id, f"{row.visited_on}", row.concerned.short_name, row.get_kind_display(), row.volunteer.name,
            seen, row.text, row.lead, row.feedback,
            f"{row.feedback_at.astimezone(clock.CHINA):%Y-%m-%d}" if row.feedback_at else "",
        )  # fmt: skip
