"""Terms that run out: who is reminded before, who is told afterwards, and the alert it is.

A pass over the clocks, as days pass. What it finds is an alert of supervision like the breach of any other clock.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from plumbline.apps.supervision.contract import (
    Finding,
    FindingKind,
    FindingLine,
    declare_finding,
    keep_findings,
    near_limit,
)
from plumbline.platform import clock
from plumbline.platform.verdicts.evaluation import on_clock

from .actions.writing import tell
from .lateness import keep_late
from .models import OPEN, Coordination, Kind, Lateness, State
from .policies import COORDINATE, SIGN
from .waiting import waited_for


def _evidence(matter_id: str, subject: str) -> list[FindingLine]:
    """The clock that ran out, what stood it on, and when what was asked was done."""
    rows = Lateness.objects.filter(row__matter_id=matter_id, pk=subject.removeprefix("late-"))
    late = rows.select_related("row", "agency").first()
    if late is None:
        return []
    return [
        FindingLine("事由", late.row.title, late.row.number),
        FindingLine("应当办理", f"{late.agency.short_name}{late.what}", late.row.get_kind_display()),
        FindingLine("期限", f"{late.due_on}", late.source),
        FindingLine("结论", _outcome(late), "移送协作的经过", is_conclusion=True),
    ]


def _kind(key: str, breach: str, duty: str, law: str, article: str) -> FindingKind:
    return declare_finding(
        FindingKind(
            key=key,
            breach_zh=breach,
            duty_zh=duty,
            remedy_zh="请立即办理，并说明逾期的原因；办不了的，写明法定理由退回或者报请协调。",
            law=law,
            article=article,
            severity="yellow",
            page="/transfers/all?state=late",
            evidence=_evidence,
        )
    )


#: By kind of request. The article is where the duty stands; where the number of days comes from is said in the facts.
KINDS = {
    Kind.TRANSFER: _kind(
        "XT-transfer-term",
        "移送逾期未处理",
        "收到移送应当在期限内接收、退回或者请求会商",
        "行政处罚法",
        "第十七条",
    ),
    Kind.DISPATCH: _kind(
        "XT-dispatch-term",
        "派单逾期",
        "派单应当在期限内签收，并按载明的期限反馈",
        "新政办[2022]14号",
        "二(三)5",
    ),
    Kind.DISPUTE: _kind(
        "XT-dispute-term",
        "管辖争议逾期",
        "管辖争议应当在期限内协商、报请协调或者表明意见",
        "行政处罚法",
        "第二十五条",
    ),
}
_ASKED = _kind(
    "XT-request-term",
    "协作请求逾期未答复",
    "请求协助的，应当在函上载明的期限内答复",
    "行政处罚法",
    "第二十六条",
)


def kind_of(row: Coordination) -> FindingKind:
    return KINDS.get(Kind(row.kind), _ASKED)


@on_clock
def watch_terms(*, as_of: datetime | None = None) -> int:
    """Remind who has to act within three working days, once a term; keep and tell what has run out. How many were told."""
    today = (as_of or clock.now()).astimezone(clock.CHINA).date()
    near = Coordination.objects.unscoped("期限将到和已过").filter(
        state__in=OPEN, due_on__lte=near_limit(today)
    )
    told = 0
    for pk in near.values_list("pk", flat=True):
        with transaction.atomic():
            told += _looked_at(pk, today)
    _raise_alerts(today)
    return told


def _looked_at(pk: int, today: date) -> int:
    rows = Coordination.objects.unscoped("期限将到和已过").select_related("agency", "to")
    row = rows.select_for_update(of=("self",)).filter(pk=pk, state__in=OPEN).first()
    if row is None or row.due_on is None:
        return 0
    if row.due_on >= today:
        if row.warned_for == row.due_on:
            return 0
        row.warned_for = row.due_on
        row.save(update_fields=["warned_for"])
        for agency in waited_for(row):
            _tell(row, agency, f"{row.due_what}的期限将到（{row.due_on}）")
        return 1
    fresh = [agency for agency in waited_for(row) if keep_late(row, agency)]
    for agency in fresh:
        _tell(row, agency, f"{row.due_what}已超过期限（{row.due_on}）")
    if fresh:
        tell(row, "", f"移送协作超过期限（{row.due_on}）", capability=COORDINATE, body=row.due_what)
    return bool(fresh)


def _tell(row: Coordination, agency: str, title: str) -> None:
    """The desk that has to act; of the organ that is whoever signs its opinion."""
    own = row.kind == Kind.DISPUTE and row.state == State.APPLIED
    tell(row, agency, title, body=row.due_source, **({"capability": SIGN} if own else {}))


def _outcome(late: Lateness) -> str:
    if late.row.state == State.WITHDRAWN:
        return f"没有办理，{late.done_on} 由发出机关撤回"
    return f"{late.done_on} 办理，逾期" if late.done_on else "至今没有办理"


#: How long after its last move a row that is answered is still looked at.
LOOKED_BACK_DAYS = 40


def _raise_alerts(today: date) -> None:
    """Bring the alerts in line with what is kept; the organ's own terms are no matter of its supervision."""
    moved = Coordination.objects.unscoped("逾期的预警").filter(
        moved_at__date__gte=date.fromordinal(today.toordinal() - LOOKED_BACK_DAYS)
    )
    running = Lateness.objects.filter(done_on=None).values("row")
    rows = (moved | Coordination.objects.unscoped("逾期的预警").filter(pk__in=running)).only(
        "matter_id", "kind", "to_id"
    )
    by_kind: dict[str, tuple[FindingKind, list[str]]] = {}
    for row in rows:
        kind = kind_of(row)
        by_kind.setdefault(kind.key, (kind, []))[1].append(row.matter_id)
    for kind, matters in by_kind.values():
        lates = Lateness.objects.filter(row__matter_id__in=matters).select_related("row", "agency")
        found = [
            Finding(
                late.row.matter_id,
                f"late-{late.pk}",
                late.agency_id,
                f"期限 {late.due_on}（{late.source}），{late.agency.short_name}应当{late.what}，{_outcome(late)}。",
                due_on=late.due_on,
                done=late.done_on is not None,
            )
            for late in lates
            if not (late.row.kind == Kind.DISPUTE and late.agency_id == late.row.to_id)
        ]
        keep_findings(kind, found, matters=matters)
