"""Number blocks: numbers of a series that are set aside for a device which has no network when it signs.

Each number of a block is free, used by a document, spoilt (void, with the reason) or given back. Numbers given back go
out first with the next block, so the series keeps no gap that nobody can explain; ``account`` tells it number by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, InputFault, Refusal, action, denied
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .events import NUMBERS_RESERVED, NUMBERS_RETURNED
from .models import BlockNumber, Document, NumberSeries, NumberState

LAPSED = "手机停用"
BASIS = "行政处罚法第五十二条：预定格式、编有号码的决定书"


def may_reserve(actor: Actor, agency: Agency) -> Decision:
    if actor.can("cases.handle", agency.code):
        return ALLOWED
    return denied("您的岗位不在该机关办理案件，不能领用文书号")


@action(
    "paperwork.reserve_numbers", policy=may_reserve, on="agency", records=(NUMBERS_RESERVED,), basis=BASIS
)
def reserve_numbers(
    *, actor: Actor, agency: Agency, mark: str, holder: str, keep: int, on: date | None = None
) -> list[str]:
    """Bring the holder's free numbers of the year up to ``keep``; returns all its free ones, lowest first."""
    year = (on or clock.today()).year
    series = _locked(agency, mark, year)
    free = list(_of(agency, mark, year).filter(holder=holder, state=NumberState.FREE).order_by("n"))
    wanted = keep - len(free)
    fresh: list[BlockNumber] = []
    if wanted > 0:
        again = list(_of(agency, mark, year).filter(state=NumberState.RETURNED).order_by("n")[:wanted])
        for each in again:
            each.holder, each.person_id, each.state, each.at = (
                holder,
                actor.person_id,
                NumberState.FREE,
                clock.now(),
            )
            each.save(update_fields=["holder", "person", "state", "at"])
        fresh = again
        for _ in range(wanted - len(again)):
            series.last += 1
            text = f"{agency.document_mark or agency.short_name}{mark}〔{year}〕{series.last}号"
            fresh.append(
                BlockNumber.objects.create(
                    agency=agency, mark=mark, year=year, n=series.last, number=text, holder=holder,
                    person_id=actor.person_id, at=clock.now(),
                )
            )  # fmt: skip
        series.save(update_fields=["last"])
        _note(actor, agency, NUMBERS_RESERVED, mark, year, holder, [each.number for each in fresh])
    return [each.number for each in sorted([*free, *fresh], key=lambda each: each.n)]


def use_number(*, number: str, holder: str) -> BlockNumber:
    """Take a reserved number for the document that its holder has signed; in the caller's transaction."""
    row = BlockNumber.objects.select_for_update().filter(number=number).first()
    if row is None or row.holder != holder:
        raise Refusal(
            f"文书号 {number} 不是发给这部手机的",
            basis=BASIS,
            next_step="请更新任务包，用其中的号码重新制作决定书，原号码写明作废理由。",
        )
    # A paper that a lost phone had issued may still come in from its backup: its number was void for that reason only.
    lapsed = row.state == NumberState.VOID and row.reason.startswith(LAPSED)
    if row.state != NumberState.FREE and not lapsed:
        raise Refusal(
            f"文书号 {number} 已经是“{row.get_state_display()}”",
            basis=BASIS,
            next_step="一个号码只能用一次。请换用任务包中的下一个号码。",
        )
    row.state, row.reason, row.at = NumberState.USED, "", clock.now()
    row.save(update_fields=["state", "reason", "at"])
    return row


def void_number(*, number: str, holder: str, reason: str) -> BlockNumber:
    """A form spoilt on the spot: its number is not used again, and why is kept."""
    if not reason.strip():
        raise InputFault({"reason": "请写明号码作废的理由。"})
    row = use_number(number=number, holder=holder)
    row.state, row.reason = NumberState.VOID, reason.strip()[:200]
    row.save(update_fields=["state", "reason"])
    return row


def return_numbers(*, actor: Actor, holder: str, reason: str, unused: bool) -> int:
    """Close what a device has not used. The caller has asked its policy.

    ``unused``: the device itself says that it has issued nothing under them, so they may go out again. A lost phone
    cannot say so, and a party may hold a paper with such a number: these are void and never used again.
    """
    rows = list(BlockNumber.objects.select_for_update().filter(holder=holder, state=NumberState.FREE))
    for row in rows:
        row.state = NumberState.RETURNED if unused else NumberState.VOID
        row.reason, row.at = reason[:200], clock.now()
        row.save(update_fields=["state", "reason", "at"])
    by_series: dict[tuple[str, str, int], list[str]] = {}
    for row in rows:
        by_series.setdefault((row.agency_id, row.mark, row.year), []).append(row.number)
    for (agency, mark, year), numbers in by_series.items():
        _note(actor, Agency.objects.get(code=agency), NUMBERS_RETURNED, mark, year, holder, numbers)
    return len(rows)


@dataclass(frozen=True)
class Accounted:
    """One number of a series and what became of it; ``state`` empty is a number that nothing explains."""

    n: int
    number: str
    state: str
    words: str


def account(agency: Agency, mark: str, year: int) -> list[Accounted]:
    """Every number of the series from 1 to the last, each with what became of it."""
    last = NumberSeries.objects.filter(agency=agency, mark=mark, year=year).aggregate(n=Max("last"))["n"] or 0
    blocks = {row.n: row for row in _of(agency, mark, year)}
    head = f"{agency.document_mark or agency.short_name}{mark}〔{year}〕"
    papers = Document.objects.unscoped("文号台账").filter(agency=agency, number__startswith=head)
    signed = dict(papers.values_list("number", "title"))
    found = []
    for n in range(1, last + 1):
        number, row = f"{head}{n}号", blocks.get(n)
        if number in signed:
            found.append(Accounted(n, number, NumberState.USED, signed[number]))
        elif row is not None and row.state != NumberState.USED:
            found.append(Accounted(n, number, row.state, row.reason))
        else:
            found.append(Accounted(n, number, "", ""))
    return found


def _of(agency: Agency, mark: str, year: int) -> QuerySet[BlockNumber]:
    return BlockNumber.objects.filter(agency=agency, mark=mark, year=year)


def _locked(agency: Agency, mark: str, year: int) -> NumberSeries:
    NumberSeries.objects.get_or_create(agency=agency, mark=mark, year=year)
    return NumberSeries.objects.select_for_update().get(agency=agency, mark=mark, year=year)


def _note(
    actor: Actor, agency: Agency, activity: str, mark: str, year: int, holder: str, numbers: list[str]
) -> None:
    record(
        actor=actor, matter=f"NUM-{agency.code}-{year}", kind="numbers", activity=activity, agency=agency.code,
        data={"mark": mark, "holder": holder, "numbers": numbers},
    )  # fmt: skip
