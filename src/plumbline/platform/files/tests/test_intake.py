"""Every refusal of file intake, on files made here; and that what is lawful comes in."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import pytest

from plumbline.platform.files import office
from plumbline.platform.files.intake import FileRefused, check, safe_name
from plumbline.platform.files.kinds import MIB

from .made import jpeg, pdf, png, webp

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
DOCX = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document>DDE is a word here</w:document>"}
PNG, JPEG = png(), jpeg()


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return sink.getvalue()


def intake(name: str, content: bytes, size: int | None = None) -> str:
    return check(name, len(content) if size is None else size, io.BytesIO(content)).kind.content_type


def relation(kind: str, target: str) -> bytes:
    return (
        f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    ).encode()


HYPERLINK = relation("hyperlink", "https://example.org")
TEMPLATE = relation("attachedTemplate", "https://example.org/t.dotm")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("现场.jpg", JPEG),
        ("现场.JPEG", JPEG),
        ("截图.png", PNG),
        ("图.webp", webp()),
        ("录音.wav", b"RIFF\0\0\0\0WAVEfmt "),
        ("录音.mp3", b"ID3\x04" + b"\0" * 20),
        ("录音.amr", b"#!AMR\n" + b"\0" * 20),
        ("录像.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 20),
        ("录像.mov", b"\0\0\0\x14ftypqt  " + b"\0" * 20),
        ("说明.txt", "现场说明".encode()),
        ("带标记.txt", b"\xef\xbb\xbf" + "现场说明".encode()),
        ("文书.pdf", pdf()),
        ("笔录.docx", packed(DOCX)),
        ("链接.docx", packed({**DOCX, "word/_rels/document.xml.rels": HYPERLINK})),
        ("台账.xlsx", packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"})),
        ("汇报.pptx", packed({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<p/>"})),
    ],
)
def test_lawful_files_come_in(name: str, content: bytes) -> None:
    source = io.BytesIO(content)
    accepted = check(name, len(content), source)
    assert accepted.name == name
    assert source.tell() == 0, "the store reads from the start"


def _encrypted() -> bytes:
    content = bytearray(packed(DOCX))
    # The flag of a password stands in each local and central header.
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            flags = struct.unpack_from("<H", content, at + offset)[0]
            struct.pack_into("<H", content, at + offset, flags | 1)
            at = content.find(mark, at + 4)
    return bytes(content)


def _lying_bomb() -> bytes:
    """Twelve megabytes of one letter behind headers that admit to a hundred bytes."""
    content = bytearray(packed({**DOCX, "word/media.xml": b"a" * (12 * MIB)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.rfind(mark)
        struct.pack_into("<I", content, at + offset, 100)
    return bytes(content)


SPLIT_PDF = b"%PDF-1.7\n" + b" " * (4 * MIB - 9 - 4) + b"/JavaScript (app.alert(1))"
DDE = b"<w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText>"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.jpg", b"", "空文件"),
        ("宏.docx", packed({**DOCX, "word/vbaProject.bin": b"\0"}), "“宏.docx”含有宏，已拒收。"),
        ("宏.DOCX", packed({**DOCX, "word/VbaProject.BIN": b"\0"}), "含有宏"),
        (
            "宏.docx",
            packed({**DOCX, "[Content_Types].xml": b'<Types ContentType="x.macroEnabled.main+xml"/>'}),
            "含有宏",
        ),
        ("嵌.docx", packed({**DOCX, "word/embeddings/oleObject1.bin": b"\0"}), "嵌有其他文件"),
        ("嵌.docx", packed({**DOCX, "word/activeX/activeX1.bin": b"\0"}), "嵌有其他文件"),
        ("套.docx", packed({**DOCX, "word/media/inner.zip": packed({"a": b"a"})}), "嵌有其他文件"),
        ("外.docx", packed({**DOCX, "word/_rels/settings.xml.rels": TEMPLATE}), "引用了外部文件"),
        # A lawful hyperlink beside it does not cover for a template fetched from outside.
        (
            "外.docx",
            packed(
                {
                    **DOCX,
                    "word/_rels/document.xml.rels": HYPERLINK.replace(b"</Relationships>", b"") + TEMPLATE,
                }
            ),
            "引用了外部文件",
        ),
        (
            "外.docx",
            packed({**DOCX, "word/_rels/s.xml.rels": TEMPLATE.replace(b'"', b"'")}),
            "引用了外部文件",
        ),
        ("域.docx", packed({**DOCX, "word/document.xml": DDE}), "会启动其他程序"),
        (
            "笑.docx",
            packed({**DOCX, "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'}),
            "内部结构不正常",
        ),
        ("密.docx", _encrypted(), "有密码"),
        ("密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "旧版 Office 或加密文件"),
        ("炸弹.docx", packed({**DOCX, "word/media/a.bin": b"\0" * (12 * MIB)}), "压缩方式不正常"),
        ("谎报.docx", _lying_bomb(), "已损坏"),
        (
            "多.docx",
            packed({**DOCX, **{f"word/{n}.bin": b"" for n in range(2001)}}, zipfile.ZIP_STORED),
            "压缩方式不正常",
        ),
        ("滑.docx", packed({**DOCX, "../../etc/cron.d/x": b"x"}), "是压缩包"),
        ("压缩.zip", packed({"a.txt": b"a"}), "是压缩包，已拒收"),
        ("坏.docx", packed(DOCX)[:60], "已损坏"),
        ("真图.png", JPEG, "与扩展名不符"),
        ("现场.jpg", b"%PDF-1.4\n" + b"x" * 60, "与扩展名不符"),
        ("说明.txt", packed(DOCX), "与扩展名不符"),
        ("无扩展名", JPEG, "与扩展名不符"),
        ("网页.txt", b"<html><script>alert(1)</script>", "不认识"),
        ("网页.txt", b"\xef\xbb\xbf  <svg onload=alert(1)>", "不认识"),
        ("程序.jpg", b"MZ\x90\0" + b"\0" * 60, "是程序"),
        ("后半.txt", b"a" * (MIB + 5) + b"\0\xff", "不认识"),
        ("苹果.heic", b"\0\0\0\x18ftypheic" + b"\0" * 20, "HEIC"),
        ("脚本.pdf", b"%PDF-1.7\n/OpenAction << /S /JavaScript >>", "脚本或嵌入文件"),
        ("跨块.pdf", SPLIT_PDF, "脚本或嵌入文件"),
        ("密.pdf", b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>", "有密码"),
    ],
)
def test_refused(name: str, content: bytes, says: str) -> None:
    with pytest.raises(FileRefused) as refused:
        intake(name, content)
    message = str(refused.value)
    assert says in message
    assert message.endswith("。")
    assert "！" not in message


def test_a_photo_of_more_than_20_mb_is_refused_by_name_and_size() -> None:
    with pytest.raises(FileRefused, match=r"照片不能超过 20 MB（“现场.jpg”为 34 MB）"):
        intake("现场.jpg", JPEG, size=34 * MIB)
    assert intake("现场.jpg", JPEG, size=20 * MIB) == "image/jpeg"


def test_another_file_of_more_than_50_mb_is_refused() -> None:
    with pytest.raises(FileRefused, match="录像不能超过 50 MB"):
        intake("录像.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 20, size=50 * MIB + 1)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "LARGEST_UNPACKED", 1000)
    with pytest.raises(FileRefused, match="解开后超过"):
        intake("大.docx", packed({**DOCX, "word/a.bin": b"a" * 1001}))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\相片\\现场.jpg", "现场.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("现\u0000场.jpg", "现场.jpg"),
        ("e\u0301.jpg", "\u00e9.jpg"),
        ("", "未命名"),
        ("..", "未命名"),
        ('<"x">.txt', "x.txt"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("长" * 300 + ".jpg")
    assert len(name) == 120
    assert name.endswith(".jpg")
