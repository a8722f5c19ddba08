"""Columns of the power lists that are more than text: fines by party, the steps of a benchmark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from plumbline.platform.lists import Cell, CellFault, half_width
from plumbline.platform.lists.cells import fen_of, yuan_of
from plumbline.vocabulary import load_vocabulary

WHOLE_RATE = 10_000  # basis points of one time the base
_BETWEEN = re.compile(r"(.+?)(?:至|到|—|–|-|~|～)(.+)")


def _parties() -> Mapping[str, str]:
    return load_vocabulary().enums["range_party"]


def span_of(said: str) -> tuple[int | None, int]:
    """「5000 至 50000 元」 and 「200 元以下」 in fen; the lower end may be left open."""
    text = half_width(said).replace(" ", "").replace("人民币", "")
    if text.endswith("以下"):
        return 0, fen_of(text.removesuffix("以下"))
    found = _BETWEEN.fullmatch(text)
    if found is None:
        raise CellFault(f"“{said}”不是幅度。请写成“5000 至 50000”或“200 以下”（元）")
    low, high = fen_of(found[1]), fen_of(found[2])
    if low > high:
        raise CellFault(f"“{said}”的下限高于上限。请核对")
    return low, high


def _times(said: str) -> int:
    text = half_width(said).strip().removesuffix("倍").strip()
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", text):
        raise CellFault(f"“{said}”不是倍数。请写成“5 倍至 10 倍”")
    whole, _, part = text.partition(".")
    return int(whole) * WHOLE_RATE + int((part or "0").ljust(4, "0"))


def _times_zh(rate: int) -> str:
    whole, part = divmod(rate, WHOLE_RATE)
    return f"{whole}" + (f".{part:04d}".rstrip("0") if part else "")


@dataclass(frozen=True)
class Ranges(Cell):
    """Fines by party: 「单位 5000 至 50000；个人 200 以下」, amounts in yuan; or by times of the base: 「不分 5 倍至 10 倍」."""

    def read(self, said: str) -> list[dict[str, Any]]:
        found = []
        for part in (each.strip() for each in re.split(r"[；;\n]", said) if each.strip()):
            for code, label in sorted(_parties().items(), key=lambda each: -len(each[1])):
                if part.startswith(label):
                    found.append({"party": code, **self._span(part.removeprefix(label).strip(" ：:"))})
                    break
            else:
                known = "、".join(_parties().values())
                raise CellFault(
                    f"“{part}”没有写明罚谁。请以{known}开头，例如“{next(iter(_parties().values()))} 5000 至 50000”"
                )
        return found

    def _span(self, said: str) -> dict[str, int]:
        if "倍" in said:
            match = _BETWEEN.fullmatch(said.replace(" ", ""))
            low, high = (match[1], match[2]) if match else ("0", said.replace("以下", ""))
            return {"min_rate": _times(low), "max_rate": _times(high)}
        low_fen, high_fen = span_of(said)
        return {"min": low_fen or 0, "max": high_fen}

    def show(self, value: Any) -> str:
        return "；".join(
            f"{_parties().get(each['party'], each['party'])} {self._shown(each)}" for each in value or ()
        )

    def _shown(self, each: Mapping[str, Any]) -> str:
        if each.get("max_rate") is not None:
            return f"{_times_zh(each.get('min_rate') or 0)} 倍至 {_times_zh(each['max_rate'])} 倍"
        return f"{yuan_of(each.get('min') or 0)} 至 {yuan_of(each.get('max') or 0)}"

    @property
    def long(self) -> bool:
        return True

    @property
    def says(self) -> str:
        return "每种当事人写明幅度（元），用“；”隔开；不设罚款的空着"


@dataclass(frozen=True)
class Steps(Cell):
    """Steps of a benchmark, one a line: 「S1 较轻 5000 至 20000｜初次被查处｜当日改正」 (code, name, fine in yuan, circumstances)."""

    def read(self, said: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for line in (each.strip() for each in said.split("\n") if each.strip()):
            head, *circumstances = [part.strip() for part in re.split(r"[｜|]", line)]
            match = re.fullmatch(r"([0-9A-Za-z_-]{1,20})\s+(\S{1,20})\s+(.+)", half_width(head))
            if match is None:
                raise CellFault(f"“{line[:30]}”看不出阶次。每个阶次一行，请写成“S1 较轻 5000 至 20000｜情形”")
            low, high = span_of(match[3])
            step = {"code": match[1], "label": match[2], "min": low or 0, "max": high}
            if circumstances:
                step["circumstances"] = [each for each in circumstances if each]
            if any(each["code"] == step["code"] for each in found):
                raise CellFault(f"阶次“{match[1]}”出现了两次。请改用不同的编号")
            found.append(step)
        for lower, upper in pairwise(found):
            if upper["min"] < lower["max"]:
                raise CellFault(
                    f"阶次“{upper['code']}”的下限低于“{lower['code']}”的上限，两档重叠。请从轻到重排列并衔接"
                )
        return found

    def show(self, value: Any) -> str:
        return "\n".join(
            "｜".join(
                [
                    f"{each['code']} {each.get('label') or '未命名'} {yuan_of(each['min'])} 至 {yuan_of(each['max'])}",
                    *each.get("circumstances", ()),
                ]
            )
            for each in value or ()
        )

    @property
    def long(self) -> bool:
        return True

    @property
    def says(self) -> str:
        return "每个阶次一行：编号 名称 下限 至 上限（元）｜情形｜情形，从轻到重"
