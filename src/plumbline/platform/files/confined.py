"""Reading untrusted pictures, films and PDF in a child process with limits, so that a bomb takes only the child."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

CHILD = Path(__file__).with_name("child.py")
WALL_SECONDS = 40
COPIED = 1024 * 1024
_EXIF_DAY = re.compile(r"^(\d{4}):(\d\d):(\d\d)")


class Unreadable(Exception):
    """The file cannot be read, or not within the limits. ``why``: broken, pixels, pages, active, password or heavy."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Photographed:
    """Size in pixels, and what the camera wrote: ``taken_at`` by its own clock, degrees north and east."""

    width: int
    height: int
    taken_at: str = ""
    device: str = ""
    latitude: float | None = None
    longitude: float | None = None


def look_at_picture(source: BinaryIO) -> Photographed:
    """Decode a JPEG, PNG or WebP and read its EXIF."""
    told = _looked("look-at-picture", source)
    zone = told.pop("zone", "")
    moment = _EXIF_DAY.sub(r"\1-\2-\3", str(told.pop("taken_at", "")))
    return Photographed(taken_at=f"{moment} {zone}".strip(), **told)


@dataclass(frozen=True)
class Filmed:
    """What the camera wrote into a film, and the boxes that tell the place: begin, length of the head, whole length.

    ``tracked``: it carries positions sample by sample, which cannot be blanked in place.
    """

    taken_at: str = ""
    device: str = ""
    latitude: float | None = None
    longitude: float | None = None
    hides: tuple[tuple[int, int, int], ...] = ()
    tracked: bool = False


def look_at_film(source: BinaryIO) -> Filmed:
    """Walk the boxes of an MP4 or QuickTime film. Boxes that make no sense are passed over, as players do."""
    told = _looked("look-at-film", source)
    size = source.seek(0, 2)
    source.seek(0)
    hides = tuple((int(at), int(head), int(length)) for at, head, length in told.pop("hides"))
    if any(not (at >= 0 and 8 <= head <= length and at + length <= size) for at, head, length in hides):
        raise Unreadable("heavy")
    return Filmed(hides=hides, **told)


def page_count(source: BinaryIO) -> int:
    """Pages of a PDF that neither runs nor hides anything, compressed objects included."""
    return int(_looked("look-at-pdf", source)["pages"])


def redrawn(
    source: BinaryIO,
    *,
    edge: int = 0,
    turn: int = 0,
    boxes: list[tuple[float, float, float, float]] | None = None,
    form: Literal["JPEG", "PNG", "WEBP"] = "JPEG",
    quality: int = 92,
) -> bytes:
    """A picture drawn anew without metadata: upright, turned to the right by ``turn`` degrees, with boxes blacked out."""
    told = {"edge": edge, "turn": turn, "boxes": boxes or [], "form": form, "quality": quality}
    drawn = _run("picture", source, told)
    if drawn.startswith(b'{"refused"'):
        raise Unreadable(str(json.loads(drawn)["refused"]))
    return drawn


def _looked(task: str, source: BinaryIO) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(_run(task, source, {}))
    except ValueError:
        raise Unreadable("heavy") from None
    if "refused" in told:
        raise Unreadable(str(told["refused"]))
    return told


def _lying_file(source: BinaryIO) -> BinaryIO | None:
    """The file itself where it lies on a disk, so that a film of two gigabytes is not copied to be looked at.

    Opened once more: the child's place in the file is its own.
    """
    if not isinstance(source, io.BufferedReader) or not isinstance(source.raw, io.FileIO):
        return None
    try:
        return Path(f"/proc/self/fd/{source.fileno()}").open("rb")
    except OSError:
        return None


def _spooled(source: BinaryIO) -> BinaryIO:
    spooled = tempfile.TemporaryFile()
    while block := source.read(COPIED):
        spooled.write(block)
    spooled.flush()
    spooled.seek(0)
    return spooled


def _run(task: str, source: BinaryIO, told: dict[str, Any]) -> bytes:
    """The child's answer; a child that dies of its limits was asked too much by the file."""
    source.seek(0)
    with ExitStack() as opened:
        answer = opened.enter_context(tempfile.TemporaryFile())
        spooled = opened.enter_context(_lying_file(source) or _spooled(source))
        source.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(CHILD), task, json.dumps(told)],
                stdin=spooled,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=WALL_SECONDS,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("heavy") from None
        if done.returncode != 0:
            raise Unreadable("heavy")
        answer.seek(0)
        return answer.read()
