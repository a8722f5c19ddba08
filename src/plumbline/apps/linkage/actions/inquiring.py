"""Requests of an outside body to look at a case: asked with a reason, decided with a scope and a last day, ended at any time."""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.apps.cases.contract import case_by_number
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.rows import whole_district

from ..events import INQUIRY_ASKED, INQUIRY_DECIDED, INQUIRY_ENDED
from ..models import Inquiry, InquiryScope, InquiryState
from ..policies import LIAISON, liaises_for, may_ask, may_decide_inquiry, may_withdraw_inquiry

_BASIS = "行政执法机关移送涉嫌犯罪案件的规定第十四条"
#: The longest that one decision opens a case; whoever needs it longer asks again (the platform's own limit).
LONGEST = timedelta(days=90)
#: From the narrowest to the widest.
WIDTH = (InquiryScope.OUTLINE, InquiryScope.LIST, InquiryScope.PAPERS)


@action("linkage.ask_inquiry", policy=may_ask, records=(INQUIRY_ASKED,), basis=_BASIS)
def ask_inquiry(
    *, actor: Actor, wanted: str, reason: str, basis: str, scope: str, until: date | None
) -> Inquiry:
    """Ask to look at the case with the number ``wanted``. Whether there is such a case is said by the decision, not here."""
    faults = {
        name: sentence
        for name, value, sentence in (
            ("wanted", wanted, "请填写案号，与文书上的完全一致。"),
            ("reason", reason, "请写明查询的事由。"),
            ("basis", basis, "请写明依据的文书，例如调查文书的名称和文号。"),
        )
        if not value.strip()
    }
    if scope not in InquiryScope.values:
        faults["scope"] = "请选择查询的范围。"
    faults |= _term(until)
    if faults or until is None:
        raise InputFault(faults)
    with whole_district():
        return _asked(actor, wanted.strip()[:200], reason.strip(), basis.strip()[:200], scope, until)


def _asked(actor: Actor, wanted: str, reason: str, basis: str, scope: str, until: date) -> Inquiry:
    case = case_by_number(wanted)
    organ = liaises_for(actor)
    agency = case.agency_id if case is not None else _office()
    inquiry = Inquiry.objects.create(
        organ_id=organ,
        agency_id=agency,
        case=case,
        parties=sorted({organ, agency}),
        wanted=wanted,
        reason=reason,
        basis=basis,
        scope=scope,
        until=until,
        asked_by_id=actor.person_id,
        asked_label=actor.label,
    )
    _log(actor, inquiry, INQUIRY_ASKED, {"scope": scope})
    for capability in ("cases.approve", "supervision.supervise"):
        notify(
            title=f"{inquiry.organ.short_name}申请查询案件", body=inquiry.wanted, url=inquiry.page,
            agency_code=agency, capability=capability,
        )  # fmt: skip
    return inquiry


def _term(until: date | None) -> dict[str, str]:
    today = clock.today()
    if until is None:
        return {"until": "请填写查询到哪一天为止。"}
    if until < today:
        return {"until": f"{until} 已经过去。请填写今天或者以后的日期。"}
    if until > today + LONGEST:
        return {"until": f"一次查询最长 {LONGEST.days} 日，请填写不晚于 {today + LONGEST} 的日期。"}
    return {}


def _office() -> str:
    found = Agency.objects.filter(kind="supervision_organ", level="district").order_by("code").first()
    if found is None:
        raise Refusal("本区还没有登记行政执法监督机构", next_step="请系统管理员在单位中登记区司法局后再办。")
    return found.code


def _log(actor: Actor, inquiry: Inquiry, activity: str, data: dict[str, object]) -> None:
    """In the case's own matter, so that its timeline shows who asked to see it; in one of its own where there is no such case."""
    with whole_district():
        case = inquiry.case
        record(
            actor=actor,
            matter=case.matter_id if case is not None else f"CX-{inquiry.pk}",
            kind=case.kind if case is not None else "other_act",
            activity=activity,
            agency=inquiry.agency_id,
            data={"inquiry": inquiry.pk, "organ": inquiry.organ_id, **data},
        )


@action(
    "linkage.decide_inquiry",
    policy=may_decide_inquiry,
    on="inquiry",
    records=(INQUIRY_DECIDED,),
    basis=_BASIS,
)
def decide_inquiry(
    *,
    actor: Actor,
    inquiry: Inquiry,
    grant: bool,
    scope: str = "",
    until: date | None = None,
    opinion: str = "",
) -> Inquiry:
    """Grant, no wider and no longer than asked, or refuse with a reason."""
    locked = _locked(inquiry)
    if locked.state != InquiryState.ASKED:
        raise Refusal(f"这件申请已经是“{locked.get_state_display()}”", next_step="请刷新页面。")
    if grant:
        _demand_within(locked, scope, until)
        locked.scope, locked.until = scope or locked.scope, until or locked.until
    elif not opinion.strip():
        raise InputFault({"opinion": "不同意的，请写明理由。"})
    locked.state = InquiryState.GRANTED if grant else InquiryState.REFUSED
    locked.opinion, locked.decided_label, locked.decided_at = opinion.strip(), actor.label, clock.now()
    locked.save()
    _log(
        actor,
        locked,
        INQUIRY_DECIDED,
        {"granted": grant, "scope": locked.scope, "until": locked.until.isoformat()},
    )
    notify(
        title=f"查询申请{locked.get_state_display()}", body=locked.wanted, url=locked.page,
        agency_code=locked.organ_id, capability=LIAISON,
    )  # fmt: skip
    return locked


def _demand_within(inquiry: Inquiry, scope: str, until: date | None) -> None:
    if inquiry.case_id is None:
        raise Refusal(
            f"没有案号是“{inquiry.wanted}”的案件，不能同意",
            next_step="请不同意，并在理由中说明没有找到该案；申请机关可以核对案号后重新申请。",
        )
    faults = {}
    asked = WIDTH.index(InquiryScope(inquiry.scope))
    if scope and (scope not in InquiryScope.values or WIDTH.index(InquiryScope(scope)) > asked):
        faults["scope"] = f"同意的范围不能超过申请的范围（{inquiry.get_scope_display()}）。"
    if until is not None and until > inquiry.until:
        faults["until"] = f"同意的期限不能晚于申请的期限（{inquiry.until}）。"
    faults |= _term(until or inquiry.until)
    if faults:
        raise InputFault(faults)


@action(
    "linkage.end_inquiry", policy=may_decide_inquiry, on="inquiry", records=(INQUIRY_ENDED,), basis=_BASIS
)
def end_inquiry(*, actor: Actor, inquiry: Inquiry, reason: str) -> None:
    """Close before its last day what was granted."""
    locked = _locked(inquiry)
    if locked.state != InquiryState.GRANTED:
        raise Refusal(f"这件申请是“{locked.get_state_display()}”，没有开放", next_step="请刷新页面。")
    if not reason.strip():
        raise InputFault({"reason": "请写明停止的理由。"})
    locked.state, locked.opinion = InquiryState.ENDED, reason.strip()
    locked.save(update_fields=["state", "opinion"])
    _log(actor, locked, INQUIRY_ENDED, {})
    notify(
        title="查询已经停止",
        body=locked.wanted,
        url=locked.page,
        agency_code=locked.organ_id,
        capability=LIAISON,
    )


@action(
    "linkage.withdraw_inquiry",
    policy=may_withdraw_inquiry,
    on="inquiry",
    records=(INQUIRY_ENDED,),
    basis=_BASIS,
)
def withdraw_inquiry(*, actor: Actor, inquiry: Inquiry) -> None:
    """Take back what nobody has decided yet, or give back what was granted."""
    locked = _locked(inquiry)
    if locked.state not in {InquiryState.ASKED, InquiryState.GRANTED}:
        raise Refusal(f"这件申请已经是“{locked.get_state_display()}”，不用撤回")
    locked.state = InquiryState.WITHDRAWN
    locked.save(update_fields=["state"])
    _log(actor, locked, INQUIRY_ENDED, {"withdrawn": True})


def _locked(inquiry: Inquiry) -> Inquiry:
    rows = Inquiry.objects.unscoped("锁定查询申请以作出决定").select_related("case", "organ", "agency")
    with whole_district():
        return rows.select_for_update(of=("self",)).get(pk=inquiry.pk)
