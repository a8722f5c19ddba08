"""Statutory grounds for no penalty, a lighter, mitigated or heavier one (行政处罚法第三十条至第三十三条、第四十九条).

Data for the discretion page: what is asked, what follows, and on which article, in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a ground does. ``must`` binds the agency, ``may`` leaves it the choice."""

    MUST_EXEMPT = "must_exempt"
    MAY_EXEMPT = "may_exempt"
    MUST_LIGHTEN = "must_lighten"
    MAY_LIGHTEN = "may_lighten"
    MUST_AGGRAVATE = "must_aggravate"

    @property
    def zh(self) -> str:
        return {
            "must_exempt": "不予处罚",
            "may_exempt": "可以不予处罚",
            "must_lighten": "应当从轻或者减轻",
            "may_lighten": "可以从轻或者减轻",
            "must_aggravate": "从重",
        }[self.value]


@dataclass(frozen=True)
class Ground:
    """A ground that the officer states. ``ages`` (from, below) marks one that follows from the age at the act."""

    key: str
    words: str
    effect: Effect
    article: str
    ages: tuple[int, int] | None = None


LAW = "行政处罚法"
BY_AGE = (
    Ground("under_14", "行为时未满十四周岁", Effect.MUST_EXEMPT, f"{LAW}第三十条", (0, 14)),
    Ground("under_18", "行为时已满十四、未满十八周岁", Effect.MUST_LIGHTEN, f"{LAW}第三十条", (14, 18)),
)
STATED = (
    Ground("no_control", "因精神、智力原因完全不能辨认或者控制行为", Effect.MUST_EXEMPT, f"{LAW}第三十一条"),
    Ground("partly_control", "辨认或者控制能力减弱，但没有完全丧失", Effect.MAY_LIGHTEN, f"{LAW}第三十一条"),
    Ground("reduced_harm", "主动消除或者减轻危害后果", Effect.MUST_LIGHTEN, f"{LAW}第三十二条第（一）项"),
    Ground("coerced", "受人胁迫、诱骗", Effect.MUST_LIGHTEN, f"{LAW}第三十二条第（二）项"),
    Ground("confessed", "主动说出机关还不掌握的违法行为", Effect.MUST_LIGHTEN, f"{LAW}第三十二条第（三）项"),
    Ground("merit", "配合查处并有立功表现", Effect.MUST_LIGHTEN, f"{LAW}第三十二条第（四）项"),
    Ground(
        "other_law",
        "其他法律、法规、规章另有从轻、减轻规定",
        Effect.MUST_LIGHTEN,
        f"{LAW}第三十二条第（五）项",
    ),
    Ground("no_fault", "当事人有足够证据证明没有主观过错", Effect.MUST_EXEMPT, f"{LAW}第三十三条第二款"),
    Ground("emergency", "突发事件中违反应对措施", Effect.MUST_AGGRAVATE, f"{LAW}第四十九条"),
)
# The two that rest on several facts together; each fact is asked by itself.
MINOR_CORRECTED = Ground(
    "minor_corrected", "违法轻微、及时改正、没有危害后果", Effect.MUST_EXEMPT, f"{LAW}第三十三条第一款"
)
FIRST_CORRECTED = Ground(
    "first_corrected", "初次违法、后果轻微、及时改正", Effect.MAY_EXEMPT, f"{LAW}第三十三条第一款"
)
RANGE_ARTICLE = f"{LAW}第七十六条"
BENCHMARK_ARTICLE = "国办发〔2022〕27号（十二）"
MITIGATION_ARTICLE = "国办发〔2022〕27号（六）"
HARMS = {"none": "没有危害后果", "slight": "轻微", "some": "较重或者严重"}
