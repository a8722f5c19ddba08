"""Reading event logs of other systems: XES, CSV and Parquet as flat rows, in file order, without holding the file."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from .fault import LogFault
from .xes_rows import XesRows, write_parquet

__all__ = ["FORMATS", "Log", "LogFault", "Row", "open_log", "xes_elements", "xes_to_parquet"]

Row = Mapping[str, Any]
FORMATS = "可用 .xes、.xes.gz、.csv、.csv.gz、.parquet"


@dataclass(frozen=True)
class Log:
    """The rows of a log and, where the format states them, the names of its columns (XES does not)."""

    columns: tuple[str, ...] | None
    rows: Iterator[Row]


def open_log(path: Path, *, only: Collection[str] | None = None) -> Log:
    """The log at ``path``. ``only`` names the columns that are wanted, where leaving out the others saves work."""
    name = path.name.lower().removesuffix(".gz")
    readers = {".parquet": _parquet, ".csv": _csv, ".xes": _xes}
    reader = readers.get(Path(name).suffix)
    if reader is None:
        raise LogFault(f"不认识的日志格式：{path.name}。{FORMATS}。")
    if not path.is_file():
        raise LogFault(f"找不到日志文件 {path}。请核对路径。")
    return reader(path, only)


@contextmanager
def _bytes_of(path: Path) -> Iterator[BinaryIO]:
    try:
        packed = path.name.lower().endswith(".gz")
        with cast(BinaryIO, gzip.open(path, "rb")) if packed else path.open("rb") as source:
            yield source
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise LogFault(f"{path.name} 的压缩内容不完整或已损坏（{fault}）。请重新导出或重新传输。") from None


def _parquet(path: Path, only: Collection[str] | None) -> Log:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise LogFault("读取 Parquet 需要 pyarrow。请先安装（pip install pyarrow），或导出为 CSV。") from None
    try:
        file = parquet.ParquetFile(path)
    except ArrowException as fault:
        raise LogFault(f"{path.name} 不是 Parquet 文件（{fault}）。{FORMATS}。") from None
    columns = tuple(file.schema_arrow.names)
    wanted = [name for name in columns if only is None or name in only]

    def rows() -> Iterator[Row]:
        for batch in file.iter_batches(batch_size=20_000, columns=wanted):
            values = [column.to_pylist() for column in batch.columns]
            for each in zip(*values, strict=True):
                yield dict(zip(wanted, each, strict=True))

    return Log(columns, rows())


def _csv(path: Path, only: Collection[str] | None) -> Log:
    lines = _csv_lines(path)
    header = next(lines, None)
    if not header:
        raise LogFault(f"{path.name} 是空文件。第一行应为列名。")
    columns = tuple(header)
    if len(set(columns)) != len(columns):
        twice = sorted({name for name in columns if columns.count(name) > 1})
        raise LogFault(f"{path.name} 有重复的列名：{'、'.join(twice)}。请改名后再转换。")

    def rows() -> Iterator[Row]:
        for number, values in enumerate(lines, start=2):
            if len(values) != len(columns):
                if not values:
                    continue
                raise LogFault(
                    f"{path.name} 第 {number} 行有 {len(values)} 列，列名有 {len(columns)} 个。请核对分隔符和引号。"
                )
            yield dict(zip(columns, values, strict=True))

    return Log(columns, rows())


def _csv_lines(path: Path) -> Iterator[list[str]]:
    with _bytes_of(path) as source:

        def texts() -> Iterator[str]:
            for number, line in enumerate(source, start=1):
                try:
                    yield line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    raise LogFault(
                        f"{path.name} 第 {number} 行不是 UTF-8 编码（常见于 GBK 文件）。请另存为 UTF-8 的 CSV。"
                    ) from None

        try:
            yield from csv.reader(texts(), strict=True)
        except csv.Error as fault:
            raise LogFault(f"{path.name} 不是完整的 CSV（{fault}）。请核对引号和换行。") from None


def _xes(path: Path, only: Collection[str] | None) -> Log:
    return Log(None, XesRows(path, _bytes_of).rows())


def xes_to_parquet(path: Path, out: Path) -> int:
    """An XES log as a Parquet file with the same rows and names; gives how many events there are."""
    return write_parquet(XesRows(path, _bytes_of), out)


def xes_elements(path: Path) -> Iterator[tuple[str, Any, list[Any]]]:
    """The elements of an XES file as they begin and end, each with those it stands in; events are let go once read."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    with _bytes_of(path) as source:
        above: list[Any] = []
        try:
            for moment, element in iterparse(source, events=("start", "end")):
                if moment == "start":
                    yield moment, element, above
                    above.append(element)
                    continue
                above.pop()
                yield moment, element, above
                if above and element.tag.rsplit("}", 1)[-1] in {"event", "trace"}:
                    above[-1].remove(element)  # or the tree grows with the file
        except ParseError as fault:
            raise LogFault(f"{path.name} 不是完整的 XES（XML 有误：{fault}）。请重新导出。") from None
        except DefusedXmlException:
            raise LogFault(
                f"{path.name} 含有 XML 实体定义，为安全起见不予读取。请去掉 DOCTYPE 后再转换。"
            ) from None
