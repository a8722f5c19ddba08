"""The three days to suggest supervision after a reconsideration (规定第九条第二款): a right while it runs, a deviation where used late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from plumbline.apps.cases.tests.world import ago
from plumbline.apps.linkage.desk import linkage_tasks
from plumbline.apps.linkage.export import rows_of
from plumbline.apps.linkage.figures import late_rules
from plumbline.apps.linkage.keeping import refresh_own_limits
from plumbline.apps.linkage.limits import SUGGESTING, after_reconsideration
from plumbline.apps.linkage.models import Linkage
from plumbline.apps.linkage.page import LinkagePage
from plumbline.apps.linkage.queries import LinkageFilter
from plumbline.apps.linkage.reminding import remind_of_limits
from plumbline.apps.linkage.tests.links import Links
from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.notify.models import Notice

DAY = date(2026, 6, 1)  # a Monday


@pytest.mark.parametrize(
    ("received", "suggested", "today", "verdict", "due"),
    [
        (DAY, None, date(2026, 6, 4), "pending", date(2026, 6, 4)),  # the day itself does not count; the third is open
        (DAY, date(2026, 6, 4), date(2026, 6, 20), "met", date(2026, 6, 4)),
        (DAY, date(2026, 6, 5), date(2026, 6, 20), "breached", date(2026, 6, 4)),
        (DAY, DAY, DAY, "met", date(2026, 6, 4)),
        # The third day is a Saturday: it moves to Monday.
        (date(2026, 6, 3), None, date(2026, 6, 8), "pending", date(2026, 6, 8)),
        (date(2026, 6, 3), date(2026, 6, 8), date(2026, 6, 20), "met", date(2026, 6, 8)),
        (date(2026, 6, 3), date(2026, 6, 9), date(2026, 6, 20), "breached", date(2026, 6, 8)),
        # The third day is the Dragon Boat festival, a Friday.
        (date(2026, 6, 16), date(2026, 6, 22), date(2026, 7, 1), "met", date(2026, 6, 22)),
        (date(2026, 6, 16), date(2026, 6, 23), date(2026, 7, 1), "breached", date(2026, 6, 22)),
        (None, None, DAY, "unknown", None),
        (date(2099, 6, 1), None, date(2099, 6, 1), "unknown", None),  # no calendar says which days are days of rest
    ],
)  # fmt: skip
def test_the_edges_of_the_three_days(
    received: date | None, suggested: date | None, today: date, verdict: str, due: date | None
) -> None:
    found = after_reconsideration(received, suggested, today=today)
    assert found is not None and (found.verdict, found.due_on) == (verdict, due)


def test_unused_it_leaves_nothing_behind() -> None:
    assert after_reconsideration(DAY, None, today=date(2026, 6, 5)) is None


def kept(links: Links, days_ago: float, received: date | None = None) -> Linkage:
    """The police kept their refusal after reconsidering it."""
    linkage = links.refused(days_ago + 3)
    links.take(linkage, "reconsideration", links.officer, days_ago=days_ago + 2, reason="数额已经达到。")
    links.take(
        linkage, "reconsidered", links.police, {"filed": False}, days_ago=days_ago,
        received_on=str(received or ago(days_ago).date()), reason="维持。",
    )  # fmt: skip
    return links.fresh(linkage)


def at(day: date, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, time(hour), clock.CHINA), tick=False)


def titles(links: Links) -> list[str]:
    return [task.title for task in linkage_tasks(links.actor(links.officer))]


def test_it_runs_on_desk_and_page_is_told_once_and_passes_without_a_breach(links: Links) -> None:
    linkage = kept(links, 0)
    (duty,) = [each for each in linkage.duties if each["rule"] == SUGGESTING.key]
    due = date.fromisoformat(duty["due_on"])
    assert (duty["key"], duty["basis"]) == ("step:suggested", "行政执法机关移送涉嫌犯罪案件的规定第九条")
    assert linkage.due_on == due and "涉嫌犯罪移送：建议立案监督" in titles(links)
    page = links.client(links.officer).get(linkage.page).content.decode()
    assert "下一步：建议立案监督" in page and f"{due} 届满" in page and "没有异议的不用建议" in page
    for day in (due - timedelta(days=1), due):
        with at(day):
            remind_of_limits()
    told = Notice.objects.filter(title__contains=" 届满：涉嫌犯罪移送，建议立案监督")
    assert [(each.agency_code, each.capability) for each in told] == [(linkage.agency_id, "cases.handle")]
    with at(due, 23):
        refresh_own_limits()
        assert links.fresh(linkage).due_on == due
    with at(due + timedelta(days=1)):
        refresh_own_limits()
        fresh = links.fresh(linkage)
        assert (fresh.due_on, fresh.late_rules) == (None, [])
        assert not [each for each in fresh.duties if each["rule"] == SUGGESTING.key]
        seen = LinkagePage(links.actor(links.officer), fresh)
        assert seen.own_clocks == [] and seen.progress.next_step is not None
        assert seen.progress.next_step.key == "concluded"


def test_a_suggestion_after_the_last_day_is_a_deviation_that_is_counted(links: Links) -> None:
    linkage = kept(links, 20)
    assert linkage.due_on is None and linkage.late_rules == []
    links.take(linkage, "suggested", links.officer, days_ago=1, reason="应当立案。")
    fresh = links.fresh(linkage)
    assert fresh.late_rules == [SUGGESTING.key]
    bureau = links.actor(links.bureau)
    (late,) = late_rules(bureau, LinkageFilter())
    assert (late.duty, late.url) == (SUGGESTING.late, f"/law/rules/{SUGGESTING.row}")
    assert any(SUGGESTING.late in cell for row in rows_of(bureau, LinkageFilter()) for cell in row)
    assert SUGGESTING.late in links.client(links.bureau).get("/linkage/figures").content.decode()


def test_a_suggestion_in_time_and_one_before_the_decision_owe_nothing(links: Links) -> None:
    linkage = kept(links, 5)
    links.take(linkage, "suggested", links.officer, days_ago=4, reason="应当立案。")
    fresh = links.fresh(linkage)
    assert fresh.late_rules == [] and SUGGESTING.key not in {each["rule"] for each in fresh.duties}


def test_asked_of_both_at_once_no_second_suggestion_is_owed(links: Links) -> None:
    linkage = links.refused(8)
    links.take(linkage, "reconsideration", links.officer, days_ago=7, reason="达到。")
    links.take(linkage, "suggested", links.officer, days_ago=7, reason="应当立案。")
    given = {"received_on": str(ago(5).date()), "reason": "维持。"}
    links.take(linkage, "reconsidered", links.police, {"filed": False}, days_ago=5, **given)
    fresh = links.fresh(linkage)
    assert fresh.late_rules == [] and LinkagePage(links.actor(links.officer), fresh).own_clocks == []


@pytest.mark.parametrize("days_ago", [9, -1])
def test_the_day_of_receipt_lies_between_the_decision_and_today(links: Links, days_ago: int) -> None:
    with pytest.raises(InputFault, match="收到之日"):
        kept(links, 5, ago(days_ago).date())
