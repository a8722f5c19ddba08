"""Monitoring records count only from reviewed, published devices, checked and told (行政处罚法第四十一条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Check,
    all_of,
    event,
    every,
    exists,
    field,
    first,
    it,
    it_on,
    item,
    on,
    row_value,
    some,
)

from ..conditions import PENALISED

_MONITORED = event(
    "evidence_collected",
    place="not_after",
    where=all_of(it("evidence").eq(item()), it("source").eq("electronic_monitoring")),
)


def _device(column: str) -> Expression:
    return first(
        _MONITORED,
        row_value("monitoring_devices", "id", it("device"), column).le(it_on()),
        True,
    ).is_true()


_DEVICE = {
    "monitoring_devices": [
        {
            "id": "D-1",
            "legal_reviewed_on": "2025-01-01",
            "technical_reviewed_on": "2025-01-01",
            "location_published_on": "2025-02-01",
        }
    ]
}


def _caught(party_told_on: str | None = "2026-03-10") -> dict[str, object]:
    return step(
        "evidence_collected",
        "2026-03-05",
        evidence="Z1",
        evidence_kind="electronic_data",
        source="electronic_monitoring",
        device="D-1",
        record_reviewed=True,
        party_told_on=party_told_on,
    )


RULE = Rule(
    id="APL-41-emonitoring",
    subject=("decision_made",),
    when=all_of(PENALISED, some(field("evidence"), exists(_MONITORED))),
    require=Check(
        every(
            field("evidence"),
            all_of(
                _device("legal_reviewed_on"),
                _device("technical_reviewed_on"),
                _device("location_published_on"),
                first(_MONITORED, it("record_reviewed"), True).is_true(),
                first(_MONITORED, it("party_told_on"), "0000-00-00").le(on()),
            ),
        )
    ),
    gate=True,
    breach_zh="电子监控取证不合规",
    duty_zh="电子技术监控设备应经法制和技术审核并公布设置地点，记录经审核后及时告知当事人",
    remedy_zh="请核对设备审核和公布情况，并告知当事人违法事实。",
    examples=(
        Example(
            "设备已审核公布并告知",
            "met",
            (filed(), _caught(), fined("2026-03-20", evidence=["Z1"])),
            "2026-04-01",
            _DEVICE,
        ),
        Example(
            "没有告知当事人",
            "breached",
            (
                filed(),
                _caught(party_told_on=None),
                fined("2026-03-20", evidence=["Z1"]),
            ),
            "2026-04-01",
            _DEVICE,
        ),
        Example(
            "设备没有登记",
            "unknown",
            (filed(), _caught(), fined("2026-03-20", evidence=["Z1"])),
            "2026-04-01",
            {"monitoring_devices": []},
        ),
        Example(
            "没有监控证据",
            "not_applicable",
            (filed(), fined("2026-03-20", evidence=[])),
            "2026-04-01",
            _DEVICE,
        ),
    ),
)
