"""The pages at both ends: from the case to the police's answer, the boxes, the ledger, its figures and its export."""

from __future__ import annotations

import io
import zipfile

from plumbline.apps.linkage.figures import lines
from plumbline.apps.linkage.models import Linkage
from plumbline.apps.linkage.queries import LinkageFilter
from plumbline.apps.linkage.tests.links import STREET, SUSPECTED, Links
from plumbline.packs.transfer.procedures import ENTRIES
from plumbline.platform import clock


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_from_the_case_to_the_signed_letter_and_the_sent_package(links: Links) -> None:
    client, case = links.client(links.officer), links.case
    new = f"/linkage/new/crime?case={case.matter_id}"
    assert new in text(client.get(f"/cases/{case.matter_id}"))
    form = text(client.get(new))
    assert "与标准的对照" in form and "另写（标为“未核实”）" in form and case.title in form
    today = clock.today().isoformat()
    wrong = client.post(new, {"title": case.title, "occurred_on": today})
    assert wrong.status_code == 422 and "涉嫌罪名" in text(wrong)
    given = {"title": case.title, "occurred_on": today, "meets_standard": "true"}
    done = client.post(new, given | {f"x__{name}": said for name, said in SUSPECTED.items()}, follow=True)
    linkage = Linkage.objects.unscoped("测试").get()
    assert done.redirect_chain[-1][0] == linkage.page and "提出移送书面报告" in text(done)
    base = linkage.page
    shown = text(client.get(f"{base}/steps/report"))
    assert "违法所得八万元。" in shown
    report = {
        "occurred_on": today,
        "x__officers": ["HB001", "HB002"],
        "x__report": "查明。",
        "x__opinion": "移送。",
    }
    assert "等待机关负责人" in text(client.post(f"{base}/steps/report", report, follow=True))
    head = links.client(links.head)
    assert head.post(f"{base}/steps/approved", {"occurred_on": today, "result": "refused"}).status_code == 422
    page = text(
        head.post(f"{base}/steps/approved", {"occurred_on": today, "result": "approved"}, follow=True)
    )
    assert "涉嫌犯罪案件移送书" in page and "审阅并签发" in page
    event = linkage.entries.get(step="approved").event_id
    letter = f"{base}/documents/XJ1/{event}"
    assert "由本机关负责人办理" in text(client.get(letter))
    assert "已签发" in text(head.post(letter, follow=True))
    report = f"{base}/documents/XJ2/{linkage.entries.get(step='report').event_id}"
    assert "已签发" in text(head.post(report, follow=True))
    sending = text(client.get(f"{base}/steps/sent"))
    assert "随案移送的文书" in sending
    sent = {"occurred_on": today, "x__items": "渣土车，1 辆", "x__appraisals": "无"}
    assert "随案移送的材料" in text(client.post(f"{base}/steps/sent", sent, follow=True))
    panel = text(client.get(f"/cases/{case.matter_id}?tab=linkage"))
    assert "本案已于" in panel and "办案期限" in panel
    assert new not in text(client.get(f"/cases/{case.matter_id}"))
    void = f"{base}/void/{linkage.entries.get(step='sent').event_id}"
    assert client.post(void, {"reason": ""}).status_code == 422
    assert "已作废" in text(client.post(void, {"reason": "送错"}, follow=True))


def test_a_liaison_has_boxes_and_sends_letters(links: Links) -> None:
    linkage = links.sent(1)
    links.suggestion(2)
    client = links.client(links.prosecutor)
    received, sent = text(client.get("/linkage/received")), text(client.get("/linkage/sent"))
    assert linkage.page in received and "检察建议：" not in received
    assert "新检建〔2026〕3号" in sent and linkage.page not in sent
    assert linkage.page in text(client.get("/linkage/ledger"))
    desk = text(client.get("/desk"))
    assert "收到" in desk and "衔接台账" in desk
    ways = text(client.get("/linkage/new"))
    assert "发出检察建议书" in ways and "移送监察线索" not in ways
    letter = {
        "title": "占道经营治理", "agency": STREET, "occurred_on": clock.today().isoformat(),
        "x__number": "新检建〔2026〕9号", "x__content": "建议整治。", "x__suggestion_kind": "social_governance",
    }  # fmt: skip
    page = text(client.post("/linkage/new/suggestion", letter, follow=True))
    assert "等待综合岗" in page
    clerk = links.client(links.clerk)
    made = Linkage.objects.unscoped("测试").get(number="新检建〔2026〕9号")
    Linkage.objects.unscoped("测试").filter(pk=made.pk).update(number="")
    for address in (
        made.page,
        f"/linkage?q={made.code}",
    ):  # found by its id as long as its paper has no number
        assert f"尚无文书号，编号 {made.code}" in text(clerk.get(address))
    Linkage.objects.unscoped("测试").filter(pk=made.pk).update(number=made.number)
    form = text(clerk.get(f"{made.page}/steps/received"))
    assert "建议整治。" in form and 'value="新检建〔2026〕9号"' in form
    assert links.client(links.officer).get("/linkage/inquiries/new").status_code == 404
    asked = {
        "wanted": links.number,
        "reason": "监督",
        "basis": "通知书",
        "scope": "list",
        "until": clock.today().isoformat(),
    }
    assert "待决定" in text(client.post("/linkage/inquiries/new", asked, follow=True))
    head = links.client(links.head)
    assert "决定查询申请" in text(head.get("/tasks"))
    inquiry = (
        "/linkage/inquiries/"
        + text(head.get("/linkage/inquiries")).split("/linkage/inquiries/")[1].split('"')[0]
    )
    granted = {"grant": "yes", "scope": "outline", "until": clock.today().isoformat(), "opinion": ""}
    assert "已决定" in text(head.post(inquiry, granted, follow=True))
    assert "不包括文书目录" in text(client.get(f"{inquiry}/case"))


def test_the_desk_leads_each_liaison_to_what_they_may_begin(links: Links) -> None:
    ways = {
        links.police: {"reverse"},
        links.prosecutor: {"suggestion", "opinion"},
        links.commissioner: {"advice"},
    }
    for person, keys in ways.items():
        client = links.client(person)
        assert "发出文书" in text(client.get("/desk"))
        page = text(client.get("/linkage/new"))
        assert {each.key for each in ENTRIES if f'href="/linkage/new/{each.key}"' in page} == keys


def test_every_figure_is_the_number_of_its_rows(links: Links) -> None:
    links.fresh(links.refused())
    links.fresh(links.suggestion(100))
    links.clue()
    actor, client = links.actor(links.bureau), links.client(links.bureau)
    by_agency, total = lines(actor, LinkageFilter())
    assert total.cells["all"].value == 2 and total.cells["refused"].value == 1
    for line in (*by_agency, total):
        for cell in line.cells.values():
            assert f"{cell.value} 件" in text(client.get(cell.url)), cell.url
    page = text(client.get("/linkage/figures"))
    assert "按行政机关，不作排名" in page and "监察线索：" not in page
    said = client.get("/linkage/export.csv?mark=refused").content.decode("utf-8-sig")
    assert "公安机关不予立案" in said and said.count("\n") == 2
    book = zipfile.ZipFile(io.BytesIO(client.get("/linkage/export.xlsx").content))
    assert "检察建议" in book.read("xl/sharedStrings.xml").decode()
    assert client.get("/linkage/export.pdf").status_code == 404
    assert "没有符合" in text(client.get("/linkage?q=没有这样的"))


def test_a_draft_is_its_writers_alone_and_gone_with_the_step(links: Links) -> None:
    linkage = links.received()
    base, today = linkage.page, clock.today().isoformat()
    police = links.client(links.police)
    typed = {"occurred_on": today, "x__number": "立字1号", "notice_received_on": "", "draft": "1"}
    assert "草稿已保存" in text(police.post(f"{base}/steps/filed", typed, follow=True))
    assert "（有草稿）" in text(police.get(base))
    again = text(police.get(f"{base}/steps/filed"))
    assert "立字1号" in again and "保存的草稿" in again
    for other in (links.officer, links.head, links.prosecutor):
        assert "立字1号" not in text(links.client(other).get(base))
        assert "保存的草稿" not in text(links.client(other).get(f"{base}/steps/filed"))
    # Who may not take the step has nothing to draft.
    refused = links.client(links.officer).post(f"{base}/steps/filed", typed, follow=True)
    assert "由公安机关办理" in text(refused) and linkage.drafts.count() == 1
    police.post(f"{base}/steps/filed", {"occurred_on": today, "drop": "1"})
    assert not linkage.drafts.exists()
    police.post(f"{base}/steps/filed", typed)
    done = typed | {"notice_received_on": today}
    del done["draft"]
    assert "已登记" in text(police.post(f"{base}/steps/filed", done, follow=True))
    assert not linkage.drafts.exists() and links.fresh(linkage).outcome == "filed"
