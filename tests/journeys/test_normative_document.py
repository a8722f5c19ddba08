"""A normative document from draft to expiry: the public comments, the bureau reviews, the office publishes, its day comes.

What has to be seen is done at the browser; the steps in between go through the same actions.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.keeping import record_ends
from plumbline.apps.normdocs.models import NormDoc, PublicComment
from plumbline.packs.normdoc.words import DRAFT
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.printing.blocks import text_of
from plumbline.platform.printing.word_reading import read_word

from .people import Official, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

At = Callable[[str], AbstractContextManager[None]]
DRAFTER, REVIEWER, PUBLISHER = "fq-02-review", "ouyang", "banwen"
TITLE = "新洲区共享单车停放管理办法"
FIRST = "第一条　为了规范停放，制定本办法。\n第二条　企业应当及时清理乱停车辆，违反的处以罚款。"
SECOND = "第一条　为了规范停放，制定本办法。\n第二条　企业应当在接到通知后两小时内清理乱停车辆。"


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def the_document() -> NormDoc:
    return NormDoc.objects.unscoped("旅程").select_related("agency", "maker").get(title=TITLE)


def take(step: str, data: Any = None, *, by: str = DRAFTER, **details: Any) -> None:
    actions.take_step(actor=actor(by), doc=the_document(), step=step, data=data, details=details)


def test_a_document_from_draft_to_expiry(browser: Any, site: str, at: At) -> None:
    with at("2026-10-12 09:00"):
        page = drafted(browser, site)
    with at("2026-10-15 10:00"):
        receipt = commented_by_the_public(browser, site)
    with at("2026-11-16 09:00"):
        told(browser, site, receipt)
    with at("2026-11-20 09:00"):
        reviewed(browser, site)
    with at("2026-11-30 09:00"):
        published(browser, site, page)
    with at("2028-12-01 09:00"):
        expired(browser, site)


def drafted(browser: Any, site: str) -> str:
    """What may not be set is refused at the form; then the text, the assessment, the comments."""
    drafter = Official(browser, site, DRAFTER)
    drafter.goes("/norms/new").fill(
        {
            "title": TITLE, "maker": "AG-XZ-GOV", "basis": "《优化营商环境条例》第六十四条",
            "affects_rights": "true", "business_related": "true", "secret": "false", "sets": ["penalty"],
            "necessity": "乱停放影响通行。",
        }
    ).press("开始起草").sees("不得设定行政处罚")  # fmt: skip
    drafter.fill({"sets": []}).press("开始起草").fill({"text": FIRST}).press("保存文本")
    page = drafter.path
    drafter.sees("下一步：登记评估论证")
    drafter.takes(page, "assessed", {"x__way": "座谈", "x__conclusion": "可行。"})
    drafter.goes(f"{page}/steps/opened").fill({"comment_until": "2026-10-20"}).press("公布征求意见稿")
    drafter.sees("不少于三十日").fill({"comment_until": "2026-11-11"}).press("公布征求意见稿")
    drafter.sees("正在公开征求意见")
    drafter.leaves()
    return page


def commented_by_the_public(browser: Any, site: str) -> str:
    """On a phone, without a script and an account; the receipt is the only key."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/open/norms/comments")
    page.get_by_role("link", name=TITLE).first.click()
    page.select_option('[name="article"]', "第二条")
    page.fill('[name="text"]', "建议写明多长时间内清理。")
    page.fill('[name="name"]', "吴先生")
    page.get_by_role("button", name="提交意见").click()
    receipt = str(page.locator(".card-of .mono").inner_text()).strip()
    assert PublicComment.objects.unscoped("旅程").get(receipt=receipt).name == "吴先生"
    context.close()
    return receipt


def told(browser: Any, site: str, receipt: str) -> None:
    """The answer, the second version, and what the public reads of it."""
    drafter = Official(browser, site, DRAFTER)
    page = the_document().page
    drafter.goes(f"{page}/comments").sees("吴先生").press("答复")
    drafter.fill({"handling": "adopted", "answer": "已写明两小时。"}).press("保存答复")
    drafter.takes(page, "closed", {}).takes(page, "adoption", {"x__summary": "一条意见已经采纳。"})
    drafter.goes(f"{page}/text").fill({"text": SECOND, "note": "采纳意见"}).press("保存文本").sees("1 处变化")
    drafter.leaves()
    visitor = Visitor(browser, site)
    visitor.goes(f"/open/norms/comments/{the_document().matter_id}").sees("一条意见已经采纳", "已写明两小时")
    visitor.misses("吴先生", "建议写明多长时间")
    visitor.goes("/open/norms/receipt").fill({"receipt": receipt}).press("查询").sees("已写明两小时")
    visitor.leaves()


def reviewed(browser: Any, site: str) -> None:
    take("fair_reviewed", body="区市场监管局", result="passed", opinion="符合。")
    take("review_requested", {"respond_by": "2026-12-04"})
    reviewer = Official(browser, site, REVIEWER)
    reviewer.goes("/desk").sees(f"合法性审查：{TITLE}")
    page = the_document().page
    reviewer.goes(page).sees("下一步：出具合法性审查意见", "未核实，未启用", "公平竞争审查意见")
    reviewer.takes(page, "review_given", {"result": "lawful", "x__opinion": "职权、程序、内容合法。"})
    reviewer.leaves()
    take("decided", meeting="区政府常务会议", attendance="全体", conclusion="passed", opinions="同意。")


def published(browser: Any, site: str, page: str) -> None:
    """The number is given when it is pressed; the permanent address answers at once."""
    publisher = Official(browser, site, PUBLISHER)
    publisher.goes("/desk").sees(f"统一登记、编号、公布：{TITLE}").goes(f"{page}/publish")
    publisher.fill({"effective_from": "2027-01-01", "valid_to": "2028-11-30"}).press("登记、编号并公布")
    doc = the_document()
    publisher.sees(doc.register_no, "尚未施行").leaves()
    assert doc.register_no.startswith("GF-2026-") and doc.number.startswith("新政规〔2026〕")
    visitor = Visitor(browser, site, width=390)
    visitor.goes("/open/norms?q=单车").press(TITLE).sees("尚未施行", "两小时内清理", doc.number)
    visitor.goes(f"{doc.public_page}?on=2027-06-01").sees("有效")
    kept_and_printed(visitor.page, doc)
    visitor.leaves()
    take("filing_sent", to="武汉市人民政府", materials="备案报告、正式文本")
    take("filed", number="武备1号")


def kept_and_printed(page: Any, doc: NormDoc) -> None:
    """By the keyboard alone the file is fetched, as it stands on the day that was asked for; on paper the text is there."""
    link = page.get_by_role("link", name="下载 Word 文件")
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("e => e === document.activeElement"):
            break
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    assert fetched.value.suggested_filename == f"{TITLE}.docx"
    assert "2027-06-01 的效力" in text_of(read_word(Path(fetched.value.path()).read_bytes(), title=""))
    page.emulate_media(media="print")
    assert page.get_by_text("两小时内清理").is_visible() and page.get_by_text(doc.number).first.is_visible()
    assert not page.locator("header nav").first.is_visible()
    page.emulate_media(media="screen")


def expired(browser: Any, site: str) -> None:
    """Its last day is over: the log says so by itself, the public page with the reason."""
    record_ends()
    while work_off():
        pass
    doc = the_document()
    ended = [event for event in matter_events(doc.matter_id) if event.activity == "document_expired"]
    assert [event.on.isoformat() for event in ended] == ["2028-12-01"]
    assert not actor(DRAFTER).can(DRAFT, "AG-FQ-01")
    visitor = Visitor(browser, site)
    visitor.goes(doc.public_page).sees("本文件已失效", "届满失效")
    visitor.goes("/open/norms?q=单车&validity=in_force").sees("没有符合条件的文件")
    visitor.leaves()
