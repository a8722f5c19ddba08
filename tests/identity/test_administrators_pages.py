"""The pages of the three administrators: each opens its own, no other, and no case shows through."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.events.models import AccessRecord, OutboxMessage, StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import AdministratorAppointment, Person, Post, Tenure
from plumbline.platform.identity.rights import accounts
from plumbline.platform.jobs.models import Job, WorkerPass
from plumbline.platform.jobs.passes import came_round
from plumbline.surfaces.administration import audit
from plumbline.surfaces.administration.actions import export_audit, retry_outbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wide")]
PAGES = {
    "security": ["/rights", "/rights/people/new", "/rights/posts", "/rights/posts/new", "/rights/administrators"],
    "system": ["/running", "/running/jobs", "/running/outbox", "/running/recheck"],
    "audit": ["/audit", "/audit/export"],
}  # fmt: skip
CEILING = 25


@pytest.fixture
def administrators(hire: Callable[..., Any]) -> dict[str, Person]:
    people = {}
    for power in PAGES:
        people[power] = hire(f"adm-{power}")
        AdministratorAppointment.objects.create(person=people[power], power=power, from_on=clock.today())
    return people


@pytest.fixture
def clients(administrators: dict[str, Person]) -> dict[str, Client]:
    found = {power: Client() for power in administrators}
    for power, client in found.items():
        client.force_login(administrators[power], backend="django.contrib.auth.backends.ModelBackend")
    return found


def test_each_opens_his_own_pages_and_no_other_and_the_try_is_kept(
    clients: dict[str, Client], hire: Callable[..., Any]
) -> None:
    hire("zhou", "T-A", ("cases.view",))
    for power, client in clients.items():
        for owner, paths in PAGES.items():
            for path in paths:
                with CaptureQueriesContext(connection) as seen:
                    answer = client.get(path)
                assert answer.status_code == (200 if owner == power else 403), (power, path)
                assert len(seen) <= CEILING, (path, len(seen))
                assert answer.status_code == 403 or "no-store" in answer["Cache-Control"]
        assert client.get("/desk").status_code == 200
    assert AccessRecord.objects.filter(kind="refused", action__startswith="open.").count() == 22


def test_an_account_a_post_and_a_term_are_made_by_hand(clients: dict[str, Client], agencies: Any) -> None:
    client = clients["security"]
    made = client.post("/rights/people/new", {"login_name": "wang.wei", "display_name": "王伟"})
    person = Person.objects.get(login_name="wang.wei")
    shown = made.content.decode()
    assert "一次性密码" in shown and person.one_time_until
    post_page = {
        "agency": "T-A",
        "title": "执法队员",
        "role": "officer",
        "scope": "own",
        "capabilities": ["cases.handle"],
    }
    assert client.post("/rights/posts/new", post_page).status_code == 302
    post = Post.objects.get()
    today = clock.today()
    page = f"/rights/people/{person.pk}"
    term = {"do": "tenure", "tenure-post": post.pk, "tenure-from_on": today.isoformat()}
    assert client.post(page, term).status_code == 302
    assert Actor.of(person, on=today).can("cases.handle", "T-A")
    twice = client.post(page, term)
    assert twice.status_code == 200 and "已经担任" in twice.content.decode()
    refused = client.post(page, {"do": "power", "power-power": "audit", "power-from_on": today.isoformat()})
    assert "不能任命为管理员" in refused.content.decode()
    tenure = Tenure.objects.get()
    end = {"do": "end_tenure", "row": tenure.pk, "end-on": (today - timedelta(days=1)).isoformat()}
    assert client.post(page, end).status_code == 302
    assert not Actor.of(person, on=today).grants
    assert client.post(page, {**end, "row": "999999"}).status_code == 404
    assert client.post(page, {"do": "disable", "disable-reason": "调离"}).status_code == 302
    assert "已停用" in client.get(page).content.decode()
    assert "王伟" in client.get("/rights?q=王伟&state=disabled").content.decode()
    assert "空缺" in client.get("/rights/posts?state=vacant").content.decode()


def test_his_own_account_is_closed_to_the_security_administrator(
    clients: dict[str, Client], administrators: dict[str, Person]
) -> None:
    page = f"/rights/people/{administrators['security'].pk}"
    assert "不能变更自己" in clients["security"].get(page).content.decode()
    assert clients["security"].post(page, {"do": "password"}).status_code == 403


def test_a_message_is_retried_by_the_system_administrator_only(
    clients: dict[str, Client], administrators: dict[str, Person]
) -> None:
    later = clock.now() + timedelta(minutes=50)
    message = OutboxMessage.objects.create(
        subscriber="verdicts", key="案号一", attempts=9, next_attempt_at=later,
        last_error="ValueError: 张三的身份证", escalated_at=clock.now(),
    )  # fmt: skip
    shown = clients["system"].get("/running/outbox?state=escalated").content.decode()
    assert "ValueError" in shown and "张三" not in shown and "案号一" not in shown
    with pytest.raises(Refusal):
        retry_outbox(actor=Actor.of(administrators["audit"], on=clock.today()))
    assert clients["system"].post("/running/outbox", {"number": message.pk}).status_code == 302
    message.refresh_from_db()
    assert message.next_attempt_at <= clock.now()
    assert StoredEvent.objects.unscoped("测试").filter(activity="outbox_retried").count() == 1


def test_a_failed_job_shows_what_kind_of_fault_and_no_word_of_it(clients: dict[str, Client]) -> None:
    Job.objects.create(
        kind="exchange.import", title="张三.jsonl", state="failed", result={"trace": "x\nKeyError: '张三'"}
    )
    shown = clients["system"].get("/running/jobs?state=failed").content.decode()
    assert "KeyError" in shown and "张三" not in shown


def test_the_worker_leaves_a_sign_and_its_absence_is_told(clients: dict[str, Client]) -> None:
    assert "没有运行过" in clients["system"].get("/running").content.decode()
    for part in ("outbox", "clocks"):
        with came_round(part):
            pass
    assert "没有运行" not in clients["system"].get("/running").content.decode()
    with pytest.raises(ZeroDivisionError), came_round("clocks", unless=True):
        1 / 0  # noqa: B018
    assert WorkerPass.objects.get(part="clocks").fault == "ZeroDivisionError"
    WorkerPass.objects.filter(part="outbox").update(at=clock.now() - timedelta(hours=1))
    assert "待办消息”最近一次" in clients["system"].get("/running").content.decode()


def test_the_audit_log_has_log_ins_refusals_reads_and_rights_and_pages_through_all(
    clients: dict[str, Client], administrators: dict[str, Person], hire: Callable[..., Any]
) -> None:
    zhou = hire("zhou", "T-A", ("cases.view",))
    Client().post("/login", {"username": "zhou", "password": "wrong-password"})
    Client().post("/login", {"username": "zhou", "password": "correct-horse-battery"})
    Client().post("/login", {"username": "nobody-of-that-name", "password": "x"})
    accounts.end_sessions(actor=Actor.of(administrators["security"], on=clock.today()), person=zhou)
    with pytest.raises(Refusal):
        accounts.end_sessions(actor=Actor.of(zhou, on=clock.today()), person=zhou)
    keep_access(
        actor=Actor.of(zhou, on=clock.today()), kind="read", action="evidence.open", subject="evidence.Evidence:4",
        reason="张三身份证.jpg",
    )  # fmt: skip
    shown = clients["audit"].get("/audit").content.decode()
    for word in ("登录失败", "密码不对", "结束登录", "打开证据文件", "127.0.0.1", "（zhou）"):
        assert word in shown, word
    assert "张三身份证" not in shown, "the name of a file is a word of the case"
    assert "nobody-of-that-name" not in shown, "it may be a password in the wrong field"

    everything = audit.AuditFilter()
    whole = [line.mark for line in audit.every_line(everything)]
    paged, after = [], ""
    while True:
        lines, after = audit.page(everything, after=after, size=2)
        paged += [line.mark for line in lines]
        if not after:
            break
    assert paged == whole and len(whole) == len(set(whole)) == audit.count(everything) >= 6

    def found(**told: str) -> set[str]:
        return {line.kind for line in audit.every_line(audit.AuditFilter.of(told))}

    assert found(kind="rights") == {"rights"}
    assert found(person="zhou") == {"login", "login_failed", "rights", "refused", "read"}
    assert found(person="没有这个人") == set()
    assert "rights" in found(agency="AG-XZ-GOV") and found(agency="T-A") >= {"login", "read"}
    assert found(action="sessions_ended") == {"rights"}
    assert found(action="identity.end_sessions") == {"refused"}
    assert found(to=(clock.today() - timedelta(days=1)).isoformat()) == set()
    assert found(**{"from": clock.today().isoformat()}) == found()


def test_the_audit_log_leaves_as_a_workbook_and_that_is_kept(
    clients: dict[str, Client], administrators: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    Client().post("/login", {"username": "adm-audit", "password": "=1+1"})
    answer = clients["audit"].get("/audit/export?kind=login_failed")
    assert "attachment" in answer["Content-Disposition"]
    texts = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
    assert "类别：登录失败" in texts and "adm-audit（审计管理员）" in texts and "密码不对" in texts
    event = StoredEvent.objects.unscoped("测试").get(activity="audit_exported")
    assert event.data == {"rows": 1, "filter": "类别：登录失败"}
    with pytest.raises(Refusal):
        export_audit(actor=Actor.of(administrators["security"], on=clock.today()), wanted=audit.AuditFilter())
    monkeypatch.setattr("plumbline.surfaces.administration.audit.LIMIT", 0)
    monkeypatch.setattr("plumbline.surfaces.administration.export.LIMIT", 0)
    monkeypatch.setattr("plumbline.surfaces.administration.actions.LIMIT", 0)
    assert clients["audit"].get("/audit/export")["Location"].startswith("/audit?")


@pytest.mark.parametrize(
    "told", ["after=x", "after=2026-01-01~A1", "after=2026-01-01T00:00:00%2B08:00~R", "from=9999-12-31", "to=x"]
)  # fmt: skip
def test_a_broken_address_of_the_log_is_no_fault(clients: dict[str, Client], told: str) -> None:
    assert clients["audit"].get(f"/audit?{told}").status_code == 200
    assert clients["system"].get(f"/running/jobs?{told}").status_code == 200
    assert clients["system"].get(f"/running/outbox?{told}").status_code == 200
    assert clients["security"].get(f"/rights?{told}").status_code == 200


def test_long_lists_of_people_and_posts_are_paged_without_a_gap(
    clients: dict[str, Client], agencies: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plumbline.platform.identity.rights.web.PAGE", 2)
    for number in range(5):
        agency = agencies["T-B" if number % 2 else "T-A"]
        Post.objects.create(agency=agency, title=f"执法员{number}", capabilities=[])
    for path, kind, model in (("/rights/posts", "posts", Post), ("/rights", "people", Person)):
        seen, url = "", path
        while url:
            page = clients["security"].get(url).content.decode()
            seen += page
            more = re.search(r'href="(\?after=[^"]+)">下一页', page)
            url = path + more[1] if more else ""
        shown = [int(number) for number in re.findall(rf'href="/rights/{kind}/(\d+)"', seen)]
        assert sorted(shown) == sorted(model.objects.values_list("pk", flat=True)), path
