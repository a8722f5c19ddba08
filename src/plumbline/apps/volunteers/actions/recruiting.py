"""From the notice to the decision on an application. The public's side works without an account, by a receipt code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from plumbline.apps.complaints.contract import hash_of, new_code
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..events import (
    APPLICATION_DECIDED,
    APPLICATION_RECEIVED,
    APPLICATION_WITHDRAWN,
    APPLICATIONS_CLEARED,
    RECRUITMENT_ENDED,
    RECRUITMENT_PUBLISHED,
)
from ..models import Application, ApplicationState, Recruitment
from ..policies import (
    BASIS,
    MANAGE,
    may_apply,
    may_clear,
    may_decide,
    may_end_recruitment,
    may_manage,
    may_withdraw,
)
from ..recording import demand, log, new_matter, organ_of

CLEARED = "（已清除）"


@action("volunteers.publish_recruitment", policy=may_manage, records=(RECRUITMENT_PUBLISHED,), basis=BASIS)
def publish_recruitment(
    *, actor: Actor, title: str, text: str, wanted: int, opens_on: date, closes_on: date, keep_until: date
) -> Recruitment:
    """Put a notice on the portal."""
    demand({"title": (title, "请填写标题。"), "text": (text, "请写明报名条件、职责和聘期。")})
    if closes_on < opens_on:
        raise InputFault({"closes_on": "“报名截止”早于“报名开始”。请改为同日或者之后的日期。"})
    if closes_on < clock.today():
        raise InputFault({"closes_on": "“报名截止”已经过去。请改为今天或者之后的日期。"})
    if keep_until < closes_on:
        raise InputFault(
            {
                "keep_until": "“未通过的报名保存到”早于“报名截止”。请改为截止当日或者之后的日期，留出审查的时间。"
            }
        )
    made = Recruitment.objects.create(
        agency=organ_of(actor), title=title.strip(), text=text.strip(), wanted=wanted, opens_on=opens_on,
        closes_on=closes_on, keep_until=keep_until, published_at=clock.now(), published_label=actor.label,
    )  # fmt: skip
    log(actor, f"YWZM-{made.pk}", RECRUITMENT_PUBLISHED, made.agency_id)
    return made


@action(
    "volunteers.end_recruitment",
    policy=may_end_recruitment,
    on="recruitment",
    records=(RECRUITMENT_ENDED,),
    basis=BASIS,
)
def end_recruitment(*, actor: Actor, recruitment: Recruitment, reason: str) -> Recruitment:
    """Take no more applications from today on; those that came stay."""
    demand({"reason": (reason, "请写明提前结束的理由，公告上会写出来。")})
    recruitment.ended_on, recruitment.ended_reason = clock.today(), reason.strip()
    recruitment.save(update_fields=["ended_on", "ended_reason"])
    log(actor, f"YWZM-{recruitment.pk}", RECRUITMENT_ENDED, recruitment.agency_id)
    return recruitment


@action("volunteers.apply", policy=may_apply, on="recruitment", records=(APPLICATION_RECEIVED,), basis=BASIS)
def apply(
    *,
    actor: Actor,
    recruitment: Recruitment,
    name: str,
    phone: str,
    about: str,
    employer: str = "",
    conflicts: Sequence[str] = (),
    conflict_words: str = "",
    declared: bool = False,
    at: datetime | None = None,
) -> tuple[Application, str]:
    """Hand an application in; the code is told once and not stored."""
    demand(
        {
            "name": (name, "请填写姓名。"),
            "phone": (phone, "请填写电话，审查时要与您联系。"),
            "about": (about, "请写几句自我介绍。"),
        }
    )
    if not declared:
        raise InputFault({"declared": "请确认已如实申报利害关系。没有利害关系的，也请确认。"})
    code = new_code()
    made = Application.objects.create(
        matter_id=new_matter("YWBM"), code_hash=hash_of(code), agency_id=recruitment.agency_id,
        recruitment=recruitment, name=name.strip(), phone=phone.strip(), employer=employer.strip(),
        about=about.strip(), conflicts=known_agencies(conflicts), conflict_words=conflict_words.strip(),
        received_at=at or clock.now(),
    )  # fmt: skip
    log(actor, made.matter_id, APPLICATION_RECEIVED, made.agency_id, {"recruitment": recruitment.pk})
    notify(
        title="新的义务监督员报名",
        url=f"/volunteers/applications/{made.matter_id}",
        agency_code=made.agency_id,
        capability=MANAGE,
    )
    return made, code


def known_agencies(codes: Sequence[str]) -> list[str]:
    """The codes in order, each once; one that is no agency is a fault of the form."""
    wanted = sorted(set(codes))
    if Agency.objects.filter(code__in=wanted).count() != len(wanted):
        raise InputFault({"conflicts": "有机关不在名录中。请重新选择。"})
    return wanted


@action(
    "volunteers.withdraw",
    policy=may_withdraw,
    on="application",
    records=(APPLICATION_WITHDRAWN,),
    basis=BASIS,
)
def withdraw(*, actor: Actor, application: Application) -> Application:
    """Take an application back: name, phone and introduction are wiped, the number stays."""
    application.state = ApplicationState.WITHDRAWN
    wipe(application, "（已撤回）")
    application.save()
    log(actor, application.matter_id, APPLICATION_WITHDRAWN, application.agency_id)
    return application


def wipe(application: Application, name: str) -> None:
    """Take out of an application all that is personal; ``name`` says instead why nothing is there."""
    application.name, application.phone, application.employer = name, "", ""
    application.about, application.conflict_words, application.conflicts = "", "", []


@action(
    "volunteers.clear_declined", policy=may_clear, records=(APPLICATIONS_CLEARED,), basis="个人信息保护法 47"
)
def clear_declined(*, actor: Actor) -> int:
    """Wipe what is personal in applications that were declined, once the day told to the applicants has passed."""
    over = Application.objects.unscoped("到期清除").filter(
        state=ApplicationState.DECLINED, recruitment__keep_until__lt=clock.today(), cleared_on=None
    )
    rows = list(over.select_for_update())
    for row in rows:
        wipe(row, CLEARED)
        row.answer, row.cleared_on = "", clock.today()
        row.save()
        log(actor, row.matter_id, APPLICATIONS_CLEARED, row.agency_id)
    return len(rows)


@action(
    "volunteers.decide_application",
    policy=may_decide,
    on="application",
    records=(APPLICATION_DECIDED,),
    basis=BASIS,
)
def decide_application(
    *,
    actor: Actor,
    application: Application,
    passed: bool,
    answer: str,
    conflicts: Sequence[str] = (),
) -> Application:
    """Pass or decline with an answer for the applicant; ``conflicts`` adds what the review itself found."""
    demand({"answer": (answer, "请写明审查意见，报名人凭查询码可以看到。")})
    application.state = ApplicationState.ACCEPTED if passed else ApplicationState.DECLINED
    application.answer, application.decided_at = answer.strip(), clock.now()
    application.decided_label = actor.label
    application.conflicts = known_agencies([*application.conflicts, *conflicts])
    application.save()
    log(actor, application.matter_id, APPLICATION_DECIDED, application.agency_id, {"passed": passed})
    return application
