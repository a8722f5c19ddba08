"""Who acts: a person with the posts held on a day, or a named part of the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .held import posts_held, power_held
from .models import Person, Scope


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
    def own_id(self) -> int:
        """The person's id, to find what is theirs; 0, which nobody has, where no person acts: None would find what is nobody's."""
        return self.person_id or 0

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
        posts = posts_held(person.pk, on)
        grants = tuple(
            Grant(
                capability=capability,
                agencies=None if post.scope == Scope.DISTRICT else frozenset(post.below),
                own_matters_only=post.scope == Scope.OWN_MATTERS,
                post_id=post.post_id,
                role=post.role,
                as_deputy=post.as_deputy,
            )
            for post in posts
            for capability in post.capabilities
        )
        home = posts[0] if posts else None
        return cls(
            label=person.display_name,
            number=person.actor_number,
            person_id=person.pk,
            agency_code=home.agency_code if home else "",
            agency_name=home.agency_name if home else "",
            post_title=home.title if home else "",
            grants=grants,
            administrator=power_held(person.pk, on),
        )


ANONYMOUS = Actor(label="公众", number="")


def system_actor(part: str) -> Actor:
    """The named system part that acts in jobs and subscribers; appears in the log as ``system:part``."""
    return Actor(label=f"系统（{part}）", number=f"system:{part}", is_system=True)
