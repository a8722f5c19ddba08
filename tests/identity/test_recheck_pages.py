"""The pages of the re-check: what the system administrator sees and may do, and that no case shows through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import OutboxMessage, StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import AdministratorAppointment, Person
from plumbline.platform.jobs.models import Job
from plumbline.platform.recheck.models import Finding, RecheckRun
from plumbline.surfaces.administration.recheck_actions import ask_recheck, ask_reevaluation, export_findings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wide")]
SERVE = "APL-61-serve-7wd"


@pytest.fixture
def system(hire: Callable[..., Any]) -> Person:
    person: Person = hire("adm-system")
    AdministratorAppointment.objects.create(person=person, power="system", from_on=clock.today())
    return person


@pytest.fixture
def client(system: Person) -> Client:
    client = Client()
    client.force_login(system, backend="django.contrib.auth.backends.ModelBackend")
    return client


def run_with(*findings: dict[str, Any]) -> RecheckRun:
    moment = clock.now()
    run = RecheckRun.objects.create(
        began_at=moment, finished_at=moment, as_of=moment, snapshot="x", matters=12, verdicts=345, seconds=6.7,
        differences=len(findings), kept=len(findings), started_by="系统（夜间复核）",
    )  # fmt: skip
    for each in findings:
        Finding.objects.create(run=run, **each)
    return run


def stale(matter: str = "案号一", rule: str = SERVE, **other: Any) -> dict[str, Any]:
    said = {"stored": ["met", "2026-11-02", ""], "found": ["breached", "2026-11-02", ""]}
    return {
        "kind": "stale",
        "matter_id": matter,
        "rule": rule,
        "subject": "E1",
        **said,
        "read": said["found"],
        **other,
    }


def test_without_a_run_the_page_says_when_one_comes_and_starts_one(client: Client) -> None:
    assert "还没有复核过" in client.get("/running/recheck").content.decode()
    assert "未复核" in client.get("/running").content.decode()
    assert client.post("/running/recheck").status_code == 302
    assert client.post("/running/recheck").status_code == 302
    job = Job.objects.get()
    assert (job.kind, job.arguments) == ("recheck.run", {"by": "adm-system"})
    Job.objects.update(state="running", done=3, total=12, message="正在与存档结论比较")
    shown = client.get("/running/recheck").content.decode()
    assert "3 / 12" in shown and "正在与存档结论比较" in shown and "立即复核" not in shown
    part = client.get("/running/recheck", headers={"HX-Request": "true"}).content.decode()
    assert "3 / 12" in part and "<h1>" not in part
    Job.objects.update(state="done")
    part = client.get("/running/recheck", headers={"HX-Request": "true"}).content.decode()
    assert "复核已结束" in part and "hx-trigger" not in part


def test_full_agreement_is_said(client: Client) -> None:
    run = run_with()
    assert "与存档结论完全一致" in client.get("/running/recheck").content.decode()
    shown = client.get(f"/running/recheck/{run.pk}").content.decode()
    assert "与存档结论完全一致" in shown and "导出" not in shown
    assert "条与存档结论不一致" not in client.get("/running").content.decode()


def test_findings_are_listed_filtered_and_taken_away(client: Client) -> None:
    kernel = {"kind": "kernel", "found": ["unknown", "", ""], "read": ["met", "2026-11-02", ""]}
    run = run_with(stale(), stale("=案号二", "APL-60-decide-90d", stored=[]), stale("案号三", **kernel))
    assert "有 3 条与存档结论不一致" in client.get("/running").content.decode()
    page = f"/running/recheck/{run.pk}"
    shown = client.get(page).content.decode()
    assert "案号一" in shown and "案号三" in shown and "没有" in shown
    assert 'href="/cases' not in shown
    assert "案号一" not in client.get(f"{page}?kind=kernel").content.decode()
    assert "案号三" not in client.get(f"{page}?rule=APL-60-decide-90d").content.decode()
    assert "没有符合条件的" in client.get(f"{page}?kind=kernel&rule=APL-60-decide-90d").content.decode()
    answer = client.get(f"{page}/findings.csv?kind=stale")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3 and rows[1].startswith("存档过时,案号一,") and "'=案号二" in rows[2]
    assert StoredEvent.objects.unscoped("测试").filter(activity="findings_exported").count() == 1


def test_a_long_list_is_paged(client: Client) -> None:
    run = run_with(*(stale(f"案{n:03}") for n in range(60)))
    first = client.get(f"/running/recheck/{run.pk}").content.decode()
    assert "案049" in first and "案050" not in first and "下一页" in first
    after = run.findings.order_by("pk")[49].pk
    second = client.get(f"/running/recheck/{run.pk}?after={after}").content.decode()
    assert "案050" in second and "案049" not in second
    assert client.get(f"/running/recheck/{run.pk}?after=x").status_code == 200


def test_a_finding_is_explained_without_the_case(client: Client) -> None:
    run = run_with(stale(), stale(rule="OLD-rule"))
    first, gone = run.findings.order_by("pk")
    shown = client.get(f"/running/recheck/{run.pk}/{first.pk}").content.decode()
    assert "没有结论" in shown and "重新判断" in shown
    assert "已不在规则库" in client.get(f"/running/recheck/{run.pk}/{gone.pk}").content.decode()
    other = run_with()
    assert client.get(f"/running/recheck/{other.pk}/{first.pk}").status_code == 404


def test_stale_verdicts_are_judged_anew_in_the_ordinary_way(client: Client, system: Person) -> None:
    run = run_with(stale(), stale("案号二", kind="kernel"), stale("案号三", rule="OLD-rule"))
    OutboxMessage.objects.all().delete()
    assert client.post(f"/running/recheck/{run.pk}/again").status_code == 302
    owed = OutboxMessage.objects.get()
    assert (owed.subscriber, owed.key) == ("verdicts", "案号一")
    assert owed.activities == ["decision_made"]
    assert StoredEvent.objects.unscoped("测试").filter(activity="reevaluation_asked").count() == 1
    kernel = run.findings.get(kind="kernel")
    with pytest.raises(InputFault):
        ask_reevaluation(actor=Actor.of(system, on=clock.today()), run=run, finding=kernel)
    answer = client.post(f"/running/recheck/{run.pk}/again", {"finding": kernel.pk}, follow=True)
    assert "没有可以重新判断的" in answer.content.decode()


def test_nobody_else_may(client: Client, hire: Callable[..., Any]) -> None:
    run = run_with(stale())
    officer = hire("zhou", "T-A", ("cases.view", "supervision.supervise"))
    actor = Actor.of(officer, on=clock.today())
    for refused in (
        lambda: ask_recheck(actor=actor),
        lambda: ask_reevaluation(actor=actor, run=run),
        lambda: export_findings(actor=actor, run=run),
    ):
        with pytest.raises(Refusal):
            refused()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("", f"/{run.pk}", f"/{run.pk}/findings.csv", f"/{run.pk}/{run.findings.get().pk}"):
        assert client.get(f"/running/recheck{path}").status_code == 403
    assert client.post(f"/running/recheck/{run.pk}/again").status_code == 403
