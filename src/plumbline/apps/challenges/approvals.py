"""The steps of a challenge in the approvals of its penalty case: who decides them, and how they are recorded then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline.apps.cases.contract import attaching
from plumbline.packs.procedures import Step
from plumbline.packs.reconsideration.procedures import PROCEDURES
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor

from .actions.taking import carry_out, challenge_locked
from .keeping import bring_in_line
from .models import Challenge, Route
from .reading import ChallengeFile


class ChallengeBehind:
    """A challenge as the approvals see it; the requests were made by somebody who may work on it."""

    def __init__(self, matter_id: str) -> None:
        rows = Challenge.objects.unscoped("审批复议诉讼的步骤").select_related("case__agency", "agency")
        self.challenge = rows.get(matter_id=matter_id)
        self.file = ChallengeFile(self.challenge)
        self.route = self.challenge.get_route_display()
        self.label = f"{self.route} {self.challenge.number}".strip()

    def carry_out(
        self,
        actor: Actor,
        step: Step,
        *,
        data: Mapping[str, Any],
        details: Mapping[str, Any],
        occurred: date | datetime,
    ) -> StoredEvent:
        file = ChallengeFile(challenge_locked(self.challenge.pk))
        return carry_out(actor, file, step, data=data, details=details, occurred=occurred)

    def moved(self) -> None:
        locked = challenge_locked(self.challenge.pk)
        bring_in_line(locked, ChallengeFile(locked))


attaching.register_attached(
    attaching.AttachedKind(
        kinds=frozenset(Route.values),
        procedures=PROCEDURES,
        page=lambda matter_id: f"/challenges/{matter_id}",
        open=ChallengeBehind,
    )
)
