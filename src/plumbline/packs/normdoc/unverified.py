"""Periods that are only remembered: no text is at hand, so nothing counts them. Shown where they would apply.

Why each is not verified stands in ``lawbook/coverage.yaml`` (the same ids); here is what is believed, where it would be
used, and which text would settle it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unverified:
    """``phase`` is the legal step beside which it is shown."""

    id: str
    phase: str
    what: str
    believed: str
    settled_by: str


UNVERIFIED: tuple[Unverified, ...] = (
    Unverified(
        "U-02",
        "opening",
        "一般文件公开征求意见的最少天数",
        "国家没有统一的最少天数；涉企文件和重大决策的三十日另有依据，照常执行",
        "国办发〔2018〕37号全文",
    ),
    Unverified(
        "U-01",
        "reviewing",
        "合法性审核的时限",
        "一般不少于五个工作日，最长不超过十五个工作日，紧急情况除外",
        "国办发〔2018〕115号全文",
    ),
    Unverified(
        "U-04",
        "publishing",
        "有效期",
        "一般五年，名称有“试行”“暂行”的两年，届满自动失效",
        "湖北省政府令第379号，武汉市行政规范性文件管理办法（2023 年修订）",
    ),
    Unverified(
        "U-04",
        "filing",
        "公布后报送备案的天数",
        "公布之日起十五日内",
        "湖北省政府令第379号",
    ),
    Unverified(
        "U-05",
        "filing",
        "区、街道文件向上级备案的天数",
        "规定了天数，天数不详",
        "武汉市行政规范性文件管理办法（2023 年修订）",
    ),
)


def unverified_of(phase: str) -> tuple[Unverified, ...]:
    return tuple(each for each in UNVERIFIED if each.phase == phase)
