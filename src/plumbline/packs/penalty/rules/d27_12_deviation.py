"""Leaving the discretion benchmark needs approval (国办发〔2022〕27号（十二）)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    any_of,
    choose,
    event,
    exists,
    field,
    it,
    not_,
    row_element,
    row_value,
)

from ..conditions import PENALISED

_BENCHMARK = field("benchmark.benchmark")
_STEP = field("benchmark.step")


def _bound(column: str) -> Expression:
    return row_element("benchmarks", "id", _BENCHMARK, "steps", "code", _STEP, column)


_OUTSIDE = any_of(
    field("benchmark.adjusted").is_true(),
    all_of(
        field("penalty.kinds").holds("fine"),
        any_of(field("penalty.fine").gt(_bound("max")), field("penalty.fine").lt(_bound("min"))),
    ),
)
_OWN = row_value("benchmarks", "id", _BENCHMARK, "maker").eq(agency())


def _approved(*by: str) -> Expression:
    return exists(
        event(
            "benchmark_deviation_approved",
            place="before",
            where=it("approved_by").one_of(*by),
        )
    )


_STEPS = [{"code": "S1", "min": 100_000, "max": 300_000}]
_REGISTER = {
    "benchmarks": [
        {
            "id": "B-1",
            "maker": "A-1",
            "item": "X-1",
            "valid_from": "2023-01-01",
            "valid_to": None,
            "steps": _STEPS,
        }
    ]
}


def _used(fen: int, *before: dict[str, object], adjusted: bool = False) -> tuple[dict[str, object], ...]:
    use = {"benchmark": "B-1", "step": "S1", "adjusted": adjusted}
    return (filed(), *before, fined("2026-03-20", fen, benchmark=use))


def _approval(by: str, **data: Any) -> dict[str, object]:
    return step("benchmark_deviation_approved", "2026-03-18", approved_by=by, **data)


RULE = Rule(
    id="D27-12-deviation",
    subject=("decision_made",),
    when=all_of(PENALISED, field("benchmark").ne(None), _OUTSIDE),
    require=Check(
        all_of(
            not_(
                exists(
                    event(
                        "benchmark_deviation_approved",
                        place="before",
                        where=it("filed").is_false(),
                    )
                )
            ),
            choose(
                _OWN,
                any_of(
                    _approved("principal_head", "collective"),
                    exists(event("collective_discussion_recorded", place="before")),
                ),
                _approved("maker"),
            ),
        )
    ),
    gate=True,
    breach_zh="调整裁量基准未经批准",
    duty_zh="调整适用裁量基准的，应当经机关主要负责人批准或者集体讨论；适用上级基准的报制定机关批准",
    remedy_zh="请在基准档次内裁量，或者先办理调整适用的批准。",
    examples=(
        Example("在档次内", "not_applicable", _used(300_000), "2026-04-01", _REGISTER),
        Example("高出一分而未批准", "breached", _used(300_001), "2026-04-01", _REGISTER),
        Example(
            "高出而经主要负责人批准",
            "met",
            _used(
                400_000,
                step(
                    "benchmark_deviation_approved",
                    "2026-03-18",
                    approved_by="principal_head",
                    filed=True,
                ),
            ),
            "2026-04-01",
            _REGISTER,
        ),
        Example("基准没有登记", "unknown", _used(400_000), "2026-04-01", {"benchmarks": []}),
        *(
            Example(
                f"批准材料{how}",
                verdict,
                _used(400_000, _approval("collective", **filing)),
                "2026-04-01",
                _REGISTER,
            )
            for how, filing, verdict in (
                ("没有归卷", {"filed": False}, "breached"),
                ("是否归卷没有填报", {}, "unknown"),
            )
        ),
        *(
            Example(
                f"适用上级的基准，由{zh}批准",
                verdict,
                _used(400_000, _approval(by, filed=True)),
                "2026-04-01",
                {"benchmarks": [{**_REGISTER["benchmarks"][0], "maker": "A-9"}]},
            )
            for by, zh, verdict in (
                ("maker", "制定机关", "met"),
                ("principal_head", "本机关主要负责人", "breached"),
            )
        ),
        Example(
            "没有适用基准",
            "not_applicable",
            (filed(), fined("2026-03-20", benchmark=None)),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "是否适用基准没有填报",
            "unknown",
            (filed(), fined("2026-03-20")),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "只给警告，没有调整",
            "not_applicable",
            (
                filed(),
                fined("2026-03-20", None, benchmark={"benchmark": "B-1", "step": "S1", "adjusted": False}),
            ),
            "2026-04-01",
            _REGISTER,
        ),
    ),
)
