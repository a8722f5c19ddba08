"""Who has to countersign a step before it is approved (会签): what its declaration demands, and what the agency set.

No article demands a countersignature of the steps declared today, so the declarations demand none: what an agency wants
beyond the law is a dated row of its own, with the source that it rests on. A request keeps the demands of its day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from plumbline.packs.procedures import RETURNS, Step
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.models import Post

from .attached import approved_steps
from .models import CountersignSetting, Opinion, StepRequest
from .policies import POSTS
from .posts import held_posts


@dataclass(frozen=True)
class Demand:
    """One countersignature: whose, in which turn (equal turns side by side), and what an objection does."""

    post: int
    turn: int
    objection: str
    source: str

    @property
    def kept(self) -> dict[str, Any]:
        return asdict(self)


def in_force(agency: str, on: date) -> Any:
    """The settings of an agency on a day, in order."""
    dated = Q(valid_to=None) | Q(valid_to__gte=on)
    rows = CountersignSetting.objects.filter(dated, agency_id=agency, valid_from__lte=on)
    return rows.select_related("post__agency").order_by("step", "turn", "pk")


def demands_on(agency: str, step: Step, on: date) -> list[Demand]:
    """Who has to countersign ``step`` of an agency on a day, in order; nobody twice."""
    found = {
        demand.post: demand
        for demand in (
            *(
                Demand(_post_with(agency, each.capability, step).pk, each.turn, each.objection, each.basis)
                for each in step.countersign
            ),
            *(
                Demand(row.post_id, row.turn, row.objection, row.source)
                for row in in_force(agency, on).filter(step=step.key)
            ),
        )
    }
    return sorted(found.values(), key=lambda each: each.turn)


def named_demands(agency: str, step: Step, on: date) -> list[str]:
    """The posts that will countersign, in words, for the page where the step is written."""
    demands = demands_on(agency, step, on) if step.approval else []
    if not demands:
        return []
    titles = {post.pk: f"{post.agency.short_name}{post.title}" for post in Post.objects.filter(
        pk__in=[each.post for each in demands]
    ).select_related("agency")}  # fmt: skip
    return [titles[each.post] for each in demands]


def _post_with(agency: str, capability: str, step: Step) -> Post:
    """The agency's own post that carries a power, or the one above it."""
    posts = sorted(
        (held for held in held_posts([capability]) if held.reaches(agency)),
        key=lambda held: (held.post.agency_id != agency, not held.people, held.post.pk),
    )
    if not posts:
        raise Refusal(
            f"“{step.label}”须经{POSTS.get(capability, capability)}会签，本机关没有设这个岗位",
            next_step="请联系单位管理员设岗。",
        )
    return posts[0].post


def next_turn(request: StepRequest) -> list[dict[str, Any]]:
    """The demands whose turn it is: the first turn that was not asked yet, once nothing demanded is open."""
    asked = Opinion.objects.unscoped("会签的下一步").filter(request=request, demanded=True)
    if any(each.is_open for each in asked):
        return []
    already = {each.post_id for each in asked}
    left = [each for each in request.countersigning if each["post"] not in already]
    first = min((each["turn"] for each in left), default=0)
    return [each for each in left if each["turn"] == first]


def objections(opinions: Iterable[Opinion]) -> list[Opinion]:
    """The demanded posts whose last word was no; a post that was asked again and agreed no longer objects."""
    answered = [each for each in opinions if each.answered_at is not None]
    demanded = {each.post_id for each in answered if each.demanded}
    last = {each.post_id: each for each in sorted(answered, key=lambda each: each.pk)}
    return [each for post, each in last.items() if post in demanded and each.agrees is False]


def returns_at_once(opinion: Opinion) -> bool:
    """Whether this objection sends the request back without waiting for the approver."""
    return any(
        each["post"] == opinion.post_id and each["objection"] == RETURNS
        for each in opinion.request.countersigning
    )


def steps_to_choose() -> list[tuple[str, str]]:
    """Every step that needs approval, by name."""
    return sorted(approved_steps().items(), key=lambda pair: pair[1])
