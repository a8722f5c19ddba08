"""An import changes everything it should once, and nothing at all when it is refused, stopped or repeated."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from plumbline.apps.agencies.models import OfficerCertificate
from plumbline.apps.cases.models import Case, Origin
from plumbline.apps.supervision.models import Alert, AlertState
from plumbline.platform.events import intake
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.running import JobCancelled
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.surfaces.exchange.importing import Imported, import_events

from . import district as place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
IMPORT = system_actor("import")
DEVIATIONS = {"APL-58-legal-review", "APL-61-serve-7wd", "T118-6-penalty-7wd"}


def _events() -> int:
    return StoredEvent.objects.unscoped("test").count()


def _alerts() -> list[Alert]:
    return list(Alert.objects.unscoped("test").order_by("pk"))


def _state() -> dict[str, list[tuple[Any, ...]]]:
    """Everything an import may change."""
    return {
        "events": list(StoredEvent.objects.unscoped("test").order_by("seq").values_list("seq", "digest")),
        "verdicts": list(
            StoredVerdict.objects.unscoped("test")
            .order_by("pk")
            .values_list("pk", "rule", "verdict", "as_of")
        ),
        "alerts": list(Alert.objects.unscoped("test").order_by("pk").values_list("pk", "rule", "state")),
        "officers": list(OfficerCertificate.objects.order_by("pk").values_list("pk", "number")),
    }


def _changed(line: bytes, **changes: Any) -> bytes:
    return orjson.dumps(orjson.loads(line) | changes)


def test_an_outside_case_is_checked_shown_and_supervised(
    outside_case: list[bytes], outside_registers: bytes
) -> None:
    done = import_events(outside_case, actor=IMPORT, registers=outside_registers)

    assert done.errors == []
    assert done.intake is not None
    assert (done.intake.received, done.intake.added, done.intake.replayed) == (17, 17, 0)
    assert done.registers == {"agencies": 0, "officers": 2, "reviewers": 1, "power_items": 1}
    assert set(done.left_out) == {"legal_review_list", "benchmarks", "hearing_thresholds", "holidays"}
    assert (done.verdicts["breached"], done.verdicts["unknown"], done.verdicts["error"]) == (3, 0, 0)
    case = Case.objects.unscoped("test").get(matter_id="WZ-CG-2026-0107")
    assert (case.origin, case.agency_id, case.fine_fen) == (Origin.IMPORTED, place.STREET, 2_400_000)
    assert {a.rule for a in _alerts()} == DEVIATIONS
    assert {(a.agency_id, a.state) for a in _alerts()} == {(place.STREET, AlertState.NEW)}


@pytest.mark.parametrize("resumable", [False, True])
def test_a_replay_changes_nothing(
    outside_case: list[bytes], outside_registers: bytes, resumable: bool
) -> None:
    import_events(outside_case, actor=IMPORT, registers=outside_registers)
    before = _state()

    again = import_events(
        [*outside_case, *reversed(outside_case)],
        actor=IMPORT,
        registers=outside_registers,
        resumable=resumable,
    )

    assert again.intake is not None
    assert (again.intake.added, again.intake.replayed) == (0, 17)
    assert _state() == before


def test_what_the_registers_say_decides(outside_case: list[bytes], outside_registers: bytes) -> None:
    document = orjson.loads(outside_registers)
    document["officers"][1]["valid_to"] = "2025-12-31"

    import_events(outside_case, actor=IMPORT, registers=orjson.dumps(document))

    assert "APL-42-two-officers" in {a.rule for a in _alerts()}


def _refused(lines: list[bytes], **options: Any) -> Imported:
    before = _state(), Agency.objects.count()
    done = import_events(lines, actor=options.pop("actor", IMPORT), **options)
    assert done.intake is None
    assert (_state(), Agency.objects.count()) == before
    return done


@pytest.mark.parametrize("resumable", [False, True])
def test_one_wrong_line_keeps_everything_out_the_registers_too(
    outside_case: list[bytes], outside_registers: bytes, resumable: bool
) -> None:
    lines = [*outside_case[:-1], outside_case[-1].replace(b"file_archived", b"file_archivd")]
    done = _refused(lines, registers=outside_registers, resumable=resumable)
    (error,) = done.errors
    assert (error.line, error.field, error.code) == (17, "activity", "E-ACTIVITY")
    assert "file_archived" in error.message_zh


@pytest.mark.parametrize("resumable", [False, True])
def test_an_id_known_with_other_content_is_refused(
    outside_case: list[bytes], outside_registers: bytes, resumable: bool
) -> None:
    import_events(outside_case[:3], actor=IMPORT)
    other = _changed(outside_case[2], recorded_at="2026-03-04T11:05:00+08:00")
    done = _refused([*outside_case[3:], other], registers=outside_registers, resumable=resumable)
    (error,) = done.errors
    assert (error.code, error.event, error.field) == ("E-CONFLICT", "WZ-CG-2026-0107-03", "id")
    assert "作废" in error.message_zh


def test_an_agency_nobody_knows_is_refused_by_line(outside_case: list[bytes]) -> None:
    done = _refused([outside_case[0], _changed(outside_case[1], agency="AG-ST-099")])
    (error,) = done.errors
    assert (error.line, error.field, error.code) == (2, "agency", "E-ENUM")
    assert "AG-ST-099" in error.message_zh and "登记" in error.message_zh


def test_what_has_not_happened_yet_is_refused(outside_case: list[bytes]) -> None:
    future = _changed(
        outside_case[-1], occurred_at="2027-05-08T10:00:00+08:00", recorded_at="2027-05-08T10:20:00+08:00"
    )
    (error,) = _refused([*outside_case[:-1], future]).errors
    assert (error.line, error.field, error.code) == (17, "recorded_at", "E-TIME")


def test_a_matter_keeps_its_kind(outside_case: list[bytes]) -> None:
    import_events(outside_case[:2], actor=IMPORT)
    (error,) = _refused([_changed(outside_case[0], id="N-1", kind="inspection")]).errors
    assert (error.field, error.code) == ("kind", "E-KIND")


def test_register_rows_of_an_unknown_agency_are_refused(
    outside_case: list[bytes], outside_registers: bytes
) -> None:
    document = orjson.loads(outside_registers)
    document["officers"][1]["agency"] = "AG-ST-099"
    (error,) = _refused(outside_case, registers=orjson.dumps(document)).errors
    assert (error.line, error.field) == (0, "registers.officers[1].agency")


def test_registers_that_are_no_json_are_refused(outside_case: list[bytes]) -> None:
    (error,) = _refused(outside_case, registers="机关,名称".encode("gbk")).errors
    assert (error.line, error.code) == (0, "E-JSON")


def test_nobody_imports_in_the_name_of_another_agency(
    outside_case: list[bytes], outside_registers: bytes
) -> None:
    neighbour = place.actor(place.person("gong", place.NEIGHBOUR, "agency", "exchange.import"))
    done = _refused(outside_case, registers=outside_registers, actor=neighbour)
    assert {e.field for e in done.errors} >= {"agency", "registers.officers[0].agency"}
    own = place.actor(place.person("fang", place.STREET, "agency", "exchange.import"))
    assert import_events(outside_case, actor=own).intake is not None


def _stopping_after(chunks: int) -> Any:
    written = 0

    def progress(at: int, total: int, text: str) -> None:
        nonlocal written
        written += text == "写入事件"
        if written > chunks:
            raise JobCancelled

    return progress


def test_stopped_in_the_middle_nothing_is_left(
    outside_case: list[bytes], outside_registers: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "CHUNK", 4)
    before = _state()
    with pytest.raises(JobCancelled):
        import_events(outside_case, actor=IMPORT, registers=outside_registers, progress=_stopping_after(2))
    assert _state() == before


def test_stopped_in_the_middle_a_resumable_import_goes_on_from_there(
    outside_case: list[bytes], outside_registers: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "CHUNK", 4)
    with pytest.raises(JobCancelled):
        import_events(
            outside_case,
            actor=IMPORT,
            registers=outside_registers,
            resumable=True,
            progress=_stopping_after(1),
        )
    assert _events() == 8

    done = import_events(outside_case, actor=IMPORT, registers=outside_registers, resumable=True)

    assert done.intake is not None
    assert (done.intake.added, done.intake.replayed) == (9, 8)
    assert {a.rule for a in _alerts()} == DEVIATIONS


def test_asked_to_stop_while_checking_the_events_stay_and_the_worker_goes_on(
    outside_case: list[bytes], outside_registers: bytes
) -> None:
    from plumbline.platform.events.outbox import work_off

    def progress(at: int, total: int, text: str) -> None:
        if text == "对照规则核查":
            raise JobCancelled

    done = import_events(outside_case, actor=IMPORT, registers=outside_registers, progress=progress)
    assert done.intake is not None
    assert not done.is_checked
    while work_off():
        pass
    assert {a.rule for a in _alerts()} == DEVIATIONS
