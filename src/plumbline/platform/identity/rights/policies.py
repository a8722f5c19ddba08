"""Who may change accounts and rights: the security administrator, never his own, and once the command of a new site."""

from __future__ import annotations

from django.db.models import Q

from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import AdministratorAppointment, Deputy, Person, Tenure

BASIS_RIGHTS = "网络安全等级保护基本要求（GB/T 22239-2019）8.1.5.3 安全管理"
BASIS_ACCESS = "网络安全等级保护基本要求（GB/T 22239-2019）8.1.4.2 访问控制"
BASIS_IDENTITY = "网络安全等级保护基本要求（GB/T 22239-2019）8.1.4.1 身份鉴别"
FIRST_APPOINTMENT = "system:首次任命"


def may_keep_rights(actor: Actor) -> Decision:
    """The security administrator of the day."""
    if actor.administrator == "security":
        return ALLOWED
    return denied(
        "只有安全管理员可以变更账号和权限",
        basis=BASIS_RIGHTS,
        next_step="请由本区的安全管理员办理。",
    )


def may_change_person(actor: Actor, person: Person) -> Decision:
    """The security administrator, for anybody but himself."""
    allowed = may_keep_rights(actor)
    if allowed and person.pk == actor.person_id:
        return denied(
            "不能变更自己的账号和权限",
            basis=BASIS_RIGHTS,
            next_step="请由另一位安全管理员办理；自己的密码和动态口令在「我的」修改。",
        )
    return allowed


def may_end_tenure(actor: Actor, tenure: Tenure) -> Decision:
    return may_change_person(actor, tenure.person)


def may_end_deputy(actor: Actor, deputy: Deputy) -> Decision:
    return may_change_person(actor, deputy.person)


def may_end_appointment(actor: Actor, appointment: AdministratorAppointment) -> Decision:
    return may_change_person(actor, appointment.person)


def may_appoint_first(actor: Actor) -> Decision:
    """The named part of the system that begins a site, and only while nobody is or will be an administrator."""
    if not (actor.is_system and actor.number == FIRST_APPOINTMENT):
        return denied(
            "首次任命只能由 plumbline appoint 命令办理", basis=BASIS_RIGHTS, next_step="请由安全管理员任命。"
        )
    today = clock.today()
    held = AdministratorAppointment.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
    if held.exists():
        return denied(
            "已经有管理员，不能再次首次任命",
            basis=BASIS_RIGHTS,
            next_step="请由安全管理员登录后，在「权限」→「管理员」中任命。",
        )
    return ALLOWED
