"""Appointment with a certificate, renewal, dismissal; the account, conflicts of interest, praise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plumbline.apps.paperwork.contract import Document, issue
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.notify.models import notify

from ..events import (
    ACCOUNT_LINKED,
    CONFLICTS_DECLARED,
    VOLUNTEER_APPOINTED,
    VOLUNTEER_COMMENDED,
    VOLUNTEER_DISMISSED,
    VOLUNTEER_RENEWED,
)
from ..models import Application, ApplicationState, Commendation, Volunteer
from ..policies import BASIS, SERVE, may_appoint, may_keep
from ..recording import demand, log, new_matter
from .recruiting import known_agencies

TEMPLATE, MARK = "Y01", "义监聘"


@action(
    "volunteers.appoint", policy=may_appoint, on="application", records=(VOLUNTEER_APPOINTED,), basis=BASIS
)
def appoint(*, actor: Actor, application: Application, from_on: date, to_on: date) -> Volunteer:
    """Appoint for a term. The certificate takes its number, is signed and carries a code that anybody can check."""
    _check_term(from_on, to_on)
    matter = new_matter("YWJD")
    paper = _certificate(actor, matter, application.agency, application.name, from_on, to_on, again=False)
    made = Volunteer.objects.create(
        matter_id=matter, agency_id=application.agency_id, application=application, name=application.name,
        phone=application.phone, employer=application.employer, conflicts=application.conflicts,
        number=paper.number, paper=paper.pk, from_on=from_on, to_on=to_on, appointed_label=actor.label,
    )  # fmt: skip
    application.state = ApplicationState.APPOINTED
    application.save(update_fields=["state"])
    log(actor, matter, VOLUNTEER_APPOINTED, made.agency_id, _term(from_on, to_on))
    return made


@action("volunteers.renew", policy=may_keep, on="volunteer", records=(VOLUNTEER_RENEWED,), basis=BASIS)
def renew(*, actor: Actor, volunteer: Volunteer, to_on: date) -> Volunteer:
    """Go on for another term, which begins where the old one ends; with a new certificate."""
    if to_on <= volunteer.to_on:
        raise InputFault({"to_on": f"“新的截止日”应晚于现在的聘期（{volunteer.to_on}）。"})
    _check_term(clock.today(), to_on)
    paper = _certificate(
        actor, volunteer.matter_id, volunteer.agency, volunteer.name, volunteer.from_on, to_on, again=True
    )
    volunteer.number, volunteer.paper, volunteer.to_on = paper.number, paper.pk, to_on
    volunteer.save(update_fields=["number", "paper", "to_on"])
    log(actor, volunteer.matter_id, VOLUNTEER_RENEWED, volunteer.agency_id, {"to_on": to_on.isoformat()})
    return volunteer


def _certificate(
    actor: Actor, matter: str, agency: object, name: str, from_on: date, to_on: date, *, again: bool
) -> Document:
    words = "继续聘任" if again else "聘任"
    return issue(
        actor=actor,
        agency=agency,  # type: ignore[arg-type]
        matter_id=matter,
        title="行政执法义务监督员聘书",
        mark=MARK,
        template=TEMPLATE,
        kind="register",
        facts=[
            {"label": "主送", "text": name},
            {
                "label": "",
                "text": f"{words}您为行政执法义务监督员，聘期自 {from_on} 至 {to_on}。\n"
                "聘期内应邀参加行政执法监督活动，如实记录所见，反映情况和建议；对活动中知悉的国家秘密、商业秘密和个人隐私保密，"
                "与被监督的单位有利害关系的，主动回避。\n义务监督员不行使行政执法权。",
            },
        ],
    )


def _check_term(from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise InputFault({"to_on": "“聘期止”早于“聘期起”。请改为之后的日期。"})
    if to_on < clock.today():
        raise InputFault({"to_on": "“聘期止”已经过去。请改为今天或者之后的日期。"})


def _term(from_on: date, to_on: date) -> dict[str, str]:
    return {"from_on": from_on.isoformat(), "to_on": to_on.isoformat()}


@action("volunteers.dismiss", policy=may_keep, on="volunteer", records=(VOLUNTEER_DISMISSED,), basis=BASIS)
def dismiss(*, actor: Actor, volunteer: Volunteer, reason: str) -> Volunteer:
    """End an appointment today, with the reason; invitations that wait fall away with it."""
    demand({"reason": (reason, "请写明解聘的理由，例如本人申请、工作变动。")})
    volunteer.ended_on, volunteer.ended_reason = clock.today(), reason.strip()
    volunteer.save(update_fields=["ended_on", "ended_reason"])
    log(actor, volunteer.matter_id, VOLUNTEER_DISMISSED, volunteer.agency_id)
    if volunteer.person_id is not None:
        notify(
            title="您的义务监督员聘任已经结束",
            body=reason.strip(),
            url="/volunteering",
            person_id=volunteer.person_id,
        )
    return volunteer


@action("volunteers.link_account", policy=may_keep, on="volunteer", records=(ACCOUNT_LINKED,), basis=BASIS)
def link_account(*, actor: Actor, volunteer: Volunteer, login_name: str) -> Volunteer:
    """Say which account is the volunteer's. Accounts and posts are the security administrator's; nothing is opened here."""
    person = Person.objects.filter(login_name=login_name.strip().lower(), is_active=True).first()
    if person is None:
        raise InputFault({"login_name": "没有这个账号，或者已经停用。请先由安全管理员开通。"})
    held = Actor.of(person, on=clock.today())
    if SERVE not in held.capabilities:
        raise InputFault({"login_name": "这个账号没有“义务监督员”的岗位。请先由安全管理员任命。"})
    if held.capabilities != {SERVE}:
        raise InputFault({"login_name": "这个账号还有别的岗位。义务监督员不能同时是能看到案件的人员。"})
    taken = (
        Volunteer.objects.unscoped("一个账号一位义务监督员").filter(person=person).exclude(pk=volunteer.pk)
    )
    if taken.exists():
        raise InputFault({"login_name": "这个账号已经是另一位义务监督员的。请核对登录名。"})
    volunteer.person = person
    volunteer.save(update_fields=["person"])
    log(actor, volunteer.matter_id, ACCOUNT_LINKED, volunteer.agency_id)
    return volunteer


@action(
    "volunteers.declare_conflicts",
    policy=may_keep,
    on="volunteer",
    records=(CONFLICTS_DECLARED,),
    basis=BASIS,
)
def declare_conflicts(*, actor: Actor, volunteer: Volunteer, conflicts: Sequence[str]) -> Volunteer:
    """The agencies to which the volunteer is not sent, from now on; what was declared before may be taken back."""
    volunteer.conflicts = known_agencies(conflicts)
    volunteer.save(update_fields=["conflicts"])
    log(actor, volunteer.matter_id, CONFLICTS_DECLARED, volunteer.agency_id)
    return volunteer


@action("volunteers.commend", policy=may_keep, on="volunteer", records=(VOLUNTEER_COMMENDED,), basis=BASIS)
def commend(*, actor: Actor, volunteer: Volunteer, text: str) -> Commendation:
    """Praise for something that was done; the volunteer reads it. No points, no ranking."""
    demand({"text": (text, "请写明表扬的事。")})
    made = Commendation.objects.create(
        volunteer=volunteer, text=text.strip(), at=clock.now(), by_label=actor.label
    )
    log(actor, volunteer.matter_id, VOLUNTEER_COMMENDED, volunteer.agency_id)
    if volunteer.person_id is not None:
        notify(
            title="区司法局表扬了您",
            body=text.strip(),
            url="/volunteering/feedback",
            person_id=volunteer.person_id,
        )
    return made
