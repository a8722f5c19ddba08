"""A hotline's order with its day and its answer, a file review with its case, lists read before they are registered."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.contract import Lead, Source
from plumbline.apps.supervision.desk import supervision_tasks
from plumbline.apps.supervision.lead_queries import to_answer
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.lists.sheets import open_book

from .scene import STREET, Scene, soon
from .test_leads import judged, taken

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"  # fmt: skip


def order(**deviation: Any) -> dict[str, Any]:
    return {
        "source": "hotline", "source_ref": "RX-7", "title": "没有回音", "facts": "反映以后没有回音。",
        "received_on": clock.today(), "answer_by": clock.today() + timedelta(days=1), **deviation,
    }  # fmt: skip


def test_an_order_keeps_its_number_day_and_paper_and_is_answered_back(scene: Scene) -> None:
    clerk, client = scene.actor(scene.clerk), scene.client(scene.clerk)
    with pytest.raises(InputFault, match="工单编号"):
        actions.register_lead(actor=clerk, **order(source_ref=""))
    with pytest.raises(InputFault, match="不能早于收到日"):
        actions.register_lead(actor=clerk, **order(answer_by=clock.today() - timedelta(days=1)))
    with pytest.raises(InputFault, match="内容"):
        actions.register_lead(actor=clerk, **order(files=[SimpleUploadedFile("工单.png", b"%PDF-x")]))
    assert not Lead.objects.unscoped("测试").filter(source_ref="RX-7").exists()
    sent = order(concerned=STREET, about="", files=SimpleUploadedFile("工单.png", PNG))
    assert client.post("/leads/new", sent).status_code == 302
    lead = Lead.objects.unscoped("测试").select_related("alert").get(source_ref="RX-7")
    day = clock.today() + timedelta(days=1)
    assert (lead.answer_by, lead.due_on) == (day, day)  # no own clock runs past the day of the order
    with pytest.raises(InputFault, match="来源要求"):
        actions.assign_lead(actor=clerk, lead=lead, owner=scene.head, due_on=soon(9), reason="出差")
    page = client.get(lead.page).content.decode()
    kept = lead.files.get()
    assert "工单.png" in page and "以前答复" in page
    assert client.get(f"{lead.page}/files/{kept.pk}").status_code == 200
    assert scene.client(scene.answering).get(f"{lead.page}/files/{kept.pk}").status_code == 404
    lead = judged(scene, lead)
    assert lead.due_on == day
    with pytest.raises(Refusal, match="还没有反馈"):
        actions.answer_source(actor=clerk, lead=lead, on=clock.today(), how="回单")
    lead = actions.verify_lead(actor=clerk, lead=lead, substantiated=False, text="已经答复过，录音在卷。")
    assert lead.due_on == day
    lead = actions.feed_back_lead(actor=clerk, lead=lead, text="已于当日答复。")
    assert list(to_answer(clerk)) == [lead]
    assert f"回复来源：{lead.title}" in [each.title for each in supervision_tasks(clerk)]
    book = client.get("/leads/answers?as=xlsx&source=hotline").content
    texts = [texts for _, texts in open_book(BytesIO(book))[1].rows()]
    assert texts[1][1] == "RX-7" and texts[1][7] == "已于当日答复。"
    said = client.post("/leads/answers", {"on": clock.today(), "how": "办结回单"}).content.decode()
    assert "没有勾选" in said
    with pytest.raises(InputFault, match="回复日"):
        actions.answer_source(actor=clerk, lead=lead, on=soon(), how="办结回单")
    with pytest.raises(Refusal):
        actions.answer_source(actor=scene.actor(scene.answering), lead=lead, on=clock.today(), how="回单")
    sent = {"pick": lead.matter_id, "on": clock.today().isoformat(), "how": "办结回单 88 号"}
    assert client.post("/leads/answers", sent).status_code == 302
    assert not to_answer(clerk).exists() and "办结回单 88 号" in client.get(lead.page).content.decode()
    with pytest.raises(Refusal, match="已经登记回复"):
        actions.answer_source(actor=clerk, lead=scene.fresh(lead), on=clock.today(), how="回单")


def test_what_the_platform_tells_by_itself_is_not_registered_as_answered(scene: Scene) -> None:
    assert scene.client(scene.clerk).get("/leads").status_code == 200  # the apps that listen are there
    with pytest.raises(Refusal, match="由平台告知"):
        actions.answer_source(
            actor=scene.actor(scene.clerk), lead=taken(source=Source.COMPLAINT), on=clock.today(), how="电话"
        )


def csv(*lines: str, encoding: str = "gb18030") -> SimpleUploadedFile:
    return SimpleUploadedFile("评查.csv", "\n".join(lines).encode(encoding))


def test_a_file_review_names_its_case_and_is_read_before_it_is_registered(scene: Scene) -> None:
    clerk, client = scene.actor(scene.clerk), scene.client(scene.clerk)
    case, today = scene.unserved(), clock.today().isoformat()
    heading = "评查编号,评查日期,标题,发现的问题,案号或事项号,评查扣分"
    good = f"PC-1-1,{today},没有送达回证,卷内没有送达回证,{case.matter_id},5"
    lines = (
        heading, good, f"PC-1-2,{today},没有证据,缺证据,不在平台的案号,2", f"PC-1-3,昨天,问题,问题,{case.matter_id},很多",
    )  # fmt: skip
    for do in ("check", "check"):
        said = client.post(
            "/leads/import", {"do": do, "source": "evaluation", "upload": csv(*lines)}
        ).content.decode()
        assert (
            "1 条可以登记" in said
            and "平台里没有这个案号" in said
            and "不是日期" in said
            and "不是数字" in said
        )
    assert not Lead.objects.unscoped("测试").filter(source="evaluation").exists()  # reading registers nothing
    said = client.post(
        "/leads/import", {"do": "take", "source": "evaluation", "upload": csv(*lines, encoding="utf-8-sig")}
    )
    assert "登记了 1 条" in said.content.decode()
    lead = Lead.objects.unscoped("测试").get(source_ref="PC-1-1")
    assert (lead.about, lead.concerned_id, lead.facts) == (
        case.matter_id,
        STREET,
        "卷内没有送达回证\n评查扣 5 分。",
    )
    assert actions.read_list(clerk, csv(heading, good), "evaluation").known == 1
    for broken, why in (
        (b'a,"b', "不成对"),
        (b"\xff\xff\xff", "文字"),
        (b"a\0b", "CSV"),
        (b"a,b\n1,2", "没有这些列"),
    ):
        with pytest.raises(InputFault, match=why):
            actions.read_list(clerk, SimpleUploadedFile("清单.csv", broken), "evaluation")
    with pytest.raises(InputFault, match="办案机关"):
        actions.register_lead(actor=clerk, source="evaluation", source_ref="PC-2", title="缺", facts="缺证据")
    by_hand = actions.register_lead(
        actor=clerk, source="evaluation", source_ref="PC-3", title="缺", facts="缺证据", about=case.matter_id
    )
    assert by_hand.concerned_id == STREET
    template = client.get("/leads/import/template?source=evaluation").content
    assert next(texts for _, texts in open_book(BytesIO(template))[0].rows())[0] == "评查编号"
    assert scene.client(scene.answering).get("/leads/answers").status_code == 403


def test_what_an_association_says_is_a_lead_with_its_letter_and_is_answered(scene: Scene) -> None:
    client, clerk = scene.client(scene.clerk), scene.actor(scene.clerk)
    sent = order(
        source="society", source_ref="协会函〔2026〕3号", title="会员反映检查标准不一", facts="同一事项各街道要求不同。",
        concerned=STREET, about="", files=SimpleUploadedFile("函.png", PNG),
    )  # fmt: skip
    assert client.post("/leads/new", sent).status_code == 302
    lead = Lead.objects.unscoped("测试").get(source=Source.SOCIETY)
    assert "社会组织意见" in client.get(lead.page).content.decode() and lead.files.get().name == "函.png"
    assert lead.title in client.get("/leads?source=society").content.decode()
    lead = judged(scene, lead)
    lead = actions.verify_lead(actor=clerk, lead=lead, substantiated=True, text="两个街道的检查单确实不同。")
    lead = actions.feed_back_lead(actor=clerk, lead=lead, text="已统一检查单。")
    assert list(to_answer(clerk)) == [lead]
    actions.answer_source(actor=clerk, lead=lead, on=clock.today(), how="复函")
    assert not to_answer(clerk).exists()
