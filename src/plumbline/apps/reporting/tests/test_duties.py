"""The other yearly reports from 1 January to sending and publishing, as the rules judge them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from plumbline.apps.powers.models import PowerItem
from plumbline.apps.reporting import actions
from plumbline.apps.reporting.duties import duties, standings
from plumbline.apps.reporting.duty_models import DutyReport
from plumbline.apps.reporting.jobs import open_due_duties
from plumbline.apps.reporting.measures import measures
from plumbline.apps.reporting.web_duties import state_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.desk import tasks_for
from plumbline.platform.events.outbox import work_off
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.vocabulary import load_vocabulary

from .scene import OFFICE, Scene

pytestmark = pytest.mark.django_db


def fresh(kind: str, agency: str = OFFICE) -> DutyReport:
    rows = DutyReport.objects.unscoped("测试").select_related("agency").prefetch_related("versions")
    return rows.get(kind=kind, agency_id=agency)


def words(kind: str) -> dict[str, str]:
    return {part.key: f"{part.label}已按实际情况写明。" for part in duties()[kind].parts}


def test_what_is_declared_is_known_to_the_law_and_the_statistics() -> None:
    names = set(load_vocabulary().enums["recipient"])
    for duty in duties().values():
        assert {each for row in duty.to.values() for each in row} <= names, duty.key
        assert bool(duty.rules) != bool(duty.due), duty.key
        assert {name for part in duty.parts for name in part.figures} <= set(measures()), duty.key


def test_from_opening_to_publication_as_the_rules_judge_it(client: Client) -> None:
    scene = Scene()
    head = scene.post("zhang", OFFICE, ["documents.sign", "cases.view"])
    PowerItem.objects.create(
        item="N-1", agency_id=OFFICE, violation="违法行为", domain="agriculture", valid_from=date(2024, 1, 1)
    )
    scene.decided(date(scene.year, 3, 4), "fine", agency=OFFICE)
    scene.count()
    # Two reports for a department and for the bureau, the farming one for who holds such items, none for a street.
    assert open_due_duties() == 5
    assert open_due_duties() == 0
    keeper, signer = scene.actor(scene.other), scene.actor(head)
    with pytest.raises(Refusal):
        actions.open_duty(actor=keeper, duty=duties()["disclosure"], agency=fresh("disclosure").agency, year=scene.year)  # fmt: skip
    report = fresh("law-based-government")
    with pytest.raises(Refusal, match="还没有写"):
        actions.sign_duty(actor=signer, report=report)
    with pytest.raises(Refusal):
        actions.write_duty(actor=scene.actor(scene.keeper), report=report, text=words(report.kind))
    client.force_login(scene.other)
    address = f"/reports/duties/{report.kind}/{report.year}/{OFFICE}"
    draft = client.get(f"{address}/text").content.decode()
    assert "行政处罚决定 1 宗" in draft
    with pytest.raises(InputFault, match="公开"):
        actions.write_duty(
            actor=keeper, report=report, text=words(report.kind) | {"next": "致电 13800138000"}
        )
    actions.write_duty(actor=keeper, report=report, text=words(report.kind))
    with pytest.raises(Refusal):
        actions.sign_duty(actor=keeper, report=fresh(report.kind))
    with pytest.raises(InputFault, match="签发日"):
        actions.sign_duty(actor=signer, report=fresh(report.kind), on=date(scene.year, 12, 1))
    assert any("签发" in task.title for task in tasks_for(signer)[0])
    year = scene.year + 1
    version = actions.sign_duty(actor=signer, report=fresh(report.kind), on=date(year, 2, 1))
    with pytest.raises(Refusal):
        actions.publish_duty(actor=signer, version=version)
    with pytest.raises(InputFault):
        actions.submit_duty(actor=keeper, version=version, to=["people_congress"], on=date(year, 2, 2))
    with pytest.raises(Refusal):
        actions.submit_duty(actor=scene.actor(scene.keeper), version=version, to=["superior"])
    version = actions.submit_duty(
        actor=keeper, version=version, to=["party_committee", "government", "superior"], on=date(year, 2, 20)
    )
    public = f"/open/yearly/{report.kind}/{report.year}/{OFFICE}"
    assert client.get(public).status_code == 404
    actions.publish_duty(actor=keeper, version=version, on=date(year, 4, 2))
    work_off()
    judged = {
        row.rule: (row.verdict, row.due_on)
        for row in StoredVerdict.objects.unscoped("测试").filter(matter_id=report.matter_id)
        if row.verdict != "not_applicable"
    }
    assert judged == {
        "LBG-23-report-0301": ("met", date(year, 3, 1) - date.resolution),
        "LBG-24-publish-0401": ("breached", date(year, 3, 31)),
    }
    page = client.get(public).content.decode()
    assert "与签发时一致" in page
    for form, mark in (("pdf", b"%PDF"), ("docx", b"PK")):
        sent = client.get(f"{public}/v1.{form}")
        data = b"".join(sent.streaming_content) if sent.streaming else sent.content  # type: ignore[attr-defined]
        assert data.startswith(mark), form
    with pytest.raises(Refusal):
        actions.begin_duty_correction(
            actor=scene.actor(scene.keeper), report=fresh(report.kind), reason="补充数字"
        )
    actions.begin_duty_correction(actor=keeper, report=fresh(report.kind), reason="补充行政决策的数字")
    second = actions.sign_duty(actor=signer, report=fresh(report.kind))
    actions.publish_duty(actor=keeper, version=second)
    assert "补充行政决策的数字" in client.get(public).content.decode()
    assert "已经更正" in client.get(f"{public}/v1").content.decode()
    _late_and_reminded(scene, client)


def _late_and_reminded(scene: Scene, client: Client) -> None:
    """The farming report has no rule of its own: by the article's day it is late; the bureau sees it and reminds once."""
    report = fresh("agriculture-penalties")
    standing = standings([report], clock.today())[report.pk]
    assert standing.due_on == date(scene.year + 1, 1, 31)
    assert state_of(report, standing) == ("late" if clock.today() > standing.due_on else "open")
    assert state_of(report, standings([report], date(scene.year + 1, 2, 1))[report.pk]) == "late"
    with pytest.raises(Refusal):
        actions.remind_duty(actor=scene.actor(scene.keeper), report=report)
    client.force_login(scene.bureau)
    board = client.get("/reports/duties?kind=agriculture-penalties").content.decode()
    assert "区城市管理局" in board
    client.post(f"/reports/duties/{report.kind}/{report.year}/{OFFICE}/remind")
    with pytest.raises(Refusal, match="今天已经"):
        actions.remind_duty(actor=scene.actor(scene.bureau), report=report)
    client.force_login(scene.keeper)
    assert client.get(f"/reports/duties/{report.kind}/{report.year}/{OFFICE}").status_code == 404
