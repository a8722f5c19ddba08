"""A challenge read once for a page or an action: its row, all its events, and its procedure."""

from __future__ import annotations

from functools import cached_property

from plumbline.apps.cases.contract import BesideFile, attaching
from plumbline.packs.procedures import Procedure
from plumbline.packs.reconsideration.procedures import procedure
from plumbline.vocabulary import Event

from .models import Challenge


class ChallengeFile(BesideFile):
    case: Challenge

    def __init__(self, challenge: Challenge) -> None:
        self.challenge = challenge
        super().__init__(challenge)

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.challenge.route

    @property
    def page(self) -> str:
        return f"/challenges/{self.challenge.matter_id}"

    @cached_property
    def requests(self) -> list[attaching.StepRequest]:
        """Steps being written, waiting for approval, returned or approved; the latest first."""
        return attaching.requests_of(self.challenge.matter_id)

    @cached_property
    def waiting(self) -> dict[str, attaching.StepRequest]:
        """What waits for approval, by step."""
        return {r.step: r for r in self.requests if r.state == attaching.RequestState.SUBMITTED}

    @cached_property
    def returned(self) -> dict[str, attaching.StepRequest]:
        """What was returned and not sent again since, by step."""
        latest: dict[str, attaching.StepRequest] = {}
        for request in self.requests:
            if request.state != attaching.RequestState.DRAFT:
                latest.setdefault(request.step, request)
        return {key: r for key, r in latest.items() if r.state == attaching.RequestState.RETURNED}

    @cached_property
    def procedure(self) -> Procedure:  # type: ignore[override]
        return procedure(self.challenge.procedure, self.challenge.procedure_version)

    @cached_property
    def outcome(self) -> str:
        """What the matter came to, or would come to once its judgment takes effect; empty while open."""
        if self.happened("self_corrected"):
            return "self_corrected"
        if self.happened("reconsideration_refused"):
            return "refused"
        if self.happened("challenge_terminated"):
            return "withdrawn"
        if self.happened("judgment_received"):
            return str(self.detail("judgment_received", "outcome"))
        if self.happened("compensation_decided"):
            given = self.detail("compensation_decided", "result")
            return "granted" if given == "granted" else "not_granted"
        made = self.value("reconsideration_decision_made", "outcome")
        return str(made or self.detail("reconsideration_decision_received", "outcome"))

    @cached_property
    def orders_redo(self) -> bool:
        """Whether the act has to be done anew."""
        if self.happened("judgment_received"):
            return bool(self.detail("judgment_received", "orders_redo", False))
        received = self.last("reconsideration_decision_received")
        if received is not None:
            return bool(received.data.get("orders_redo", False))
        return bool(self.detail("reconsideration_decision_made", "orders_redo", False))

    @property
    def ended(self) -> Event | None:
        """What ended the procedure, whatever has to be done afterwards."""
        return self.last(
            "reconsideration_decision_received",
            "judgment_took_effect",
            "challenge_terminated",
            "reconsideration_refused",
            "self_corrected",
            "compensation_decision_served",
        )

    @property
    def performed(self) -> bool:
        return self.happened("new_act_made", "judgment_performed")

    @cached_property
    def stayed(self) -> bool:
        """Whether the execution stands still now."""
        last = self.last("execution_stayed", "stay_lifted")
        return last is not None and last.activity == "execution_stayed"

    @cached_property
    def head_appeared(self) -> bool | None:
        """Whether the head came to every hearing so far; None while there was none."""
        came = [bool(e.data.get("head_attended")) for e in self.all("reconsideration_hearing_held")]
        heads = {e.data.get("trial") for e in self.all("head_appeared")}
        came += [e.data.get("trial") in heads for e in self.all("trial_held")]
        return all(came) if came else None
