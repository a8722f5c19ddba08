"""The pages: who may open them, that they hold together at every stage, and that they cost few queries."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import Case, Stage, StepRequest
from plumbline.apps.cases.task_rows import refresh
from plumbline.platform.events.models import AccessRecord, StoredEvent
from plumbline.platform.identity.models import Person
from plumbline.platform.verdicts.evaluation import recompute

from .world import ITEM, OTHER, STREET, World, ago

MOST_QUERIES = 30
CASE_PAGE_QUERIES = 27  # each app that adds a panel asks once: challenges, coordination, linkage


def sheets_of(content: bytes) -> dict[str, list[list[str]]]:
    """The cells of a workbook as text, by sheet; read from the file's own parts."""
    spaces = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [
            each.get("name", "")
            for each in fromstring(parts.read("xl/workbook.xml")).iter(f"{{{spaces['m']}}}sheet")
        ]
        shared = []
        if "xl/sharedStrings.xml" in parts.namelist():
            found = fromstring(parts.read("xl/sharedStrings.xml")).findall("m:si", spaces)
            shared = ["".join(t.text or "" for t in each.iter(f"{{{spaces['m']}}}t")) for each in found]
        sheets = {}
        for number, name in enumerate(names, 1):
            root = fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            sheets[name] = [
                [_cell(cell, shared, spaces) for cell in row.findall("m:c", spaces)]
                for row in root.iter(f"{{{spaces['m']}}}row")
            ]
        return sheets


def _cell(cell: Any, shared: list[str], spaces: dict[str, str]) -> str:
    value = cell.find("m:v", spaces)
    if value is None:
        return "".join(t.text or "" for t in cell.iter(f"{{{spaces['m']}}}t"))
    return shared[int(value.text)] if cell.get("t") == "s" else value.text


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def settle(case: Case) -> None:
    """What runs after a commit: verdicts, then tasks."""
    recompute(case.matter_id)
    refresh(case.matter_id)


@pytest.fixture
def officer(world: World) -> Iterator[Client]:
    yield signed_in(world.officer)


def test_every_page_sends_strangers_to_the_log_in(world: World) -> None:
    case = world.opened()
    for address in ("/cases", "/cases/new", "/cases/spot", "/cases/export.xlsx", f"/cases/{case.matter_id}"):
        answer = Client().get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/login")


def test_a_case_of_another_agency_is_not_there(world: World) -> None:
    case = world.filed()
    client = signed_in(world.outsider)
    for tail in ("", "/steps/onsite_made", "/review", "/party", "?tab=flow"):
        assert client.get(f"/cases/{case.matter_id}{tail}").status_code == 404
    assert case.title not in client.get("/cases").content.decode()


def test_an_own_matters_post_sees_only_its_own_cases(world: World) -> None:
    mine = world.opened()
    narrow = world.person("xie", "协办", "HB003", STREET, "协办", ["cases.handle"], "officer", scope="own")
    client = signed_in(narrow)
    assert client.get(f"/cases/{mine.matter_id}").status_code == 404
    mine.officers.create(number="HB003", from_on=ago(1).date())
    assert client.get(f"/cases/{mine.matter_id}").status_code == 200


def test_the_case_page_holds_at_every_stage_in_few_queries(world: World, officer: Client) -> None:
    makers = [world.opened, world.filed, world.investigated, world.noticed, world.decided]
    for make in makers:
        case = make()
        settle(case)
        officer.get(f"/cases/{case.matter_id}")  # the registers are gathered once for a process
        for tail in ("", "?tab=flow", "?tab=evidence", "?phase=decision"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = officer.get(f"/cases/{case.matter_id}{tail}")
            assert answer.status_code == 200, make
            assert len(queries) <= CASE_PAGE_QUERIES, (
                make,
                tail,
                [each["sql"].partition(" FROM ")[2][:60] for each in queries],
            )
    page = officer.get(f"/cases/{case.matter_id}").content.decode()
    assert "下一步：送达处罚决定书" in page and "法定步骤" in page and "时间轴" in page


def test_the_page_leads_with_what_is_missing_and_disables_the_step(world: World, officer: Client) -> None:
    case = world.noticed(fine=3_000_000)
    world.take(case, "statement_received", 18, form="written", content="已清理。")
    page = officer.get(f"/cases/{case.matter_id}").content.decode()
    assert "下一步：复核陈述申辩" in page
    assert (
        "尚未报送法制审核（行政处罚法第五十八条）"
        in officer.get(f"/cases/{case.matter_id}?phase=review").content.decode()
    )


def test_every_open_step_has_a_form(world: World, officer: Client) -> None:
    case = world.noticed()
    from plumbline.apps.cases.page import CasePage

    page = CasePage(world.actor(world.officer), case)
    opened = [b for phase in page.file.procedure.phases for b in page.buttons(phase) if b.is_open]
    assert len(opened) > 10
    for button in opened:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(button.url).status_code == 200, button.step.key
        assert len(queries) <= MOST_QUERIES


def test_a_step_is_taken_in_the_browser(world: World, officer: Client) -> None:
    case = world.decided()
    address = f"/cases/{case.matter_id}/steps/decision_served"
    wrong = officer.post(address, {"occurred_on": "2020-01-01", "method": "direct", "receipt": "signed"})
    assert wrong.status_code == 422 and "早于“作出决定”" in wrong.content.decode()
    lacking = officer.post(
        address, {"occurred_on": ago(1).date(), "method": "postal", "receipt": "return_slip"}
    )
    assert lacking.status_code == 422
    right = officer.post(address, {"occurred_on": ago(1).date(), "method": "direct", "receipt": "signed"})
    assert right.status_code == 302
    assert Case.objects.unscoped("测试").get(pk=case.pk).stage == Stage.SERVED


def test_a_draft_is_kept_with_its_holes_and_offered_again(world: World, officer: Client) -> None:
    case = world.filed()
    address = f"/cases/{case.matter_id}/steps/interview_made"
    officer.post(address, {"draft": "1", "x__content": "问：何时倾倒？"})
    assert not StoredEvent.objects.unscoped("测试").filter(activity="record_made").exists()
    page = officer.get(address).content.decode()
    assert "问：何时倾倒？" in page and "已载入您" in page
    officer.post(address, {"drop": "1"})
    assert not StepRequest.objects.filter(case=case, state="draft").exists()


def test_the_head_approves_or_returns_in_the_browser(world: World, officer: Client) -> None:
    case = world.noticed()
    request = world.propose_decision(case)
    address = f"/cases/{case.matter_id}/requests/{request.pk}"
    assert "撤回" in officer.get(address).content.decode()
    head = signed_in(world.head)
    assert "退回须写明理由" in head.post(address, {"return": "1", "opinion": ""}).content.decode()
    assert head.post(address, {"return": "1", "opinion": "理由不充分。"}).status_code == 302
    page = officer.get(f"/cases/{case.matter_id}").content.decode()
    assert "理由不充分。" in page and "补正后重新提交" in page
    again = world.propose_decision(case)
    head.post(f"/cases/{case.matter_id}/requests/{again.pk}", {"approve": "1", "opinion": ""})
    assert Case.objects.unscoped("测试").get(pk=case.pk).stage == Stage.DECIDED


def test_the_reviewer_passes_in_the_browser_with_a_written_opinion(world: World) -> None:
    case = world.noticed(fine=3_000_000)
    world.take(case, "legal_review_submitted", 2, note="送审。")
    reviewer = signed_in(world.reviewer)
    address = f"/cases/{case.matter_id}/review"
    assert "书面审核意见" in reviewer.get(address).content.decode()
    today = ago(0).date()
    reviewer.post(address, {"pass": "1", "occurred_on": today, "x__opinion": ""})
    assert not StoredEvent.objects.unscoped("测试").filter(activity="legal_review_passed").exists()
    answer = reviewer.post(
        address, {"pass": "1", "occurred_on": today, "x__opinion": "事实清楚、证据充分、程序合法，同意。"}
    )
    assert answer.status_code == 302
    assert StoredEvent.objects.unscoped("测试").get(activity="legal_review_passed").data == {"written": True}


def test_opening_a_case_in_the_browser(world: World, officer: Client) -> None:
    typed = {
        "source": "tip_off",
        "occurred_on": ago(1).date(),
        "item": ITEM,
        "title": "倾倒案",
        "summary": "群众举报。",
        "party_known": "on",
        "party_kind": "legal_person",
        "party_name": "",
    }
    assert officer.post("/cases/new", typed).status_code == 422
    answer = officer.post("/cases/new", typed | {"party_name": "某公司"})
    assert answer.status_code == 302
    case = Case.objects.unscoped("测试").get()
    assert (case.stage, case.party.name) == (Stage.CLUE, "某公司")


def test_the_spot_form_refuses_without_keeping_anything(world: World, officer: Client) -> None:
    typed = {
        "occurred_on": ago(1).date(), "occurred_time": "09:00", "place": "平江路", "officers": ["HB001", "HB002"],
        "item": ITEM, "title": "占道案", "facts": "占道堆放。", "party_kind": "natural_person", "party_name": "张晓明",
        "birth_on": "1980-05-06", "id_shown": "true", "told": "true", "kinds": ["fine"], "fine": "500",
        "numbered_form": "true", "delivered": "true", "reconsideration_first_told": "true",
        "reconsideration_told": ["right", "organ", "period"],
    }  # fmt: skip
    refused = officer.post("/cases/spot", typed)
    assert refused.status_code == 422 and "第五十一条" in refused.content.decode()
    assert not Case.objects.unscoped("测试").exists()
    assert officer.post("/cases/spot", typed | {"fine": "100"}).status_code == 302
    assert Case.objects.unscoped("测试").get().fine_fen == 10_000


@pytest.mark.parametrize(
    ("words", "found"),
    [("江阳", True), ("垃圾 平江", True), ("江", True), ("邾城", False), ("江阳 邾城", False)],
)
def test_any_two_characters_find_a_case(world: World, officer: Client, words: str, found: bool) -> None:
    case = world.opened()
    page = officer.get("/cases", {"q": words}).content.decode()
    assert (case.matter_id in page) is found
    if not found:
        assert "没有找到" in page and "您无权查看的内容不在结果中" in page


def test_the_list_pages_by_key_without_gap_or_repeat(world: World, officer: Client) -> None:
    made = [world.opened() for _ in range(35)]
    first = officer.get("/cases")
    assert "35 件" in first.content.decode()
    with CaptureQueriesContext(connection) as queries:
        second = officer.get(f"/cases?{first.context['next']}")
    assert len(queries) <= MOST_QUERIES
    seen = [row["case"].pk for page in (first, second) for row in page.context["rows"]]
    assert sorted(seen) == sorted(case.pk for case in made) and len(seen) == len(set(seen))


def test_filters_are_the_address_and_the_export_holds_their_rows(world: World, officer: Client) -> None:
    world.opened()
    decided = world.decided()
    settle(decided)
    listed = officer.get("/cases", {"stage": "decided"})
    assert [row["case"].pk for row in listed.context["rows"]] == [decided.pk]
    answer = officer.get("/cases/export.xlsx", {"stage": "decided"})
    book = sheets_of(answer.content)
    about, rows = {row[0]: row[1] for row in book["说明"]}, book["案件"]
    assert about["筛选"] == "待送达" and int(about["行数"]) == len(rows) - 1 == 1
    assert rows[1][0].endswith("1号") and "10000" in rows[1]


def test_a_title_that_looks_like_a_formula_stays_text(world: World, officer: Client) -> None:
    case = world.opened()
    Case.objects.unscoped("测试").filter(pk=case.pk).update(title="=HYPERLINK(1)")
    rows = sheets_of(officer.get("/cases/export.xlsx").content)["案件"]
    assert "'=HYPERLINK(1)" in rows[1]


def test_looking_at_identity_data_is_kept(world: World, officer: Client) -> None:
    case = world.opened(kind="natural_person")
    assert officer.get(f"/cases/{case.matter_id}/party").status_code == 200
    kept = AccessRecord.objects.get(kind="read")
    assert kept.by_person_id == world.officer.pk and kept.action == "cases.read_identity"
    viewer = world.person("kan", "查看岗", "", STREET, "查看", ["cases.view"], "other", staff="V001")
    client = signed_in(viewer)
    assert client.get(f"/cases/{case.matter_id}/party").status_code == 302
    page = client.get(f"/cases/{case.matter_id}").content.decode()
    assert "张晓明" not in page and "张某某" in page
    assert AccessRecord.objects.filter(kind="refused", by_person=viewer).exists()


def test_an_imported_case_is_shown_and_not_worked_on(world: World, officer: Client) -> None:
    from plumbline.apps.cases.projection import project_many
    from plumbline.platform.events.log import contract_form, stored_row
    from plumbline.platform.identity.actor import system_actor

    for number in range(9):
        document = contract_form(
            event_id=f"IMP-{number}",
            matter=f"IMP-M{number}",
            kind="penalty",
            activity="case_filed",
            occurred_at=ago(10).date(),
            agency=STREET,
            data={
                "item": ITEM,
                "domain": "housing_construction",
                "party": {"id": "P-77", "kind": "legal_person"},
            },
            actors=[{"id": "HB001", "role": "officer"}],
        )
        stored_row(document, by=system_actor("import")).save(force_insert=True)
    with CaptureQueriesContext(connection) as few:
        project_many([f"IMP-M{number}" for number in range(3)])
    with CaptureQueriesContext(connection) as many:
        project_many([f"IMP-M{number}" for number in range(3, 9)])
    assert len(many) <= len(few)
    project_many(["IMP-M0"])
    case = Case.objects.unscoped("测试").get(matter_id="IMP-M0")
    assert (case.stage, case.origin, case.title) == (Stage.FILED, "imported", "未经核准擅自处置建筑垃圾案")
    assert officer.get("/cases/IMP-M0").status_code == 200
    assert officer.get("/cases/IMP-M0/steps/onsite_made").status_code == 404


def test_voiding_in_the_browser_asks_for_the_reason(world: World, officer: Client) -> None:
    case = world.decided()
    served = world.take(case, "decision_served", 3, {"method": "direct", "receipt": "signed"})
    address = f"/cases/{case.matter_id}/void/{served.event_id}"
    assert "作废一条记录" in officer.get(address).content.decode()
    officer.post(address, {"reason": ""})
    assert Case.objects.unscoped("测试").get(pk=case.pk).stage == Stage.SERVED
    officer.post(address, {"reason": "日期记错。"})
    assert Case.objects.unscoped("测试").get(pk=case.pk).stage == Stage.DECIDED
    assert "日期记错。" in officer.get(f"/cases/{case.matter_id}?tab=flow").content.decode()


def test_the_policy_and_its_queryset_twin_agree(world: World) -> None:
    from plumbline.apps.cases.policies import may_see_case

    cases = [world.opened(), world.filed()]
    viewers = [
        world.officer, world.head, world.reviewer, world.outsider,
        world.person("own", "本人岗", "HB003", STREET, "本人岗", ["cases.handle"], "officer", scope="own"),
        world.person("all", "全区岗", "", OTHER, "全区岗", ["supervision.supervise"], "supervisor", "S1", "district"),
        world.person("none", "无关岗", "", STREET, "无关岗", ["law.view"], "other", staff="N1"),
    ]  # fmt: skip
    cases[0].officers.create(number="HB003", from_on=ago(1).date())
    for person in viewers:
        actor = world.actor(person)
        listed = set(Case.objects.visible_to(actor).values_list("pk", flat=True))
        assert listed == {case.pk for case in cases if may_see_case(actor, case)}, person


def test_submitting_tells_the_approver_and_makes_a_task(world: World) -> None:
    case = world.noticed()
    request = world.propose_decision(case)
    settle(case)
    from plumbline.apps.cases.queries import my_tasks
    from plumbline.platform.notify.models import notices_for

    head, officer = world.actor(world.head), world.actor(world.officer)
    task = my_tasks(head).get()
    assert (task.kind, task.title) == ("approve", "审批：处理决定")
    assert task.due_on == Case.objects.unscoped("测试").get(pk=case.pk).due_on
    assert notices_for(head).filter(url__endswith=f"/requests/{request.pk}").exists()
    assert not my_tasks(officer).filter(kind="approve").exists()
    actions.decide_request(actor=head, request=request, approve=False, opinion="请补充。")
    settle(case)
    assert my_tasks(officer).get().kind == "returned"
