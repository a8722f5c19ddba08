"""Procedures of the linkage with police, procuratorate and supervisory commission (行刑衔接、检察、监察), by key and version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plumbline.packs.procedures import Procedure, Step

from .advice import ADVICE_2018, JUDICIAL_2018
from .commission import CLUE_2025, FLASH_2022
from .crime import CRIME_2020
from .letters import OPINION_2018, REVERSE_2020, SUGGESTION_2019
from .words import (
    COMMISSION,
    CORRESPONDENT,
    COURT,
    HANDLER,
    LEADER,
    OFFICE,
    OUTSIDE,
    POLICE,
    PROCURATORATE,
    SIDES,
)

__all__ = [
    "COMMISSION",
    "CORRESPONDENT",
    "COURT",
    "ENTRIES",
    "HANDLER",
    "LEADER",
    "OFFICE",
    "OUTSIDE",
    "POLICE",
    "PROCEDURES",
    "PROCURATORATE",
    "RULES",
    "SIDES",
    "Entry",
    "entry",
    "procedure",
    "procedure_for",
]

PROCEDURES: tuple[Procedure, ...] = (
    CRIME_2020,
    REVERSE_2020,
    SUGGESTION_2019,
    OPINION_2018,
    CLUE_2025,
    FLASH_2022,
    JUDICIAL_2018,
    ADVICE_2018,
)
#: The rules that speak of the linkage. Those on what happens to the case beside it are the case's own.
RULES: frozenset[str] = frozenset(
    rule for each in PROCEDURES for step in each.steps.values() for rule in step.settles
) | {"TSC-11-no-substitute"}


@dataclass(frozen=True)
class Entry:
    """A way to begin: who begins it, with which step, and the body at the other end."""

    key: str
    label: str
    what: str
    procedure: str
    step: str
    organ: str

    @property
    def first(self) -> Step:
        found = next(each for each in PROCEDURES if each.key == self.procedure)
        return found.steps[self.step]

    @property
    def side(self) -> str:
        return self.first.capability


ENTRIES: tuple[Entry, ...] = (
    Entry("crime", "移送涉嫌犯罪案件", "办案中发现涉嫌犯罪：对照追诉标准，报负责人决定，移送公安机关。", "crime", "suspected", POLICE),
    Entry("clue", "移送监察线索", "发现公职人员涉嫌职务违法、职务犯罪：登记线索，由负责人移送监察机关。", "clue", "suspected", COMMISSION),
    Entry("flash", "报送案情速报", "重大、敏感或者公职人员涉案的情况，先行报告监察机关。", "flash", "sent", COMMISSION),
    Entry("suggestion-paper", "登记纸质检察建议书", "收到纸质检察建议书：登记后从收到之日计算回复期限。", "suggestion", "received", PROCURATORATE),
    Entry("opinion-paper", "登记纸质检察意见书", "收到纸质检察意见书：登记后办理并告知结果。", "opinion", "received", PROCURATORATE),
    Entry("judicial-paper", "登记司法建议书", "收到人民法院的司法建议书：登记后办理，书面回复。", "judicial", "received", COURT),
    Entry("advice-paper", "登记纸质监察建议书", "收到监察机关的纸质监察建议书：登记后办理，书面回复。", "advice", "received", COMMISSION),
    Entry("reverse-paper", "登记公安机关纸质移送", "公安机关以纸质方式移送的行政案件。", "reverse", "received", POLICE),
    Entry("suggestion", "发出检察建议书", "向行政机关提出检察建议，从对方签收之日计算回复期限。", "suggestion", "sent", PROCURATORATE),
    Entry("opinion", "发出检察意见书", "不起诉但需要行政处罚的，向主管机关提出检察意见。", "opinion", "sent", PROCURATORATE),
    Entry("advice", "发出监察建议书", "向行政机关提出监察建议；对方签收、回复都在本事项中看到。", "advice", "sent", COMMISSION),
    Entry("reverse", "向行政机关移送案件", "没有犯罪事实或者不追究刑事责任，但应当追究行政责任。", "reverse", "sent", POLICE),
)  # fmt: skip


def entry(key: str) -> Entry | None:
    return next((each for each in ENTRIES if each.key == key), None)


def procedure(key: str, version: str) -> Procedure:
    """The declaration a matter was opened under; KeyError when there is none."""
    for each in PROCEDURES:
        if (each.key, each.version) == (key, version):
            return each
    raise KeyError(f"{key} {version}")


def procedure_for(key: str, on: date) -> Procedure:
    """The version of procedure ``key`` in force on a day."""
    fitting = [each for each in PROCEDURES if each.key == key and each.in_force_from <= on]
    if not fitting:
        raise KeyError(f"{key} on {on}")
    return max(fitting, key=lambda each: each.in_force_from)
