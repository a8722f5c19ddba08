"""The product's main job through the browser, from nothing to what the public sees.

An officer handles a penalty case from clue to archive; a street sends a case from its own system; the supervisor sees
three alerts, each with its article and its days; a 督办函 goes out; the street answers with evidence; it is closed; and
the public reads the redacted decision.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from plumbline.apps.supervision.models import Alert
from plumbline.platform.events.outbox import work_off
from plumbline.platform.files.tests.made import png
from plumbline.platform.jobs.models import Job, JobState
from plumbline.platform.jobs.running import run_now

from .people import Official, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

At = Callable[[str], AbstractContextManager[None]]
PARTY = "武汉江阳筑工建筑劳务有限公司"
REPRESENTATIVE = "欧阳建波"
OUTSIDE = Path(__file__).parents[2] / "src/plumbline/project/demo/outside_case.jsonl"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场照片.png"
    path.write_bytes(png(32, 24))
    return path


def test_from_a_clue_to_a_closed_letter_and_a_public_decision(
    browser: Any, site: str, at: At, photo: Path
) -> None:
    case = handle_a_case(browser, site, at, photo)
    publish_it(browser, site, at, case)
    import_an_outside_case(browser, site, at)
    letter = supervise(browser, site, at)
    answer(browser, site, at, letter, photo)
    close(browser, site, at, letter)
    read_as_the_public(browser, site, at)


def handle_a_case(browser: Any, site: str, at: At, photo: Path) -> str:
    """Ordinary procedure, each step in order and on its day; what the law does not allow yet is refused with its article."""
    with at("2026-10-12 09:10"):
        zhou = Official(browser, site, "zhou")
        zhou.goes("/desk").press("登记线索").fill(
            {
                "source": "inspection",
                "occurred_on": "2026-10-12",
                "item": "CG-103",
                "title": "未经核准擅自处置建筑垃圾案",
                "place": "平江路北侧空地",
                "summary": "巡查发现平江路北侧空地堆放建筑垃圾，约三百八十立方米。",
                "party_known": True,
                "party_kind": "legal_person",
                "party_name": PARTY,
                "legal_representative": REPRESENTATIVE,
                "address": "武汉市新洲区阳逻街道平江路 18 号",
                "phone": "13800138000",
                "ended_on": "2026-10-12",
                "harm": "false",
                "life_health_or_finance": "false",
            }
        ).press("登记线索")
        case = zhou.path.split("?")[0]
        zhou.takes(case, "clue_verified", {"established": "true", "x__findings": "现场核实，线索属实。"})
        zhou.takes(
            case,
            "case_filed",
            {"x__officers": officers(zhou), "x__opinion": "有违法事实，属本机关管辖，建议立案。"},
        )
        zhou.leaves()
    with at("2026-10-12 15:00"):
        approve(browser, site, "审批：立案")
    with at("2026-10-13 09:30"):
        zhou = Official(browser, site, "zhou")
        zhou.takes(
            case,
            "onsite_made",
            {
                "x__certificate": "true",
                "x__content": "现场堆放建筑垃圾三处，未见处置核准文件。",
                "x__signed": "signed",
            },
        )
        zhou.goes(f"{case}/evidence/add").fill(
            {
                "title": "堆放现场照片",
                "kind": "audiovisual",
                "source": "officers",
                "origin": "执法记录仪拍摄",
                "proves": "建筑垃圾的堆放地点和数量",
                "collected_on": "2026-10-13",
                "files": photo,
            }
        )
        zhou.page.locator("main form button.pri").click()
        zhou.page.wait_for_url(lambda url: "/evidence/add" not in url)  # the file goes up in parts first
        zhou.goes(f"{case}?tab=evidence").press("记录").sees("属实合法", "指纹一致")
        zhou.goes(f"{case}/steps/decision_made").sees("调查终结", "行政处罚法第五十七条")
        zhou.leaves()
    with at("2026-10-19 10:00"):
        zhou = Official(browser, site, "zhou")
        facts = f"{PARTY}未经核准处置建筑垃圾，法定代表人{REPRESENTATIVE}到场承认，电话 13800138000。"
        zhou.takes(
            case,
            "investigation_ended",
            {"x__facts": facts, "x__evidence": "现场笔录、照片。", "x__opinion": "拟罚款三万元。"},
        )
        zhou.takes(
            case,
            "penalty_notice_served",
            {"proposed__kinds": ["fine"], "proposed__fine": "30000", "method": "direct", "receipt": "signed"},
        )
        zhou.takes(case, "legal_review_submitted", {})
        zhou.leaves()
    with at("2026-10-20 09:00"):
        zhou = Official(browser, site, "zhou")
        refused(zhou, case, "法制审核")
        zhou.leaves()
        li = Official(browser, site, "li")
        li.goes(f"{case}/review").fill({"x__opinion": "主体、权限、事实、证据、依据、程序、裁量均无问题。"})
        li.press("通过").leaves()
    with at("2026-10-30 09:00"):
        zhou = Official(browser, site, "zhou")
        zhou.takes(case, "decision_made", decision())
        zhou.leaves()
    with at("2026-10-30 15:30"):
        approve(browser, site, "审批：处理决定")
        sign(browser, site, case)
    with at("2026-11-02 10:00"):
        zhou = Official(browser, site, "zhou")
        zhou.takes(
            case, "decision_served", {"method": "direct", "receipt": "signed", "publicity_told": "true"}
        )
        zhou.leaves()
    with at("2026-11-09 10:00"):
        zhou = Official(browser, site, "zhou")
        zhou.takes(case, "fine_paid", {"amount": "30000", "channel": "bank"})
        zhou.takes(case, "case_closed", {"x__manner": "performed", "x__summary": "罚款已经缴清。"})
        zhou.leaves()
    with at("2026-11-09 15:00"):
        approve(browser, site, "审批：结案")
    with at("2026-11-10 09:00"):
        zhou = Official(browser, site, "zhou")
        zhou.takes(case, "file_archived", {"x__place": "综合执法中心档案室，长期。"})
        zhou.goes(case).sees("归档")
        zhou.leaves()
    return case


def officers(zhou: Official) -> list[str]:
    """The two on duty: 周晓岚 and 陈立群, as the form offers them."""
    boxes = zhou.page.locator('[name="x__officers"]')
    if not boxes.count():
        return ["HB17ST00201", "HB17ST00202"]
    return [str(box.get_attribute("value")) for box in boxes.all()][:2]


def decision() -> dict[str, Any]:
    return {
        "outcome": "penalty",
        "facts_clear": "true",
        "evidence_sufficient": "true",
        "complex": "false",
        "major": "false",
        "major_public_interest": "false",
        "benchmark": "B-CG-103|S1",
        "benchmark__adjusted": "false",
        "correction_ordered": "true",
        "document_sealed": "true",
        "x__facts": f"{PARTY}未经核准处置建筑垃圾。法定代表人{REPRESENTATIVE}，电话 13800138000。",
        "x__reasons": "初次违法，及时清运，按较轻档处罚。",
    }


def refused(zhou: Official, case: str, reason: str) -> None:
    """The decision sent too early comes back with its reason and what to do; nothing of it is recorded."""
    zhou.goes(f"{case}/steps/decision_made").fill(decision())
    zhou.page.locator("main form.step-form button.pri").click()
    zhou.page.wait_for_load_state()
    zhou.sees(reason, "行政处罚法第五十八条")
    assert "/steps/decision_made" in zhou.path


def approve(browser: Any, site: str, title: str) -> None:
    """Three presses on a telephone."""
    he = Official(browser, site, "he", width=390)
    he.approves(title)
    he.sees("已批准")
    he.leaves()


def sign(browser: Any, site: str, case: str) -> None:
    """The decision's paper: drawn from the facts, numbered at signing."""
    zhou = Official(browser, site, "zhou")
    zhou.goes(f"{case}?tab=documents")
    zhou.page.locator("#tabs tr, main tr", has_text="处罚决定书").get_by_role(
        "button", name="生成"
    ).first.click()
    zhou.page.wait_for_load_state()
    zhou.leaves()
    he = Official(browser, site, "he")
    he.goes(f"{case}?tab=documents")
    he.page.locator("main tr", has_text="处罚决定书").get_by_role("link").first.click()
    he.page.wait_for_load_state()
    he.fill({"password": "plumbline-demo"}).press("签发并编号").sees("已签发", "与签发时一致")
    he.leaves()


def publish_it(browser: Any, site: str, at: At, case: str) -> None:
    """The public text is made by rule; who made it does not publish a doubtful one alone."""
    with at("2026-11-04 10:00"):
        fang = Official(browser, site, "fang")
        fang.goes(f"{case}?tab=publicity")
        fang.page.locator("main a[href*='/publicity/']").first.click()
        fang.page.wait_for_load_state()
        address = fang.path
        fang.page.locator("main form:has(input[value=publish]) button").first.click()
        fang.page.wait_for_load_state()
        second = "第二人" in fang.page.inner_text("main")
        fang.leaves()
        if second:
            gong = Official(browser, site, "gong")
            gong.goes(address)
            gong.page.locator("main form:has(input[value=publish]) button").first.click()
            gong.page.wait_for_load_state()
            gong.sees("已公示")
            gong.leaves()


def import_an_outside_case(browser: Any, site: str, at: At) -> None:
    """仓埠街道's own system: uploaded on the page, checked line by line; a second upload changes nothing."""
    with at("2026-11-11 09:00"):
        sun = Official(browser, site, "sun")
        sun.goes("/exchange/import").fill({"events": OUTSIDE})
        sun.page.locator("main form button.pri").click()
        sun.page.wait_for_load_state()
        run_jobs()
        sun.page.reload()
        sun.sees("17")
        before = Alert.objects.unscoped("旅程核对").count()
        sun.goes("/exchange/import").fill({"events": OUTSIDE})
        sun.page.locator("main form button.pri").click()
        sun.page.wait_for_load_state()
        run_jobs()
        assert Alert.objects.unscoped("旅程核对").count() == before
        sun.leaves()


def run_jobs() -> None:
    """The worker's part of the bargain."""
    for waiting in Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]):
        assert run_now(waiting).state == JobState.DONE, waiting.message
    while work_off():
        pass


def supervise(browser: Any, site: str, at: At) -> str:
    """Three alerts with article and days; from the first to the issued letter in four clicks at most."""
    with at("2026-11-11 14:00"):
        alerts = Alert.objects.unscoped("旅程核对").filter(matter_id="WZ-CG-2026-0107").order_by("pk")
        assert len(alerts) == 3
        liu = Official(browser, site, "liu")
        for alert in alerts:
            liu.goes(f"/alerts/{alert.pk}").sees(alert.article)
        late = next(alert for alert in alerts if alert.rule.startswith("APL-61"))
        liu.goes(f"/alerts/{late.pk}").sees("7 个工作日", "第六十一条", "超期")
        liu.clicks = 0
        liu.press("制发督办函")
        box = liu.page.locator('[name="also"]')
        assert box.count() >= 2, "the other two of the same matter are offered"
        liu.press("签发督办函")
        assert liu.clicks <= 4
        liu.sees("新司督办〔2026〕", "仓埠街道")
        letter = liu.path
        liu.may_not("/cases/WZ-CG-2026-0107/steps/case_closed")
        liu.leaves()
    return letter


def answer(browser: Any, site: str, at: At, letter: str, photo: Path) -> None:
    """The street opens the letter (its receipt), and answers with evidence; on a telephone."""
    with at("2026-11-13 10:00"):
        office = Official(browser, site, "st-003-office", width=390)
        office.goes("/desk").goes(letter).fill(
            {"reply-text": "已补办法制审核备案，对承办人员提醒谈话，今后送达前置核对。", "reply-files": photo}
        )
        office.press("报送").sees("纠正情况已报送")
        office.leaves()


def close(browser: Any, site: str, at: At, letter: str) -> None:
    with at("2026-11-17 10:00"):
        liu = Official(browser, site, "liu")
        liu.goes(letter).sees("现场照片.png")
        liu.fill(
            {
                "accept-checked_how": "现场核查",
                "accept-text": "到街道查看，纠正情况属实。",
                "accept-result_use": "计入年度执法考核",
            }
        )
        liu.press("认可并销号").sees("已认可纠正，文书销号")
        states = Alert.objects.unscoped("旅程核对").filter(matter_id="WZ-CG-2026-0107")
        assert {alert.get_state_display() for alert in states} <= {"已纠正", "已销号"}
        liu.leaves()


def read_as_the_public(browser: Any, site: str, at: At) -> None:
    """Anybody finds the decision by two characters of the firm's name, and nobody's name or number in it."""
    with at("2026-11-18 20:00"):
        public = Visitor(browser, site, width=390)
        public.goes("/open/").fill({"q": "江阳"}, within="body")
        public.page.keyboard.press("Enter")
        public.page.wait_for_load_state()
        public.page.get_by_role("link", name=PARTY).first.click()
        public.page.wait_for_load_state()
        public.sees(PARTY, "罚决〔2026〕1号", "30,000", "第二十五条", "未被改动")
        public.misses(REPRESENTATIVE, "13800138000")
        public.leaves()
