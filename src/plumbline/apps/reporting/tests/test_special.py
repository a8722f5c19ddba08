"""Special reports from the asking to the district's analysis; the board, the statistics pages and their numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import docx
import pytest
from django.test import Client

from plumbline.apps.reporting import actions
from plumbline.apps.reporting.analysing import LABELS
from plumbline.apps.reporting.measures import measures
from plumbline.apps.reporting.models import SpecialReport, SpecialRound
from plumbline.apps.reporting.policies import may_compile, may_write_special
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.notify.models import Notice

from .scene import OFFICE, STREET, TEXT, Scene

pytestmark = pytest.mark.django_db
WORDS = dict.fromkeys(LABELS, "按实际情况写明。")


@pytest.fixture
def scene(db: None) -> Scene:
    made = Scene()
    for day in (2, 3, 4):
        made.decided(date(made.year, 3, day), "fine", leniency="lighter")
    made.decided(date(made.year - 1, 3, 4), "fine")
    made.decided(date(made.year, 5, 4), "warning", agency=OFFICE)
    made.count()
    return made


@pytest.fixture
def reading(client: Client) -> Callable[[Person, str], str]:
    def read(person: Person, path: str) -> str:
        client.force_login(person)
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    return read


def asked(scene: Scene) -> SpecialRound:
    return actions.ask_for_reports(
        actor=scene.actor(scene.bureau), title="执法工作情况报告", from_on=date(scene.year, 1, 1), to_on=date(scene.year, 12, 31),
        due_on=clock.today() + timedelta(days=20), agencies=list(Agency.objects.filter(enforces=True)),
    )  # fmt: skip


def test_from_the_asking_to_the_analysis_of_the_district(
    scene: Scene, reading: Callable[[Person, str], str], client: Client
) -> None:
    bureau, keeper = scene.actor(scene.bureau), scene.actor(scene.keeper)
    with pytest.raises(Refusal):
        actions.ask_for_reports(
            actor=keeper,
            title="报告",
            from_on=clock.today(),
            to_on=clock.today(),
            due_on=clock.today(),
            agencies=[],
        )
    round_ = asked(scene)
    row = SpecialReport.objects.unscoped("测试").select_related("round", "agency").get(agency_id=STREET)
    page = reading(scene.keeper, f"/special-reports/{round_.pk}/{STREET}")
    assert "作出行政处罚决定 3 宗" in page
    with pytest.raises(Refusal):
        actions.write_special(actor=scene.actor(scene.other), report=row, text=WORDS)
    with pytest.raises(Refusal, match="还有部分没有写"):
        actions.submit_special(actor=keeper, report=row)
    actions.write_special(actor=keeper, report=row, text=WORDS)
    row = actions.submit_special(actor=keeper, report=row)
    assert not may_write_special(keeper, row)
    scene.decided(date(scene.year, 6, 1), "fine")
    scene.count()
    told = {f["measure"]: (f["value"], f["before"]) for part in row.content["parts"] for f in part["figures"]}
    assert (told["penalty"], told["leniency.lighter"], told["penalty.money"]) == (
        (3, 1),
        (3, 0),
        (300_000, 100_000),
    )
    with pytest.raises(InputFault):
        actions.review_special(actor=bureau, report=row, accept=False, opinion="")
    actions.review_special(actor=bureau, report=row, accept=False, opinion="请补充问题的原因")
    assert Notice.objects.filter(title__startswith="退回补正", agency_code=STREET).exists()
    row = actions.submit_special(actor=keeper, report=row)
    actions.review_special(actor=bureau, report=row, accept=True, opinion="")
    district = reading(scene.bureau, f"/special-reports/{round_.pk}/district")
    assert "区城市管理局" in district  # still missing
    with pytest.raises(Refusal):
        actions.compile_reports(actor=bureau, asked=round_)
    actions.write_district(actor=bureau, asked=round_, text=WORDS)
    round_ = actions.compile_reports(actor=bureau, asked=round_)
    assert not may_compile(bureau, round_)
    units = {each["name"]: each["values"]["penalty"] for each in round_.content["units"]}
    assert units == {"区城市管理局": 1, "江北街道办事处": 4, "合计": 5}
    assert round_.content["missing"] == ["区城市管理局"]
    for path in (f"{round_.pk}/district", f"{round_.pk}/{STREET}/report"):
        for form, mark in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
            made = client.get(f"/special-reports/{path}.{form}").content
            assert made.startswith(mark), (path, form)
            if form == "docx":
                # The plots of the parts that have more than one figure, each a picture with words.
                assert len(docx.Document(io.BytesIO(made)).inline_shapes) >= 2
    client.force_login(scene.other)
    assert client.get(f"/special-reports/{round_.pk}/{STREET}").status_code == 404


def test_every_number_of_a_statistics_page_is_its_list(
    scene: Scene, reading: Callable[[Person, str], str]
) -> None:
    """The headline, every group and its rows agree, for each grouping; a unit sees its own and nothing else."""
    period = f"from_on={scene.year}-01-01&to_on={scene.year}-12-31"
    for by in ("unit", "month", "item", "street"):
        page = reading(scene.bureau, f"/stats/penalty?{period}&by={by}")
        links = re.findall(r'href="(/stats/penalty/rows\?[^"]+)">([\d,]+)</a>', page)
        assert links
        for path, said in links:
            rows = reading(scene.bureau, path.replace("&amp;", "&"))
            assert rows.count("<tr>") - 1 == int(said), (by, path)
    assert "<a href=" in reading(scene.bureau, f"/stats/penalty.money?{period}")
    own = reading(scene.keeper, f"/stats/penalty?{period}&by=unit")
    assert "区城市管理局" not in own
    assert "没有数据" in reading(scene.keeper, "/stats/execution.court")
    _figures_of_the_year_are_those_of_the_measures(scene, reading)


def _figures_of_the_year_are_those_of_the_measures(
    scene: Scene, reading: Callable[[Person, str], str]
) -> None:
    """What stands beside a measure's name is what its page begins with."""
    scene.decided(date(scene.year + 1, 4, 1), "warning")
    scene.decided(date(scene.year + 1, 5, 1), "fine")
    scene.count()
    for person in (scene.bureau, scene.keeper):
        told = dict(
            re.findall(
                r'<a href="(/stats/[\w.]+)">[^<]+<b class="num">([\d,]+)</b>', reading(person, "/stats")
            )
        )
        assert len(told) == len(measures())
        assert told["/stats/penalty"] == "2"
        for path in ("/stats/penalty", "/stats/penalty.money", "/stats/case.filed"):
            (headline,) = re.findall(r"<h1>[^<]*<a [^>]*>([\d,]+)</a>", reading(person, path))
            assert told[path] == headline, path


def test_the_board_names_who_is_late_and_reminds(
    scene: Scene, reading: Callable[[Person, str], str], client: Client
) -> None:
    report = scene.report()
    board = reading(scene.bureau, f"/reports/{scene.year}")
    assert "江北街道" in board
    with pytest.raises(Refusal):
        actions.remind(actor=scene.actor(scene.keeper), report=report)
    client.force_login(scene.bureau)
    client.post(f"/reports/{scene.year}/{STREET}/remind")
    with pytest.raises(Refusal, match="今天已经"):
        actions.remind(actor=scene.actor(scene.bureau), report=report)
    assert client.get(f"/reports/{scene.year}.xlsx").content.startswith(b"PK")
    for path in (
        f"/reports/{scene.year}/{STREET}", f"/reports/{scene.year}/{STREET}/rows/T1.P03", f"/reports/{scene.year + 1}/{STREET}",
        f"/reports/{scene.year}/{STREET}/unpublished", f"/reports/{scene.year}?table=T6", "/special-reports",
    ):  # fmt: skip
        reading(scene.keeper, path)
    client.force_login(scene.other)
    assert client.get(f"/reports/{scene.year}/{STREET}").status_code == 404
    client.force_login(scene.keeper)
    for path, data in (
        ("sources/cases", {"complete": "yes"}), ("figures/T2.asked", {"value": "4", "source": "审批系统"}), ("text", TEXT),
        ("figures/T4.levied", {"value": "1.25", "source": "财务"}),
    ):  # fmt: skip
        assert client.post(f"/reports/{scene.year}/{STREET}/{path}", data).status_code == 302, path
    assert report.entered.get(cell="T4.levied").value == 1_250_000
    bad = client.post(f"/reports/{scene.year}/{STREET}/figures/T2.asked", {"value": "-1", "source": ""})
    assert bad.status_code == 422
