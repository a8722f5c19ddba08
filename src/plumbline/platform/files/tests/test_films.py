"""Where a film was taken: read for those who may know, blanked in what leaves, whole in the original."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from plumbline.platform.files.confined import look_at_film
from plumbline.platform.files.films import PlaceInside, hides_of, read_blanked
from plumbline.platform.files.models import FilmLook
from plumbline.platform.files.store import is_intact, keep

from .made import DEVICE, WUHAN, box, film, place_of_3gpp, place_of_android, place_of_apple

APPLE_BEHIND_ISO_META = box(b"udta", box(b"meta", bytes(4), place_of_apple()[8:]))


@pytest.fixture
def store(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize(
    ("inside", "secret"),
    [
        (place_of_android(), b"+30.8410"),
        (place_of_apple(), b"+30.8410"),
        (APPLE_BEHIND_ISO_META, b"+30.8410"),
        (place_of_3gpp(), place_of_3gpp()[32:40]),
        (box(b"trak", place_of_android("+305027.6+1144807.2/")), b"+305027.6"),
    ],
    ids=["android", "apple", "apple in udta", "3gpp", "in a track, minutes and seconds"],
)
def test_a_place_is_found_and_made_free_space_in_what_leaves(
    db: None, store: None, inside: bytes, secret: bytes
) -> None:
    whole = film(inside)
    seen = look_at_film(io.BytesIO(whole))
    assert (round(seen.latitude or 0, 3), round(seen.longitude or 0, 3)) == WUHAN
    assert seen.taken_at == "2026-03-02 10:14:05 +08:00" and seen.device in {"", DEVICE}
    kept = keep([whole])
    left = b"".join(read_blanked(kept.sha256, hides_of(kept.sha256)))
    assert secret in whole and secret not in left and len(left) == len(whole)
    assert look_at_film(io.BytesIO(left)).latitude is None
    # Everything else is where it was, byte for byte, and the original is as it came.
    changed = [n for n, (before, after) in enumerate(zip(whole, left, strict=True)) if before != after]
    (at, _, length), *more = seen.hides
    assert not more and all(at + 4 <= n < at + length for n in changed) and left[at + 4 : at + 8] == b"free"
    assert is_intact(kept.sha256)


def test_any_range_of_it_is_blanked_alike(db: None, store: None) -> None:
    kept = keep([film(place_of_android())])
    hides = hides_of(kept.sha256)
    left = b"".join(read_blanked(kept.sha256, hides))
    for start in range(hides[0][0] - 3, sum(hides[0][::2]) + 3):
        assert b"".join(read_blanked(kept.sha256, hides, start, 7)) == left[start : start + 7]


def test_a_film_without_a_place_leaves_as_it_is_and_is_looked_at_once(
    db: None, store: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = film(box(b"udta", box(b"\xa9mak", b"\0\6\x15\xc7HUAWEI")))
    kept = keep([whole])
    assert hides_of(kept.sha256) == () and b"".join(read_blanked(kept.sha256, ())) == whole
    monkeypatch.setattr("plumbline.platform.files.films.look_at_film", None)
    assert hides_of(kept.sha256) == () and FilmLook.objects.count() == 1


def test_positions_sample_by_sample_let_no_copy_leave(db: None, store: None) -> None:
    described = box(b"stsd", bytes(4), (1).to_bytes(4), box(b"gpmd", bytes(8)))
    track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", described))))
    with pytest.raises(PlaceInside):
        hides_of(keep([film(tracks=(track,))]).sha256)


@pytest.mark.parametrize(
    "bad",
    [
        film(place_of_android())[:60],
        box(b"ftyp", b"mp42") + b"\xff\xff\xff\xffmoov" + bytes(50),
        box(b"ftyp", b"mp42") + b"\0\0\0\1mdat" + b"\xff" * 8,
        box(b"ftyp", b"mp42") + bytes(8),
        box(b"ftyp", b"mp42") + b"".join(box(b"moov") for _ in range(30_000)),
        box(b"moov", box(b"meta", b"\0"), box(b"keys", b"\0" * 9), box(b"ilst", b"\1")),
        box(b"moov", box(b"udta", box(b"\xa9xyz"), box(b"loci", b"\0" * 7))),
    ],
    ids=["cut", "too long", "longer than anything", "empty box", "many", "spoilt list", "empty places"],
)
def test_boxes_that_make_no_sense_are_passed_over(bad: bytes) -> None:
    seen = look_at_film(io.BytesIO(bad))
    assert seen.latitude is None and not seen.tracked
