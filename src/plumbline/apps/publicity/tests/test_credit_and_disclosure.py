"""双公示 files from decision to correction; reports of errors; what agencies always show."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.models import Party
from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.publicity import credit
from plumbline.apps.publicity.actions import hide, publish, withdraw
from plumbline.apps.publicity.credit_layout import faults_of, items, penalty_types
from plumbline.apps.publicity.disclosing import board, data, disclose, procedures, remedies, stages
from plumbline.apps.publicity.feedback import answer, take_in
from plumbline.apps.publicity.models import Handled, Publication, PublicationState
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency, Person
from plumbline.vocabulary import load_vocabulary

from .scene import Scene, logged

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
GOOD = {
    "CF_XDR_MC": "武汉江阳筑工建筑劳务有限公司", "CF_XDR_LB": "02", "CF_XDR_SHXYM": CODE, "CF_FRDB": "李代表", "CF_WSH": "新综执罚〔2026〕1号",
    "CF_WFXW": "擅自处置建筑垃圾", "CF_SY": "倾倒。", "CF_YJ": "《规定》第一条", "CF_CFLB": "02", "CF_NR": "罚款", "CF_NR_FK": "0.500000",
    "CF_JDRQ": "2026/11/19", "CF_CFJG": "阳逻", "CF_CFJGDM": CODE, "CF_SJLY": "阳逻", "CF_SJLYDM": CODE,
}  # fmt: skip


def found(**more: str) -> list[tuple[str, str]]:
    return [(e["code"], e["level"]) for e in faults_of({**GOOD, **more}, decided_on=date(2026, 11, 19))]


@pytest.mark.parametrize(("more", "expected"), [
    ({}, []),
    ({"CF_WSH": ""}, [("CF_WSH", "refuse")]),
    ({"CF_WSH": "长" * 129}, [("CF_WSH", "refuse")]),  # length seen in a database definition
    ({"CF_SY": "长" * 5001}, [("CF_SY", "warn")]),  # length only recalled
    ({"CF_XDR_SHXYM": CODE[:-1] + "X"}, [("CF_XDR_SHXYM", "refuse")]),
    ({"CF_XDR_SHXYM": ""}, [("CF_XDR_SHXYM", "refuse")]),
    ({"CF_XDR_LB": "01", "CF_XDR_SHXYM": "", "CF_FRDB": "", "CF_XDR_ZJLX": "01"}, []),
    ({"CF_NR_FK": ""}, [("CF_NR_FK", "refuse")]),
    ({"CF_CFLB": "01", "CF_NR_FK": ""}, []),
    ({"CF_CFLB": "77"}, [("CF_CFLB", "refuse")]),
    ({"CF_CFJGDM": "1"}, [("CF_CFJGDM", "refuse")]),
])  # fmt: skip
def test_what_is_wrong_with_a_line(more: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert found(**more) == expected


def test_every_kind_of_penalty_has_a_code_and_the_unknown_is_other() -> None:
    for kind in load_vocabulary().enums["penalty_kind"]:
        assert penalty_types([kind]) != [""]
    assert penalty_types(["circular_criticism"]) == ["99"] and penalty_types(["fine", "warning"]) == [
        "01",
        "02",
    ]
    assert len(items()) == 30 and {e.code for e in items() if e.personal} == {"CF_FR_ZJHM", "CF_XDR_ZJHM"}


@pytest.fixture
def ready(scene: Scene) -> Publication:
    """A published decision of a company with a valid code."""
    decided = scene.world.decided()
    Party.objects.update(credit_code=CODE, legal_representative="李代表")
    row = scene.follow(decided.matter_id)
    Publication.objects.update(doubtful=False, doubts=[], number="新综执罚〔2026〕1号")
    row.refresh_from_db()
    return publish(actor=scene.actor(scene.first), publication=row)


def made(scene: Scene, **more: Any) -> Any:
    given = {"agency": STREET, "first": date(2026, 11, 1), "last": clock.today(), "agency_credit_code": CODE}
    return credit.make_file(actor=scene.actor(scene.first), **{**given, **more})


def taken(scene: Scene, file: Any, form: str = "csv") -> bytes:
    client = Client()
    client.force_login(scene.first, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/publicity/credit/{file.pk}.{form}")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return answer.content


def test_a_file_is_made_taken_sent_refused_and_corrected(scene: Scene, ready: Publication) -> None:
    with pytest.raises(Refusal):
        credit.make_file(
            actor=scene.actor(scene.elsewhere), agency=STREET, first=date(2026, 11, 1), last=clock.today(), agency_credit_code=CODE
        )  # fmt: skip
    with pytest.raises(InputFault, match="校验不通过"):
        made(scene, agency_credit_code="123")
    file = made(scene)
    (row,) = file.lines()
    assert row.faults == [], row.faults
    heads, line = csv.reader(io.StringIO(taken(scene, file).decode("utf-8-sig")))
    assert (
        dict(zip(heads, line, strict=True))["罚款金额(万元)"] == f"{(ready.fine_fen or 0) / 1_000_000:.6f}"
        and len(heads) == 30
    )
    assert taken(scene, file, "xlsx").startswith(b"PK")
    first = scene.actor(scene.first)
    with pytest.raises(Refusal, match="没有登记报送"):
        credit.refuse_row(actor=first, file=file, row=row, reason="代码有误")
    with pytest.raises(InputFault):
        credit.send_file(actor=first, file=file, sent_on=clock.today() + timedelta(days=1), sent_to="平台")
    credit.send_file(actor=first, file=file, sent_on=clock.today(), sent_to="平台", receipt="R-1")
    with pytest.raises(Refusal, match="没有退回"):
        made(scene, corrects=file)
    credit.refuse_row(actor=first, file=file, row=row, reason="文号重复")
    again = made(scene, corrects=file)
    assert again.corrects_id == file.pk and again.lines().count() == 1
    page = scene.reads(scene.first, f"/publicity/credit/{file.pk}")
    assert "文号重复" in page and "R-1" in page and "生成更正数据" in page


def test_a_withdrawn_decision_leaves_the_file_that_was_made_before(scene: Scene, ready: Publication) -> None:
    file = made(scene)
    assert "江阳" in taken(scene, file).decode()
    withdraw(actor=scene.actor(scene.first), publication=ready, reason="原处罚决定已被撤销")
    assert "江阳" not in taken(scene, file).decode() and not made(scene).lines().exists()


def test_identity_numbers_are_read_when_taken_and_kept_in_no_row(scene: Scene, ready: Publication) -> None:
    number = "11010519491231002X"
    Party.objects.update(kind="natural_person", identity_number=number, credit_code="", name="王小明")
    Publication.objects.update(party_kind="natural_person", party_name="王某某")
    assert not made(scene).lines().exists()  # natural persons only when asked for
    file = made(scene, persons=True)
    (row,) = file.lines()
    assert number not in str(row.values) and not [e for e in row.faults if e["level"] == "refuse"], row.faults
    assert number in taken(scene, file).decode()
    assert number not in scene.reads(scene.first, f"/publicity/credit/{file.pk}")
    Party.objects.update(identity_number=number[:-1] + "1")
    assert ("CF_XDR_ZJHM", "refuse") in [
        (e["code"], e["level"]) for e in made(scene, persons=True).lines().get().faults
    ]


def test_a_report_is_promised_answered_once_and_only_as_it_happened(scene: Scene, ready: Publication) -> None:
    kept = take_in(ready, text="罚款数额不对", contact="13800138000")
    assert kept.due_on == date(2026, 12, 1)
    first = scene.actor(scene.first)
    assert "罚款数额不对" in scene.reads(scene.first, "/publicity/reports")
    with pytest.raises(Refusal):
        answer(actor=scene.actor(scene.elsewhere), feedback=kept, outcome="right", text="核对无误")
    with pytest.raises(Refusal, match="还没有撤回"):
        answer(actor=first, feedback=kept, outcome="withdrawn", text="已经撤回")
    with pytest.raises(Refusal, match="没有变过"):
        answer(actor=first, feedback=kept, outcome="corrected", text="已经更正")
    with pytest.raises(InputFault):
        answer(actor=first, feedback=kept, outcome="right", text="无")
    hide(actor=first, publication=ready, words="建筑垃圾")
    done = answer(actor=first, feedback=kept, outcome="corrected", text="已遮盖多余的内容")
    assert done.outcome == Handled.CORRECTED and logged(ready)[-1] == "public_report_answered"
    with pytest.raises(Refusal, match="已经处理"):
        answer(actor=first, feedback=kept, outcome="right", text="核对无误")
    public = Client().get(f"/open/decisions/{ready.public_id}").content.decode()
    assert "罚款数额不对" not in public and "13800138000" not in public


def test_the_board_says_what_is_there_missing_and_since_when(scene: Scene) -> None:
    agency = Agency.objects.get(code=STREET)
    standing = {each.topic: each for each in board([agency])[STREET]}
    assert set(standing) == set(data()["topics"])
    assert standing["procedure"].is_there and standing["guide"].missing == "没有公布"
    with pytest.raises(Refusal):
        disclose(
            actor=scene.actor(scene.elsewhere),
            agency=STREET,
            text="事项、受理机构、审批机构、条件、时限和电话。",
        )
    with pytest.raises(InputFault, match="身份证号"):
        disclose(
            actor=scene.actor(scene.first),
            agency=STREET,
            text="联系人身份证 11010519491231002X，请到窗口办理事项。",
        )
    for text in (
        "事项：建筑垃圾处置核准。受理机构：综合窗口。",
        "事项：建筑垃圾处置核准。受理机构：政务大厅。",
    ):
        disclose(actor=scene.actor(scene.first), agency=STREET, text=text)
    assert {e.topic: e for e in board([agency])[STREET]}["guide"].since == clock.today()
    page = Client().get(f"/open/disclosure/{STREET}").content.decode()
    assert "政务大厅" in page and "综合窗口" not in page
    assert "综合窗口" in scene.reads(scene.first, f"/publicity/disclosure/{STREET}")


def test_procedures_and_remedies_are_those_of_the_packs_with_their_articles(scene: Scene) -> None:
    for each in procedures():
        page = Client().get(f"/open/procedures/{each.key}").content.decode()
        assert all(stage.label in page and stage.basis in page for stage in stages(each)), each.key
        assert page.count("<rect") == len(each.phases) and 'role="img"' in page
    ordinary = Client().get("/open/procedures/ordinary").content.decode()
    assert "行政处罚法第六十条" in ordinary
    page = Client().get("/open/remedies").content.decode()
    assert all(limits and limits[0].cite in page for _, limits in remedies())
    assert Client().get("/open/procedures/none").status_code == 404
    assert Client().get("/open/disclosure/none").status_code == 404


def test_the_worklist_and_the_preview_show_every_channel(scene: Scene, ready: Publication) -> None:
    page = scene.reads(scene.first, f"/publicity/{ready.public_id}")
    assert "国家企业信用信息公示系统" in page and "不属于这个渠道" in page
    assert "未核实，未启用" in page and "准备报送信用中国" in page
    assert "已书面告知将公示" in page or "还没有送达记录" in page or "没有填报" in page
    done = scene.post(scene.first, ready, do="take_up", channel="credit_china", severity="serious")
    assert "已生成该渠道的公开文字" in done
    other = Publication.objects.get(channel="credit_china")
    form = scene.reads(scene.first, f"/publicity/{other.public_id}")
    assert "登记在信用中国公示" in form and "失信程度" in form
    said = scene.post(scene.first, other, do="publish", on="2026-11-20", severity="general", receipt="X-1")
    other.refresh_from_db()
    assert (other.state, other.severity) == (PublicationState.PUBLISHED, "general"), said
    listed = scene.reads(scene.first, "/publicity?state=published&channel=credit_china")
    assert other.public_id in listed and ready.public_id not in listed


def test_a_person_without_the_post_makes_no_file(scene: Scene) -> None:
    bare: Person = scene.world.outsider
    assert "生成一份" not in scene.reads(bare, "/publicity/credit")
