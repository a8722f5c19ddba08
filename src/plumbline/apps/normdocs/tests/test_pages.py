"""The pages: the desk side as each part sees it, and the public side without log-in, names or a script."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordDocument

from plumbline.apps.normdocs import actions
from plumbline.apps.normdocs.catalogue import CATALOGUE
from plumbline.apps.normdocs.desk import document_tasks
from plumbline.apps.normdocs.keeping import record_ends
from plumbline.apps.normdocs.models import NormDoc, PublicComment
from plumbline.apps.normdocs.open_web import COMMENT
from plumbline.apps.normdocs.validity import validity
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import ANONYMOUS
from plumbline.platform.lists import Change, ChangeRefused, Kind
from plumbline.platform.rates.limiting import seconds_to_wait
from plumbline.platform.rates.models import RateCount

from .place import Place, day


def comments() -> Any:
    return PublicComment.objects.unscoped("测试")


def text_of(client: Any, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, f"{url}: {answer.status_code}"
    return answer.content.decode()


def test_a_comment_comes_in_is_answered_and_told_without_a_name(place: Place) -> None:
    doc = place.commenting()
    url = f"/open/norms/comments/{doc.matter_id}"
    public = place.client()
    page = text_of(public, url)
    assert "第二条" in page and "提交意见" in page and "<script" not in page
    sent = {"article": "第二条", "text": "建议给小店半年过渡期。", "name": "王小店", "contact": "13900000000"}
    answer = public.post(url, sent)
    comment = comments().get()
    assert answer.status_code == 201 and comment.receipt in answer.content.decode()
    assert public.post(url, {"text": " "}).status_code == 422 and comments().count() == 1
    assert public.post(url, sent | {"article": "第九条"}).status_code == 422
    asked = public.post("/open/norms/receipt", {"receipt": comment.receipt}).content.decode()
    assert "半年过渡期" in asked and "正在处理" in asked and "王小店" not in asked
    inside = text_of(place.client(place.drafter), f"{doc.page}/comments")
    assert "王小店" in inside and "13900000000" in inside
    assert "王小店" not in text_of(place.client(place.reviewer), f"{doc.page}/comments")
    text_of(place.client(place.elsewhere), f"{doc.page}/comments", 404)
    with pytest.raises(Refusal, match="公众当天仍然可以提意见"):
        place.take(doc, "closed")
    said: dict[str, Any] = {"doc": doc, "comment": comment, "handling": "declined", "answer": ""}
    with pytest.raises(InputFault):
        actions.answer_comment(actor=place.actor(place.drafter), **said)
    with pytest.raises(Refusal):
        actions.answer_comment(actor=place.actor(place.elsewhere), **said | {"answer": "不采纳"})
    reply = place.client(place.drafter).post(f"{doc.page}/comments/{comment.pk}", {"handling": "partly", "answer": "给三个月。"})  # fmt: skip
    assert reply.status_code == 302 and comments().get().handling == "partly"


def test_what_became_of_comments_is_public_after_the_period_and_no_words_of_theirs(place: Place) -> None:
    doc = place.commenting(40, 30)
    late: dict[str, Any] = {"actor": ANONYMOUS, "doc": doc, "text": "晚到的意见"}
    with pytest.raises(Refusal, match="已经截止"):
        actions.comment_on_draft(**late)
    row = PublicComment.objects.create(doc=doc, agency_id=doc.agency_id, text="原话原话", name="李某")
    place.take(doc, "closed", 5)
    with pytest.raises(Refusal, match="还有 1 条"):
        place.take(doc, "adoption", 4, summary="采纳情况")
    actions.answer_comment(
        actor=place.actor(place.drafter), doc=doc, comment=row, handling="adopted", answer=""
    )
    place.take(doc, "adoption", 4, summary="一条意见已经采纳。")
    page = text_of(place.client(), f"/open/norms/comments/{doc.matter_id}")
    assert "一条意见已经采纳" in page and "采纳" in page
    assert "原话原话" not in page and "李某" not in page and "提交意见" not in page


def test_comments_of_one_network_are_limited(place: Place) -> None:
    doc = place.commenting()
    public = place.client()
    url = f"/open/norms/comments/{doc.matter_id}"
    for _ in range(COMMENT.limit - 1):
        seconds_to_wait(COMMENT, "127.0.0.1")
    assert public.post(url, {"text": "意见"}).status_code == 201
    answer = public.post(url, {"text": "意见"})
    assert answer.status_code == 429 and answer["Retry-After"] and comments().count() == 1
    RateCount.objects.all().delete()


def test_the_public_database_shows_the_validity_of_any_day(place: Place) -> None:
    old = place.published(title="旧油烟办法", days_ago=35)
    new = place.published(title="新油烟办法", days_ago=10, effective_from=day(5), changes={old.pk: "repeals"})
    place.begun(title="油烟草稿")
    public = place.client()
    found = text_of(public, "/open/norms?q=油烟")
    assert "旧油烟办法" in found and "新油烟办法" in found and "油烟草稿" not in found
    assert "旧油烟办法" not in text_of(public, "/open/norms?validity=in_force")
    assert "新油烟办法" not in text_of(public, f"/open/norms?validity=in_force&on={day(20)}")
    page = text_of(public, old.public_page)
    assert "本文件已失效" in page and new.title in page and "第二条" in page
    assert "本文件已失效" in text_of(public, f"{old.public_page}?on={day(20)}") and "有效" in page
    download = public.get(f"{new.public_page}/text")
    assert "净化设施" in download.content.decode() and "attachment" in download["Content-Disposition"]
    text_of(public, "/open/norms/GF-2026-9999", 404)
    text_of(public, f"/open/norms/{place.begun().matter_id}", 404)
    table = b"".join(public.get("/open/data/norms.csv")).decode()  # type: ignore[arg-type]
    assert old.register_no in table and "已废止" in table


def test_each_part_sees_its_own_next_step(place: Place) -> None:
    doc = place.commented()
    place.take(doc, "review_requested", 50, {"respond_by": day(-3).isoformat()})
    drafter, reviewer, publisher = (place.client(p) for p in (place.drafter, place.reviewer, place.publisher))
    assert "等待区司法局" in text_of(drafter, doc.page)
    page = text_of(reviewer, doc.page)
    assert "下一步：出具合法性审查意见" in page and "送审材料" in page and "未核实，未启用" in page
    assert [task.title for task in document_tasks(place.actor(place.reviewer))] == [
        f"合法性审查：{doc.title}"
    ]
    assert text_of(place.client(place.elsewhere), doc.page, 404)
    step = f"{doc.page}/steps/review_given"
    assert (
        reviewer.post(step, {"occurred_on": str(day(45)), "result": "", "x__opinion": ""}).status_code == 422
    )
    sent = {"occurred_on": str(day(45)), "result": "lawful", "x__opinion": "合法。"}
    assert reviewer.post(step, sent).status_code == 302
    assert "现在不能公布" in text_of(publisher, f"{doc.page}/publish")
    place.take(doc, "fair_reviewed", 44, body="市监", result="passed", opinion="符合")
    place.take(doc, "decided", 40, meeting="会", attendance="全体", conclusion="passed", opinions="同意")
    published = publisher.post(
        f"{doc.page}/publish", {"effective_from": str(day(-10)), "valid_to": str(day(-900))}
    )
    doc = NormDoc.objects.unscoped("测试").get(pk=doc.pk)
    assert published.status_code == 302 and doc.register_no
    assert {"报送备案"} <= {task.title.split("：")[0] for task in document_tasks(place.actor(place.drafter))}
    for path in ("", "/impact", "/text"):
        text_of(place.client(place.elsewhere), doc.page + path)
    sheet = publisher.get("/norms/export.xlsx?validity=coming")
    with ZipFile(BytesIO(sheet.content)) as book:
        assert doc.register_no in book.read("xl/sharedStrings.xml").decode()
    for path in (
        "/norms",
        "/norms/plan",
        "/norms/calendar",
        "/norms/citations",
        "/norms/handbook",
        "/norms/cleanups",
    ):
        text_of(publisher, path)


def test_a_word_file_becomes_the_text_and_papers_are_kept(place: Place, tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    doc = place.begun(text="")
    word, sink = WordDocument(), BytesIO()
    for line in ("第一条　适用本区。", "第二条　由环保部门负责。"):
        word.add_paragraph(line)
    word.save(sink)
    upload = SimpleUploadedFile("办法.docx", sink.getvalue())
    client = place.client(place.drafter)
    assert client.post(f"{doc.page}/text", {"text": "", "file": upload}).status_code == 302
    assert [each["number"] for each in doc.texts.get().articles] == ["第一条", "第二条"]
    client.post(
        f"{doc.page}/text", {"text": "第一条　适用本区。\n第二条　由城管部门负责。", "note": "换部门"}
    )
    page = text_of(client, f"{doc.page}/text")
    assert "1 处变化" in page and "<del>" in page
    with pytest.raises(Refusal):
        actions.keep_paper(actor=place.actor(place.elsewhere), doc=doc, kind="note", title="", upload=None)
    pdf = SimpleUploadedFile("a.png", b"no picture")
    with pytest.raises(InputFault):
        actions.keep_paper(actor=place.actor(place.drafter), doc=doc, kind="note", title="", upload=pdf)
    word_again = SimpleUploadedFile("说明.docx", sink.getvalue())
    paper = actions.keep_paper(actor=place.actor(place.drafter), doc=doc, kind="note", title="", upload=word_again)  # fmt: skip
    with pytest.raises(InputFault):
        actions.withdraw_paper(actor=place.actor(place.drafter), doc=doc, paper=paper, reason="")
    actions.withdraw_paper(actor=place.actor(place.drafter), doc=doc, paper=paper, reason="放错")
    assert paper.title == "制定说明" and doc.papers.get().withdrawn == "放错"


def test_the_catalogue_takes_over_what_was_issued_before(place: Place) -> None:
    """As the lists publish it: numbers are given where there are none, and what was made here is left to its steps."""
    mine = place.published(title="本平台制定的办法")
    actor = place.actor(place.publisher)
    values = {
        "title": "城市道路临时占用办法", "maker": "T-GOV", "drafter": "T-ENV", "number": "新政规〔2021〕5号",
        "published_on": "2021-06-01", "effective_from": "2021-07-01", "valid_to": "2026-06-30",
    }  # fmt: skip
    assert "maker" in CATALOGUE.check(values | {"maker": "没有的单位"}, "")
    assert "effective_from" in CATALOGUE.check(values | {"effective_from": "2021-05-01"}, "")
    taken: dict[str, Any] = {"agency": "", "on": day(0), "actor": actor}
    CATALOGUE.table.apply([Change(values["number"], Kind.ADD, None, values)], **taken)
    doc = NormDoc.objects.unscoped("测试").get(number=values["number"])
    assert doc.register_no == "GF-2021-0001" and validity(doc, day(0)) == "ended"
    assert values["number"] in {row.values["number"] for row in CATALOGUE.table.rows(None, day(0))}
    assert record_ends() == 1
    again = values | {"title": "城市道路临时占用管理办法"}
    CATALOGUE.table.apply([Change(values["number"], Kind.CHANGE, values, again)], **taken)
    assert "城市道路临时占用管理办法" in text_of(place.client(), f"/open/norms/{doc.register_no}")
    for change in (
        Change(values["number"], Kind.END, values, None),
        Change(mine.number, Kind.CHANGE, values, values | {"number": mine.number}),
        Change(values["number"], Kind.ADD, None, values),
    ):
        with pytest.raises(ChangeRefused):
            CATALOGUE.table.apply([change], **taken)


def test_a_changed_basis_leads_on_the_page_and_stands_with_its_article(place: Place) -> None:
    air = {"law": "大气污染防治法", "article": "第八十一条"}
    doc = place.published(basis=[air])
    place.take(doc, "filing_sent", to="市人民政府", materials="报告")
    place.take(doc, "filed")
    client = place.client(place.drafter)
    assert "下一步：核对依据" in text_of(client, doc.page) and "依据待核对" in text_of(client, "/norms")
    assert "等待T-ENV：核对依据" in text_of(place.client(place.reviewer), doc.page)
    assert doc.title in text_of(client, "/law/amendments")
    asked = f"{doc.page}/basis?law=大气污染防治法&article=第八十一条"
    assert client.post(asked, {"conclusion": "stands", "reason": "内容仍然相符"}).status_code == 302
    assert "没有待办的步骤" in text_of(client, doc.page) and "内容仍然相符" in text_of(client, doc.page)


def test_the_handbook_covers_the_eight_links(place: Place) -> None:
    page = text_of(place.client(place.drafter), "/norms/handbook")
    for link in (
        "一、起草",
        "二、征求意见",
        "三、合法性审查",
        "四、集体审议",
        "五、发布",
        "六、备案",
        "七、实施",
        "八、评估",
    ):
        assert link in page
