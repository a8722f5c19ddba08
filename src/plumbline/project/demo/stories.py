"""What has already happened to the alerts: old ones triaged, instruments at every stage, two stories told to their end."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from django.db import transaction

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Alert, AlertState, Instrument, InstrumentKind
from plumbline.apps.supervision.naming import breach_of
from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

REASONS = (
    "经核实，系补录不及时，实际已在期限内办理，有纸质回证。",
    "承办单位提交的材料证明期限内已经办理，解释属实。",
)
FALSE = ("送达回证日期录入有误，规则判断的起点不对。", "公示平台故障当日已报备，不属于逾期公示。")


def tell_stories(rng: random.Random) -> None:
    """Triage old alerts; leave recent ones at every stage."""
    supervisor = Actor.of(Person.objects.get(login_name="liu"), on=clock.today())
    government = Actor.of(Person.objects.get(login_name="qu"), on=clock.today())
    _date_alerts()
    alerts = list(Alert.objects.unscoped("演示数据").select_related("agency").order_by("created_at"))
    today = clock.today()
    old = [a for a in alerts if (today - a.created_at.date()).days > 25 and a.state == AlertState.NEW]
    for alert in old:
        roll = rng.random()
        if roll < 0.5:
            actions.accept_explanation(actor=supervisor, alert=alert, reason=rng.choice(REASONS))
        elif roll < 0.58:
            actions.mark_false_alarm(actor=supervisor, alert=alert, reason=rng.choice(FALSE))
        elif roll < 0.9 and alert.agency.enforces:
            _told(partial(_to_the_end, days=rng.randint(8, 20)), alert, supervisor)
        _settle_decision_time(alert, rng)
    stages = [_asked, _issued, _read, _replied, _refused, _objected, _escalated]
    for alert in (a for a in alerts if a.state == AlertState.NEW and a.agency.enforces):
        if stages and _told(stages[0], alert, supervisor):
            del stages[0]
    _whole_story(alerts, supervisor, government)


def _told(stage: Callable[[Alert, Actor], object], alert: Alert, supervisor: Actor) -> bool:
    """Whether the platform let it happen. It does not where the matter is before a court: supervision rests then (第三十三条)."""
    try:
        with transaction.atomic():
            stage(alert, supervisor)
    except Refusal:
        return False
    return True


def _date_alerts() -> None:
    """An alert appeared on the morning after the due date, or on the day of the step that broke the rule."""
    rows = Alert.objects.unscoped("演示数据")
    seven = time(7, 30)
    for alert in rows.filter(due_on__isnull=False):
        day = alert.due_on + timedelta(days=1)
        at = datetime.combine(min(day, clock.today()), seven, clock.CHINA)
        rows.filter(pk=alert.pk).update(created_at=at)
    from plumbline.platform.events.models import StoredEvent

    events = dict(
        StoredEvent.objects.unscoped("演示数据")
        .filter(event_id__in=rows.filter(due_on__isnull=True).values("subject"))
        .values_list("event_id", "recorded_at")
    )
    for alert in rows.filter(due_on__isnull=True):
        if alert.subject in events:
            rows.filter(pk=alert.pk).update(created_at=events[alert.subject])


def _settle_decision_time(alert: Alert, rng: random.Random) -> None:
    later = alert.created_at + timedelta(days=rng.randint(1, 5), hours=rng.randint(1, 6))
    rows = Alert.objects.unscoped("演示数据").filter(pk=alert.pk, decided_at__isnull=False)
    rows.update(decided_at=min(later, clock.now()))


def _replier(alert: Alert) -> Actor:
    tenure = Person.objects.filter(
        tenures__post__agency_id=alert.agency_id, tenures__post__capabilities__contains=["supervision.reply"]
    ).first()
    assert tenure is not None
    return Actor.of(tenure, on=clock.today())


def _issue(alert: Alert, supervisor: Actor, *, back: int = 6, term: int = 10) -> Instrument:
    calendar = statutory_calendar()
    on = calendar.next_working(clock.today() - timedelta(days=back))
    on = min(on, clock.today())
    return actions.issue(
        actor=supervisor,
        alert=alert,
        kind=InstrumentKind.LETTER,
        title=f"关于{alert.agency.short_name}{breach_of(alert)}问题的督办函",
        facts=alert.facts,
        demands="请查明原因，依法纠正，完善内部审核，并报送纠正情况和证据材料。",
        respond_by=calendar.nth_working_after(on, term),
        on=on,
    )


def _asked(alert: Alert, supervisor: Actor) -> None:
    actions.ask(
        actor=supervisor,
        alert=alert,
        text=f"{alert.facts}请核实是否属实，说明原因。",
        respond_by=statutory_calendar().nth_working_after(clock.today(), 2),
    )


def _issued(alert: Alert, supervisor: Actor) -> None:
    _issue(alert, supervisor, back=1)


def _read(alert: Alert, supervisor: Actor) -> None:
    actions.mark_read(actor=_replier(alert), instrument=_issue(alert, supervisor, back=3))


def _replied(alert: Alert, supervisor: Actor) -> None:
    instrument = _issue(alert, supervisor, back=9)
    actions.reply(
        actor=_replier(alert),
        instrument=instrument,
        text="已补办有关手续，对承办人员进行了提醒谈话，并在内部审核表中增加期限核对项。",
    )


def _refused(alert: Alert, supervisor: Actor) -> None:
    _replied(alert, supervisor)
    alert.refresh_from_db(from_queryset=Alert.objects.unscoped("演示数据"))
    instrument = Instrument.objects.unscoped("演示数据").get(pk=alert.instrument_id)
    actions.refuse(
        actor=supervisor, instrument=instrument, text="没有附纠正后的文书，请补充送达回证或者公示截图。"
    )


def _objected(alert: Alert, supervisor: Actor) -> None:
    instrument = _issue(alert, supervisor, back=5)
    actions.object_to(
        actor=_replier(alert), instrument=instrument, text="本案检验期间应当扣除，请复核期限计算。"
    )


def _escalated(alert: Alert, supervisor: Actor) -> None:
    instrument = _issue(alert, supervisor, back=30, term=8)
    actions.escalate(
        actor=supervisor, instrument=instrument, text="经两次催办，逾期仍未纠正，提请区人民政府作出监督决定。"
    )


def _to_the_end(alert: Alert, supervisor: Actor, *, days: int) -> None:
    created = alert.created_at.date()
    calendar = statutory_calendar()
    on = calendar.nth_working_after(created, 2)
    replied = min(on + timedelta(days=days // 2 + 2), clock.today())
    closed = min(replied + timedelta(days=4), clock.today())
    instrument = actions.issue(
        actor=supervisor,
        alert=alert,
        kind=InstrumentKind.LETTER,
        title=f"关于{alert.agency.short_name}{breach_of(alert)}问题的督办函",
        facts=alert.facts,
        demands="请依法纠正，并报送纠正情况和证据材料。",
        respond_by=calendar.nth_working_after(on, 10),
        on=on,
    )
    actions.reply(actor=_replier(alert), instrument=instrument, text="已纠正，并附有关文书。", on=replied)
    actions.accept(
        actor=supervisor,
        instrument=instrument,
        checked_how="onsite",
        text="到承办单位查看纠正后的文书，与报送的情况一致，予以销号。",
        result_use="计入年度执法考核",
        on=closed,
    )
    alert.refresh_from_db(from_queryset=Alert.objects.unscoped("演示数据"))


def _whole_story(alerts: list[Alert], supervisor: Actor, government: Actor) -> None:
    """A letter that was not followed, and the government's decision that was."""
    for alert in alerts:
        if alert.state != AlertState.NEW or not alert.agency.enforces:
            continue
        alert.refresh_from_db(from_queryset=Alert.objects.unscoped("演示数据").select_related("agency"))
        if alert.state == AlertState.NEW and _told(
            partial(_unfollowed, government=government), alert, supervisor
        ):
            return


def _unfollowed(alert: Alert, supervisor: Actor, *, government: Actor) -> None:
    letter = _issue(alert, supervisor, back=60, term=10)
    actions.escalate(
        actor=supervisor,
        instrument=letter,
        text="逾期未报送纠正情况，提请区人民政府决定。",
        on=clock.today() - timedelta(days=40),
    )
    decision = actions.issue_decision(
        actor=government,
        instrument=letter,
        facts=letter.facts,
        demands="限期纠正并向区人民政府书面报告。",
        respond_by=clock.today() + timedelta(days=10),
        on=clock.today() - timedelta(days=30),
    )
    alert.refresh_from_db(from_queryset=Alert.objects.unscoped("演示数据").select_related("agency"))
    actions.reply(
        actor=_replier(alert),
        instrument=decision,
        text="已全面纠正，并完成对同类案件的自查。",
        on=clock.today() - timedelta(days=12),
    )
    actions.accept(
        actor=supervisor,
        instrument=decision,
        checked_how="onsite",
        text="到现场查看，决定事项全部落实，予以销号。",
        result_use="通报全区",
        on=clock.today() - timedelta(days=8),
    )
