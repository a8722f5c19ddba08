"""Actions on rights: posts and their capabilities, terms, deputies, and the three administrators.

Rights are read at each request, so each of these counts from the next one on. Nobody is at once an administrator and
holder of a post: the administrators see no case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, Q

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.capabilities import ADMINISTRATOR_POWERS, CAPABILITIES
from plumbline.platform.identity.models import (
    AdministratorAppointment,
    Agency,
    Deputy,
    Person,
    Post,
    Scope,
    Tenure,
)

from . import events
from .accounts import new_person
from .policies import (
    BASIS_ACCESS,
    BASIS_RIGHTS,
    may_appoint_first,
    may_change_person,
    may_end_appointment,
    may_end_deputy,
    may_end_tenure,
    may_keep_rights,
)
from .recording import keep

Row = TypeVar("Row", bound=Model)


@action("identity.create_post", policy=may_keep_rights, records=(events.POST_CREATED,), basis=BASIS_ACCESS)
def create_post(
    *, actor: Actor, agency: Agency, title: str, role: str, scope: str, capabilities: Sequence[str]
) -> Post:
    """Set up a post of an agency; a second one of the same title is refused."""
    if Post.objects.filter(agency=agency, title=title.strip()).exists():
        raise InputFault({"title": f"{agency} 已有岗位“{title.strip()}”。请打开它修改权能，或者另取名称。"})
    post = Post(agency=agency, title=title.strip(), role=role)
    _give(post, capabilities, scope)
    post.save()
    keep(actor, events.POST_CREATED, post=post, capabilities=post.capabilities, scope=post.scope)
    return post


@action("identity.change_post", policy=may_keep_rights, records=(events.POST_CHANGED,), basis=BASIS_ACCESS)
def change_post(*, actor: Actor, post: Post, capabilities: Sequence[str], scope: str, reason: str) -> Post:
    """Change what a post may do; whoever holds it has the new rights at the next request."""
    _demand(reason, "reason", "请写明变更权能的理由，例如三定方案调整。")
    current = Post.objects.select_for_update().select_related("agency").get(pk=post.pk)
    before = set(current.capabilities), current.scope
    _give(current, capabilities, scope)
    if (set(current.capabilities), current.scope) == before:
        raise InputFault({"": "权能和范围都没有变化，没有写入。"})
    current.save(update_fields=["capabilities", "scope"])
    keep(
        actor,
        events.POST_CHANGED,
        post=current,
        added=sorted(set(current.capabilities) - before[0]),
        removed=sorted(before[0] - set(current.capabilities)),
        scope=current.scope,
        reason=reason.strip()[:200],
    )
    return current


def _give(post: Post, capabilities: Sequence[str], scope: str) -> None:
    unknown = set(capabilities) - CAPABILITIES.keys()
    if unknown:
        raise InputFault({"capabilities": f"没有这些权能：{'、'.join(sorted(unknown))}。请从列表中选择。"})
    if scope not in Scope.values:
        raise InputFault({"scope": "请选择范围。"})
    # In the order of the table of capabilities, so that the same choice is stored the same.
    post.capabilities, post.scope = [each for each in CAPABILITIES if each in set(capabilities)], scope


@action(
    "identity.start_tenure",
    policy=may_change_person,
    on="person",
    records=(events.TENURE_STARTED,),
    basis=BASIS_ACCESS,
)
def start_tenure(*, actor: Actor, person: Person, post: Post, from_on: date, to_on: date | None) -> Tenure:
    """Let a person hold a post from a day on, both days included."""
    _demand_order(from_on, to_on)
    _demand_no_administrator(person, from_on, to_on)
    clash = {"": f"{person} 在这些日子已经担任“{post}”。请先结束原来的任职，或者改日期。"}
    tenure = _add(Tenure(person=person, post=post, from_on=from_on, to_on=to_on), clash)
    keep(actor, events.TENURE_STARTED, person=person, post=post, from_on=_iso(from_on), to_on=_iso(to_on))
    return tenure


@action(
    "identity.end_tenure",
    policy=may_end_tenure,
    on="tenure",
    records=(events.TENURE_ENDED,),
    basis=BASIS_ACCESS,
)
def end_tenure(*, actor: Actor, tenure: Tenure, on: date) -> Tenure:
    """End a term: ``on`` is its last day."""
    current = Tenure.objects.select_for_update().get(pk=tenure.pk)
    _end(current, on)
    keep(actor, events.TENURE_ENDED, person=tenure.person, post=tenure.post, to_on=_iso(on))
    return current


@action(
    "identity.appoint_deputy",
    policy=may_change_person,
    on="person",
    records=(events.DEPUTY_APPOINTED,),
    basis=BASIS_ACCESS,
)
def appoint_deputy(
    *, actor: Actor, person: Person, post: Post, from_on: date, to_on: date, reason: str
) -> Deputy:
    """Let a person act for a post beside its holder, for stated days and a stated reason."""
    _demand(reason, "reason", "请写明代理的事由，例如出差、休假。")
    _demand_order(from_on, to_on)
    _demand_no_administrator(person, from_on, to_on)
    overlapping = Q(from_on__lte=to_on, to_on__gte=from_on)
    if Deputy.objects.filter(overlapping, person=person, post=post).exists():
        raise InputFault({"": f"{person} 在这些日子已经代理“{post}”。请改日期。"})
    deputy = Deputy.objects.create(
        person=person, post=post, from_on=from_on, to_on=to_on, reason=reason.strip()
    )
    keep(
        actor, events.DEPUTY_APPOINTED, person=person, post=post,
        from_on=_iso(from_on), to_on=_iso(to_on), reason=reason.strip(),
    )  # fmt: skip
    return deputy


@action(
    "identity.end_deputy",
    policy=may_end_deputy,
    on="deputy",
    records=(events.DEPUTY_ENDED,),
    basis=BASIS_ACCESS,
)
def end_deputy(*, actor: Actor, deputy: Deputy, on: date) -> Deputy:
    """End a deputyship early: ``on`` is its last day."""
    current = Deputy.objects.select_for_update().get(pk=deputy.pk)
    _end(current, on)
    keep(actor, events.DEPUTY_ENDED, person=deputy.person, post=deputy.post, to_on=_iso(on))
    return current


@action(
    "identity.appoint_administrator",
    policy=may_change_person,
    on="person",
    records=(events.ADMINISTRATOR_APPOINTED,),
    basis=BASIS_RIGHTS,
)
def appoint_administrator(
    *, actor: Actor, person: Person, power: str, from_on: date, to_on: date | None
) -> AdministratorAppointment:
    """Give one of the three powers to somebody who holds no other and no post in those days."""
    return _appoint(actor, person, power, from_on, to_on)


@action(
    "identity.end_appointment",
    policy=may_end_appointment,
    on="appointment",
    records=(events.ADMINISTRATOR_ENDED,),
    basis=BASIS_RIGHTS,
)
def end_appointment(
    *, actor: Actor, appointment: AdministratorAppointment, on: date
) -> AdministratorAppointment:
    """End an administrator's power: ``on`` is its last day. Nobody ends his own, so one security administrator stays."""
    current = AdministratorAppointment.objects.select_for_update().get(pk=appointment.pk)
    _end(current, on)
    keep(actor, events.ADMINISTRATOR_ENDED, person=appointment.person, power=current.power, to_on=_iso(on))
    return current


@action(
    "identity.appoint_first",
    policy=may_appoint_first,
    records=(events.PERSON_CREATED, events.ADMINISTRATOR_APPOINTED),
    basis=BASIS_RIGHTS,
)
def appoint_first(*, actor: Actor, people: Mapping[str, tuple[str, str, str]]) -> list[Person]:
    """Open the accounts of the first administrators; ``people`` maps each power to login name, name and password."""
    if set(people) != set(ADMINISTRATOR_POWERS):
        raise InputFault({"": "三种管理员各要一人。"})
    made = []
    for power, (login, name, password) in people.items():
        try:
            person = new_person(login_name=login, display_name=name, password=password)
        except InputFault as fault:
            raise InputFault(
                {field: f"{ADMINISTRATOR_POWERS[power]}：{text}" for field, text in fault.faults.items()}
            ) from None
        keep(actor, events.PERSON_CREATED, person=person)
        _appoint(actor, person, power, clock.today(), None)
        made.append(person)
    return made


def _appoint(
    actor: Actor, person: Person, power: str, from_on: date, to_on: date | None
) -> AdministratorAppointment:
    if power not in ADMINISTRATOR_POWERS:
        raise InputFault({"power": "请选择系统、安全、审计管理员之一。"})
    _demand_order(from_on, to_on)
    Person.objects.select_for_update().get(pk=person.pk)
    during = _during(from_on, to_on)
    if person.tenures.filter(during).exists() or person.deputyships.filter(during).exists():
        raise Refusal(
            f"{person} 在这些日子还担任或者代理岗位，不能任命为管理员",
            basis=BASIS_RIGHTS,
            next_step="管理员不能看到案件。请先结束其任职和代理，或者另选一人。",
        )
    clash = {
        "person": f"{person} 在这些日子已经是管理员；系统、安全、审计三种管理员不得由一人兼任。请另选一人，或者先结束原任命。"
    }
    row = AdministratorAppointment(person=person, power=power, from_on=from_on, to_on=to_on)
    appointment = _add(row, clash)
    keep(
        actor, events.ADMINISTRATOR_APPOINTED, person=person, power=power,
        from_on=_iso(from_on), to_on=_iso(to_on),
    )  # fmt: skip
    return appointment


def _demand_no_administrator(person: Person, from_on: date, to_on: date | None) -> None:
    # The row lock makes two security administrators take turns: no constraint spans the two tables.
    Person.objects.select_for_update().get(pk=person.pk)
    if person.appointments.filter(_during(from_on, to_on)).exists():
        raise Refusal(
            f"{person} 在这些日子是管理员，不能担任或者代理岗位",
            basis=BASIS_RIGHTS,
            next_step="管理员不能看到案件。请另选一人，或者先由另一位安全管理员结束其任命。",
        )


def _during(from_on: date, to_on: date | None) -> Q:
    begun = Q() if to_on is None else Q(from_on__lte=to_on)
    return begun & (Q(to_on__isnull=True) | Q(to_on__gte=from_on))


def _end(row: Any, on: date) -> None:
    yesterday = clock.today() - timedelta(days=1)
    if row.to_on is not None and row.to_on <= yesterday:
        raise Refusal(f"已于 {row.to_on} 结束", next_step="不需要再次办理。")
    if on < yesterday:
        raise InputFault({"on": "“最后一日”不能早于昨天：已经行使的权限不倒改。填昨天，即刻失效。"})
    if row.to_on is not None and on > row.to_on:
        raise InputFault({"on": f"“最后一日”晚于原定的 {row.to_on}。需要延长的，请新办任职或者代理。"})
    if on < row.from_on:
        row.delete()  # it has not begun, or only today: taken back; the events tell of both
        return
    row.to_on = on
    row.save(update_fields=["to_on"])


def _add(row: Row, clash: dict[str, str]) -> Row:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise InputFault(clash) from fault
    return row


def _demand(text: str, field: str, sentence: str) -> None:
    if not text.strip():
        raise InputFault({field: sentence})


def _demand_order(from_on: date, to_on: date | None) -> None:
    if to_on is not None and to_on < from_on:
        raise InputFault({"to_on": "“止”早于“起”。请改为同日或者之后的日期。"})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
