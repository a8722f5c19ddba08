"""What the pages of the security administrator read."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from plumbline.platform import clock
from plumbline.platform.identity.models import AdministratorAppointment, Agency, Deputy, Person, Post, Tenure

SOON = timedelta(days=14)

STATES = {
    "active": "可登录",
    "disabled": "已停用",
    "one_time": "尚未改一次性密码",
    "without_post": "没有岗位",
    "plain": "未启用动态口令",
}


def in_force() -> Q:
    """Dated rows that count today."""
    today = clock.today()
    return Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))


def people(*, text: str = "", agency: str = "", state: str = "") -> QuerySet[Person]:
    """Accounts by number, with today's posts and power prefetched as ``held`` and ``powers``."""
    rows = Person.objects.order_by("pk")
    if text:
        rows = rows.filter(
            Q(display_name__icontains=text)
            | Q(login_name__icontains=text)
            | Q(staff_number__icontains=text)
            | Q(certificate_number__icontains=text)
        )
    if agency:
        held = Tenure.objects.filter(in_force(), person=OuterRef("pk"), post__agency_id=agency)
        rows = rows.filter(Exists(held))
    if state in {"active", "disabled"}:
        rows = rows.filter(is_active=state == "active")
    elif state == "one_time":
        rows = rows.filter(is_active=True, one_time_until__isnull=False)
    elif state == "plain":
        rows = rows.filter(is_active=True, totp_secret="")
    elif state == "without_post":
        rows = rows.filter(
            ~Exists(Tenure.objects.filter(in_force(), person=OuterRef("pk"))),
            ~Exists(AdministratorAppointment.objects.filter(in_force(), person=OuterRef("pk"))),
            is_active=True,
        )
    tenures = Tenure.objects.filter(in_force()).select_related("post__agency").order_by("from_on")
    return rows.prefetch_related(
        Prefetch("tenures", tenures, to_attr="held"),
        Prefetch("appointments", AdministratorAppointment.objects.filter(in_force()), to_attr="powers"),
    )


def posts(*, text: str = "", agency: str = "", vacant: bool = False) -> QuerySet[Post]:
    """Posts by agency, each with how many hold it today as ``holders``."""
    rows = Post.objects.select_related("agency").order_by("agency_id", "pk")
    rows = rows.annotate(holders=Count("tenures", filter=_today("tenures"), distinct=True))
    if text:
        rows = rows.filter(Q(title__contains=text) | Q(agency__name__contains=text))
    if agency:
        rows = rows.filter(agency_id=agency)
    return rows.filter(holders=0) if vacant else rows


def _today(way: str) -> Q:
    today = clock.today()
    begun = Q(**{f"{way}__from_on__lte": today})
    return begun & (Q(**{f"{way}__to_on__isnull": True}) | Q(**{f"{way}__to_on__gte": today}))


def agencies_with_posts() -> QuerySet[Agency]:
    return Agency.objects.filter(posts__isnull=False).distinct().order_by("code")


def ending_soon() -> QuerySet[Tenure]:
    """Terms that end within a fortnight: who follows has to be settled before the desk is empty."""
    today = clock.today()
    return (
        Tenure.objects.filter(in_force(), to_on__lte=today + SOON)
        .select_related("person", "post__agency")
        .order_by("to_on")
    )


def deputies_in_force() -> QuerySet[Deputy]:
    return Deputy.objects.filter(in_force()).select_related("person", "post__agency").order_by("to_on")
