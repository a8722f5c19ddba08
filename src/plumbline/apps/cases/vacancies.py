"""Posts that waiting work needs and nobody holds today: looked for hourly and at each submission, told, and closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.capabilities import CAPABILITIES
from plumbline.platform.identity.models import AdministratorAppointment, Post
from plumbline.platform.notify.models import notify
from plumbline.platform.verdicts.evaluation import on_clock

from .models import CaseTask, Opinion, RequestState, StepRequest, Vacancy
from .posts import Held, held_posts

ADMINISTERS = "agency.administer"
Need = tuple[str, str, int | None]  # agency, power, post


@on_clock
def look_for_vacancies() -> int:
    """Bring the list in line with what waits now and who is there today; returns how many posts are empty."""
    needs = _needs()
    with transaction.atomic():
        open_now = {_need(row): row for row in Vacancy.objects.select_for_update().filter(filled_at=None)}
        held = held_posts(
            {capability for _, capability, _ in needs if capability},
            pks=[post for *_, post in needs if post is not None],
        )
        empty = {
            need: sum(groups.values())
            for need, groups in needs.items()
            if not all(_somebody(need, held, but=writer) for writer in groups)
        }
        for need, row in open_now.items():
            if need not in empty:
                _fill(row)
        for need, waiting in empty.items():
            _find(need, waiting, open_now.get(need))
    return len(empty)


def look_at(agency: str, capability: str, *, but: int | None = None) -> bool:
    """At a submission: whether somebody other than ``but`` can take it; an empty post is told of at once."""
    held = held_posts([capability])
    if _somebody((agency, capability, None), held, but=but):
        return True
    row = Vacancy.objects.filter(agency_id=agency, capability=capability, post=None, filled_at=None).first()
    _find((agency, capability, None), (row.waiting if row else 0) + 1, row)
    return False


def vacancies_for(actor: Actor) -> QuerySet[Vacancy]:
    """The empty posts that an administrator of agencies, or the security administrator, has to fill."""
    rows = Vacancy.objects.filter(filled_at=None).select_related("agency", "post").order_by("since", "pk")
    if actor.administrator == "security":
        return rows
    reach = actor.reach(ADMINISTERS)
    return rows if reach is None else rows.filter(agency_id__in=reach)


def what_is_empty(row: Vacancy) -> str:
    if row.post is not None:
        return f"“{row.post.title}”今天无人在岗"
    return f"没有人有“{CAPABILITIES.get(row.capability, row.capability)}”的权能"


def _needs() -> Mapping[Need, Counter[int | None]]:
    """What waits, by agency and power (or the post it was sent to), then by who may not take it himself."""
    found: defaultdict[Need, Counter[int | None]] = defaultdict(Counter)
    tasks = CaseTask.objects.unscoped("查找空缺岗位").order_by()
    for agency, capability, post, number in (
        tasks.exclude(kind="approve")
        .values_list("agency_id", "capability", "post_id")
        .annotate(number=Count("pk"))
    ):
        found[agency, "" if post else capability, post][None] += number
    requests = StepRequest.objects.filter(state=RequestState.SUBMITTED)
    for agency, post, writer, number in (
        requests.order_by()
        .values_list("case__agency_id", "post_id", "written_by_id")
        .annotate(number=Count("pk"))
    ):
        found[agency, "" if post else "cases.approve", post][writer] += number
    opinions = Opinion.objects.unscoped("查找空缺岗位").filter(answered_at=None, dropped_at=None)
    for agency, post, number in (
        opinions.order_by().values_list("post__agency_id", "post_id").annotate(number=Count("pk"))
    ):
        found[agency, "", post][None] += number
    return found


def _somebody(need: Need, held: Iterable[Held], *, but: int | None = None) -> bool:
    agency, capability, post = need
    return any(
        (
            each.post.pk == post
            if post is not None
            else capability in each.post.capabilities and each.reaches(agency)
        )
        and bool(each.people - {but})
        for each in held
    )


def _need(row: Vacancy) -> Need:
    return row.agency_id, row.capability, row.post_id


def _find(need: Need, waiting: int, row: Vacancy | None) -> None:
    agency, capability, post = need
    if row is not None:
        if row.waiting != waiting:
            Vacancy.objects.filter(pk=row.pk).update(waiting=waiting)
        return
    row = Vacancy.objects.create(
        agency_id=agency, capability=capability, post_id=post, waiting=waiting, since=clock.now()
    )
    row.post = Post.objects.filter(pk=post).first() if post else None
    title = f"岗位空缺：{row.agency.short_name}{what_is_empty(row)}"
    body = f"有 {waiting} 件事项在等。请安排任职或者代理。"
    notify(title=title, body=body, url="/desk", agency_code=agency, capability=ADMINISTERS)
    today = clock.today()
    security = AdministratorAppointment.objects.filter(
        Q(to_on=None) | Q(to_on__gte=today), power="security", from_on__lte=today
    )
    for person_id in security.values_list("person_id", flat=True):
        notify(title=title, body=body, url="/rights/posts?vacant=1", person_id=person_id)


def _fill(row: Vacancy) -> None:
    Vacancy.objects.filter(pk=row.pk).update(filled_at=clock.now())
    notify(
        title=f"岗位已有人：{row.agency.short_name}",
        body=f"{what_is_empty(row)}的情况已经解除。",
        url="/desk",
        agency_code=row.agency_id,
        capability=ADMINISTERS,
    )
