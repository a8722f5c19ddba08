"""A document that was not published founds no act (优化营商环境条例第六十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import Check, all_of, count_items, every, field, item, on, row_value

_CITED = field("supporting_documents")


def _decided(**data: Any) -> tuple[dict[str, object], ...]:
    return (filed(), fined("2026-05-20", **data))


def _register(*rows: tuple[str, str | None]) -> dict[str, Any]:
    return {"normative_documents": [{"id": number, "published_on": day} for number, day in rows]}


RULE = Rule(
    id="BER-64-published",
    subject=("decision_made",),
    when=all_of(_CITED.is_stated(), count_items(_CITED).gt(0)),
    require=Check(every(_CITED, row_value("normative_documents", "id", item(), "published_on").le(on()))),
    gate=True,
    breach_zh="以未公布的文件为依据",
    duty_zh="规范性文件未依法公布的，不能拿来作行政管理的依据",
    remedy_zh="请删去未公布的文件，改引已经公布的依据。",
    examples=(
        Example(
            "决定当日公布",
            "met",
            _decided(supporting_documents=["W1"]),
            "2026-06-01",
            _register(("W1", "2026-05-20")),
        ),
        Example(
            "决定次日才公布",
            "breached",
            _decided(supporting_documents=["W1"]),
            "2026-06-01",
            _register(("W1", "2026-05-21")),
        ),
        Example(
            "两件之中一件没有公布",
            "breached",
            _decided(supporting_documents=["W1", "W2"]),
            "2026-06-01",
            _register(("W1", "2026-01-05"), ("W2", None)),
        ),
        Example(
            "一件没有公布，另一件没有登记",
            "breached",
            _decided(supporting_documents=["W2", "W3"]),
            "2026-06-01",
            _register(("W2", None)),
        ),
        Example(
            "一件没有登记",
            "unknown",
            _decided(supporting_documents=["W1", "W3"]),
            "2026-06-01",
            _register(("W1", "2026-01-05")),
        ),
        Example("没有规范性文件登记册", "unknown", _decided(supporting_documents=["W1"]), "2026-06-01"),
        Example(
            "没有引用文件", "not_applicable", _decided(supporting_documents=[]), "2026-06-01", _register()
        ),
        Example("没有填报引用的文件", "not_applicable", _decided(), "2026-06-01", _register()),
    ),
)
