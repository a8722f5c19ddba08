"""Keeping each hand of a request and its event, and telling those who come next. Called inside actions."""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.identity.models import Post
from plumbline.platform.notify.models import notify

from .models import Case, HandKind, RequestHand, StepRequest
from .posts import Held, Standing, held_posts


def keep_hand(
    request: StepRequest,
    kind: HandKind,
    by: Standing,
    *,
    text: str = "",
    to_post: Post | None = None,
) -> RequestHand:
    """One row of the history."""
    return RequestHand.objects.create(
        request=request,
        agency_id=request.case.agency_id,
        kind=kind,
        person_id=by.actor.person_id,
        label=by.actor.label,
        post_id=by.post_id,
        as_deputy=by.as_deputy,
        to_post=to_post,
        text=text,
        at=clock.now(),
    )


def note(by: Standing, case: Case, activity: str, request: StepRequest, **data: object) -> None:
    """The platform event of what was done with a request; a deputy's says for which post."""
    told = {"step": request.step, "request": str(request.pk), **data}
    if by.as_deputy:
        told["deputy_for"] = by.post_title
    record(
        actor=by.actor,
        matter=request.attached_to or case.matter_id,
        kind=request.kind,
        activity=activity,
        agency=case.agency_id,
        data=told,
        actors=[{"id": by.actor.number, "role": "other"}],
    )


def address_of(request: StepRequest) -> str:
    return f"/cases/{request.case.matter_id}/requests/{request.pk}"


def tell_post(post: Post, *, title: str, body: str, url: str) -> Held:
    """A notice to everybody who holds the post today; the post as it is held, so that an empty one can be seen."""
    held = held_posts(pks=[post.pk])[0]
    for person_id in sorted(held.people):
        notify(title=title, body=body, url=url, person_id=person_id)
    return held
