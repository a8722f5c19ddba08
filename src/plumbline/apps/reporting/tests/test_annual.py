"""The annual report: what counts, that every number is its rows, and its life from opening to correction."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client

from plumbline.apps.reporting import actions
from plumbline.apps.reporting.checking import changes_since, differences, findings, last_year_line
from plumbline.apps.reporting.counting import heaviest
from plumbline.apps.reporting.figures import counts, facts_matching, line_of, wan
from plumbline.apps.reporting.freezing import digest
from plumbline.apps.reporting.jobs import open_due_reports, recount, recount_published
from plumbline.apps.reporting.keeping import catch_up
from plumbline.apps.reporting.layout import layout
from plumbline.apps.reporting.measures import measures
from plumbline.apps.reporting.models import AnnualReport, Fact, FactTotal, Reading
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.outbox import work_off
from plumbline.platform.verdicts.models import StoredVerdict

from .scene import OFFICE, STREET, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def fresh(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.unscoped("测试").select_related("agency").get(pk=report.pk)


def cell(scene: Scene, report: AnnualReport, name: str) -> int | None:
    return line_of(fresh(report)).cells[name].counted


def test_the_heaviest_kind_alone_counts() -> None:
    assert heaviest(["fine", "revoke_license", "warning"]) == "P10"
    assert heaviest(["confiscate_goods", "fine"]) == "P04"
    assert heaviest(["other"]) == "P12"
    assert [wan(fen) for fen in (0, 175_379_000, 4_999, 5_000)] == ["0.00", "175.38", "0.00", "0.01"]


def test_every_counting_rule(scene: Scene) -> None:
    """R1 to R6 on one year: heaviest kind, year of the decision, full records, no conversion, no void, the body's own name."""
    year, last = scene.year, date(scene.year, 12, 31)
    scene.decided(date(year, 3, 2), "warning", "fine", fine=250_000)
    twice = scene.decided(date(year, 3, 3), "fine", "confiscate_goods")
    scene.tell(twice, "fine_paid", date(year, 4, 1), amount=100_000)
    scene.decided(date(year + 1, 1, 1), "fine")
    scene.decided(last, "fine", agency=OFFICE)
    wrong = scene.decided(date(year, 5, 5), "fine")
    voided = next(e for e in _events(wrong) if e.activity == "decision_made")
    scene.tell(wrong, "event_voided", date(year, 5, 6), voids=voided.event_id, reason="录错")
    revoked = scene.decided(date(year, 6, 1), "warning")
    scene.tell(revoked, "decision_revoked", date(year + 1, 2, 1), outcome="revoked")
    scene.tell(twice, "sealed", date(year, 3, 1), measure="M1")
    scene.tell(twice, "execution_decision_made", date(year, 9, 1), object="goods")
    for activity, data in (
        ("statement_reviewed", {"sound": True, "adopted": True}), ("hearing_held", {"hearing": "H-1"}), ("legal_review_returned", {}),
        ("legal_review_passed", {}), ("collective_discussion_recorded", {}), ("transfer_sent", {}),
    ):  # fmt: skip
        scene.tell(twice, activity, date(year, 2, 1), **data)
    scene.tell("R-N", "case_not_filed", date(year, 2, 2), reason="没有违法事实")
    for activity in ("disclosure_request_received", "disclosure_replied", "information_published"):
        scene.tell("R-GK", activity, date(year, 2, 3), kind="disclosure")
    scene.inspected(date(year, 7, 1))
    scene.inspected(date(year, 7, 2), record_made=False)
    converted = scene.inspected(date(year, 7, 3))
    scene.tell(converted, "inspection_converted", date(year, 7, 4), kind="inspection", case="R-X")
    for activity, data in (
        ("supervision_letter_issued", {"to": STREET, "respond_by": f"{year}-08-10"}),
        ("correction_reported", {}),
    ):
        scene.tell("R-DB", activity, date(year, 8, 9), "R-SFJ", "supervision_instrument", **data)
    scene.count()
    report = scene.filled(scene.report())
    wanted = {
        "T1.P01": 1, "T1.P03": 1, "T1.P04": 1, "T1.sum": 3, "T1.money": 350_000, "T3.sealed": 1, "T3.goods": 1, "T3.sum": 2,
        "T4.inspections": 1, "T5.holders": 2, "T6.letters": 1, "T6.corrected": 1,
    }  # fmt: skip
    line = line_of(report)
    assert {name: line.cells[name].counted for name in wanted} == wanted
    assert Fact.objects.unscoped("测试").get(matter_id=revoked, measure="penalty.P01").undone_on == date(
        year + 1, 2, 1
    )
    of_street = counts(year)[STREET]
    for name in (
        "statement.adopted", "hearing.held", "review.returned", "review.passed", "discussion.recorded", "transfer.sent", "case.not_filed",
        "disclosure.received", "disclosure.replied", "disclosure.published",
    ):  # fmt: skip
        assert of_street[name] == (1, 0), name
    _numbers_are_their_rows(scene)


def test_there_are_sixty_measures_and_each_says_what_it_is() -> None:
    assert len(measures()) == 60
    assert len({each.label for each in measures().values()}) == 60
    assert all(each.definition and each.unit and each.source for each in measures().values())


def test_by_a_newer_edition_the_log_is_read_from_its_beginning(scene: Scene) -> None:
    """What an earlier way of counting passed over is found, and nothing is counted twice."""
    scene.decided(date(scene.year, 4, 1), "warning")
    scene.count()
    Fact.objects.unscoped("测试").filter(measure="case.filed").delete()
    FactTotal.objects.unscoped("测试").filter(measure="case.filed").delete()
    scene.count()
    Reading.objects.update(edition=1)
    scene.count()
    found = counts(scene.year)[STREET]
    assert (found["case.filed"], found["penalty.P01"]) == ((1, 0), (1, 0))


def _events(matter: str) -> list:
    from plumbline.platform.events.models import StoredEvent

    return list(StoredEvent.objects.unscoped("测试").filter(matter_id=matter))


def _numbers_are_their_rows(scene: Scene) -> None:
    """Every measure, every unit and the district: the total, the rows, and the sum over the units agree."""
    found = counts(scene.year)
    assert (
        sum(t.number for t in FactTotal.objects.unscoped("测试"))
        == Fact.objects.unscoped("测试").filter(gone_at=None).count()
    )
    for measure in measures().values():
        by_unit = 0
        for unit in (STREET, OFFICE):
            rows = facts_matching(measure, agencies=[unit], year=scene.year)
            told = sum(found[unit].get(name, (0, 0))[1 if measure.money else 0] for name in measure.counted)
            listed = sum(row.amount_fen or 0 for row in rows) if measure.money else rows.count()
            assert told == listed, (measure.key, unit)
            by_unit += listed
        rows = facts_matching(measure, year=scene.year)
        assert by_unit == (sum(row.amount_fen or 0 for row in rows) if measure.money else rows.count()), (
            measure.key
        )


def test_what_is_not_known_is_never_nought(scene: Scene) -> None:
    scene.count()
    report = scene.report()
    cells = line_of(fresh(report)).cells
    assert cells["T1.P01"].counted is None
    assert cells["T1.sum"].known is None
    assert cells["T2.asked"].known is None
    keeper = scene.actor(scene.keeper)
    with pytest.raises(InputFault):
        actions.state_source(actor=keeper, report=report, key="cases", complete=False, note="")
    actions.state_source(actor=keeper, report=report, key="cases", complete=True)
    assert cell(scene, report, "T1.P01") == 0
    with pytest.raises(Refusal):
        actions.enter_figure(
            actor=scene.actor(scene.other), report=report, cell="T2.asked", value=1, source="系统"
        )
    with pytest.raises(InputFault):
        actions.enter_figure(actor=keeper, report=report, cell="T1.sum", value=1, source="系统")
    with pytest.raises(InputFault):
        actions.enter_figure(actor=keeper, report=report, cell="T1.P03", value=3, source="纸质台账")
    actions.enter_figure(
        actor=keeper, report=report, cell="T1.P03", value=3, source="纸质台账", reason="三宗没有进入平台"
    )
    for name, value in (("T2.asked", 5), ("T2.accepted", 9)):
        actions.enter_figure(actor=keeper, report=report, cell=name, value=value, source="审批系统")
    line = line_of(fresh(report))
    assert (line.cells["T1.P03"].counted, line.cells["T1.P03"].entered, line.cells["T1.sum"].entered) == (
        0,
        3,
        3,
    )
    assert [each.says for each in findings(line)] == ["受理数量不大于申请数量"]


def test_a_difference_from_last_year_has_to_be_explained(scene: Scene) -> None:
    for day in range(1, 26):
        scene.decided(date(scene.year - 1, 3, day), "warning")
    scene.decided(date(scene.year, 3, 1), "warning")
    scene.count()
    report = scene.filled(scene.report())
    gaps = differences(report, line_of(report), last_year_line(report))
    assert {gap.column.cell for gap in gaps} == {"T1.P01", "T1.sum"}
    assert gaps[0].percent == -96
    with pytest.raises(Refusal, match="差异"):
        actions.sign_report(actor=scene.actor(scene.head), report=report)
    bureau, keeper = scene.actor(scene.bureau), scene.actor(scene.keeper)
    said = {"name": "difference.at_least", "valid_from": clock.today(), "reason": "按本区案件量调整"}
    with pytest.raises(Refusal):
        actions.change_setting(actor=keeper, value=40, **said)
    with pytest.raises(InputFault):
        actions.change_setting(actor=bureau, value=0, **said)
    with pytest.raises(InputFault, match="起用日"):
        actions.change_setting(actor=bureau, value=40, **said | {"valid_from": date(scene.year, 1, 1)})
    actions.change_setting(actor=bureau, value=40, **said | {"valid_from": clock.today() + timedelta(days=1)})
    assert len(differences(report, line_of(report), last_year_line(report))) == 2
    actions.change_setting(actor=bureau, value=40, **said)
    assert differences(report, line_of(report), last_year_line(report)) == []
    actions.change_setting(actor=bureau, value=10, **said)
    with pytest.raises(InputFault):
        actions.explain_difference(actor=keeper, report=report, cell="T1.P01", words="少")
    with pytest.raises(InputFault, match="公开"):
        actions.explain_difference(actor=keeper, report=report, cell="T1.P01", words="致电 13800138000 核实")
    for gap in gaps:
        actions.explain_difference(
            actor=keeper, report=report, cell=gap.column.cell, words="推行首违不罚，警告减少"
        )
    version = actions.sign_report(actor=scene.actor(scene.head), report=report)
    told = {c["cell"]: c for t in version.content["tables"] for c in t["columns"]}
    assert (told["T1.P01"]["known"], told["T1.P01"]["last_year"]) == (1, 25)
    assert told["T1.P01"]["explanation"].startswith("推行")


def test_from_opening_to_correction(scene: Scene, client: Client) -> None:
    """One report through its life, with the rule's verdict, the public pages, the files and the recount."""
    matter = scene.decided(date(scene.year, 3, 2), "fine", fine=30_000_00)
    scene.count()
    assert open_due_reports() == 2
    assert open_due_reports() == 0
    report = AnnualReport.objects.unscoped("测试").select_related("agency").get(agency_id=STREET)
    with pytest.raises(Refusal):
        actions.open_report(actor=scene.actor(scene.keeper), agency=report.agency, year=scene.year)
    with pytest.raises(Refusal, match="来源"):
        actions.sign_report(actor=scene.actor(scene.head), report=report)
    with pytest.raises(Refusal):
        actions.sign_report(actor=scene.actor(scene.keeper), report=scene.filled(report))
    version = scene.signed(report)
    assert version.sha256 == digest(version.content)
    with pytest.raises(Refusal, match="已经签发"):
        actions.write_text(actor=scene.actor(scene.keeper), report=fresh(report), text={})
    public = f"/open/annual/{scene.year}/{STREET}"
    assert client.get(public).status_code == 404
    with pytest.raises(Refusal):
        actions.submit_report(actor=scene.actor(scene.other), version=version, to=["government"])
    actions.submit_report(actor=scene.actor(scene.keeper), version=version, to=["government", "superior"])
    with pytest.raises(Refusal):
        actions.publish_report(actor=scene.actor(scene.head), version=version)
    actions.publish_report(actor=scene.actor(scene.keeper), version=version)
    work_off()
    verdict = StoredVerdict.objects.unscoped("测试").get(
        matter_id=report.matter_id, rule="T118-6-annual-0131"
    )
    assert verdict.due_on == date(scene.year + 1, 1, 31)
    page = client.get(public).content.decode()
    assert "送达不够及时" in page
    assert "3.00" in page
    assert "与签发时一致" in page
    assert client.get(f"/open/annual/{scene.year}").status_code == 200
    for form, mark in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        sent = client.get(f"{public}/v1.{form}")
        data = b"".join(sent.streaming_content) if sent.streaming else sent.content  # type: ignore[attr-defined]
        assert data.startswith(mark), form
    assert "xl/worksheets/sheet2.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert recount_published() == 0
    version.refresh_from_db()
    assert (version.drift, version.intact) == (0, True)
    # A case comes in late and another is revoked: the signed figure stands, and the change is told with its rows.
    late = scene.decided(date(scene.year, 11, 30), "fine")
    scene.tell(matter, "decision_revoked", date(scene.year + 1, 2, 2), outcome="changed")
    scene.count()
    recount(version)
    assert version.intact
    changed = {each.column.cell: each for each in changes_since(version) if each.differs}
    assert set(changed) == {"T1.P03", "T1.money"}
    assert (changed["T1.P03"].signed, changed["T1.P03"].then, changed["T1.P03"].now) == (1, 1, 2)
    assert [row.matter_id for row in changed["T1.P03"].added] == [late]
    assert [row.matter_id for row in changed["T1.P03"].undone] == [matter]
    with pytest.raises(InputFault):
        actions.begin_correction(actor=scene.actor(scene.keeper), report=fresh(report), reason="改")
    actions.begin_correction(actor=scene.actor(scene.keeper), report=fresh(report), reason="补报一宗处罚决定")
    assert "第 1 版" in client.get(public).content.decode()
    second = actions.sign_report(actor=scene.actor(scene.head), report=fresh(report))
    actions.publish_report(actor=scene.actor(scene.keeper), version=second)
    assert "补报一宗处罚决定" in client.get(public).content.decode()
    assert "已经更正" in client.get(f"{public}/v1").content.decode()
    assert second.sha256 != version.sha256
    feed = client.get("/open/feeds/annual-reports.atom")
    assert "更正" in b"".join(feed.streaming_content if feed.streaming else [feed.content]).decode()  # type: ignore[attr-defined]


def test_a_tampered_version_is_seen(scene: Scene, client: Client) -> None:
    scene.decided(date(scene.year, 3, 2), "fine")
    scene.count()
    version = scene.signed(scene.report())
    version.content["tables"][0]["columns"][2]["counted"] = 7
    version.save()
    recount(version)
    assert version.intact is False
    client.force_login(scene.keeper)
    page = client.get(f"/reports/{scene.year}/{STREET}/changes").content.decode()
    assert "与签发时的事实不一致" in page


def test_reading_on_in_pieces_is_the_same_as_at_once(scene: Scene) -> None:
    for day in range(1, 8):
        scene.decided(date(scene.year, 4, day), "warning")
    while not catch_up(most=2):
        pass
    scene.count()
    rows = Fact.objects.unscoped("测试").filter(gone_at=None)
    assert rows.filter(measure="penalty.P01").count() == 7
    assert FactTotal.objects.unscoped("测试").get(measure="penalty.P01").number == 7
    _numbers_are_their_rows(scene)


def test_every_column_of_the_form_is_counted_entered_or_follows() -> None:
    for name, column in layout().columns.items():
        ways = [bool(column.measure or column.money), column.entered, bool(column.sum), bool(column.share)]
        assert sum(ways) == 1, name
        if column.counted is not None:
            assert column.source in layout().sources, name
    shown = [name for check in layout().checks for name in (*check.left, *check.right)]
    assert set(shown) <= set(layout().columns)
