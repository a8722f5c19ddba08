"""The kinds of file we take, and how each begins."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

MIB = 1024 * 1024


class FileRefused(Exception):
    """The file cannot be taken; the message is shown as it stands."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file we take: its content type, endings, and largest size in bytes."""

    name: str
    content_type: str
    endings: tuple[str, ...]
    largest: int
    recording: bool = False

    def limit(self, *, in_parts: bool) -> int:
        """Largest size in bytes; a recording of a whole procedure may be long when it arrives in parts."""
        return (
            max(self.largest, settings.RECORDING_MAX_BYTES) if self.recording and in_parts else self.largest
        )


PHOTO = 20 * MIB
OTHER = 50 * MIB
KINDS = {
    "jpeg": FileKind("照片", "image/jpeg", (".jpg", ".jpeg"), PHOTO),
    "png": FileKind("图片", "image/png", (".png",), PHOTO),
    "webp": FileKind("图片", "image/webp", (".webp",), PHOTO),
    "pdf": FileKind("PDF", "application/pdf", (".pdf",), OTHER),
    "docx": FileKind(
        "Word 文档",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
        OTHER,
    ),
    "xlsx": FileKind(
        "Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",), OTHER
    ),
    "pptx": FileKind(
        "演示文稿",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (".pptx",),
        OTHER,
    ),
    "mp4": FileKind("录像", "video/mp4", (".mp4", ".m4v", ".mov", ".m4a"), OTHER, recording=True),
    "mp3": FileKind("录音", "audio/mpeg", (".mp3",), OTHER, recording=True),
    "wav": FileKind("录音", "audio/wav", (".wav",), OTHER, recording=True),
    "amr": FileKind("录音", "audio/amr", (".amr",), OTHER, recording=True),
    "text": FileKind("文本", "text/plain; charset=utf-8", (".txt",), OTHER),
}

STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"ID3", "mp3"),
    (b"#!AMR", "amr"),
)
ARCHIVE = "“{name}”是压缩包，已拒收。请解开后把文件分别上传。"
PICTURE = "“{name}”是本平台不显示的图片格式，已拒收。请另存为 .jpg 或 .png 后上传。"
# Known, and not taken: each with what to do instead.
REFUSED_STARTS = (
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"MZ", "“{name}”是程序，已拒收。证据中的程序请封存原介质，并上传说明和截图。"),
    (b"\x7fELF", "“{name}”是程序，已拒收。证据中的程序请封存原介质，并上传说明和截图。"),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"{\\rtf", "“{name}”是 RTF 文档，已拒收。请另存为 .docx，或上传 PDF。"),
)
# Photographs of some telephones: no browser of our users shows them.
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def refuse_size(kind: FileKind, name: str, size: int, *, in_parts: bool) -> None:
    """Refuse what is larger than its kind may be."""
    largest = kind.limit(in_parts=in_parts)
    if size > largest:
        raise FileRefused(
            f"{kind.name}不能超过 {largest // MIB} MB（“{name}”为 {-(-size // MIB)} MB）。请压缩或分开后上传，原件请自行保存。"
        )
