"""A film's place stands in the item for those who may know it, and leaves with the original alone."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline.platform.files.tests.made import box, film, place_of_android

from .test_evidence import added, signed_in, upload
from .test_recordings import told as recorded

SECRET = b"+30.8410"
FILM = film(place_of_android())


@pytest.fixture
def reader(world: Any) -> Any:
    return signed_in(
        world.person("kan", "只看", "", "T-STREET", "查阅", ["cases.view"], "other", staff="KAN")
    )


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_place_of_a_film_leaves_with_the_original_alone(world: Any, reader: Any) -> None:
    case = world.filed()
    item = added(world, case, files=[upload("全程.mp4", FILM)])
    one, base = item.files.get(), f"/cases/{case.matter_id}/evidence"
    assert (one.latitude, one.longitude, one.taken_at) == (30.841, 114.802, "2026-03-02 10:14:05 +08:00")
    officer = signed_in(world.officer)
    page = officer.get(f"{base}/{item.pk}").content.decode()
    assert "30.84100" in page and "2026-03-02 10:14:05" in page and "副本不含拍摄位置" in page
    assert "30.84" not in reader.get(f"{base}/{item.pk}").content.decode()
    assert content(officer.get(f"{base}/files/{one.pk}")) == FILM
    assert SECRET in content(officer.get(f"{base}/files/{one.pk}/view"))
    for answer in (
        officer.get(f"{base}/files/{one.pk}/copy"),
        reader.get(f"{base}/files/{one.pk}/copy"),
        reader.get(f"{base}/files/{one.pk}/view"),
    ):
        left = content(answer)
        assert SECRET not in left and len(left) == len(FILM) == int(answer["Content-Length"])
    copy = officer.get(f"{base}/files/{one.pk}/copy")
    assert (
        copy["Content-Disposition"].endswith(".mp4") and "%E5%89%AF%E6%9C%AC" in copy["Content-Disposition"]
    )
    at = FILM.index(SECRET)
    part = reader.get(f"{base}/files/{one.pk}/view", HTTP_RANGE=f"bytes={at}-{at + 7}")
    assert (part.status_code, content(part)) == (206, bytes(8))


def test_a_recording_of_the_procedure_shows_no_place_to_who_only_reads(world: Any, reader: Any) -> None:
    case = world.filed()
    kept = recorded(world, case, upload=upload("执法记录.mp4", FILM), place="")
    address = f"/cases/{case.matter_id}/recordings/{kept.pk}"
    assert SECRET in content(signed_in(world.officer).get(address))
    for tail in ("", "?show=1"):
        assert SECRET not in content(reader.get(f"{address}{tail}"))


def test_a_film_with_positions_all_through_gives_no_copy_and_says_why(world: Any) -> None:
    case = world.filed()
    described = box(b"stsd", bytes(4), (1).to_bytes(4), box(b"camm", bytes(8)))
    track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", described))))
    one = added(world, case, files=[upload("车载.mp4", film(tracks=(track,)))]).files.get()
    told = signed_in(world.officer).get(f"/cases/{case.matter_id}/evidence/files/{one.pk}/copy")
    assert told.status_code == 403 and "从头到尾记着拍摄位置" in told.content.decode()
