"""Pages of supervision: every figure is the number of rows behind its link; the loop in few clicks; several at once."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.models import Case
from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Alert, AlertState, Instrument
from plumbline.apps.supervision.naming import breach_of, matter_named
from plumbline.apps.supervision.queries import by_state
from plumbline.platform import clock

from .scene import SERVE, Scene, ago, soon

#: From an opened alert to an issued letter (the requirement allows four).
CLICKS_TO_LETTER = 2


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return html.unescape(answer.content.decode())


def rows_behind(client: Client, url: str) -> int:
    """How many rows a list's address has over all its pages, counted on the pages themselves."""
    found: set[str] = set()
    for page in range(1, 60):
        said = text_of(client.get(url + ("&" if "?" in url else "?") + f"page={page}"))
        shown = set(re.findall(r'<li data-row[^>]*>.*?href="/alerts/(\d+)', said, re.S)) | set(
            re.findall(r'<th scope="row"><a class="t" href="/orders/([^"]+)"', said)
        )
        if shown <= found:
            return len(found)
        found |= shown
    raise AssertionError(f"{url} does not end")


def many(scene: Scene) -> list[Alert]:
    """Alerts at every stage: new, asked, explained, false, a letter running and a letter late."""
    clerk = scene.actor(scene.clerk)
    alerts = [scene.alert() for _ in range(6)]
    actions.ask(actor=clerk, alert=alerts[1], text="请说明。", respond_by=soon())
    actions.accept_explanation(actor=clerk, alert=alerts[2], reason="公告送达期间。")
    actions.mark_false_alarm(actor=clerk, alert=alerts[3], reason="回证已在别处录入。")
    scene.letter(alerts[4])
    scene.late(scene.letter(alerts[5]))
    Alert.objects.unscoped("测试").filter(pk=alerts[3].pk).update(created_at=ago(30))
    return alerts


def test_every_figure_of_the_alerts_desk_is_the_number_of_its_rows(scene: Scene) -> None:
    many(scene)
    client = scene.client(scene.head)
    said = text_of(client.get("/alerts"))
    figures = re.findall(r'<li[^>]*><a href="(/alerts[^"]*)"><span>([^<]*)</span><b>([^<]*)<', said)
    assert len(figures) == 4
    for url, label, value in figures:
        # A median and a rate name the number they are of.
        stated = re.search(r"（(\d+) 件）", label) or re.search(rf"{re.escape(value)}<small>(\d+)/", said)
        assert rows_behind(client, url) == int(stated[1] if stated else value), (label, url)
    twelve = re.search(r'href="(/alerts\?state=all[^"]*)"><span>近 12 周新增　<b>(\d+)</b>', said)
    assert twelve is not None and rows_behind(client, twelve[1]) == int(twelve[2])


def test_every_figure_of_precision_and_of_the_rule_is_the_number_of_its_rows(scene: Scene) -> None:
    many(scene)
    client = scene.client(scene.head)
    for page in ("/alerts/precision", f"/law/rules/{SERVE}"):
        said = text_of(client.get(page))
        figures = re.findall(r'<a href="(/alerts\?[^"]*)">(\d+)(?: 件)?</a>', said)
        assert len(figures) >= 4, page
        for url, value in figures:
            assert rows_behind(client, url) == int(value), (page, url)


def test_an_agency_is_shown_no_way_to_pages_that_are_not_its_own(scene: Scene) -> None:
    scene.letter(scene.alert())
    supervisor, agency = scene.client(scene.head), scene.client(scene.answering)
    for page in ("/alerts", "/orders/ledger"):
        assert 'href="/leads' in text_of(supervisor.get(page))
        for link in re.findall(r'href="(/leads[^"]*)', text_of(agency.get(page))):
            assert agency.get(link).status_code == 200, f"{page} leads to {link}"


def test_every_figure_of_the_orders_and_the_ledger_is_the_number_of_its_rows(scene: Scene) -> None:
    many(scene)
    client = scene.client(scene.head)
    tabs = re.findall(r'<a href="(\?state=[^"]*)"[^>]*>\S+ (\d+)</a>', text_of(client.get("/orders")))
    ledger = re.findall(
        r'<a(?: class="late")? href="(/orders\?[^"]*)">(?:▲ )?(\d+)</a>',
        text_of(client.get("/orders/ledger")),
    )
    assert len(tabs) == 7 and len(ledger) >= 4
    for url, value in [*((f"/orders{url}", value) for url, value in tabs), *ledger]:
        assert rows_behind(client, url) == int(value), url


def test_an_answered_letter_is_not_late_any_more(scene: Scene) -> None:
    late = scene.late(scene.letter())
    rows = Instrument.objects.unscoped("测试")
    assert late in by_state(rows.all(), "late", clock.today())
    actions.reply(actor=scene.actor(scene.answering), instrument=late, text="已送达。", files=[])
    assert late not in by_state(rows.all(), "late", clock.today())


def fields_of(page: str) -> dict[str, Any]:
    """What a form would send if its button were pressed now: the values it has been given."""
    form = page[page.index('<form method="post" novalidate') :]
    form = form[: form.index("</form>")]
    values: dict[str, Any] = dict(re.findall(r'<input[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', form))
    values |= {
        name: text.removeprefix("\n")
        for name, text in re.findall(r'<textarea[^>]*?name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S)
    }
    ticked = re.findall(r'<input type="checkbox" name="also" value="(\d+)"[^>]*? checked', form)
    return values | {"also": ticked} if ticked else {k: v for k, v in values.items() if k != "also"}


def test_from_an_alert_to_its_letter_in_two_clicks_and_nothing_typed(scene: Scene) -> None:
    alert, client = scene.alert(), scene.client(scene.head)
    opened, clicks = text_of(client.get(f"/alerts/{alert.pk}")), 0
    link = re.search(r'href="(/alerts/\d+/issue/letter)"', opened)
    assert link is not None
    form, clicks = text_of(client.get(link[1])), clicks + 1
    answer, clicks = client.post(link[1], fields_of(form)), clicks + 1
    assert answer.status_code == 302 and answer["Location"].startswith("/orders/")
    letter = Instrument.objects.unscoped("测试").get(matter_id=answer["Location"].removeprefix("/orders/"))
    assert clicks == CLICKS_TO_LETTER <= 4
    assert (
        letter.facts
        and letter.demands
        and letter.to_id == alert.agency_id
        and letter.respond_by > clock.today()
    )


def test_alerts_of_one_matter_go_into_one_letter_unasked(scene: Scene) -> None:
    alert, client = scene.alert(), scene.client(scene.head)
    twin = Alert.objects.unscoped("测试").create(
        matter_id=alert.matter_id, agency_id=alert.agency_id, rule="APL-44-notice", subject=alert.subject,
        severity="red", law=alert.law, article="第四十四条", facts="没有告知。",
    )  # fmt: skip
    address = f"/alerts/{alert.pk}/issue/letter"
    sent = fields_of(text_of(client.get(address)))
    assert str(twin.pk) in sent["also"]
    client.post(address, sent)
    assert scene.fresh(twin).instrument_id == scene.fresh(alert).instrument_id is not None
    letter = Instrument.objects.unscoped("测试").get(pk=scene.fresh(alert).instrument_id)
    assert "没有告知" in letter.facts and f"事项 {alert.matter_id}" not in letter.facts


@pytest.mark.parametrize(
    ("way", "state", "sent"),
    [
        ("ask", AlertState.VERIFYING, {"text": "请说明。", "respond_by": ""}),
        ("explained", AlertState.EXPLAINED, {"reason": "公告送达期间。"}),
        ("false_alarm", AlertState.FALSE_ALARM, {"reason": "录入差错。"}),
    ],
)
def test_several_alerts_are_decided_together(
    scene: Scene, way: str, state: str, sent: dict[str, str]
) -> None:
    one, two = scene.alert(), scene.alert()
    sent = {name: value or soon().isoformat() for name, value in sent.items()}
    address = f"/alerts/batch?do={way}&pick={one.pk}&pick={two.pk}"
    client = scene.client(scene.clerk)
    assert "所选 2 件" in text_of(client.get(address))
    assert client.post(address, dict.fromkeys(sent, "")).status_code == 200, "an empty form moves nothing"
    assert scene.fresh(one).state == AlertState.NEW
    assert client.post(address, sent).status_code == 302
    assert scene.fresh(one).state == scene.fresh(two).state == state


def test_of_several_alerts_all_move_or_none(scene: Scene) -> None:
    one, two = scene.alert(), scene.alert()
    actions.mark_false_alarm(actor=scene.actor(scene.clerk), alert=two, reason="录入差错。")
    answer = scene.client(scene.clerk).post(
        f"/alerts/batch?do=explained&pick={one.pk}&pick={two.pk}", {"reason": "公告送达期间。"}
    )
    assert "所选各件都没有改动" in text_of(answer)
    assert scene.fresh(one).state == AlertState.NEW and scene.fresh(two).state == AlertState.FALSE_ALARM


def test_several_picked_for_a_letter_are_ticked_on_its_form(scene: Scene) -> None:
    one, two = scene.alert(), scene.alert()
    answer = scene.client(scene.head).get(f"/alerts/batch?do=letter&pick={one.pk}&pick={two.pk}", follow=True)
    first = int(re.search(r"/alerts/(\d+)/issue", answer.redirect_chain[-1][0])[1])  # type: ignore[index]
    assert str(({one.pk, two.pk} - {first}).pop()) in fields_of(text_of(answer))["also"]


def test_an_agency_decides_nothing_in_a_batch(scene: Scene) -> None:
    alert = scene.alert()
    address = f"/alerts/batch?do=false_alarm&pick={alert.pk}"
    assert scene.client(scene.answering).post(address, {"reason": "不是我们。"}).status_code == 302
    actions.ask(actor=scene.actor(scene.clerk), alert=alert, text="请说明。", respond_by=soon())
    assert "没有执法监督的权能" in text_of(
        scene.client(scene.answering).post(address, {"reason": "不是我们。"})
    )
    assert scene.fresh(alert).state == AlertState.VERIFYING


def test_the_workbook_says_its_filter_its_time_and_its_rows(scene: Scene) -> None:
    scene.alert()
    client = scene.client(scene.head)
    rows = rows_behind(client, f"/alerts?rule={SERVE}")
    book = zipfile.ZipFile(io.BytesIO(client.post(f"/alerts/export?rule={SERVE}").content))
    said = book.read("xl/sharedStrings.xml").decode()
    assert f"共 {rows} 行，全部导出" in said and SERVE in said and f"{clock.today():%Y-%m-%d}" in said


def test_a_supervisor_finds_no_button_that_writes_to_the_case(scene: Scene) -> None:
    case, client = scene.unserved(), scene.client(scene.clerk)
    client.post(f"/cases/{case.matter_id}/reading", {"reason": "核查预警"})
    said = text_of(client.get(f"/cases/{case.matter_id}"))
    main = said[said.index("<main") : said.index("</main>")]
    assert "/steps/" not in main and not re.findall(r'<form[^>]*method="post"', main)


def test_a_rule_is_told_by_its_words_and_a_case_without_number_by_what_it_is(scene: Scene) -> None:
    """Codes are for those who look something up: a rule's id is a hover, a matter's id is called an id."""
    alert, client = scene.alert(), scene.client(scene.head)
    said = text_of(client.get(f"/alerts/{alert.pk}"))
    assert f"规则 {SERVE}" not in said and f'title="{SERVE}">规则“{breach_of(alert)}”</td>' in said
    Case.objects.unscoped("测试").filter(matter_id=alert.matter_id).update(number="")
    said = text_of(client.get(f"/alerts/{alert.pk}"))
    assert f"<dt>案号</dt><dd>尚无案号</dd><dt>编号</dt><dd>{alert.matter_id}</dd>" in said
    assert f"尚无案号，编号 {alert.matter_id}" in text_of(client.get("/alerts"))
    assert matter_named("X-1", {}) == "编号 X-1"
    case = Case.objects.unscoped("测试").get(matter_id=alert.matter_id)
    assert case.called == f"尚无案号的处罚案件（编号 {alert.matter_id}）"
