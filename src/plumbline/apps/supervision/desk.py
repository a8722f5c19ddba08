"""What supervision puts on the work desk: alerts to decide, questions and instruments to answer, corrections to review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Q, Subquery

from plumbline.apps.cases.contract import case_rows
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor

from .lead_desk import leads_to_work
from .models import (
    UNDECIDED,
    WAITING,
    Alert,
    AlertKind,
    Extension,
    Instrument,
    InstrumentState,
    Question,
    Reply,
)
from .naming import breach_of, finding_of, matter_named
from .policies import DECISION_BASIS, LETTER_BASIS, TERM_BASIS, may_decide_extension
from .queries import by_gravity

#: The desk shows the most pressing; the alerts page has all.
SHOWN = 30
ASKING_BASIS = "行政执法监督条例第二十六条"


@task_source("supervision")
def supervision_tasks(actor: Actor) -> Sequence[DeskTask]:
    found: list[DeskTask] = []
    if actor.reach("supervision.supervise") != frozenset():
        found += [*leads_to_work(actor), *_to_decide(actor), *_to_review(actor)]
    if actor.reach("supervision.reply") != frozenset():
        found += [*_to_answer(actor), *_to_correct(actor)]
    if actor.reach("supervision.decide") != frozenset():
        found += _proposed(actor)
    if actor.reach("supervision.sign", "supervision.decide") != frozenset():
        found += _to_extend(actor)
    return found


@quick_links
def supervision_links(actor: Actor) -> list[QuickLink]:
    if actor.reach("supervision.supervise") == frozenset():
        return []
    return [
        QuickLink("监督线索", "/leads"),
        QuickLink("监督欠账", "/orders/ledger"),
        QuickLink("规则与误报率", "/alerts/precision"),
    ]


def _to_decide(actor: Actor) -> Iterator[DeskTask]:
    """New breaches, and asked ones whose answer has come; the gravest first."""
    rows = (
        Alert.objects.visible_to(actor)
        .filter(kind=AlertKind.BREACH, state__in=UNDECIDED)
        .exclude(pk__in=Question.objects.filter(answered_at=None).values("alert"))
        .select_related("agency")
    )
    for alert in by_gravity(rows)[:SHOWN]:
        yield DeskTask(
            title=f"处置预警：{breach_of(alert)}",
            url=f"/alerts/{alert.pk}",
            kind="alert",
            number=alert.agency.short_name,
            who=finding_of(alert),
            where=alert.get_state_display(),
            verb="处置",
            basis=f"{alert.law}{alert.article}",
        )


def _to_review(actor: Actor) -> Iterator[DeskTask]:
    rows = Instrument.objects.visible_to(actor).filter(state=InstrumentState.REPLIED).select_related("to")
    for each in rows[:SHOWN]:
        yield _instrument_task(each, f"审核纠正情况：{each.number}", "审核", each.to.short_name)


def _to_answer(actor: Actor) -> Iterator[DeskTask]:
    # Read with the row: a desk asks for as little as it can.
    numbered = case_rows(actor).order_by().filter(matter_id=OuterRef("alert__matter_id"))
    rows = (
        Question.objects.filter(answered_at=None, alert__in=Alert.objects.visible_to(actor))
        .select_related("alert")
        .annotate(case_number=Subquery(numbered.values("number")[:1]))
        .order_by("respond_by")
    )
    for question in rows[:SHOWN]:
        matter = question.alert.matter_id
        numbers = {} if question.case_number is None else {matter: question.case_number}
        if actor.can("supervision.reply", question.alert.agency_id):
            yield DeskTask(
                title=f"答复核实：{breach_of(question.alert)}",
                url=f"/alerts/{question.alert_id}/answer/{question.pk}",
                kind="alert",
                number=matter_named(matter, numbers),
                who=question.text,
                where="核实",
                verb="答复",
                basis=ASKING_BASIS,
                due_on=question.respond_by,
                unit="wd",
            )


def _to_correct(actor: Actor) -> Iterator[DeskTask]:
    """What the addressee owes; a reminder that no report has followed is said first."""
    since = Reply.objects.filter(instrument=OuterRef("pk"), at__gte=OuterRef("reminded_at"))
    rows = (
        Instrument.objects.visible_to(actor)
        .filter(state__in=WAITING)
        .annotate(pressed=Q(reminded_at__isnull=False) & ~Exists(since))
        .select_related("issuer")
        .order_by("respond_by", "pk")
    )
    for each in rows[:SHOWN]:
        if actor.can("supervision.reply", each.to_id):
            verb = "重新报送" if each.state == InstrumentState.REFUSED else "报送"
            pressed = "催办：" if each.pressed else ""
            title = f"{pressed}{verb}纠正情况：{each.number}"
            yield _instrument_task(each, title, "办理", each.issuer.short_name)


def _to_extend(actor: Actor) -> Iterator[DeskTask]:
    """Requests for a later date, for whoever may move the term."""
    asked = Extension.objects.filter(instrument=OuterRef("pk"), decided_at=None)
    rows = Instrument.objects.visible_to(actor).filter(Exists(asked), state__in=WAITING).select_related("to")
    for each in rows.order_by("respond_by", "pk")[:SHOWN]:
        if may_decide_extension(actor, each):
            yield _instrument_task(
                each, f"答复延期申请：{each.number}", "答复", each.to.short_name, basis=TERM_BASIS
            )


def _proposed(actor: Actor) -> Iterator[DeskTask]:
    rows = Instrument.objects.visible_to(actor).filter(state=InstrumentState.ESCALATED).select_related("to")
    for each in rows[:SHOWN]:
        if actor.can("supervision.decide", each.to_id):
            yield _instrument_task(
                each, f"制发监督决定书：{each.number}", "审定", each.to.short_name, basis=DECISION_BASIS
            )


def _instrument_task(
    each: Instrument, title: str, verb: str, other: str, *, basis: str = LETTER_BASIS
) -> DeskTask:
    return DeskTask(
        title=title,
        url=f"/orders/{each.matter_id}",
        kind="instrument",
        number=other,
        who=each.title,
        where=each.get_state_display(),
        verb=verb,
        basis=basis,
        due_on=each.respond_by,
        unit="wd",
    )
