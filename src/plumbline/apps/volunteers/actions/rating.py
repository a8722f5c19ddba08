"""The slip with a code, and the rating of whoever holds one. Design and limits: docs/adr/0036."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from plumbline.apps.inspections.contract import Inspection
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..events import RATING_SLIP_PRINTED
from ..models import HeldRating, RatingSlip, SpentCode
from ..policies import BASIS, may_print_slip, may_rate
from ..questions import RATED, RATING
from ..rating_codes import hash_of, new_code, origin_of, period_of
from ..recording import log


@action(
    "volunteers.print_slip",
    policy=may_print_slip,
    on="inspection",
    records=(RATING_SLIP_PRINTED,),
    basis=BASIS,
)
def print_slip(*, actor: Actor, inspection: Inspection) -> str:
    """The code for the firm that was inspected. It is on the paper and nowhere else."""
    today = clock.today()
    RatingSlip.objects.create(
        matter_id=inspection.matter_id, agency_id=inspection.agency_id, printed_on=today
    )
    log(actor, inspection.matter_id, RATING_SLIP_PRINTED, inspection.agency_id)
    return new_code(inspection.agency_id, period_of(today))


def origin_now(code: str) -> tuple[str, str] | None:
    """Agency and quarter of a code that counts today, spent or not."""
    agencies = Agency.objects.filter(enforces=True).values_list("code", flat=True)
    return origin_of(code, agencies=agencies, on=clock.today())


@action("volunteers.rate", policy=may_rate, records=(), basis=BASIS)
def rate(*, actor: Actor, code: str, answers: Mapping[str, str]) -> None:
    """Spend a code and put the answers into the box. Nothing written here has a time, an order or an event."""
    origin = origin_now(code)
    if origin is None:
        raise InputFault({"code": "评价码不对，或者已经过了可以评价的时间。请核对 20 位数字。"})
    known = {value for value, _ in RATED}
    lacking = [label for key, label in RATING if answers.get(key) not in known]
    if lacking:
        raise InputFault({"": "还没有回答：" + "、".join(lacking) + "。说不清的，请选“说不清”。"})
    agency, period = origin
    try:
        with transaction.atomic():
            SpentCode.objects.create(code_hash=hash_of(code), period=period)
    except IntegrityError:
        raise InputFault(
            {"code": "这个评价码已经用过。不是您用的，请从门户的“投诉举报”告诉区司法局。"}
        ) from None
    HeldRating.objects.create(
        agency_id=agency, period=period, answers={key: answers[key] for key, _ in RATING}
    )
