"""Suggestions of a court and of the supervisory commission: received, made a lead once, answered, by the letter's own day or by none."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from plumbline.apps.cases.tests.world import OTHER, STREET, ago
from plumbline.apps.linkage import actions
from plumbline.apps.linkage.actions.opening import Particulars
from plumbline.apps.linkage.desk import linkage_tasks
from plumbline.apps.linkage.export import HEADINGS, rows_of
from plumbline.apps.linkage.figures import late_rules
from plumbline.apps.linkage.keeping import refresh_own_limits
from plumbline.apps.linkage.limits import REPLYING, day_of_letter
from plumbline.apps.linkage.models import Linkage, Outcome, Stage
from plumbline.apps.linkage.queries import LinkageFilter, linkages_matching
from plumbline.apps.linkage.reminding import remind_of_limits
from plumbline.apps.linkage.tests.links import COMMISSION, Links
from plumbline.apps.supervision.contract import Lead, Source
from plumbline.apps.supervision.taking_in import told_by_platform
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import Notice, notices_for

COURT = "T-FY"
LETTER = {"number": "新监建〔2026〕6号", "content": "李某某经办的收费没有公示。"}
DAY = date(2026, 6, 6)  # a Saturday: the letter's day does not move on


@pytest.mark.parametrize(
    ("set_to", "replied", "today", "verdict"),
    [
        (DAY, None, DAY, "pending"),
        (DAY, None, date(2026, 6, 7), "breached"),
        (DAY, DAY, date(2026, 7, 1), "met"),
        (DAY, date(2026, 6, 8), date(2026, 7, 1), "breached"),
        (None, None, DAY, "unknown"),
        (None, DAY, DAY, "unknown"),
    ],
)
def test_the_day_of_a_letter_is_its_own(
    set_to: date | None, replied: date | None, today: date, verdict: str
) -> None:
    found = day_of_letter(set_to, replied, today=today)
    assert (found.verdict, found.due_on) == (verdict, set_to)
    assert (found.word == "未登记") is (set_to is None)


def advised(links: Links, days_ago: float = 20, **more: Any) -> Linkage:
    linkage = links.begin("advice", links.commissioner, days_ago=days_ago, **LETTER, **more)
    links.take(linkage, "received", links.clerk, days_ago=days_ago - 1, **LETTER, **more)
    return links.fresh(linkage)


def judicial(links: Links, about: str = "other", days_ago: float = 6, **more: Any) -> Linkage:
    if not Agency.objects.filter(pk=COURT).exists():
        Agency.objects.create(code=COURT, name="区法院", short_name="区法院", kind="court", level="district")
    given = {"number": "（2026）鄂0117司建2号", "content": "规范送达。", **more}
    linkage = links.begin("judicial-paper", links.clerk, days_ago=days_ago, data={"about": about}, **given)
    return links.fresh(linkage)


def own_day(linkage: Linkage) -> str:
    return next((each["due_on"] for each in linkage.duties if each["rule"] == REPLYING.key), "")


def last_row(links: Links) -> dict[str, str]:
    (row,) = rows_of(links.actor(links.bureau), LinkageFilter())
    return dict(zip(HEADINGS, row, strict=True))


def test_the_commission_sends_and_finds_it_in_its_box_and_reads_the_reply(links: Links) -> None:
    wanted = ago(-10).date()
    linkage = links.begin("advice", links.commissioner, days_ago=3, **LETTER, reply_by=str(wanted))
    assert linkage.stage == Stage.SENT and linkage.kind == "supervision_lead"
    boxes = {
        box: [row.pk for row in linkages_matching(links.actor(links.commissioner), LinkageFilter(box=box))]
        for box in ("sent", "received")
    }
    assert boxes == {"sent": [linkage.pk], "received": []}
    assert "监察建议" in links.client(links.commissioner).get("/linkage/sent").content.decode()
    assert [t.title for t in linkage_tasks(links.actor(links.clerk))] == ["监察建议：收到监察建议书"]
    assert notices_for(links.actor(links.clerk)).filter(title__contains="监察建议").exists()
    form = links.client(links.clerk).get(f"{linkage.page}/steps/received").content.decode()
    assert LETTER["content"] in form and str(wanted) in form  # nothing is typed twice
    links.take(linkage, "received", links.clerk, **LETTER, reply_by=str(wanted))
    fresh = links.fresh(linkage)
    assert (fresh.number, fresh.due_on, own_day(fresh)) == (LETTER["number"], wanted, str(wanted))
    assert last_row(links)["期限的依据"] == "文书确定的期限"
    page = links.client(links.clerk).get(linkage.page).content.decode()
    assert f"{wanted}（文书确定的期限）" in page
    links.take(linkage, "replied", links.clerk, measures="已公示。", results="轮岗三人。")
    reply = links.sign(linkage, "JW3")
    assert "监复" in reply.number and "你委《监察建议书》" in reply.html
    seen = links.client(links.commissioner).get(linkage.page).content.decode()
    assert "轮岗三人。" in seen and reply.number in seen
    links.take(linkage, "closed", links.clerk)
    fresh = links.fresh(linkage)
    assert (fresh.stage, fresh.outcome, fresh.late_rules) == (Stage.CLOSED, Outcome.REPLIED, [])


def test_it_is_open_to_the_commission_and_not_to_the_other_organs(links: Links) -> None:
    linkage = advised(links)
    for person in (links.police, links.prosecutor, links.outsider):
        assert not Linkage.objects.visible_to(links.actor(person)).filter(pk=linkage.pk).exists()
        assert links.client(person).get(linkage.page).status_code == 404
    assert links.client(links.commissioner).get(linkage.page).status_code == 200
    for way, by in (
        ("advice", links.clerk),
        ("advice", links.prosecutor),
        ("advice-paper", links.commissioner),
    ):
        with pytest.raises(Refusal):
            links.begin(way, by, **LETTER)


def test_a_letter_past_its_own_day_is_late_and_told_before(links: Links) -> None:
    wanted = ago(-4).date()
    linkage = advised(links, 20, reply_by=str(wanted))
    at = datetime.combine(wanted, time(9), clock.CHINA)
    with time_machine.travel(at - timedelta(days=1), tick=False):
        remind_of_limits()
        remind_of_limits()
    told = Notice.objects.get(title__contains=" 届满：监察建议，书面回复")
    assert (told.agency_code, told.capability) == (STREET, "supervision.reply")
    with time_machine.travel(at + timedelta(days=1), tick=False):
        refresh_own_limits()
        refresh_own_limits()
        assert links.fresh(linkage).late_rules == [REPLYING.key]
        links.take(linkage, "replied", links.clerk, measures="已公示。", results="完成。")
        fresh = links.fresh(linkage)
        assert fresh.late_rules == [REPLYING.key] and fresh.due_on is None
        (late,) = late_rules(links.actor(links.bureau), LinkageFilter())
        assert (late.duty, late.basis, late.url) == (REPLYING.late, "文书确定的期限", "")
        assert REPLYING.late in links.client(links.bureau).get("/linkage/figures").content.decode()


@pytest.mark.parametrize("answered", [False, True])
def test_without_a_day_nobody_says_that_it_is_in_time(links: Links, answered: bool) -> None:
    linkage = judicial(links)
    assert linkage.due_on is None and linkage.kind == "litigation"
    listed = links.client(links.clerk).get("/linkage").content.decode()
    assert "未登记" in listed and last_row(links)["期限的依据"] == "未登记"
    if answered:
        links.take(linkage, "replied", links.clerk, measures="已培训。", results="完成。")
        assert "司复" in links.sign(linkage, "SF1").number
        assert last_row(links)["期限的依据"] == ""
    page = links.client(links.clerk).get(linkage.page).content.decode()
    assert "不判断是否按期" in page and "未登记" in page
    fresh = links.fresh(linkage)
    assert fresh.late_rules == [] and (fresh.outcome == Outcome.REPLIED) is answered


def test_about_a_normative_document_sixty_days_run_by_the_rule(links: Links) -> None:
    linkage = judicial(links, "normative_document", days_ago=70)
    assert linkage.late_rules == ["SPC-149-judicial-60d"]
    soon = judicial(links, "normative_document", days_ago=1, reply_by=str(ago(-9).date()))
    # The letter sets an earlier day of its own: both stand, the earlier leads.
    assert own_day(soon) == str(soon.due_on) == str(ago(-9).date())
    later = judicial(links, "normative_document", days_ago=1)
    assert own_day(later) == "" and later.due_on is not None and later.due_on > ago(-57).date()
    assert "未登记" not in links.client(links.clerk).get(later.page).content.decode()


def test_each_letter_is_one_lead_under_its_own_source_and_the_answer_is_laid_ready(links: Links) -> None:
    for linkage, source in ((advised(links), Source.COMMISSION), (judicial(links), Source.JUDICIAL)):
        (lead,) = Lead.objects.unscoped("测试").filter(source_ref=linkage.code)
        assert (lead.source, lead.concerned_id, lead.source_url) == (source, STREET, linkage.page)
        assert "李某某" not in lead.title + lead.facts
        assert told_by_platform(lead)
        lead.source_ref = "（2026）鄂0117司建9号"  # entered by hand: nobody of the platform brought it
        assert not told_by_platform(lead)


def test_the_office_hands_on_what_another_agency_has_to_answer(links: Links) -> None:
    linkage = advised(links)
    links.take(linkage, "assigned", links.bureau, agency=OTHER)
    fresh = links.fresh(linkage)
    assert (fresh.agency_id, fresh.addressed_to_id) == (OTHER, STREET)
    links.take(linkage, "replied", links.scene.elsewhere, measures="已办。", results="完成。")
    assert links.fresh(linkage).outcome == Outcome.REPLIED
    assert COMMISSION in links.fresh(linkage).parties


def test_a_court_that_is_not_entered_is_asked_for(links: Links) -> None:
    with pytest.raises(InputFault, match="系统管理员先登记该机关"):
        actions.begin_linkage(
            actor=links.actor(links.clerk), way="judicial-paper", particulars=Particulars(title="司法建议"),
            data={"about": "other"}, details={"number": "1", "content": "x"},
        )  # fmt: skip
    page = links.client(links.clerk).get("/linkage/new/judicial-paper")
    assert page.status_code == 200
