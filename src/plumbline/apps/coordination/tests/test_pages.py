"""The board, the detail, each verb's page, the figures and the export, as the sides and the organ see them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, OTHER, STREET, ago
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.figures import figures
from plumbline.apps.coordination.lateness import keep_late
from plumbline.apps.coordination.models import Coordination
from plumbline.apps.coordination.verbs import offered
from plumbline.platform.desk import tasks_for
from plumbline.platform.identity.models import Person
from plumbline.platform.search import search_everywhere

from .between import PLACE, Between


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, f"{url}: {answer.status_code}"
    return answer.content.decode()


def fresh(row: Coordination) -> Coordination:
    return Coordination.objects.unscoped("测试").get(pk=row.pk)


@pytest.fixture
def clients(between: Between) -> dict[str, Client]:
    people = {code: between.office[code] for code in (STREET, DEPARTMENT, OTHER)}
    people |= {"organ": between.scene.head, "mayor": between.scene.mayor}
    return {name: client_of(person) for name, person in people.items()}


def test_a_transfer_is_written_taken_and_sent_back_on_the_pages(between: Between, clients: Any) -> None:
    case = between.approved(between.world.opened(), DEPARTMENT, 3)
    street, department = clients[STREET], clients[DEPARTMENT]
    address = f"/transfers/new?case={case.matter_id}"
    assert case.title in page(street, "/transfers/new")
    assert "法律没有规定期限" in (shown := page(street, address)) and "办理经过.json" in shown
    assert (
        "请选择“移送的法定理由”"
        in street.post(address, {"to": DEPARTMENT, "text": "量大。"}).content.decode()
    )
    sent = street.post(address, {"to": DEPARTMENT, "ground": "level", "text": "产生量大，由区级部门办理。"})
    assert sent.status_code == 302
    url = sent["Location"]
    row = Coordination.objects.unscoped("测试").get(matter_id=url.rsplit("/", 1)[1])
    assert f"{row.package_hash}" in (seen := page(department, url)) and "接收并签回执" in page(
        department, f"{url}/do/accept"
    )
    assert "还没有接收或者退回" in seen and "没有期限在走" in seen
    assert page(clients[OTHER], url, 404) and f"{url}/do/accept" not in page(street, url)
    assert "只有收到的机关可以办理" in page(street, f"{url}/do/accept")
    assert department.get(f"{url}/package/1").headers["Content-Disposition"].startswith("attachment")
    receipt = row.receipts.get()
    assert (
        department.get(f"{url}/papers/{receipt.document_code}").headers["Content-Type"] == "application/pdf"
    )
    assert [t.title for t in tasks_for(between.actor(DEPARTMENT))[0]] == [f"接收或者退回：{case.title}"]
    assert department.post(f"{url}/do/return", {"reason": "", "text": "不要。"}).status_code == 422
    assert (
        department.post(f"{url}/do/return", {"reason": "street", "text": "由街道承接。"}).status_code == 302
    )
    back = page(street, url)
    assert "移退〔2026〕1号" in back and "提出争议" in back and "清单与封装时一致" in back
    board = page(street, "/transfers")
    assert "已退回" in board and "第 1 次移送" in board
    matrix = page(clients["organ"], "/transfers/matrix")
    assert f"sender={STREET}&amp;receiver={DEPARTMENT}" in matrix and "街道承接" in matrix
    book = zipfile.ZipFile(io.BytesIO(street.get("/transfers/export.xlsx?state=returned").content))
    assert row.number in book.read("xl/sharedStrings.xml").decode()
    listed = page(street, "/transfers/all?kind=transfer&reason=street")
    assert listed.count('href="' + url + '"') == 1 and "没有符合条件" in page(
        street, "/transfers/all?reason=twice"
    )
    assert [f.key for f in search_everywhere(between.actor(STREET), "建筑垃圾")] == ["cases", "coordination"]


def test_a_transfer_is_taken_back_on_its_page(between: Between, clients: Any) -> None:
    row = between.sent(days=3)
    url = f"{row.page}/do/take-back"
    assert "只有移送机关可以撤回移送" in page(clients[DEPARTMENT], url) and url in page(
        clients[STREET], row.page
    )
    assert "撤回的理由" in clients[STREET].post(url, {"text": ""}).content.decode()
    assert clients[STREET].post(url, {"text": "清单有误。"}).status_code == 302
    shown = page(clients[DEPARTMENT], row.page)
    assert "移撤〔2026〕1号" in shown and "移送机关：撤回" in shown and "已撤回" in shown
    assert "现在是“已撤回”" in page(clients[DEPARTMENT], f"{row.page}/do/accept")


def test_a_dispute_is_settled_on_the_pages_and_answers_who_is_competent(
    between: Between, clients: Any
) -> None:
    back = between.returned(between.sent())
    street, department, organ = clients[STREET], clients[DEPARTMENT], clients["organ"]
    raised = street.post(
        f"/transfers/dispute?transfer={back.matter_id}",
        {
            "subject": "jurisdiction", "others": [DEPARTMENT], "title": "由谁办理", "item": ITEM, "text": "量大。",
            "division_code": PLACE,
        },
    )  # fmt: skip
    url = raised["Location"]
    row = Coordination.objects.unscoped("测试").get(matter_id=url.rsplit("/", 1)[1])
    talk = {"on": ago(1).date().isoformat(), "people": "双方", "text": "没有一致。"}
    assert department.post(f"{url}/do/talk", talk).status_code == 302
    assert street.post(f"{url}/do/apply", {"text": "请协调。"}).status_code == 302
    assert "提出协调意见" in page(organ, url) and "MOHURD" not in page(organ, url)
    opinion = {"agency": DEPARTMENT, "method": "domain", "text": "按领域归口，由城管办理。"}
    assert organ.post(f"{url}/do/opine", opinion).status_code == 302
    assert street.post(f"{url}/do/position", {"agrees": "true"}).status_code == 302
    assert department.post(f"{url}/do/position", {"agrees": "false", "text": "力量不足。"}).status_code == 302
    assert organ.post(f"{url}/do/report", {"text": "报请决定。"}).status_code == 302
    assert [t.title for t in tasks_for(between.scene.actor(between.scene.mayor))[0]] == [
        "决定管辖争议：由谁办理"
    ]
    assert (
        clients["mayor"].post(f"{url}/do/decide", {"agency": DEPARTMENT, "text": "由城管办理。"}).status_code
        == 302
    )
    told = page(street, f"/lists/competent?item={ITEM}&place={PLACE}")
    assert "争议的结果" in told and "区人民政府决定" in told and url in told
    assert fresh(row).state == "settled" and not offered(between.actor(STREET), fresh(row))


def test_requests_and_parameters_have_their_pages(between: Between, clients: Any) -> None:
    street = clients[STREET]
    for kind in ("assistance", "joint", "opinion", "dispatch"):
        assert "签发" in page(street, f"/transfers/ask/{kind}")
    assert page(street, "/transfers/ask/transfer", 404)
    wanted = {
        "to": [OTHER],
        "title": "调取资料",
        "text": "请提供。",
        "respond_by": ago(-5).date().isoformat(),
    }
    wrong = street.post("/transfers/ask/assistance", wanted | {"about": "没有的案号"})
    assert "没有找到本机关的案件" in wrong.content.decode()
    url = street.post("/transfers/ask/assistance", wanted)["Location"]
    assert "签收" in page(clients[OTHER], url)
    assert clients[OTHER].post(f"{url}/do/sign", {}).status_code == 302
    assert clients[OTHER].post(f"{url}/do/answer", {"text": "资料附后。"}).status_code == 302
    assert "资料附后。" in page(street, url)
    settings = page(street, "/transfers/settings")
    assert "未启用" in settings and "设定新的数值" not in settings
    value = {
        "key": "hops",
        "value": 4,
        "source": "本区办法第九条（示例）",
        "valid_from": ago(0).date().isoformat(),
    }
    assert street.post("/transfers/settings", value).status_code == 404
    assert clients["organ"].post("/transfers/settings", value).status_code == 302
    assert "本区办法第九条" in page(street, "/transfers/settings")
    end = "/transfers/settings/end"
    assert page(street, end, 404) and f"{end}?key=hops" in page(clients["organ"], "/transfers/settings")
    gone = {"key": "hops", "valid_from": ago(0).date().isoformat(), "source": "办法废止（示例）"}
    wrong = clients["organ"].post(end, gone | {"key": "position"}).content.decode()
    assert "不需要停用" in wrong
    assert clients["organ"].post(end, gone).status_code == 302
    shown = page(street, "/transfers/settings")
    assert "办法废止（示例）" in shown and "平台约定" in shown and "本区办法第九条" in shown
    actions.remind(actor=between.scene.actor(between.scene.head), row=between.asked())


def test_every_figure_of_the_matrix_opens_as_many_rows(between: Between, clients: Any) -> None:
    case = between.world.opened()
    between.returned(between.sent(case=case, days=30), 26)
    between.returned(between.sent(case=case, days=25), 24)
    between.sent(case=case, days=20)  # the third, which goes to the organ
    between.accepted(between.sent(days=12), 10)
    gone = between.sent(days=8)
    actions.take_back_transfer(actor=between.actor(STREET), row=gone, text="清单有误。", at=ago(7))
    keep_late(between.asked(days=10, respond_by=ago(5).date()), OTHER)
    shown = page(clients["organ"], "/transfers/matrix")
    links = re.findall(r'href="(/transfers/all\?[^"]+)">(.*?)</a>', shown)
    assert len(links) >= 10
    for address, words in links:
        number = int(re.search(r"\d+", re.sub(r"<small>.*?</small>|<[^>]+>", "", words))[0])  # type: ignore[index]
        listed = page(clients["organ"], html.unescape(address))
        assert f"· {number} 件 ·" in listed, f"{address}: {words}"
    told = figures(between.scene.actor(between.scene.head))
    assert [(each.key, each.count, each.days) for each in told.returned] == [("street", 2, 2.5)]
    (cell,) = [cell for _, cells, _ in told.lines for cell in cells if cell]
    # Two sent back after 4 and 1 days, one taken after 2; what was taken back or waits has no days.
    assert (cell.count, cell.days, told.missed, told.third, told.open_disputes) == (5, 2.0, 1, 1, 1)
    book = zipfile.ZipFile(io.BytesIO(clients["organ"].get("/transfers/matrix.xlsx").content))
    words = book.read("xl/sharedStrings.xml").decode()
    assert "退回的理由" in words and "逾期过的" in words
