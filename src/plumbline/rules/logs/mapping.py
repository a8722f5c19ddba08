"""The mapping of a log: which columns hold case, activity and time, and what each activity becomes.

Checked as a whole against the vocabulary and the log's columns before the first event is written, so that a misspelt name
is told by name and not found out from what is missing later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from plumbline.vocabulary import Vocabulary, extended_vocabulary, load_vocabulary

from .reading import LogFault

FORMS = ("text", "cents", "integer")
REQUIRED = ("kind", "agency", "case", "activity", "time", "activities")
KNOWN = (*REQUIRED, "vocabulary", "date_only_at_midnight", "values")


@dataclass(frozen=True)
class DataField:
    """One field of an activity's data: from which column, in which form, and by which table of values."""

    name: str
    column: str
    form: str = "text"
    values: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Target:
    """What an activity of the log becomes."""

    activity: str
    fields: tuple[DataField, ...]


@dataclass(frozen=True)
class LogMapping:
    kind: str
    agency: str
    case: tuple[str, ...]
    activity: tuple[str, ...]
    time: tuple[str, ...]
    targets: Mapping[str, Target]
    vocabulary: Vocabulary
    date_only_at_midnight: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is read, where the log has it."""
        fields = {field.column for target in self.targets.values() for field in target.fields}
        return frozenset((*self.case, *self.activity, *self.time, *fields))

    def check_columns(self, columns: Collection[str]) -> None:
        """Raises LogFault naming the first column that the log does not have."""
        for what, names in (("事项号", self.case), ("活动", self.activity), ("时间", self.time)):
            if not any(name in columns for name in names):
                raise LogFault(_no_column(f"{what}列 {' 或 '.join(names)}", names[0], columns))
        for act, target in self.targets.items():
            for field in target.fields:
                if field.column not in columns:
                    raise LogFault(_no_column(f"“{act}”的列 {field.column}", field.column, columns))


def load_mapping(path: Path, words: Vocabulary | None = None) -> LogMapping:
    """Read and check a mapping file; raises LogFault with what to mend. ``words`` stand for those that the file names."""
    try:
        document = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        raise LogFault(f"找不到映射文件 {path}。请核对路径。") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise LogFault(f"映射文件 {path} 无法读取：{fault}。应为 UTF-8 编码的 YAML。") from None
    if not isinstance(document, dict):
        raise LogFault(f"映射文件 {path} 应为“名称: 值”的 YAML。")
    own = document.get("vocabulary")
    if words is not None:
        vocabulary = words
    elif isinstance(own, dict):
        vocabulary = extended_vocabulary(own)
    else:
        vocabulary = load_vocabulary(path.parent / own if own else None)
    return read_mapping(document, vocabulary, name=f"映射文件 {path}")


def read_mapping(document: Mapping[str, Any], vocabulary: Vocabulary, *, name: str = "映射") -> LogMapping:
    """A mapping from its document (the keys of the YAML), checked against the words it maps to."""
    for key in document:
        if key not in KNOWN:
            raise LogFault(f"{name} 中没有“{key}”这一项{_near(str(key), KNOWN)}。")
    for key in REQUIRED:
        if not document.get(key):
            raise LogFault(f"{name} 缺少“{key}”。")
    if document["kind"] not in vocabulary.kinds:
        raise LogFault(
            f"映射文件的 kind：契约中没有 {document['kind']}{_near(str(document['kind']), vocabulary.kinds)}。"
        )
    tables = document.get("values") or {}
    return LogMapping(
        kind=document["kind"],
        agency=str(document["agency"]),
        case=_names(document["case"]),
        activity=_names(document["activity"]),
        time=_names(document["time"]),
        targets={
            str(act): _target(str(act), target, tables, vocabulary)
            for act, target in document["activities"].items()
        },
        vocabulary=vocabulary,
        date_only_at_midnight=bool(document.get("date_only_at_midnight")),
    )


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _target(act: str, target: Any, tables: Mapping[str, Any], vocabulary: Vocabulary) -> Target:
    if not isinstance(target, dict) or "activity" not in target:
        raise LogFault(f"映射文件的“{act}”应写明 activity。")
    name = target["activity"]
    known = vocabulary.activities.get(name)
    if known is None:
        raise LogFault(f"映射文件的“{act}”：契约中没有活动 {name}{_near(str(name), vocabulary.activities)}。")
    fields = []
    for field, how in (target.get("data") or {}).items():
        if field not in known.fields and not field.startswith("x_"):
            raise LogFault(f"映射文件的“{act}”：{name} 没有字段 {field}{_near(field, known.fields)}。")
        made = DataField(field, field, how) if isinstance(how, str) else _field(act, field, how, tables)
        if made.form not in FORMS:
            raise LogFault(f"映射文件的“{act}”：{field} 的形式 {made.form} 应为 {'、'.join(FORMS)} 之一。")
        fields.append(made)
    return Target(name, tuple(fields))


def _field(act: str, field: str, how: Mapping[str, Any], tables: Mapping[str, Any]) -> DataField:
    table = how.get("values")
    if table is not None and table not in tables:
        raise LogFault(f"映射文件的“{act}”：{field} 用到的对照表 {table} 没有写在 values 中。")
    return DataField(
        field, how.get("column", field), how.get("as", "text"), tables[table] if table is not None else None
    )


def _no_column(what: str, name: str, columns: Collection[str]) -> str:
    return f"日志没有映射文件所写的{what}{_near(name, columns)}。日志的列有：{'、'.join(columns)}。"


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"，是否应为 {near[0]}" if near else ""
