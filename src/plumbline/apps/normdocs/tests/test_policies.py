"""A major policy decision from the catalogue to its end (重大行政决策程序暂行条例): each 应当 is asked where it is due."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.actions.deciding import Announcement
from plumbline.apps.normdocs.actions.drafting import Declaration
from plumbline.apps.normdocs.articles import fingerprint
from plumbline.apps.normdocs.citing import citable
from plumbline.apps.normdocs.desk import document_tasks
from plumbline.apps.normdocs.keeping import normative_documents
from plumbline.apps.normdocs.models import NormDoc, Stage
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.outbox import work_off
from plumbline.platform.printing.blocks import pictures_of, text_of
from plumbline.platform.printing.word_reading import read_word
from plumbline.platform.verdicts.models import StoredVerdict

from .place import DEPARTMENT, GOVERNMENT, Place, ago, day

TITLE, KIND = "新洲区城市公共停车设施布局调整", "major_policy_decision"
TEXT = "一、总体要求\n优先盘活存量车位。\n二、实施范围\n邾城、阳逻两个街道。"
FINAL = Announcement(
    effective_from=clock.today(),
    executor="区城管局",
    channels="政府公报、区政府网站",
    adopted="采纳三条意见。",
)


def started(place: Place, **deviation: Any) -> NormDoc:
    said: dict[str, Any] = {
        "affects_rights": True, "business_related": True, "specialised": True, "risky": True,
        "necessity": "停车难。", **deviation,
    }  # fmt: skip
    doc = actions.begin_document(
        actor=place.actor(place.drafter), agency_code=DEPARTMENT, maker=place.government, title=TITLE, kind=KIND,
        declaration=Declaration(**said), basis=[{"law": "城乡规划法", "article": "第十七条"}], occurred_at=ago(100),
    )  # fmt: skip
    actions.keep_text(actor=place.actor(place.drafter), doc=doc, text=TEXT)
    return doc


def discuss(place: Place, doc: NormDoc, days_ago: float = 8, **more: Any) -> None:
    said = {"meeting": "常务会议", "attendance": "全体", "conclusion": "passed", "opinions": "同意。"} | more
    place.take(doc, "decided", days_ago, **said)


def test_a_decision_from_the_catalogue_to_its_end(place: Place) -> None:
    publisher, drafter = place.actor(place.publisher), place.actor(place.drafter)
    item = actions.plan_document(
        actor=publisher,
        agency_code=DEPARTMENT,
        year=2026,
        title=TITLE,
        reason="群众反映集中",
        due_month=6,
        kind=KIND,
    )
    assert f"按目录启动：{TITLE}" in [task.title for task in document_tasks(drafter)]
    with pytest.raises(Refusal):
        actions.publish_catalogue(actor=drafter, year=2026, approval="区委同意")
    with pytest.raises(InputFault):
        actions.publish_catalogue(actor=publisher, year=2026, approval=" ")
    catalogue = place.client(place.publisher)
    assert (
        "/policy-decisions/catalogue/2026/publish"
        in catalogue.get("/policy-decisions/catalogue").content.decode()
    )
    catalogue.post("/policy-decisions/catalogue/2026/publish", {"approval": "区委 2026-01-05 同意"})
    item.refresh_from_db(from_queryset=type(item).objects.unscoped("测试"))
    assert item.published_on == clock.today()
    assert TITLE in place.client().get("/open/policy-decisions").content.decode()

    with pytest.raises(InputFault, match="是或者否"):
        started(place, risky=None)
    doc = started(place)
    until = {"comment_until": day(60).isoformat()}
    with pytest.raises(Refusal, match="第十五条"):
        place.take(doc, "opened", 80, until)
    place.take(doc, "opened", 80, until, why_short="学校开学在即，情况紧急。")
    assert "情况紧急" in place.client().get(f"/open/norms/comments/{doc.matter_id}").content.decode()
    place.take(doc, "closed", 59)
    place.take(doc, "adoption", 58, summary="采纳三条。")
    place.take(doc, "heard", 57, way="symposium", participants="居民代表", summary="支持。")
    place.take(doc, "review_requested", 50, {"respond_by": day(30).isoformat()}, note="程序齐备。")
    place.take(doc, "review_given", 45, {"result": "problems"}, by=place.reviewer, opinion="缺少论证。")
    # What the regulation demands before the meeting, all of it at once.
    with pytest.raises(
        Refusal, match=r"专家论证、风险评估、公平竞争审查（.*第十九条、.*第二十二条、.*第二十九条"
    ):
        discuss(place, doc)
    place.take(doc, "experts", 44, way="meeting", experts="三名", conclusion="可行", adoption="全部采纳")
    place.take(doc, "fair_reviewed", 43, body="市场监管局", result="passed", opinion="符合。")
    risk = {"way": "走访", "risks": "施工扰民", "measures": "分时施工"}
    place.take(doc, "assessed", 42, conclusion="uncontrolled", **risk)
    with pytest.raises(Refusal, match="风险不可控"):
        discuss(place, doc)
    place.take(doc, "assessed", 41, conclusion="adjusted", **risk)
    with pytest.raises(Refusal, match="第二十五条"):
        discuss(place, doc)
    place.take(doc, "review_requested", 40, {"respond_by": day(20).isoformat()}, note="已补充。")
    place.take(doc, "review_given", 30, {"result": "lawful"}, by=place.reviewer, opinion="合法。")
    discuss(place, doc)
    with pytest.raises(Refusal, match=r"请示报告（.*第三十一条"):
        actions.publish_policy(actor=publisher, doc=doc, announcement=FINAL)
    place.take(doc, "reported", 5, to="区委", result="同意。")
    with pytest.raises(Refusal, match="公布"):
        actions.publish_policy(actor=drafter, doc=doc, announcement=FINAL)
    page = place.client(place.publisher)
    answer = page.post(
        f"{doc.page}/publish", {"effective_from": clock.today(), "executor": "", "channels": "网站"}
    )
    assert answer.status_code == 422
    actions.publish_policy(actor=publisher, doc=doc, announcement=FINAL)
    while work_off():
        pass
    rules = StoredVerdict.objects.unscoped("测试").filter(matter_id=doc.matter_id, rule__startswith="MAD")
    said = set(rules.values_list("rule", "verdict"))
    assert {"MAD-15-comment-30d", "MAD-25-legality-review", "MAD-26-review-7wd"} == {rule for rule, _ in said}
    assert {verdict for _, verdict in said} == {"met"}
    # It is no normative document: neither a basis for cases nor a row of their register, catalogue or database.
    assert not normative_documents() and not citable(clock.today())
    assert TITLE not in place.client().get("/open/norms").content.decode()
    shown = place.client().get(doc.public_page).content.decode()
    assert (
        "优先盘活存量车位" in shown
        and "区城管局" in shown
        and "采纳三条意见" in shown
        and "未被改动" in shown
    )

    place.take(doc, "executed", what="problem", text="车流量变化很大。")
    place.take(doc, "evaluated", why="missed", evaluator="第三方", conclusion="repeal", report="效果不明显。")
    fresh = NormDoc.objects.unscoped("测试").select_related("agency", "maker").get(pk=doc.pk)
    assert fresh.amend_wanted.startswith("评估结论为停止执行")
    place.take(doc, "ended", by=place.publisher, how="halted", reason="评估认为应当停止。")
    fresh.refresh_from_db(from_queryset=NormDoc.objects.unscoped("测试"))
    assert fresh.stage == Stage.ENDED and fresh.stage_zh == "已停止执行"
    assert "评估认为应当停止" in place.client().get(doc.public_page).content.decode()


def test_a_secret_decision_is_neither_opened_nor_published(place: Place) -> None:
    """Nothing is demanded that its declaration leaves out; a reform on new ground is discussed with its risk shown."""
    doc = started(place, secret=True, business_related=False, specialised=False, risky=False)
    with pytest.raises(Refusal, match="依法需要保密"):
        place.take(doc, "opened", 80, {"comment_until": day(20).isoformat()})
    place.take(doc, "review_requested", 60, {"respond_by": day(30).isoformat()}, note="程序说明。")
    place.take(doc, "review_given", 40, {"result": "problems"}, by=place.reviewer, opinion="国家没有规定。")
    with pytest.raises(Refusal, match="第二十五条"):
        discuss(place, doc)
    discuss(place, doc, exploratory="国家尚无规定，可能被认定超越权限。")
    place.take(doc, "reported", 5, to="区委", result="同意。")
    with pytest.raises(Refusal, match="依法不予公开"):
        actions.publish_policy(actor=place.actor(place.publisher), doc=doc, announcement=FINAL)
    place.take(doc, "archived", 1, contents="全部材料", place="区政府办")
    assert place.client().get(f"/open/policy-decisions/{doc.matter_id}").status_code == 404
    assert place.client().get(f"/open/norms/comments/{doc.matter_id}").status_code == 404
    for path in (
        "/policy-decisions",
        "/policy-decisions/new",
        doc.page,
        f"{doc.page}/text",
        f"{doc.page}/impact",
    ):
        assert place.client(place.drafter).get(path).status_code == 200, path
    book = place.client(place.drafter).get("/policy-decisions/export.xlsx")
    assert book.status_code == 200 and TITLE not in place.client(place.drafter).get("/norms").content.decode()


def test_a_document_is_downloaded_as_its_page_says_it(place: Place) -> None:
    doc = place.published(title="停车场管理办法")
    place.take(doc, "interpreted", title="一图读懂停车场管理办法", text="车位共享怎么办理。")
    base = doc.public_page
    page = place.client().get(base).content.decode()
    assert "未被改动" in page and f"{base}/text.docx" in page and f"{base}/interpretation.pdf" in page
    word = read_word(place.client().get(f"{base}/text.docx").content, title="")
    said = text_of(word)
    for each in (
        "停车场管理办法",
        doc.number,
        doc.register_no,
        "餐饮服务单位应当安装净化设施",
        f"{clock.today()} 的效力",
        base,
    ):
        assert each in said, each
    assert len(list(pictures_of(word))) == 1
    digest = fingerprint(doc.texts.get().articles)
    assert digest in page and digest[:16] in said and digest[-16:] in said
    pdf = place.client().get(f"{base}/text.pdf", {"on": day(36).isoformat()})
    pages = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "没有公布" in pages.replace("\n", "") and doc.number in pages
    told = text_of(read_word(place.client().get(f"{base}/interpretation.docx").content, title=""))
    assert "车位共享怎么办理" in told and "停车场管理办法" in told
    for missing in (f"{base}/text.exe", f"{base}/other.pdf", f"/open/norms/{GOVERNMENT}/text.pdf"):
        assert place.client().get(missing).status_code == 404
    # What was tampered with in the table no longer has the fingerprint that the log keeps.
    newest = doc.texts.get()
    newest.articles[1]["text"] = "改过的文字。"
    newest.save()
    assert "与公布时不一致" in place.client().get(base).content.decode()
