"""What one actor may do with one request, with the forms for it, the opinions asked for, and every hand it passed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.actions import Decision
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Post

from .actions.approving import previous_hand
from .approval_policies import may_answer, may_remind
from .approval_queries import phrases_of
from .countersigning import objections
from .forms_approvals import (
    AnswerForm,
    AskForm,
    BackForm,
    RemindForm,
    ReturnAskForm,
    ReturnForm,
    TransferForm,
)
from .forms_open import FaultForm
from .models import HandKind, Opinion, RequestComment, RequestHand, RequestState, StepRequest
from .policies import may_decide, may_withdraw
from .posts import Held, consulted_posts, deciding_posts, held_posts
from .wording import Line


@dataclass(frozen=True)
class Commented:
    """A line of the proposal with the remarks made on it and its number in the form."""

    line: Line
    number: int
    comments: list[RequestComment]


class ApprovalPage:
    """Each part is worked out once, on demand. ``faulty`` is the command whose form was wrong."""

    def __init__(self, actor: Actor, request: StepRequest, typed: Any) -> None:
        self.actor, self.request, self.typed = actor, request, typed
        self.faulty = ""

    @property
    def has_faults(self) -> bool:
        return bool(self.faulty)

    @cached_property
    def is_open(self) -> bool:
        return self.request.state == RequestState.SUBMITTED

    @cached_property
    def may_decide(self) -> Decision:
        return may_decide(self.actor, self.request)

    @property
    def may_withdraw(self) -> Decision:
        return may_withdraw(self.actor, self.request)

    @cached_property
    def is_mine(self) -> bool:
        return bool(may_remind(self.actor, self.request))

    @cached_property
    def opinions(self) -> list[Opinion]:
        rows = Opinion.objects.visible_to(self.actor).filter(request=self.request)
        return list(rows.select_related("post__agency").order_by("pk"))

    @property
    def open_opinions(self) -> list[Opinion]:
        return [each for each in self.opinions if each.is_open]

    @cached_property
    def objections(self) -> list[Opinion]:
        """The posts that had to countersign and said no."""
        return objections(self.opinions)

    @cached_property
    def later_turns(self) -> list[str]:
        """The posts that will be asked once the present turn is complete."""
        asked = {each.post_id for each in self.opinions if each.demanded}
        left = [each["post"] for each in self.request.countersigning if each["post"] not in asked]
        if not left or not self.is_open:
            return []
        titles = dict(Post.objects.filter(pk__in=left).values_list("pk", "title"))
        return [titles[pk] for pk in left]

    @cached_property
    def my_opinion(self) -> Opinion | None:
        """The open opinion that the actor's post was asked for."""
        for each in self.open_opinions:
            each.request = self.request
            if may_answer(self.actor, each):
                return each
        return None

    @property
    def is_next_hand(self) -> bool:
        return bool(self.may_decide) or self.my_opinion is not None

    @cached_property
    def hands(self) -> list[RequestHand]:
        rows = RequestHand.objects.visible_to(self.actor).filter(request=self.request)
        return list(rows.select_related("post", "to_post").order_by("pk"))

    @property
    def reminders(self) -> list[RequestHand]:
        """What the submitter said since the request came to the present hand: reminders and wishes to have it back."""
        wanted = {HandKind.REMINDED, HandKind.RETURN_ASKED}
        return [hand for hand in self.hands if hand.kind in wanted] if self.is_open else []

    @cached_property
    def deciders(self) -> list[Held]:
        """The posts whose turn it is, with today's holders and deputies."""
        if not self.is_open:
            return []
        if self.request.post_id is not None:
            return held_posts(pks=[self.request.post_id])
        agency = self.request.case.agency_id
        held = deciding_posts(agency)
        return [each for each in held if each.post.agency_id == agency] or held

    @property
    def nobody(self) -> bool:
        """Whether no one can take it today (whoever submitted it may not)."""
        return self.is_open and not any(each.people - {self.request.written_by_id} for each in self.deciders)

    @cached_property
    def remind_again_on(self) -> Any:
        """The day from which a further reminder is possible, or None when it is possible now."""
        last = self.request.reminded_on
        if last is None:
            return None
        again = statutory_calendar().nth_working_after(last, 1)
        return again if clock.today() < again else None

    @cached_property
    def previous(self) -> RequestHand | None:
        return previous_hand(self.request) if self.may_decide else None

    @cached_property
    def my_phrases(self) -> list[str]:
        return phrases_of(self.actor)

    # -- forms ----------------------------------------------------------------------------------------------------

    def form_of(self, command: str) -> FaultForm | None:
        return self.forms.get(command)

    @cached_property
    def forms(self) -> dict[str, FaultForm]:
        """The forms of what the actor may do now; the one that was sent is bound to what was typed."""
        found: dict[str, FaultForm] = {}
        if self.may_decide:
            mine = {grant.post_id for grant in self.actor.grants}
            found["return"] = ReturnForm(self._typed("return"), prefix=None)
            consulted = [
                (held.post.pk, f"{held.post.agency.short_name} {held.words}")
                for held in consulted_posts(self.request.case.agency_id)
                if held.post.pk not in mine and held.people - {self.request.written_by_id}
            ]
            found["ask"] = AskForm(self._typed("ask"), posts=consulted, auto_id="ask_%s")
            others = [
                (held.post.pk, f"{held.post.agency.short_name} {held.words}")
                for held in deciding_posts(self.request.case.agency_id)
                if held.post.pk not in mine
            ]
            if others:
                found["transfer"] = TransferForm(self._typed("transfer"), posts=others, auto_id="transfer_%s")
            if self.previous is not None:
                found["back"] = BackForm(self._typed("back"), auto_id="back_%s")
        if self.my_opinion is not None:
            found["answer"] = AnswerForm(self._typed("answer"), auto_id="answer_%s")
        if self.is_mine:
            found["remind"] = RemindForm(self._typed("remind"), auto_id="remind_%s")
            if self.request.opened_at is not None:
                found["ask_return"] = ReturnAskForm(self._typed("ask_return"), auto_id="askreturn_%s")
        return found

    def _typed(self, command: str) -> Any:
        return self.typed if self.typed is not None and command in self.typed else None

    # -- remarks --------------------------------------------------------------------------------------------------

    @cached_property
    def comments(self) -> list[RequestComment]:
        """Remarks on this request; on a fresh one, those made when the step was last returned."""
        rows = RequestComment.objects.visible_to(self.actor).filter(
            request__case=self.request.case,
            request__attached_to=self.request.attached_to,
            request__step=self.request.step,
            request__pk__lte=self.request.pk,
        )
        found = list(rows.order_by("pk"))
        last = max((each.request_id for each in found), default=None)
        return [each for each in found if each.request_id == last]

    @property
    def unresolved(self) -> int:
        return sum(each.resolved_at is None for each in self.comments)

    def with_comments(self, lines: list[Line]) -> list[Commented]:
        return [
            Commented(line, number, [each for each in self.comments if each.path == line.path])
            for number, line in enumerate(lines)
        ]


def open_comments(actor: Actor, case: Any, step: str, attached_to: str = "") -> list[RequestComment]:
    """The remarks still to be dealt with when a returned step is mended."""
    rows = RequestComment.objects.visible_to(actor).filter(
        request__case=case, request__attached_to=attached_to, request__step=step, resolved_at=None
    )
    return list(rows.order_by("pk"))
