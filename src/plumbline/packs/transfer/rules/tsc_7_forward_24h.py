"""The police forward what is not theirs within 24 hours and say so (行政执法机关移送涉嫌犯罪案件的规定第七条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Clock, Stop, Within, event, exists, field, it, not_

_UNTOLD = event("transfer_forwarded", place="after", where=it("agency_told").is_false())


def _signed(
    own: bool | None = False, at: str = "2026-06-01T09:30:00+08:00", kind: str = "penalty"
) -> dict[str, object]:
    data: dict[str, Any] = {} if own is None else {"own_jurisdiction": own}
    return step("transfer_receipt_signed", at, kind=kind, **data)


def _forwarded(at: str, told: bool | None = True, kind: str = "penalty") -> dict[str, object]:
    data: dict[str, Any] = {} if told is None else {"agency_told": told}
    return step("transfer_forwarded", at, kind=kind, **data)


RULE = Rule(
    id="TSC-7-forward-24h",
    subject=("transfer_receipt_signed",),
    when=field("own_jurisdiction").is_false(),
    require=Within(
        Clock(24, "h"),
        (Stop(event("transfer_forwarded", place="after")),),
        also=not_(exists(_UNTOLD)),
    ),
    breach_zh="公安机关逾期未转送",
    duty_zh="公安机关对不归本机关管辖的移送案件，二十四小时内转送主管机关并书面告知移送的机关",
    remedy_zh="请与公安机关核实转送去向和书面告知；仍不转送的，可以提请检察机关监督。",
    examples=(
        Example(
            "满24小时时转送并告知",
            "met",
            (filed(), _signed(), _forwarded("2026-06-02T09:30:00+08:00")),
            "2026-06-20",
            due="2026-06-02T09:30:00+08:00",
        ),
        Example(
            "超过24小时一分钟",
            "breached",
            (filed(), _signed(), _forwarded("2026-06-02T09:31:00+08:00")),
            "2026-06-20",
            due="2026-06-02T09:30:00+08:00",
        ),
        Example(
            "转送而没有告知",
            "breached",
            (filed(), _signed(), _forwarded("2026-06-01T15:00:00+08:00", told=False)),
            "2026-06-20",
            due="2026-06-02T09:30:00+08:00",
        ),
        Example(
            "没有填报是否告知",
            "unknown",
            (filed(), _signed(), _forwarded("2026-06-01T15:00:00+08:00", told=None)),
            "2026-06-20",
        ),
        Example(
            "只有日期，次日转送",
            "unknown",
            (filed(), _signed(at="2026-06-01"), _forwarded("2026-06-02")),
            "2026-06-20",
        ),
        Example(
            "只有日期，次日转送而没有告知",
            "breached",
            (filed(), _signed(at="2026-06-01"), _forwarded("2026-06-02", told=False)),
            "2026-06-20",
        ),
        Example(
            "24小时之内尚未转送",
            "pending",
            (filed(), _signed()),
            "2026-06-02T09:00:00+08:00",
            due="2026-06-02T09:30:00+08:00",
        ),
        Example("24小时之后仍未转送", "breached", (filed(), _signed()), "2026-06-02"),
        Example("归本机关管辖", "not_applicable", (filed(), _signed(True)), "2026-06-20"),
        Example("没有填报管辖", "unknown", (filed(), _signed(None)), "2026-06-20"),
        Example(
            "单独成件的移送",
            "met",
            (
                _signed(kind="crime_transfer"),
                _forwarded("2026-06-01T17:00:00+08:00", kind="crime_transfer"),
            ),
            "2026-06-20",
        ),
    ),
)
