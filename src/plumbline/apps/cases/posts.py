"""Posts and who holds them today: whom a request waits for, as whom somebody acts, and where nobody is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor, Grant
from plumbline.platform.identity.models import Agency, Deputy, Post, Scope, Tenure

from .policies import READING

LONGEST = 60  # of a name with its post, as the log keeps it


@dataclass(frozen=True)
class Standing:
    """As which post somebody acts. ``actor`` carries the name to be recorded: a deputy is named as one."""

    actor: Actor
    post_id: int | None = None
    post_title: str = ""
    as_deputy: bool = False


def standing(actor: Actor, capability: str, agency: str, *, post_id: int | None = None) -> Standing:
    """The post by which ``actor`` holds ``capability`` there (or the post named), own posts before deputised ones."""
    for grant in actor.grants:
        if post_id is not None and grant.post_id != post_id:
            continue
        if post_id is not None or (grant.capability == capability and grant.reaches(agency)):
            return _standing(actor, grant)
    return Standing(actor)


def _standing(actor: Actor, grant: Grant) -> Standing:
    title = Post.objects.filter(pk=grant.post_id).values_list("title", flat=True).first() or ""
    if not grant.as_deputy:
        return Standing(actor, grant.post_id, title)
    named = f"{actor.label}（代理{title}）"
    if len(named) > LONGEST:
        named = f"{actor.label}（代理）"
    return Standing(replace(actor, label=named), grant.post_id, title, True)


@dataclass
class Held:
    """A post with those who hold it today; ``own`` by appointment, ``deputies`` for it."""

    post: Post
    own: list[tuple[int, str]] = field(default_factory=list)
    deputies: list[tuple[int, str]] = field(default_factory=list)
    covers: frozenset[str] | None = frozenset()

    @property
    def people(self) -> set[int]:
        return {pk for pk, _ in (*self.own, *self.deputies)}

    @property
    def words(self) -> str:
        """The post with its people: 负责人（何建国；代理：陈立群）."""
        own = "、".join(name for _, name in self.own)
        deputies = "、".join(name for _, name in self.deputies)
        said = "；".join(part for part in (own, f"代理：{deputies}" if deputies else "") if part)
        return f"{self.post.title}（{said or '今天无人在岗'}）"

    def reaches(self, agency: str) -> bool:
        return self.covers is None or agency in self.covers


def held_posts(capabilities: Iterable[str] = (), *, pks: Iterable[int] = ()) -> list[Held]:
    """The posts that carry any of ``capabilities`` (or are named), with today's people: four queries for all."""
    wanted = Q(pk__in=list(pks))
    if named := list(capabilities):
        wanted |= Q(capabilities__overlap=named)
    posts = list(Post.objects.filter(wanted).select_related("agency").order_by("agency_id", "pk"))
    found = {post.pk: Held(post) for post in posts}
    below = _below()
    for held in found.values():
        district = held.post.scope == Scope.DISTRICT
        held.covers = None if district else below.get(held.post.agency_id, frozenset())
    today = clock.today()
    dated = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    dated &= Q(post__in=list(found), person__is_active=True)
    for post_id, pk, name in Tenure.objects.filter(dated).values_list(
        "post_id", "person_id", "person__display_name"
    ):
        found[post_id].own.append((pk, name))
    for post_id, pk, name in Deputy.objects.filter(dated).values_list(
        "post_id", "person_id", "person__display_name"
    ):
        found[post_id].deputies.append((pk, name))
    return list(found.values())


def deciding_posts(agency: str, capability: str = "cases.approve") -> list[Held]:
    """The posts that may decide for an agency, those of the agency itself first."""
    held = [each for each in held_posts([capability]) if each.reaches(agency)]
    return sorted(held, key=lambda each: (each.post.agency_id != agency, each.post.pk))


def consulted_posts(agency: str) -> list[Held]:
    """The posts that may be asked for an opinion: those that may read the agency's cases at all."""
    held = [
        each
        for each in held_posts(READING)
        if each.reaches(agency) and each.people and each.post.scope != Scope.OWN_MATTERS
    ]
    return sorted(held, key=lambda each: (each.post.agency_id != agency, each.post.pk))


def _below() -> dict[str, frozenset[str]]:
    """Each agency with every agency below it."""
    parents = dict(Agency.objects.values_list("code", "parent_id"))
    found: dict[str, set[str]] = {code: {code} for code in parents}
    for code, parent in parents.items():
        above: str | None = parent
        seen = {code}
        while above is not None and above not in seen:
            found[above].add(code)
            seen.add(above)
            above = parents.get(above)
    return {code: frozenset(codes) for code, codes in found.items()}
