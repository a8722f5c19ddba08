"""Who may see a linkage and act in it; each policy beside its queryset twin.

On the administration's side: the posts of the agency that has the matter, and the supervision organ. At the other end: the liaison
officers (衔接联络) of a body to which it was sent or opened. Clues and flash reports are known to few.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from plumbline.apps.cases.contract import case_rows, holds, may_see
from plumbline.apps.paperwork.contract import sealed
from plumbline.packs.procedures import Step
from plumbline.packs.transfer.procedures import (
    COMMISSION,
    CORRESPONDENT,
    COURT,
    HANDLER,
    LEADER,
    OFFICE,
    OUTSIDE,
    POLICE,
    PROCURATORATE,
    SIDES,
    Entry,
)
from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import CONFIDENTIAL, Inquiry, InquiryState, Linkage, Stage

LIAISON = "linkage.liaise"
SUPERVISING = ("supervision.supervise", "supervision.sign")
LEADING = ("cases.approve", "documents.sign", "supervision.sign")
ANSWERING = ("supervision.reply", "cases.handle", "cases.approve", "cases.review")
READING = (*ANSWERING, "cases.view", "documents.sign", "supervision.decide", *SUPERVISING)
ENTRIES_OF_MENU = (*ANSWERING, *SUPERVISING)

#: What a body at the other end is, by the contract's kind of subject (and the names that the organisation table uses).
KINDS: dict[str, tuple[str, ...]] = {
    POLICE: ("public_security_organ", "public_security"),
    PROCURATORATE: ("procuratorate",),
    COMMISSION: ("supervisory_commission",),
    COURT: ("court",),
}


def organs(side: str) -> list[Agency]:
    """The bodies that can stand at one end, by code."""
    return list(Agency.objects.filter(kind__in=KINDS[side]).order_by("level", "code"))


def side_of_organ(code: str) -> str:
    """Which end a body stands at; empty for a body of the administration."""
    kind = Agency.objects.filter(pk=code).values_list("kind", flat=True).first()
    return next((side for side, kinds in KINDS.items() if kind in kinds), "")


def liaises_for(actor: Actor) -> str:
    """The body whose liaison officer the actor is; empty for everybody else.

    A post of the administration makes its holder none: what was opened to another body is not seen from inside as well.
    """
    if actor.is_system or not actor.agency_code or not actor.can(LIAISON, actor.agency_code):
        return ""
    return "" if actor.capabilities & _ADMINISTRATION else actor.agency_code


_ADMINISTRATION = frozenset(READING)


def _in_case(actor: Actor, linkage: Linkage, capability: str) -> bool:
    if linkage.case is not None and linkage.case.agency_id == linkage.agency_id:
        return bool(holds(actor, capability, linkage.case))
    own = [g for g in actor.grants if g.capability == capability and g.reaches(linkage.agency_id)]
    return actor.is_system or any(not g.own_matters_only or linkage.person_id == actor.person_id for g in own)


def may_see_linkage(actor: Actor, linkage: Linkage) -> Decision:
    organ = liaises_for(actor)
    if organ and organ in linkage.parties and linkage.stage != Stage.VOID:
        return ALLOWED
    if linkage.route in CONFIDENTIAL:
        if _knows_of(actor, linkage):
            return ALLOWED
    elif not organ and _reads(actor, linkage):
        return ALLOWED
    return denied("没有找到该事项，或您的岗位不能查看")


#: The papers of what few may know of: the letter with a clue, and the flash report.
SEALED_PAPERS = ("JW1", "JW2")


@sealed
def papers_of_the_few(actor: Actor) -> Q:
    """The papers of clues and flash reports that are not the actor's to know of: no search finds them, no address opens them."""
    if actor.is_system:
        return Q(pk__in=[])
    known = Linkage.objects.visible_to(actor).filter(route__in=CONFIDENTIAL)
    return Q(template__in=SEALED_PAPERS) & ~Q(matter_id__in=known.values("matter_id"))


def _knows_of(actor: Actor, linkage: Linkage) -> bool:
    if actor.person_id is not None and linkage.person_id == actor.person_id:
        return True
    return actor.agency_code == linkage.agency_id and any(actor.can(c, linkage.agency_id) for c in LEADING)


def _reads(actor: Actor, linkage: Linkage) -> bool:
    if linkage.person_id is not None and linkage.person_id == actor.person_id:
        return True
    if (
        linkage.case is not None
        and linkage.case.agency_id == linkage.agency_id
        and may_see(actor, linkage.case)
    ):
        return True
    return any(
        grant.capability in READING and not grant.own_matters_only and grant.reaches(code)
        for grant in actor.grants
        for code in (linkage.agency_id, linkage.addressed_to_id or linkage.agency_id)
    )


@visible(Linkage)
def linkages_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """The condition of ``may_see_linkage`` over rows: the two must agree."""
    organ = liaises_for(actor)
    if organ:
        return rows.filter(parties__contains=[organ]).exclude(stage=Stage.VOID)
    few = Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
    if any(actor.can(each, actor.agency_code) for each in LEADING):
        few |= Q(agency_id=actor.agency_code)
    many = Q(case__in=case_rows(actor).values("pk"), case__agency_id=_same_agency())
    if actor.person_id is not None:
        many |= Q(person_id=actor.person_id)
    wide: set[str] = set()
    for grant in actor.grants:
        if grant.capability in READING and not grant.own_matters_only:
            if grant.agencies is None:
                many = Q()
                break
            wide |= grant.agencies
    else:
        many |= Q(agency_id__in=sorted(wide)) | Q(addressed_to_id__in=sorted(wide))
    open_to_many = ~Q(route__in=CONFIDENTIAL)
    return rows.filter((open_to_many & many) | (Q(route__in=CONFIDENTIAL) & few))


def _same_agency() -> Any:
    from django.db.models import F

    return F("agency_id")


# -- sides ---------------------------------------------------------------------------------------------------------------


def _handles(actor: Actor, linkage: Linkage) -> bool:
    return any(_in_case(actor, linkage, each) for each in ("cases.handle", "cases.approve")) or (
        linkage.agency_id == actor.agency_code and actor.can("supervision.supervise", linkage.agency_id)
    )


def _corresponds(actor: Actor, linkage: Linkage) -> bool:
    return any(_in_case(actor, linkage, each) for each in ("supervision.reply", "cases.approve")) or (
        linkage.agency_id == actor.agency_code and actor.can("supervision.supervise", linkage.agency_id)
    )


def _leads(actor: Actor, linkage: Linkage) -> bool:
    if _in_case(actor, linkage, "cases.approve"):
        return True
    return linkage.agency_id == actor.agency_code and actor.can("supervision.sign", linkage.agency_id)


def _from(organ: str) -> Callable[[Actor, Linkage], bool]:
    def stands(actor: Actor, linkage: Linkage) -> bool:
        code = liaises_for(actor)
        return bool(code) and code in linkage.parties and side_of_organ(code) == organ

    return stands


_STANDS: dict[str, Callable[[Actor, Linkage], bool]] = {
    HANDLER: _handles,
    CORRESPONDENT: _corresponds,
    LEADER: _leads,
    POLICE: _from(POLICE),
    PROCURATORATE: _from(PROCURATORATE),
    COMMISSION: _from(COMMISSION),
    OFFICE: lambda actor, linkage: actor.can("supervision.supervise", linkage.agency_id),
}


def stands_at(actor: Actor, linkage: Linkage, side: str) -> bool:
    """Whether the actor acts for one side of the linkage."""
    return actor.is_system or _STANDS[side](actor, linkage)


def on_our_side(actor: Actor, linkage: Linkage) -> bool:
    """Whether the actor works on the administration's side of it."""
    return any(stands_at(actor, linkage, side) for side in (HANDLER, CORRESPONDENT, LEADER))


def may_work_on(actor: Actor, linkage: Linkage) -> Decision:
    """Taking any step at all, on any side."""
    if linkage.stage == Stage.VOID:
        return denied("这件登记已经作废", next_step="需要时请重新登记。")
    if may_see_linkage(actor, linkage) and any(stands_at(actor, linkage, side) for side in SIDES):
        return ALLOWED
    return denied("您的岗位不办理本事项", next_step="请由承办机关或者对方机关的联络员办理。")


def may_take(actor: Actor, linkage: Linkage, step: Step) -> Decision:
    """One step: by the side that the procedure names."""
    general = may_work_on(actor, linkage)
    if not general:
        return general
    if not stands_at(actor, linkage, step.capability):
        return denied(f"“{step.label}”由{SIDES[step.capability]}办理", basis=step.basis)
    return ALLOWED


def may_begin(actor: Actor, entry: Entry) -> Decision:
    """Beginning by one way: the side of its first step, in the actor's own body."""
    side, own = entry.side, actor.agency_code
    if side in OUTSIDE:
        if liaises_for(actor) and side_of_organ(own) == side:
            return ALLOWED
        return denied(f"“{entry.label}”由{SIDES[side]}的联络员办理", basis=entry.first.basis)
    if liaises_for(actor):
        return denied(f"“{entry.label}”由行政机关办理", basis=entry.first.basis)
    capabilities = {
        HANDLER: ("cases.handle", "cases.approve"),
        CORRESPONDENT: ("supervision.reply", "cases.approve"),
    }[side]
    if any(actor.can(each, own) for each in capabilities):
        return ALLOWED
    if entry.key != "crime" and own and actor.can("supervision.supervise", own):
        return ALLOWED
    return denied(
        f"您的岗位不办理“{entry.label}”", basis=entry.first.basis, next_step=f"请由本单位{SIDES[side]}办理。"
    )


def may_sign(actor: Actor, linkage: Linkage) -> Decision:
    """Signing a paper of the agency: the post that signs its documents; the supervision organ's own signer."""
    if linkage.stage == Stage.VOID or not may_see_linkage(actor, linkage):
        return denied("没有找到该事项，或您的岗位不能查看")
    if _in_case(actor, linkage, "documents.sign"):
        return ALLOWED
    if linkage.agency_id == actor.agency_code and actor.can("supervision.sign", linkage.agency_id):
        return ALLOWED
    return denied("您的岗位不签发本机关文书", next_step="请由本机关负责人签发。")


def may_read_log(actor: Actor, row: Linkage | Inquiry) -> Decision:
    """Who opened it: shown to the agency that sent it and to the supervision organ, never to the other end."""
    if liaises_for(actor):
        return denied("查阅记录由发送机关和区司法局查看")
    return ALLOWED


# -- inquiries -----------------------------------------------------------------------------------------------------------


def may_ask(actor: Actor) -> Decision:
    if liaises_for(actor):
        return ALLOWED
    return denied("查询申请由检察院、监委、公安机关的联络员提出")


def may_see_inquiry(actor: Actor, inquiry: Inquiry) -> Decision:
    if inquiry.organ_id == liaises_for(actor) or _decides(actor, inquiry):
        return ALLOWED
    return denied("没有找到该申请，或您的岗位不能查看")


@visible(Inquiry)
def inquiries_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    organ = liaises_for(actor)
    if organ:
        return rows.filter(organ_id=organ)
    reach = actor.reach("cases.approve", *SUPERVISING)
    return rows if reach is None else rows.filter(agency_id__in=sorted(reach))


def _decides(actor: Actor, inquiry: Inquiry) -> bool:
    if liaises_for(actor):
        return False
    return any(actor.can(each, inquiry.agency_id) for each in ("cases.approve", *SUPERVISING))


def may_decide_inquiry(actor: Actor, inquiry: Inquiry) -> Decision:
    """Granting or refusing, and ending what was granted: the agency's head or the supervision organ."""
    if _decides(actor, inquiry):
        return ALLOWED
    return denied("您的岗位不决定查询申请", next_step="请由办案机关负责人或者区司法局决定。")


def may_withdraw_inquiry(actor: Actor, inquiry: Inquiry) -> Decision:
    if inquiry.organ_id == liaises_for(actor):
        return ALLOWED
    return denied("只有申请机关可以撤回")


def may_read_case(actor: Actor, inquiry: Inquiry) -> Decision:
    """Looking at the case: the asking body, while what was granted runs."""
    if inquiry.organ_id != liaises_for(actor):
        return denied("没有找到该申请，或您的岗位不能查看")
    if inquiry.state != InquiryState.GRANTED or inquiry.case_id is None:
        return denied("这件查询没有被同意", next_step="可以说明理由重新申请。")
    if inquiry.until < clock.today():
        return denied(f"查询期限已于 {inquiry.until} 届满", next_step="仍需查看的，请重新申请。")
    return ALLOWED
