"""Leads of the media, and ratings that lead nowhere: codes, sums of five, and what the database tells of one."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from plumbline.apps.supervision.contract import Answered, Lead
from plumbline.apps.volunteers import actions
from plumbline.apps.volunteers.adding_up import add_up
from plumbline.apps.volunteers.leads import note_outcome
from plumbline.apps.volunteers.models import HeldRating, MediaLead, RatingSlip, RatingSum, SpentCode
from plumbline.apps.volunteers.questions import RATING
from plumbline.apps.volunteers.rating_codes import new_code, origin_of, period_before, period_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.files.tests.made import png
from plumbline.platform.identity.actor import ANONYMOUS
from plumbline.platform.identity.models import Scope

from .world import Society, _person

YES = {key: "yes" for key, _ in RATING}


def test_a_report_is_registered_with_its_clipping_and_becomes_a_lead(society: Society) -> None:
    desk = society.client(society.desk)
    given = {
        "outlet": "某报",
        "title": "夜间执法",
        "published_on": "2026-01-05",
        "summary": "没有亮证。",
        "concerned": society.place.pk,
    }
    assert "至少有一项" in desk.post("/volunteers/media", given).content.decode()
    file = SimpleUploadedFile("剪报.png", png(), content_type="image/png")
    shown = desk.post("/volunteers/media", given | {"clipping": file}, follow=True).content.decode()
    row = MediaLead.objects.unscoped("测试").get()
    assert row.clipping in shown and row.lead in shown
    assert desk.get(f"/volunteers/media/{row.matter_id}/clipping")["Content-Disposition"].startswith(
        "attachment"
    )
    source = f"/volunteers/media/{row.matter_id}"
    both = _person("both", society.bureau, ["volunteers.manage", "supervision.supervise"], Scope.DISTRICT)
    for person, opens in ((both, 200), (society.clerk, 404)):
        reader = society.client(person)
        assert reader.get(source).status_code == opens
        assert (f'href="{source}"' in reader.get(f"/leads/{row.lead}").content.decode()) is (opens == 200)
    lead = Lead.objects.unscoped("测试").get(matter_id=row.lead)
    assert (lead.source, lead.concerned_id) == ("media", society.place.pk)
    note_outcome(
        society.actor(society.clerk), Answered(lead.matter_id, row.matter_id, False, "经核查，已亮证。")
    )
    assert "经核查，已亮证。" in desk.get(f"/volunteers/media/{row.matter_id}").content.decode()
    with pytest.raises(Refusal):
        actions.register_media_lead(
            actor=society.actor(society.officer),
            outlet="x",
            title="x",
            published_on=date(2026, 1, 1),
            summary="x",
            url="https://x.example",
        )
    assert society.client(society.officer).get(f"/volunteers/media/{row.matter_id}").status_code == 404


def test_a_code_proves_itself_and_is_spent_once(society: Society) -> None:
    inspection = society.inspection()
    officer = society.client(society.officer)
    page = f"/volunteers/slips/{inspection.matter_id}"
    with pytest.raises(Refusal):
        actions.print_slip(actor=society.actor(society.clerk), inspection=inspection)
    shown = officer.post(page)
    assert "no-store" in shown["Cache-Control"]
    code = re.findall(r"<b>((?:\d{4} ){4}\d{4})</b>", shown.content.decode())[0]
    assert "不能再打印" in officer.get(page).content.decode()
    assert officer.post(page, follow=True).content.decode().count("已经打印过") >= 1
    firm = society.client()
    opened = firm.get("/open/rating", {"code": code.replace(" ", "")}).content.decode()
    assert "某街道办事处" in opened and inspection.target.name not in opened
    answers = {f"rate_{key}": "no" for key, _ in RATING}
    assert "还没有回答" in firm.post("/open/rating", {"code": code}).content.decode()
    assert firm.post("/open/rating", {"code": code, **answers})["Location"] == "/open/rating/done"
    assert "已经用过" in firm.post("/open/rating", {"code": code, **answers}).content.decode()
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert "评价码不对" in firm.post("/open/rating", {"code": wrong, **answers}).content.decode()
    assert HeldRating.objects.count() == 1


def test_nothing_kept_leads_from_an_inspection_to_a_rating(society: Society) -> None:
    """Whoever holds the whole database, the key aside, finds no common value but agency and quarter."""
    inspection = society.inspection()
    code = actions.print_slip(actor=society.actor(society.officer), inspection=inspection)
    before = StoredEvent.objects.unscoped("测试").count()
    actions.rate(actor=ANONYMOUS, code=code, answers=YES)
    assert StoredEvent.objects.unscoped("测试").count() == before, "a rating leaves no event"
    with connection.cursor() as cursor:
        kept = {}
        for table in ("rating_slips", "rating_spent_codes", "rating_held"):
            cursor.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
            )
            kept[table] = dict(cursor.fetchall())
        cursor.execute("SELECT h::text || s::text FROM rating_held h, rating_spent_codes s")
        [(held,)] = cursor.fetchall()
    timed = {
        t for t, columns in kept.items() if any("time" in kind or kind == "date" for kind in columns.values())
    }
    assert timed == {"rating_slips"}
    assert not any(
        "bigint" in kind for t in ("rating_spent_codes", "rating_held") for kind in kept[t].values()
    )
    assert inspection.matter_id not in held and code not in held and code.replace(" ", "") not in held
    assert RatingSlip.objects.unscoped("测试").count() == 1


def test_sums_of_five_and_nothing_below(society: Society) -> None:
    period = period_of(clock.today())
    clerk = society.client(society.clerk)

    def rated(n: int, answers: dict[str, str]) -> None:
        for _ in range(n):
            actions.rate(actor=ANONYMOUS, code=new_code(society.place.pk, period), answers=answers)

    rated(4, YES)
    assert add_up() == 0 and "还没有满五份" in clerk.get("/volunteers/ratings").content.decode()
    rated(1, {**YES, "shown": "no"})
    assert add_up() == 5 and not HeldRating.objects.exists()
    assert RatingSum.objects.get(question="shown", answer="no").count == 1
    rated(4, {**YES, "shown": "no"})
    assert add_up() == 0, "four more would show themselves as a difference"
    assert "5 份" in clerk.get("/volunteers/ratings").content.decode()
    rated(1, YES)
    assert add_up() == 5 and RatingSum.objects.get(question="shown", answer="no").count == 5
    assert society.client(society.officer).get("/volunteers/ratings").status_code == 403
    rated(2, YES)
    with time_machine.travel(clock.now() + timedelta(days=200)):
        add_up()
        assert set(HeldRating.objects.values_list("period", flat=True)) == {period_of(clock.today())}
        assert not SpentCode.objects.exists()
        with pytest.raises(InputFault, match="过了可以评价的时间"):
            actions.rate(actor=ANONYMOUS, code=new_code(society.place.pk, period), answers=YES)
    with pytest.raises(InputFault, match="还没有回答"):
        actions.rate(actor=ANONYMOUS, code=new_code(society.place.pk, period), answers={})


@pytest.mark.parametrize(
    ("day", "this", "before"),
    [
        (date(2026, 1, 1), "2026Q1", "2025Q4"),
        (date(2026, 6, 30), "2026Q2", "2026Q1"),
        (date(2026, 12, 31), "2026Q4", "2026Q3"),
    ],
)
def test_quarters(day: date, this: str, before: str) -> None:
    assert period_of(day) == this and period_before(this) == before
    code = new_code("A", this)
    assert origin_of(code, agencies=["B", "A"], on=day) == ("A", this)
    assert origin_of(code, agencies=["B"], on=day) is None
    assert origin_of("12", agencies=["A"], on=day) is None
