"""双公示 files: made for an agency and a period, sent, refused line by line, corrected by a further file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from stdnum.cn import uscc

from plumbline.apps.cases.contract import identity_for_report
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import events_of, record
from plumbline.platform.identity.actor import Actor

from .channels import OURS
from .credit_layout import faults_of, identity_fault, party_type, values_of
from .events import CREDIT_FILE_MADE, CREDIT_FILE_SENT, CREDIT_ROW_REFUSED
from .generating import facts_of
from .models import CreditFile, CreditRow, Publication, PublicationState
from .policies import may_report_credit, may_send_credit

BASIS = "国办发〔2018〕118号（六）"
MOST = 5_000  # lines of a file
PERSON = "01"


def candidates(agency: str, first: date, last: date) -> list[Publication]:
    """Penalties of an agency that are public on this platform, by day: reviewed, and none that may not leave."""
    rows = Publication.objects.filter(
        channel=OURS, act="penalty", state=PublicationState.PUBLISHED, agency_id=agency,
        decided_on__gte=first, decided_on__lte=last,
    )  # fmt: skip
    return list(rows.select_related("agency").order_by("decided_on", "pk")[: MOST + 1])


@action(
    "publicity.make_credit_file",
    policy=may_report_credit,
    on="agency",
    records=(CREDIT_FILE_MADE,),
    basis=BASIS,
)
def make_file(
    *,
    actor: Actor,
    agency: str,
    first: date,
    last: date,
    agency_credit_code: str,
    persons: bool = False,
    corrects: CreditFile | None = None,
) -> CreditFile:
    """Make a file of an agency and a period. Natural persons are left out unless asked for: they are not shown on 信用中国."""
    if first > last:
        raise InputFault({"last": "止日应不早于起日。"})
    if not uscc.is_valid(agency_credit_code):
        raise InputFault({"agency_credit_code": "机关的统一社会信用代码校验不通过，请核对十八位代码。"})
    rows = candidates(agency, first, last)
    if corrects is not None:
        again = set(corrects.lines().exclude(refused="").values_list("decision_event", flat=True))
        rows = [row for row in rows if row.decision_event in again]
        if not rows:
            raise Refusal("原报送没有退回的数据可以更正", next_step="请先登记退回的行和理由。")
    if len(rows) > MOST:
        raise InputFault({"first": f"一次最多 {MOST} 件，请缩短期间。"})
    made = CreditFile.objects.create(
        agency_id=agency, first=first, last=last, agency_credit_code=agency_credit_code, persons=persons,
        made_label=actor.label, corrects=corrects,
    )  # fmt: skip
    lines = _lines(made, rows)
    CreditRow.objects.bulk_create(lines)
    log_file(
        actor, made, CREDIT_FILE_MADE, {"rows": len(lines), "faults": sum(bool(e.faults) for e in lines)}
    )
    return made


def _lines(made: CreditFile, rows: Sequence[Publication]) -> list[CreditRow]:
    numbers = Counter(row.number for row in rows if row.number)
    shown = Publication.objects.filter(
        decision_event__in=[row.decision_event for row in rows], channel="credit_china"
    )
    until = dict(shown.values_list("decision_event", "take_down_on"))
    events = events_of([row.matter_id for row in rows])
    lines = []
    for row in rows:
        inside = facts_of(row.matter_id, row.kind)
        kind = party_type(row, inside.get("party_name", "") or row.party_name)
        if kind == PERSON and not made.persons:
            continue
        decided = next(e for e in events[row.matter_id] if e.id == row.decision_event)
        values = values_of(
            row,
            inside=inside,
            confiscated_fen=(decided.data.get("penalty") or {}).get("confiscation"),
            display_until=until.get(row.decision_event),
            agency_code=made.agency_credit_code,
        )
        faults = faults_of(values, decided_on=row.decided_on, twice=numbers[row.number] > 1)
        if kind == PERSON and (problem := identity_fault(identity_for_report(row.matter_id))):
            faults.append(
                {"code": "CF_XDR_ZJHM", "name": "自然人证件号码", "problem": problem, "level": "refuse"}
            )
        lines.append(
            CreditRow(
                file=made, agency_id=row.agency_id, decision_event=row.decision_event, matter_id=row.matter_id,
                values=values, faults=faults,
            )
        )  # fmt: skip
    return lines


def sendable(made: CreditFile) -> list[CreditRow]:
    """The lines that go out: without a fault that refuses, and of decisions still public at this moment.

    A line of an old file that was taken in may have no decision here: then its own faults alone decide.
    """
    rows = list(made.lines())
    public = set(
        Publication.objects.filter(
            decision_event__in=[row.decision_event for row in rows], channel=OURS, state=PublicationState.PUBLISHED
        ).values_list("decision_event", flat=True)
    )  # fmt: skip
    return [
        row
        for row in rows
        if (row.decision_event in public or (made.layout and not row.decision_event))
        and not any(each["level"] == "refuse" for each in row.faults)
    ]


def full_values(row: CreditRow) -> dict[str, str]:
    """A line as it is sent: with the personal items, read now and kept nowhere."""
    if row.values.get("CF_XDR_LB") != PERSON:
        return dict(row.values)
    return {**row.values, "CF_XDR_ZJHM": identity_for_report(row.matter_id) if row.matter_id else ""}


@action(
    "publicity.send_credit_file",
    policy=may_send_credit,
    on="file",
    records=(CREDIT_FILE_SENT,),
    basis=BASIS,
)
def send_file(
    *, actor: Actor, file: CreditFile, sent_on: date, sent_to: str, receipt: str = ""
) -> CreditFile:
    """Register that a file was handed in: when, to whom, under which receipt. Done once."""
    kept = CreditFile.objects.visible_to(actor).select_for_update().get(pk=file.pk)
    if kept.sent_on is not None:
        raise Refusal(f"已登记于 {kept.sent_on} 报送")
    if not kept.made_at.astimezone(clock.CHINA).date() <= sent_on <= clock.today():
        raise InputFault({"sent_on": "报送日应在生成之后、今天之前。"})
    if not sendable(kept):
        raise Refusal("没有可以报送的数据", next_step="请先处理各行的问题，重新生成。")
    kept.sent_on, kept.sent_to, kept.receipt = sent_on, sent_to.strip(), receipt.strip()
    kept.save()
    log_file(actor, kept, CREDIT_FILE_SENT, {"sent_on": sent_on.isoformat(), "receipt": kept.receipt})
    return kept


@action(
    "publicity.refuse_credit_row",
    policy=may_send_credit,
    on="file",
    records=(CREDIT_ROW_REFUSED,),
    basis=BASIS,
)
def refuse_row(*, actor: Actor, file: CreditFile, row: CreditRow, reason: str) -> CreditRow:
    """Register that the platform sent a line back, and why; a further file corrects it."""
    kept = CreditRow.objects.visible_to(actor).select_for_update().select_related("file").get(pk=row.pk)
    if kept.file_id != file.pk or kept.file.sent_on is None:
        raise Refusal("这份数据还没有登记报送", next_step="请先登记报送。")
    if not reason.strip():
        raise InputFault({"reason": "请照平台的退回说明填写理由。"})
    kept.refused = reason.strip()[:300]
    kept.save()
    log_file(actor, kept.file, CREDIT_ROW_REFUSED, {"row": kept.pk})
    return kept


def log_file(actor: Actor, file: CreditFile, activity: str, data: dict[str, object]) -> None:
    record(
        actor=actor,
        matter=f"credit-file-{file.pk}",
        kind="other_act",
        activity=activity,
        agency=file.agency_id,
        data={"file": file.pk, **data},
    )
