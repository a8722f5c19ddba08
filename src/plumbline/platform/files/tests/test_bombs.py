"""Pictures and PDF that are traps: each is refused with its sentence, in a child that may not take the server with it."""

from __future__ import annotations

import io
import resource
import struct
import zipfile
import zlib
from typing import Any

import pytest
from PIL import Image

from plumbline.platform.files import confined
from plumbline.platform.files.confined import Unreadable, look_at_picture, page_count, redrawn
from plumbline.platform.files.intake import FileRefused, check

from .made import DEVICE, WUHAN, jpeg, pdf, png
from .test_intake import DOCX, packed


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def flood(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to ``width`` by ``height`` pixels."""
    rows = zlib.compressobj(9)
    packed_rows = b"".join(rows.compress(b"\0" * (width + 1)) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed_rows) + chunk(b"IEND", b"")


def with_archive(content: bytes) -> bytes:
    return content + packed({"payload.txt": b"x"})


def linked() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in DOCX.items():
            archive.writestr(name, content)
        link = zipfile.ZipInfo("word/media/image1.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return sink.getvalue()


NESTED = packed({"inner.xml": b"x"})
LAUGH = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>'.encode("utf-16")
DICOM = b"\0" * 128 + b"DICM" + b"\0" * 60
REFUSED: list[tuple[str, str, Any, str]] = [
    ("pixel flood", "大.png", lambda: flood(8000, 8000), "5000 万像素"),
    ("cut photograph", "坏.jpg", lambda: jpeg(640, 480)[:-3000], "已损坏"),
    ("no photograph", "假.jpg", lambda: b"\xff\xd8\xff\xe0" + b"photo" * 20, "已损坏"),
    ("photograph and archive", "双.jpg", lambda: with_archive(jpeg()), "藏着另一个文件"),
    ("PDF and archive", "双.pdf", lambda: with_archive(pdf()), "藏着另一个文件"),
    (
        "recording and PDF",
        "双.mp4",
        lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 99 + b"%PDF-1.7",
        "藏着另一个文件",
    ),
    ("10,000 pages", "长.pdf", lambda: pdf(1001), "1000 页"),
    ("no PDF", "假.pdf", lambda: b"%PDF-1.7\n" + b"x" * 100, "已损坏"),
    (
        "script, name in hex",
        "脚本.pdf",
        lambda: pdf(hidden="/JavaScript").replace(b"/JavaScript", b"/J#61vaScript"),
        "脚本",
    ),
    ("script, packed", "脚本.pdf", lambda: pdf(hidden="/JavaScript", packed=True), "脚本"),
    ("launch, packed", "启动.pdf", lambda: pdf(hidden="/Launch", packed=True), "脚本"),
    ("form sent off, packed", "表单.pdf", lambda: pdf(hidden="/SubmitForm", packed=True), "脚本"),
    ("link for a part", "链.docx", linked, "是压缩包"),
    (
        "archive under another name",
        "套.docx",
        lambda: packed({**DOCX, "word/media/image1.png": NESTED}),
        "嵌有其他文件",
    ),
    (
        "program as a picture",
        "程.docx",
        lambda: packed({**DOCX, "word/media/image1.png": b"MZ\x90\0"}),
        "嵌有其他文件",
    ),
    ("entities in UTF-16", "笑.docx", lambda: packed({**DOCX, "word/settings.xml": LAUGH}), "内部结构不正常"),
    ("DICOM", "片.dcm", lambda: DICOM, "DICOM"),
    ("RAR", "证据.rar", lambda: b"Rar!\x1a\x07\0" + b"\0" * 60, "压缩包"),
    ("gzip", "证据.gz", lambda: b"\x1f\x8b\x08" + b"\0" * 60, "压缩包"),
    ("program", "工具.exe", lambda: b"MZ\x90\0" + b"\0" * 60, "是程序"),
    ("GIF", "图.gif", lambda: b"GIF89a" + b"\0" * 60, ".jpg 或 .png"),
    ("RTF", "函.rtf", lambda: b"{\\rtf1 {\\object\\objdata 0105}}", "RTF"),
    ("UTF-16 text", "说明.txt", lambda: "说明".encode("utf-16"), "UTF-8"),
    ("flat ODF", "表.fods", lambda: b'<?xml version="1.0"?><office:document/>', "不认识"),
]


@pytest.mark.parametrize(
    ("name", "make", "says"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_a_trap_is_refused_with_its_sentence(name: str, make: Any, says: str) -> None:
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileRefused) as refused:
        check(name, len(content), io.BytesIO(content))
    message = str(refused.value)
    assert says in message
    assert f"“{name}”" in message
    assert message.endswith("。")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200 * 1024, f"the server grew by {grown // 1024} MB"


@pytest.mark.parametrize("text", ["MZ 开头的车牌", "BM 公司的说明"])
def test_words_that_begin_like_a_program_are_words(text: str) -> None:
    content = text.encode()
    assert check("说明.txt", len(content), io.BytesIO(content)).key == "text"


def test_a_lawful_pdf_comes_in_packed_or_not() -> None:
    for content in (pdf(3), pdf(3, packed=True)):
        assert check("文书.pdf", len(content), io.BytesIO(content)).pages == 3


def test_what_takes_too_long_or_too_much_ends_only_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "WALL_SECONDS", 0.001)
    with pytest.raises(Unreadable, match="heavy"):
        page_count(io.BytesIO(pdf()))


def test_the_child_has_limits_of_memory_and_time() -> None:
    """A picture just within the pixels is drawn; the child refuses what would need more memory than it has."""
    assert look_at_picture(io.BytesIO(flood(5000, 5000))).width == 5000
    code = f"import runpy,sys; m=runpy.run_path({str(confined.CHILD)!r}); m['TASKS']['hog']=lambda: str(len(bytearray(2<<30))).encode(); sys.argv=['x','hog','{{}}']; m['main']()"
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False)
    assert b'"heavy"' in done.stdout


def test_what_the_camera_wrote_is_read() -> None:
    found = look_at_picture(io.BytesIO(jpeg(place=True)))
    assert (found.device, found.taken_at) == (DEVICE, "2026-03-02 10:14:05 +08:00")
    assert (found.latitude, found.longitude) == pytest.approx(WUHAN, abs=1e-4)
    assert look_at_picture(io.BytesIO(jpeg())).latitude is None


def test_a_picture_drawn_anew_carries_nothing_of_the_camera_and_stands_upright() -> None:
    drawn = redrawn(io.BytesIO(jpeg(60, 40, place=True, turned=True)))
    picture = Image.open(io.BytesIO(drawn))
    assert picture.size == (40, 60)
    assert not picture.getexif()
    assert DEVICE.encode() not in drawn
    assert b"Exif" not in drawn


def test_a_box_is_drawn_into_the_pixels() -> None:
    drawn = Image.open(
        io.BytesIO(redrawn(io.BytesIO(jpeg(100, 100)), boxes=[(0.5, 0.5, 0.4, 0.4)], form="PNG"))
    )
    assert drawn.getpixel((70, 70)) == (0, 0, 0)
    assert drawn.getpixel((20, 20)) != (0, 0, 0)


def test_a_small_picture_for_the_grid() -> None:
    small = Image.open(
        io.BytesIO(redrawn(io.BytesIO(jpeg(800, 600)), edge=320, turn=90, form="WEBP", quality=75))
    )
    assert small.size == (240, 320)
    with pytest.raises(Unreadable, match="broken"):
        redrawn(io.BytesIO(png()[:30]))
