"""A discretion benchmark that a decision applies has been made public (行政处罚法第三十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, all_of, field, on, row_value

from ..conditions import PENALISED

_USE = {"benchmark": "B-1", "step": "S1"}


def _register(**published: Any) -> dict[str, object]:
    row = {
        "id": "B-1",
        "maker": "A-1",
        "item": "X-1",
        "valid_from": "2023-01-01",
        "valid_to": None,
        "steps": [{"code": "S1", "min": 100_000, "max": 300_000}],
        **published,
    }
    return {"benchmarks": [row]}


def _used(use: dict[str, str] | None = _USE) -> tuple[dict[str, object], ...]:
    return (filed(), fined("2026-03-20", benchmark=use))


RULE = Rule(
    id="APL-34-benchmark-public",
    subject=("decision_made",),
    when=all_of(PENALISED, field("benchmark").ne(None)),
    require=Check(row_value("benchmarks", "id", field("benchmark.benchmark"), "published_on").le(on())),
    breach_zh="适用了未公布的裁量基准",
    duty_zh="据以处罚的裁量基准，应当在作出决定之前已经向社会公布",
    remedy_zh="请先公布裁量基准；未公布的基准不作为裁量的依据。",
    examples=(
        Example("决定当日公布", "met", _used(), "2026-07-01", _register(published_on="2026-03-20")),
        Example("决定次日才公布", "breached", _used(), "2026-07-01", _register(published_on="2026-03-21")),
        Example("登记为没有公布", "breached", _used(), "2026-07-01", _register(published_on=None)),
        Example("公布日没有登记", "unknown", _used(), "2026-07-01", _register()),
        Example("基准不在登记册", "unknown", _used(), "2026-07-01", {"benchmarks": []}),
        Example("没有填报是否适用基准", "unknown", (filed(), fined("2026-03-20")), "2026-07-01"),
        Example("没有基准", "not_applicable", _used(None), "2026-07-01"),
        Example(
            "不予处罚",
            "not_applicable",
            (
                filed(),
                step(
                    "decision_made", "2026-03-20", outcome="no_penalty", procedure="ordinary", benchmark=_USE
                ),
            ),
            "2026-07-01",
            _register(published_on=None),
        ),
    ),
)
