"""The two walls before case data: the scope guard of the application, and row-level security in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from plumbline.apps.cases.models import CaseIndexRow
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.scope.querysets import ScopeMissing, get_visible, twins
from plumbline.platform.scope.rows import set_database_scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wide")]
APP = "plumbline_app"


@contextmanager
def app_role() -> Iterator[None]:
    """Go on as the role that serves: neither owner nor superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP])
        if cursor.fetchone() is None:
            pytest.skip("the role plumbline_app does not exist on this server")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}")
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON events, access_records FROM {APP}")
        cursor.execute(f"SET ROLE {APP}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def case_in(agency: str) -> Any:
    from plumbline.apps.cases.models import Case

    return Case.objects.unscoped("测试").create(
        matter_id=f"M-{agency}", agency_id=agency, title="案", opened_on="2026-03-02"
    )


def opened(agency: str) -> None:
    record(actor=system_actor("test"), matter=f"M-{agency}", kind="penalty", activity="clue_received",
           agency=agency, data={"source": "inspection"})  # fmt: skip


def test_a_query_that_names_no_scope_raises() -> None:
    from plumbline.apps.cases.models import Case

    for use in (
        list,
        len,
        bool,
        lambda q: q.count(),
        lambda q: q.exists(),
        lambda q: q.first(),
        lambda q: q.delete(),
    ):
        with pytest.raises(ScopeMissing):
            use(Case.objects.all())
    with pytest.raises(ValueError):
        Case.objects.unscoped("")


def test_a_row_out_of_scope_and_a_missing_row_are_the_same_404(hire: Callable[..., Any]) -> None:
    from plumbline.apps.cases.models import Case

    assert Case in twins()
    mine, other = case_in("T-A"), case_in("T-B")
    actor = Actor.of(hire("zhou", "T-A", ("cases.view",)), on=mine.opened_on or None)  # type: ignore[arg-type]
    assert get_visible(Case, actor, pk=mine.pk) == mine
    answers = []
    for pk in (other.pk, 10**9):
        with pytest.raises(Http404) as refused:
            get_visible(Case, actor, pk=pk)
        answers.append(str(refused.value))
    assert answers[0] == answers[1]


def test_the_database_shows_each_agency_its_own_rows_only(agencies: dict[str, Any]) -> None:
    opened("T-A")
    opened("T-B")
    with app_role():
        seen = {}
        for scope in (frozenset({"T-A"}), frozenset({"T-A", "T-B"}), None, frozenset()):
            set_database_scope(scope)
            rows = StoredEvent.objects.unscoped("测试行级安全")
            seen[scope] = sorted(rows.values_list("agency_code", flat=True))
    assert list(seen.values()) == [["T-A"], ["T-A", "T-B"], ["T-A", "T-B"], []]


def test_a_row_of_two_bodies_is_shown_to_both_and_to_no_third(agencies: dict[str, Any]) -> None:
    from plumbline.apps.coordination.models import Coordination

    moment = clock.now()
    Coordination.objects.create(
        matter_id="XT-T", kind="assistance", state="sent", title="协助", agency_id="T-A", to_id="T-B",
        parties=["T-A", "T-B"], text="请协助。", sent_at=moment, sent_label="试", moved_at=moment,
    )  # fmt: skip
    with app_role():
        seen = {}
        for scope in (frozenset({"T-A"}), frozenset({"T-B", "T-C"}), frozenset({"T-C"}), None, frozenset()):
            set_database_scope(scope)
            seen[scope] = Coordination.objects.unscoped("测试行级安全").count()
    assert list(seen.values()) == [1, 1, 0, 1, 0]


def test_the_views_for_searching_show_the_same_rows_and_take_none(agencies: dict[str, Any]) -> None:
    for agency in ("T-A", "T-B"):
        opened(agency)
        case_in(agency)
    with app_role():
        seen = {}
        for scope in (frozenset({"T-A"}), None, frozenset()):
            set_database_scope(scope)
            rows = CaseIndexRow.objects.unscoped("测试行级安全")
            seen[scope] = sorted(rows.values_list("agency_id", flat=True))
        set_database_scope(None)
        for statement in (
            "UPDATE case_index SET stage = 'closed'",
            "DELETE FROM events_violations",
            "INSERT INTO case_index (id, stage) VALUES (1, 'closed')",
        ):
            with pytest.raises(DatabaseError, match="cannot"), transaction.atomic():
                connection.cursor().execute(statement)
    assert list(seen.values()) == [["T-A"], ["T-A", "T-B"], []]


def test_every_table_with_case_data_stands_behind_the_wall() -> None:
    wanted = {
        "events",
        "verdicts",
        "cases",
        "case_tasks",
        "documents",
        "evidence",
        "alerts",
        "challenges",
        "linkages",
        "linkage_inquiries",
        "credit_files",
        "credit_rows",
    }
    wanted |= {"case_request_hands", "case_request_opinions", "case_request_comments"}
    wanted |= {"case_file_arrangements", "case_file_volumes", "case_file_packages"}
    wanted |= {"evidence_copies", "evidence_custody", "evidence_facts", "process_recordings"}
    wanted |= {"discretion_calculations"}
    wanted |= {
        "complaints",
        "complaint_referrals",
        "supervision_leads",
        "supervision_measures",
        "follow_up_visits",
    }
    wanted |= {"guiding_cases", "coordinations", "questions"}
    wanted |= {"inspections", "field_devices", "field_records"}
    wanted |= {"document_signatures", "document_comments"}
    wanted |= {"cleanup_entries", "exam_results", "certificate_applications"}
    wanted |= {"norm_comments", "norm_citations"}
    wanted |= {"counted_facts", "counted_totals", "annual_reports", "special_reports", "duty_reports"}
    wanted |= {"programme_shares", "programme_progress", "programme_deliverables", "programme_responsible"}
    wanted |= {"programme_merits", "programme_self_checks", "programme_rectifications", "programme_proofs"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        behind = {row[0] for row in cursor.fetchall()}
    assert wanted <= behind, wanted - behind


def test_the_walls_read_the_scope_once_for_a_query(agencies: dict[str, Any]) -> None:
    written = import_module("plumbline.platform.scope.migrations.0001_setting_read_once").READ_ONCE
    scope = "current_setting('plumbline.scope', true)"
    before = f"{scope} = '*' OR agency_code = ANY (string_to_array({scope}, ','))"
    every = "SELECT tablename, policyname, qual FROM pg_policies WHERE qual LIKE '%%current_setting%%' ORDER BY 1, 2"
    with connection.cursor() as cursor:
        cursor.execute(every)
        walls = cursor.fetchall()
        cursor.execute(f"ALTER POLICY plumbline_read ON events USING ({before})")
        cursor.execute(written)
        cursor.execute(every)
        assert cursor.fetchall() == walls
    assert walls and all(qual.count("SELECT") == qual.count("plumbline.scope") == 2 for *_, qual in walls)


def test_a_refusal_reads_as_a_whole_sentence() -> None:
    refusal = Refusal("不能办理", basis="行政处罚法第五十八条", next_step="请先送审。")
    assert str(refusal) == "不能办理（行政处罚法第五十八条）。请先送审。"
