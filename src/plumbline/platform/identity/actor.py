"""Who acts: a person with the posts held on a day, or a named part of the system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from .models import Agency, Deputy, Person, Scope, Tenure


@dataclass(frozen=True)
class Grant:
    """One capability, as one post carries it. ``agencies`` is None for the whole district."""

    capability: str
    agencies: frozenset[str] | None
    own_matters_only: bool
    post_id: int
    role: str
    as_deputy: bool = False

    def reaches(self, agency_code: str) -> bool:
        return self.agencies is None or agency_code in self.agencies


class _Held(NamedTuple):
    """A post that is held, as far as an actor is made of it."""

    post_id: int
    title: str
    scope: str
    role: str
    capabilities: list[str]
    agency_code: str
    agency_name: str


_HELD = (
    "post_id", "post__title", "post__scope", "post__role", "post__capabilities", "post__agency_id", "post__agency__short_name",
)  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """The acting person or system part, with what it may do today. Built once a request, never stored."""

    label: str
    number: str
    person_id: int | None = None
    agency_code: str = ""
    agency_name: str = ""
    post_title: str = ""
    grants: tuple[Grant, ...] = ()
    administrator: str = ""
    is_system: bool = False

    @property
    def is_authenticated(self) -> bool:
        return self.person_id is not None or self.is_system

    @property
    def display_name(self) -> str:
        return self.label

    @property
    def capabilities(self) -> frozenset[str]:
        return frozenset(grant.capability for grant in self.grants)

    def can(self, capability: str, agency_code: str | None = None) -> bool:
        """Whether some post held today carries ``capability`` (for ``agency_code``, when given)."""
        if self.is_system:
            return True
        return any(
            g.capability == capability and (agency_code is None or g.reaches(agency_code))
            for g in self.grants
        )

    def reach(self, *capabilities: str) -> frozenset[str] | None:
        """The agencies over which any of ``capabilities`` is held; None means all of them."""
        if self.is_system:
            return None
        reached: set[str] = set()
        for grant in self.grants:
            if grant.capability in capabilities:
                if grant.agencies is None:
                    return None
                reached |= grant.agencies
        return frozenset(reached)

    def role_for(self, capability: str, agency_code: str) -> str:
        """The event-contract role of the post that carries ``capability`` there (``other`` when none does)."""
        for grant in self.grants:
            if grant.capability == capability and grant.reaches(agency_code):
                return grant.role
        return "other"

    @classmethod
    def of(cls, person: Person, *, on: date) -> Actor:
        """The actor that ``person`` is on the day ``on``: own posts first, deputised ones after them."""
        dated = Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))
        # Asked for each page: the few columns that are needed, and no rows made of them.
        tenures = Tenure.objects.filter(dated, person=person).order_by("from_on", "pk")
        deputies = Deputy.objects.filter(dated, person=person).order_by("pk")
        powers = person.appointments.filter(dated).order_by("pk").values_list("power", flat=True)[:1]
        posts = [(_Held(*row), False) for row in tenures.values_list(*_HELD)]
        posts += [(_Held(*row), True) for row in deputies.values_list(*_HELD)]
        trees = _descendants({post.agency_code for post, _ in posts})
        grants = tuple(
            Grant(
                capability=capability,
                agencies=None if post.scope == Scope.DISTRICT else trees[post.agency_code],
                own_matters_only=post.scope == Scope.OWN_MATTERS,
                post_id=post.post_id,
                role=post.role,
                as_deputy=as_deputy,
            )
            for post, as_deputy in posts
            for capability in post.capabilities
        )
        home = posts[0][0] if posts else None
        return cls(
            label=person.display_name,
            number=person.actor_number,
            person_id=person.pk,
            agency_code=home.agency_code if home else "",
            agency_name=home.agency_name if home else "",
            post_title=home.title if home else "",
            grants=grants,
            administrator=next(iter(powers), ""),
        )


def _descendants(roots: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each root with every agency below it; one query, and none without a root."""
    wanted = set(roots)
    if not wanted:
        return {}
    children: dict[str | None, list[str]] = {}
    for code, parent in Agency.objects.values_list("code", "parent_id"):
        children.setdefault(parent, []).append(code)

    def below(code: str) -> set[str]:
        found = {code}
        for child in children.get(code, ()):
            found |= below(child)
        return found

    return {root: frozenset(below(root)) for root in wanted}


ANONYMOUS = Actor(label="公众", number="")


def system_actor(part: str) -> Actor:
    """The named system part that acts in jobs and subscribers; appears in the log as ``system:part``."""
    return Actor(label=f"系统（{part}）", number=f"system:{part}", is_system=True)
