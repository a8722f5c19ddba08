"""A decided and served penalty case, the people on both sides of a challenge, and the verbs between them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from plumbline.apps.cases.actions import decide_request
from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import STREET, World, ago
from plumbline.apps.challenges import actions
from plumbline.apps.challenges.actions.opening import Particulars
from plumbline.apps.challenges.models import Challenge
from plumbline.apps.supervision.tests.scene import BUREAU, Scene
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

FIRM = "武汉江阳筑工建筑劳务有限公司"


class Dispute:
    """``officer`` answers for the street, ``signer`` is its head, ``office`` is the district's reconsideration office."""

    def __init__(self, world: World) -> None:
        self.world, self.scene = world, Scene(world)
        self.officer, self.outsider = world.officer, world.outsider
        self.signer = world.person(
            "qian",
            "签发人",
            "",
            STREET,
            "签发岗",
            ["documents.sign", "cases.approve"],
            "agency_head",
            staff="QF1",
        )
        self.office = world.person(
            "fuyi", "复议员", "", BUREAU, "复议岗", ["challenges.reconsider"], "other", staff="FY1", scope="district"
        )  # fmt: skip
        self.case = world.decided()
        world.take(self.case, "decision_served", 4, {"method": "direct", "receipt": "signed"})
        self.reload()

    def reload(self) -> Case:
        rows = Case.objects.unscoped("测试").select_related("agency", "party")
        self.case.refresh_from_db(from_queryset=rows)
        return self.case

    def actor(self, person: Person) -> Actor:
        return self.world.actor(person)

    def register(
        self,
        way: str = "copy",
        *,
        data: Any = None,
        days_ago: int = 3,
        by: Person | None = None,
        number: str = "",
        continues: Challenge | None = None,
        **details: Any,
    ) -> Challenge:
        given = {
            "copy": {"procedure": "ordinary"},
            "application": {"act_known_on": str(ago(4).date()), "told_of_rights": True},
        }
        return actions.register_challenge(
            actor=self.actor(by or (self.office if way == "application" else self.officer)),
            case=self.case,
            way=way,
            particulars=Particulars(
                organ="区人民法院" if way == "lawsuit" else "区人民政府",
                applicant=FIRM,
                number=number,
                claims="请求撤销处罚决定。",
                continues=continues,
            ),
            data=given.get(way, {}) if data is None else data,
            details=details,
            occurred_at=ago(days_ago),
        )

    def take(
        self,
        challenge: Challenge,
        step: str,
        data: Any = None,
        *,
        days_ago: float = 0,
        by: Person | None = None,
        **details: Any,
    ) -> StoredEvent:
        """Take a step; one that needs approval is approved by the head at the same time."""
        taken = actions.take_step(
            actor=self.actor(by or self.officer),
            challenge=challenge,
            step=step,
            data=data,
            details=details,
            occurred_at=ago(days_ago),
        )
        if isinstance(taken, StoredEvent):
            return taken
        decided = decide_request(
            actor=self.actor(self.signer), request=taken, approve=True, occurred_at=ago(days_ago)
        )
        return StoredEvent.objects.unscoped("测试").get(event_id=decided.event_id)

    def answer(self, challenge: Challenge, *, days_ago: int = 1) -> StoredEvent:
        """The answer approved and filed; returns the approval, which the paper is made from."""
        approved = self.take(
            challenge, "answer_approved", days_ago=days_ago,
            claims="请求撤销。", facts="查明擅自处置建筑垃圾。", answer="处罚事实清楚，请求维持。",
        )  # fmt: skip
        self.take(challenge, "answer_filed", {"with_evidence": True}, days_ago=days_ago)
        return approved

    def in_case(self) -> list[tuple[str, dict[str, Any]]]:
        """What the case's own log says of challenges, in order."""
        wanted = (
            "challenge_started",
            "challenge_ended",
            "decision_revoked",
            "execution_stayed",
            "stay_lifted",
            "event_voided",
        )
        rows = StoredEvent.objects.unscoped("测试").filter(matter_id=self.case.matter_id, activity__in=wanted)
        return [(row.activity, row.data) for row in rows.order_by("seq")]

    def fresh(self, challenge: Challenge) -> Challenge:
        while work_off():
            pass
        return Challenge.objects.unscoped("测试").select_related("agency", "case").get(pk=challenge.pk)

    def client(self, person: Person) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client


def day(days_ago: int) -> date:
    return ago(days_ago).date()
