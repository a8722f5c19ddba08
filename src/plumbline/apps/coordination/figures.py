"""The figures of the matrix: each is a count of rows that its address lists, by the filter it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from plumbline.packs.transfer.coordination import RETURN_GROUNDS
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .models import Coordination, Kind, State
from .queries import TRANSFERS, Wanted, matching

#: Days from which a cell is shaded darker.
SHADES = (3, 7, 15)
SHOWN = 50


@dataclass(frozen=True)
class Cell:
    """Transfers of one body to another: how many, and the median of days from sending to taking or sending back."""

    sender: str
    receiver: str
    count: int
    days: float | None
    shade: int = 0


@dataclass(frozen=True)
class Reason:
    """Transfers sent back for one reason: how many, and the median of days until then."""

    key: str
    label: str
    count: int
    days: float | None


@dataclass(frozen=True)
class Figures:
    """``disputes`` are the oldest open ones, ``open_disputes`` how many there are."""

    receivers: list[Agency]
    lines: list[tuple[Agency, list[Cell | None], int]]
    taken_in: list[tuple[Agency, int]]
    total: int
    returned: list[Reason]
    all_returned: int
    disputes: list[Coordination]
    open_disputes: int
    late: int
    missed: int
    third: int
    under_way: int


def figures(actor: Actor) -> Figures:
    """All figures of the matrix page in a few queries."""
    rows = Coordination.objects.visible_to(actor)
    pairs: dict[tuple[str, str], list[float | None]] = {}
    reasons: dict[str, list[float | None]] = {}
    for sender, receiver, sent, ended, reason, state in rows.filter(TRANSFERS).values_list(
        "agency_id", "to_id", "sent_at", "ended_at", "reason", "state"
    ):
        # What was taken back was neither taken nor sent back.
        answered = ended is not None and state != State.WITHDRAWN
        days = (ended - sent) / timedelta(days=1) if answered else None
        pairs.setdefault((sender, receiver), []).append(days)
        if state == State.RETURNED:
            reasons.setdefault(reason, []).append(days)
    codes = {code for pair in pairs for code in pair}
    names = {each.code: each for each in Agency.objects.filter(code__in=codes).order_by("code")}
    receivers = [each for code, each in names.items() if any(pair[1] == code for pair in pairs)]
    said = {each.key: each.label for each in RETURN_GROUNDS} | {"settled": "管辖已经确定由移送机关办理"}
    disputes = matching(actor, Wanted(kind=Kind.DISPUTE, state="open"))

    def counted(**filter_: str) -> int:
        return matching(actor, Wanted(**filter_)).order_by().count()

    return Figures(
        receivers=receivers,
        lines=[
            (
                each,
                [_cell(each.code, to.code, pairs.get((each.code, to.code))) for to in receivers],
                sum(len(days) for pair, days in pairs.items() if pair[0] == code),
            )
            for code, each in names.items()
            if any(pair[0] == code for pair in pairs)
        ],
        taken_in=[
            (each, sum(len(days) for pair, days in pairs.items() if pair[1] == each.code))
            for each in receivers
        ],
        total=sum(len(days) for days in pairs.values()),
        returned=sorted(
            (Reason(key, said.get(key, key), len(days), _middle(days)) for key, days in reasons.items()),
            key=lambda each: (-each.count, each.label),
        ),
        all_returned=sum(len(days) for days in reasons.values()),
        disputes=list(disputes.order_by("sent_at", "pk")[:SHOWN]),
        open_disputes=disputes.order_by().count(),
        late=counted(state="late"),
        missed=counted(state="missed"),
        third=counted(kind=Kind.TRANSFER, hop="3"),
        under_way=counted(kind=Kind.TRANSFER, state="under_way"),
    )


def _middle(days: list[float | None]) -> float | None:
    known = [each for each in days if each is not None]
    return round(median(known), 1) if known else None


def _cell(sender: str, receiver: str, days: list[float | None] | None) -> Cell | None:
    if not days:
        return None
    middle = _middle(days)
    shade = 0 if middle is None else sum(middle >= limit for limit in SHADES) + 1
    return Cell(sender, receiver, len(days), middle, shade)


HEADINGS = ("表", "从哪里、什么理由", "到哪里", "件数", "中位日数（日历日）")


def as_rows(told: Figures) -> Iterator[tuple[str, ...]]:
    """The page as rows of one sheet."""
    names = {each.code: each.short_name for each in told.receivers}
    for sender, cells, total in told.lines:
        for cell in cells:
            if cell is not None:
                yield ("移送", sender.short_name, names[cell.receiver], str(cell.count), _days(cell.days))
        yield ("移送", sender.short_name, "合计", str(total), "")
    for receiver, number in told.taken_in:
        yield ("移送", "合计", receiver.short_name, str(number), "")
    for reason in told.returned:
        yield ("退回的理由", reason.label, "", str(reason.count), _days(reason.days))
    for label, number in (
        ("等待接收或者协调", told.under_way), ("超过期限", told.late), ("逾期过的", told.missed),
        ("三次及以上", told.third), ("没有解决的争议", told.open_disputes),
    ):  # fmt: skip
        yield ("其他", label, "", str(number), "")


def _days(days: float | None) -> str:
    return "" if days is None else f"{days:g}"
