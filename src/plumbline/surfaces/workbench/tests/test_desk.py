"""The desk: figures equal their lists, bands follow the legal deadline, and a page costs few queries."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.agencies.models import OfficerCertificate
from plumbline.apps.cases.models import CaseTask
from plumbline.apps.cases.task_rows import refresh
from plumbline.apps.paperwork.models import Document
from plumbline.platform.desk import DeskTask
from plumbline.platform.notify.models import notify
from plumbline.platform.verdicts.evaluation import recompute
from plumbline.surfaces.workbench.desk import band_of, day_line, desk_of, headline
from plumbline.surfaces.workbench.models import Feedback

MOST_QUERIES = 30
TODAY = date(2026, 6, 16)  # a Tuesday; 端午 is on Friday the 19th


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def settle(*cases: Any) -> None:
    for case in cases:
        recompute(case.matter_id)
        refresh(case.matter_id)


def task(due: date | None, kind: str = "step") -> DeskTask:
    return DeskTask(title="某事", url="/x", kind=kind, due_on=due, unit="wd")


@pytest.mark.parametrize(
    ("due", "band"),
    [
        (date(2026, 6, 15), "overdue"),
        (date(2026, 6, 16), "soon"),
        # Wednesday, Thursday, then Monday: the holiday and the weekend are no working days.
        (date(2026, 6, 22), "soon"),
        (date(2026, 6, 23), "later"),
        (None, "later"),
    ],
)
def test_a_band_counts_working_days(due: date | None, band: str) -> None:
    from plumbline.apps.cases.contract import soon_until

    assert band_of(task(due), TODAY, soon_until(TODAY)) == band


def test_the_first_line_says_what_cannot_wait() -> None:
    assert headline(1, 3, 12) == "今天有 4 件不能再等"
    assert headline(0, 0, 5) == "今天没有到期的事，5 件待办"
    assert headline(0, 0, 0) == "今天没有待办"
    assert "端午" in day_line(TODAY) and "第 25 周" in day_line(TODAY)


def test_figures_are_the_number_of_rows_behind_them() -> None:
    tasks = [task(date(2026, 6, 1)), task(date(2026, 6, 17)), task(None, "returned"), task(None, "approve")]
    desk = desk_of(tasks, TODAY)
    figures = {figure.label: figure.value for figure in desk.figures}
    assert figures["待办"] == "4" and figures["▲ 超期"] == "1" and figures["退回我的"] == "1"
    assert sum(band.total for band in desk.bands) == 4


def test_the_desk_and_its_lists_show_the_same_number_in_few_queries(world: Any) -> None:
    cases = [world.opened(), world.filed(), world.noticed(), world.decided()]
    settle(*cases)
    client = signed_in(world.officer)
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/desk").content.decode()
    assert len(queries) <= MOST_QUERIES
    for address, number in re.findall(r'<a href="(/tasks[^"]*)"><span>[^<]*</span><b>(\d+)', page):
        rows = client.get(address.replace("&amp;", "&")).content.decode().count('class="act r"')
        assert rows == int(number), address
    assert 'hx-get="/desk/month"' in page
    whole = client.get("/desk/month").content.decode()
    part = client.get("/desk/month", headers={"HX-Request": "true"}).content.decode()
    assert "只有本人可见" in page and all("<dt>办结</dt>" in text for text in (whole, part))
    assert "<html" in whole and "<html" not in part
    assert signed_in(world.head).get("/desk/month").headers["Location"] == "/desk"


def test_many_tasks_come_in_pages_and_only_what_is_shown_is_read(world: Any) -> None:
    case = world.filed()
    like = {"case": case, "agency_id": case.agency_id, "kind": "step", "where": "调查", "capability": "cases.handle",
            "holders": [world.officer.certificate_number], "unit": "wd", "url": "/cases"}  # fmt: skip
    CaseTask.objects.unscoped("测试").bulk_create(
        CaseTask(key=f"k{n}", title=f"第 {n:03d} 件", due_on=date(2026, 1, 1) if n < 60 else None, **like)
        for n in range(130)
    )
    client = signed_in(world.officer)
    desk = client.get("/desk").content.decode()
    total = CaseTask.objects.unscoped("测试").filter(capability="cases.handle").count()
    assert total >= 130
    assert f"共 {total} 件，显示 30 件" in desk
    assert "已超期　60 件，显示 20 件" in desk
    pages = [client.get("/tasks", {"page": number}).content.decode() for number in (1, 2, 3)]
    assert [page.count('class="act r"') for page in pages] == [50, 50, total - 100]
    titles = [each for page in pages for each in re.findall(r"第 \d{3} 件", page.split("<tbody>")[1])]
    assert sorted(titles[::2]) == [f"第 {n:03d} 件" for n in range(130)], (
        "each once, beside its button's name"
    )
    assert "已超期　60 件，显示 10 件" in pages[1]
    overdue = client.get("/tasks", {"band": "overdue"}).content.decode()
    assert 'href="?band=overdue&amp;page=2"' in overdue and "第 1 / 2 页" in overdue


def test_each_post_sees_its_own_work(world: Any) -> None:
    reviewed = world.noticed(fine=3_000_000)
    world.take(reviewed, "legal_review_submitted", 2, note="送审。")
    proposed = world.noticed()
    world.propose_decision(proposed)
    settle(reviewed, proposed)
    head, reviewer = (signed_in(p).get("/desk").content.decode() for p in (world.head, world.reviewer))
    assert (
        "审批：处理决定" in head
        and "法制审核" not in re.sub("<nav.*?</nav>", "", head, flags=re.S).split("通知")[0]
    )
    assert ">法制审核<" in reviewer and "审批：处理决定" not in reviewer
    assert "我的本月" not in head
    outsider = signed_in(world.outsider).get("/desk").content.decode()
    assert reviewed.title not in outsider and "今天没有待办" in outsider


def test_the_root_leads_to_the_desk_or_to_the_portal(world: Any) -> None:
    assert Client().get("/")["Location"] == "/open/"
    assert signed_in(world.officer).get("/")["Location"] == "/desk"


@pytest.mark.parametrize("address", ["/desk", "/tasks", "/search", "/notices", "/feedback"])
def test_strangers_are_sent_to_the_log_in(db: None, address: str) -> None:
    assert Client().get(address)["Location"].startswith("/login")


def test_search_finds_by_two_characters_within_scope(world: Any) -> None:
    case = world.opened()
    client = signed_in(world.officer)
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/search", {"q": "江阳"}).content.decode()
    assert f"/cases/{case.matter_id}" in page and len(queries) <= MOST_QUERIES
    assert "没有找到" in signed_in(world.outsider).get("/search", {"q": "江阳"}).content.decode()


def test_search_finds_officers_by_name_and_certificate(world: Any) -> None:
    client = signed_in(world.outsider)
    OfficerCertificate.objects.create(
        number="HB-7788", name="欧阳晓岚", agency_id=world.opened().agency_id, valid_from=date(2024, 1, 1)
    )
    for words in ("欧阳", "晓岚", "hb-7788"):
        page = client.get("/search", {"q": words}).content.decode()
        assert "执法人员 1" in page and "欧阳晓岚" in page, words
    assert "欧阳晓岚" not in client.get("/search", {"q": "欧"}).content.decode()


def test_search_finds_a_document_by_its_number_within_scope(world: Any) -> None:
    case = world.opened()
    Document.objects.unscoped("测试").create(
        matter_id=case.matter_id, agency_id=case.agency_id, template="D25", template_version="1",
        title="行政处罚决定书", state="signed", number="新综执罚决〔2026〕31号", sha256="0" * 64,
    )  # fmt: skip
    for words, found in {
        "新综执罚决〔2026〕31号": True,
        "新综执罚决[2026]": True,
        "新综": True,
        "新综执罚决〔2025〕": False,
    }.items():
        page = signed_in(world.officer).get("/search", {"q": words}).content.decode()
        assert ("行政处罚决定书" in page) is found, words
        assert "行政处罚决定书" not in signed_in(world.outsider).get("/search", {"q": words}).content.decode()


def test_a_notice_is_read_once_and_leads_on(world: Any) -> None:
    notice = notify(title="退回了立案", url="/cases", person_id=world.officer.pk)
    client = signed_in(world.officer)
    assert "1 条未读" in client.get("/notices").content.decode()
    assert client.post("/notices/read", {"notice": notice.pk})["Location"] == "/cases"
    client.post("/notices/read", {"notice": notice.pk})
    assert "0 条未读" in client.get("/notices").content.decode()
    other = notify(title="别人的", url="/other", person_id=world.head.pk)
    assert client.post("/notices/read", {"notice": other.pk})["Location"] == "/notices"


def test_feedback_is_kept_listed_and_answered_once(world: Any) -> None:
    client = signed_in(world.officer)
    client.post("/feedback", {"kind": "burden", "text": " "})
    assert not Feedback.objects.exists()
    client.post("/feedback", {"kind": "burden", "text": "证件号要填两次。", "page": "/cases/new"})
    kept = Feedback.objects.get()
    assert kept.by_person_id == world.officer.pk
    assert client.post(f"/feedback/{kept.pk}/answer", {"text": "不该有权"}).status_code == 302
    kept.refresh_from_db()
    assert kept.answer == ""
    boss = world.person(
        "sj",
        "司法局",
        "",
        "T-DEPT",
        "监督员",
        ["supervision.supervise"],
        "supervisor",
        staff="S1",
        scope="district",
    )
    signed_in(boss).post(f"/feedback/{kept.pk}/answer", {"text": "已改为自动带出。"})
    kept.refresh_from_db()
    assert kept.answered_by == "司法局"
    assert "已改为自动带出。" in client.get("/feedback").content.decode()


def test_a_failing_source_does_not_hide_the_rest(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.platform import desk

    def broken(actor: Any) -> list[DeskTask]:
        raise RuntimeError("down")

    settle(world.opened())
    monkeypatch.setitem(desk._TASKS, "监督", broken)
    page = signed_in(world.officer).get("/desk").content.decode()
    assert "有一部分待办暂时读不出来（监督）" in page and "核查结果" in page


def test_tasks_go_when_their_case_is_done(world: Any) -> None:
    case = world.decided()
    world.take(case, "decision_served", 3, {"method": "direct", "receipt": "signed"})
    world.take(case, "fine_paid", 2, {"amount": 1_000_000, "channel": "bank"})
    world.approve(world.take(case, "case_closed", 1, manner="performed", summary="缴清。"), 1)
    stages = ["start", "evidence", "decision", "service", "execution"]
    world.take(case, "file_archived", 0, {"recorded_stages": stages}, place="一柜。")
    settle(case)
    kinds = set(CaseTask.objects.unscoped("测试").filter(case=case).values_list("kind", flat=True))
    assert kinds <= {"publish"}
