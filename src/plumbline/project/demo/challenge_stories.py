"""Reconsiderations and lawsuits at different stages, each told through the actions that people use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from plumbline.apps.cases.actions import decide_request, set_countersign
from plumbline.apps.cases.models import Case, Origin, StepRequest
from plumbline.apps.challenges.actions import register_challenge, sign_paper, take_step
from plumbline.apps.challenges.actions.opening import Particulars
from plumbline.apps.challenges.models import Challenge
from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person, Post

GOVERNMENT = "武汉市新洲区人民政府"
COURT = "武汉市新洲区人民法院"
CLAIMS = "认为处罚过重、现场勘验时没有通知本人到场，请求撤销处罚决定。"
ANSWER = "处罚决定认定事实清楚，证据确凿，适用依据正确，程序合法，裁量适当，请求予以维持。"


def tell_challenges() -> None:
    """A handful of matters; the first street's own cases come first, so that its officers find them on their desks."""
    _those_told_of_before()
    cases = _challengeable()
    own = next(cases, None)
    for story in (_in_court, _to_redo, _late, _ended_by_agreement, _upheld_then_sued, _to_accept):
        case = next(cases, None)
        if case is not None:
            _told(partial(story, _Side(case)))
    if own is not None:
        _told(partial(_to_answer, _Side(own)))


def _told(story: Callable[[], None]) -> bool:
    """Whether the platform let it happen; what it refuses leaves nothing behind."""
    try:
        with transaction.atomic():
            story()
    except (InputFault, Refusal):
        return False
    return True


def _those_told_of_before() -> None:
    """The matters behind what the case histories say of challenges: every one has its page."""
    events = StoredEvent.objects.unscoped("演示数据")
    started = events.filter(activity="challenge_started")
    for number, begun in enumerate(started.order_by("occurred_on"), start=40):
        rows = Case.objects.unscoped("演示数据").select_related("agency", "party")
        case = rows.filter(matter_id=begun.matter_id).first()
        if case is None or not case.officers.exclude(person=None).exists():
            continue
        _told(partial(_behind, _Side(case), begun, number))


def _behind(side: _Side, begun: StoredEvent, number: int) -> None:
    """One matter, taken in and ended on the days that the case's history names."""
    case, on = side.case, begun.occurred_on
    challenge = side.register("copy", on, f"武政复〔{on.year}〕{number}号", procedure="ordinary")
    side.answer(challenge, min(on + timedelta(days=6), clock.today()))
    ended = (
        StoredEvent.objects.unscoped("演示数据")
        .filter(matter_id=case.matter_id, activity="challenge_ended")
        .first()
    )
    if ended is None:
        return
    if ended.data["outcome"] == "withdrawn":
        side.take(challenge, "terminated", ended.occurred_on, ground="withdrawn")
    else:
        given = {"orders_redo": False}
        side.take(challenge, "decision_received", ended.occurred_on, given, outcome=ended.data["outcome"])


def _challengeable() -> Iterator[Case]:
    """Penalties served a good while ago and never challenged, with an officer who still holds a post."""
    challenged = StoredEvent.objects.unscoped("演示数据").filter(activity="challenge_started")
    until, since = clock.today() - timedelta(days=75), clock.today() - timedelta(days=240)
    rows = Case.objects.unscoped("演示数据").filter(
        origin=Origin.OWN,
        procedure="ordinary",
        outcome="penalty",
        served_on__isnull=False,
        decided_on__range=(since, until),
        officers__person__isnull=False,
    )
    rows = rows.exclude(matter_id__in=challenged.values("matter_id")).select_related("agency", "party")
    street = rows.filter(officers__person__login_name="zhou").order_by("-decided_on").distinct()
    market = rows.filter(agency_id="AG-XZ-SCJG").order_by("-decided_on").distinct()
    seen: set[int] = set()
    for case in (*street[:4], *market[:2], *rows.order_by("-decided_on").distinct()[:12]):
        if case.pk not in seen:
            seen.add(case.pk)
            yield case


class _Side:
    """The people of one case, and the verbs at past working days."""

    def __init__(self, case: Case) -> None:
        self.case = case
        officer = case.officers.exclude(person=None).order_by("pk")[0].person
        assert officer is not None
        self.officer = Actor.of(officer, on=clock.today())
        self.office = Actor.of(Person.objects.get(login_name="fuyi"), on=clock.today())
        head = Person.objects.filter(
            tenures__post__agency_id=case.agency_id,
            tenures__post__capabilities__contains=["documents.sign"],
        ).first()
        self.head = Actor.of(head, on=clock.today()) if head else None
        deciders = Person.objects.filter(
            tenures__post__agency_id=case.agency_id, tenures__post__capabilities__contains=["cases.approve"]
        )
        approver = deciders.exclude(pk=officer.pk).order_by("pk").first()
        self.approver = Actor.of(approver, on=clock.today()) if approver else None

    def register(
        self, way: str, back: int | date, number: str = "", continues: Challenge | None = None, **data: Any
    ) -> Challenge:
        party = self.case.party
        return register_challenge(
            actor=self.office if way == "application" else self.officer,
            case=self.case,
            way=way,
            particulars=Particulars(
                organ=COURT if way == "lawsuit" else GOVERNMENT,
                applicant=party.name if party and party.name else "当事人",
                number=number,
                claims=CLAIMS,
                continues=continues,
            ),
            data=data,
            occurred_at=_moment(back),
        )

    def take(
        self,
        challenge: Challenge,
        step: str,
        back: int | date,
        data: Any = None,
        office: bool = False,
        **details: Any,
    ) -> str:
        """The id of the event; a step that needs approval is approved by the head on the same day."""
        taken = self.send(challenge, step, back, data, office, **details)
        if isinstance(taken, StoredEvent):
            return taken.event_id
        if self.approver is None:
            raise Refusal("本机关今天没有能审批的负责人")
        decided = decide_request(
            actor=self.approver, request=taken, approve=True, opinion="同意。", occurred_at=_moment(back)
        )
        return decided.event_id

    def send(
        self,
        challenge: Challenge,
        step: str,
        back: int | date,
        data: Any = None,
        office: bool = False,
        **details: Any,
    ) -> StoredEvent | StepRequest:
        return take_step(
            actor=self.office if office else self.officer,
            challenge=challenge,
            step=step,
            data=data,
            details=details,
            occurred_at=_moment(back),
        )

    @property
    def words(self) -> dict[str, Any]:
        """What the answer says."""
        return {
            "claims": CLAIMS,
            "facts": self.case.summary or self.case.title,
            "answer": ANSWER,
            "materials": "案卷复印件一册，含立案、调查、告知、审核、决定、送达材料。",
        }

    def answer(self, challenge: Challenge, back: int | date) -> None:
        approved = self.take(challenge, "answer_approved", back, **self.words)
        if self.head is not None:
            sign_paper(actor=self.head, challenge=challenge, event_id=approved, code="FY1")
        self.take(challenge, "answer_filed", back, {"with_evidence": True})

    def heard_here(self, back: int, number: str) -> Challenge:
        """Applied for, taken in, and the copy received."""
        on = working_days_ago(back).date()
        known = max(self.case.served_on or on, on - timedelta(days=40))
        challenge = self.register("application", back, act_known_on=known.isoformat(), told_of_rights=True)
        self.take(challenge, "accepted", back - 3, {"procedure": "ordinary"}, office=True, number=number)
        self.take(challenge, "copy_received", back - 5, {"procedure": "ordinary"})
        return challenge


def _year() -> int:
    return clock.today().year


def _to_answer(side: _Side) -> None:
    """The answer waits for the countersignature of the legal review, and then for the head."""
    agency = side.case.agency_id
    keeper = Person.objects.filter(
        tenures__post__agency_id=agency, tenures__post__capabilities__contains=["agency.administer"]
    ).first()
    post = Post.objects.filter(agency_id=agency, capabilities__contains=["cases.review"]).first()
    if keeper is not None and post is not None:
        set_countersign(
            actor=Actor.of(keeper, on=clock.today()),
            agency_code=agency,
            step="answer_approved",
            post=post.pk,
            turn=1,
            objection="decide",
            source="本街道重大执法事项审批制度（演示）",
            valid_from=clock.today(),
        )
    side.send(side.heard_here(9, f"新政复〔{_year()}〕31号"), "answer_approved", 1, **side.words)


def _in_court(side: _Side) -> None:
    lawsuit = side.register("lawsuit", 14, f"（{_year()}）鄂0117行初18号")
    side.take(
        lawsuit,
        "defence_approved",
        8,
        facts=side.case.summary or side.case.title,
        answer=ANSWER,
        materials="证据十二份，规范性文件两份。",
    )
    side.take(lawsuit, "evidence_filed", 7, {"with_evidence": True, "with_basis": True, "with_answer": True})
    held = statutory_calendar().nth_working_after(clock.today(), 6)
    side.take(lawsuit, "court_hearing_notified", 2, held_on=held.isoformat(), place="第三审判庭")


def _decide(side: _Side, challenge: Challenge, back: int, outcome: str, *, redo: bool, number: str) -> None:
    why = "主要证据不足，责令重新作出行政行为。" if redo else "事实清楚，适用依据正确，程序合法。"
    side.take(
        challenge,
        "decision_made",
        back,
        {"outcome": outcome},
        office=True,
        orders_redo=redo,
        number=number,
        reasons=why,
    )
    side.take(challenge, "decision_received", back - 2, {"orders_redo": redo})


def _to_redo(side: _Side) -> None:
    challenge = side.heard_here(45, f"新政复〔{_year()}〕12号")
    side.answer(challenge, 34)
    _decide(side, challenge, 12, "revoked", redo=True, number=f"新政复决〔{_year()}〕12号")


def _late(side: _Side) -> None:
    """The answer is overdue: the rule says so, and an alert follows."""
    side.register("copy", 13, f"武政复〔{_year()}〕207号", procedure="ordinary")


def _ended_by_agreement(side: _Side) -> None:
    challenge = side.heard_here(40, f"新政复〔{_year()}〕15号")
    side.answer(challenge, 30)
    agreed = "申请人限期改正并分期缴纳罚款。"
    side.take(challenge, "settlement_approved", 21, terms=agreed, reasons="申请人认错并已着手改正。")
    side.take(challenge, "mediation", 20, result="agreed", terms=agreed)
    side.take(challenge, "terminated", 19, ground="mediated")
    side.take(challenge, "closed", 15, summary="经调解达成协议，复议终止，协议正在履行。")


def _upheld_then_sued(side: _Side) -> None:
    challenge = side.heard_here(42, f"新政复〔{_year()}〕9号")
    side.answer(challenge, 32)
    side.take(
        challenge, "hearing_notice", 26, {"method": "direct", "receipt": "signed"}, office=True,
        held_on=working_days_ago(18).date().isoformat(), place="区司法局听证室",
    )  # fmt: skip
    side.take(challenge, "hearing_held", 18, {"head_attended": True}, head="分管负责人")
    _decide(side, challenge, 14, "upheld", redo=False, number=f"新政复决〔{_year()}〕9号")
    side.register("lawsuit", 3, f"（{_year()}）鄂0117行初25号", continues=challenge)


def _to_accept(side: _Side) -> None:
    on = working_days_ago(2).date()
    side.register("application", 2, act_known_on=(on - timedelta(days=30)).isoformat(), told_of_rights=True)


def _moment(back: int | date) -> datetime | date:
    return back if isinstance(back, date) else working_days_ago(back)


def working_days_ago(back: int) -> datetime:
    """Ten in the morning, ``back`` working days before today; never in the future."""
    calendar, day = statutory_calendar(), clock.today()
    while back > 0:
        day -= timedelta(days=1)
        back -= calendar.is_working(day)
    return min(datetime.combine(day, time(10), clock.CHINA), clock.now())
