"""Which months stand out, by hand and on the page: with the number of months, the reason in words and the rows."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from plumbline.apps.reporting.anomalies import Rule, anomalies, judged, months_between, whole_months
from plumbline.platform import clock

from .scene import Scene

RULE = Rule(months=24, least_months=6, times=4, at_least=5)


def test_the_rule_by_hand() -> None:
    """Median 10.5, the median distance from it 1: a robust deviation is 1.4826, and 4 of them are 5.93."""
    earlier = [9, 11, 10, 9, 11, 12]
    told = judged("2026-03", 17, earlier, RULE)
    assert told is not None
    assert (told.usual, told.n, round(told.spread, 4), told.is_high) == (10.5, 6, 1.4826, True)
    assert judged("2026-03", 15, earlier, RULE) is None
    assert judged("2026-03", 17, earlier[:5], RULE) is None
    low = judged("2026-03", 0, earlier, RULE)
    assert low is not None and not low.is_high


def test_equal_months_and_small_numbers() -> None:
    assert judged("2026-03", 4, [0] * 8, RULE) is None
    told = judged("2026-03", 5, [0] * 8, RULE)
    assert told is not None and told.times is None
    # More than half are equal: the mean distance stands in, so that one odd month does not make every next one odd.
    assert judged("2026-03", 6, [0, 0, 0, 0, 0, 8], RULE) is None


def test_only_whole_months_that_are_over_are_judged() -> None:
    today = date(2026, 3, 15)
    assert whole_months(date(2026, 1, 10), date(2026, 3, 31), today=today) == ["2026-02"]
    assert whole_months(date(2026, 1, 1), date(2026, 2, 27), today=today) == ["2026-01"]
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01"]
    series = {f"2025-{month:02d}": 3 for month in range(1, 9)} | {"2026-01": 30}
    found = anomalies(series, ["2025-01", "2025-12", "2026-01"], rule=RULE)
    assert [(each.month, each.n) for each in found] == [("2026-01", 12)]


@pytest.mark.django_db
def test_a_month_that_stands_out_is_told_in_words_with_its_rows(client: Client) -> None:
    scene = Scene()
    for month in range(1, 9):
        scene.decided(date(scene.year, month, 2), "warning")
    for day in range(3, 20):
        scene.decided(date(scene.year, 9, day), "warning")
    scene.count()
    client.force_login(scene.keeper)
    for by in ("month", "unit", "item"):
        address = f"/stats/penalty?from_on={scene.year}-01-01&to_on={scene.year}-09-30&by={by}"
        page = client.get(address).content.decode()
        assert "偏高" in page, by
        assert "此前 8 个月的中位数 1 宗，各月都相同" in page
        link = re.search(r'href="(/stats/penalty/rows[^"]+)">17</a></td><td data-l="为什么"', page)
        assert link, by
        rows = client.get(link.group(1).replace("&amp;", "&")).content.decode()
        assert rows.count("<tr>") - 1 == 17, by
    quiet = client.get(f"/stats/penalty?from_on={scene.year}-01-01&to_on={scene.year}-08-31&by=month")
    assert "偏高" not in quiet.content.decode().replace("标为偏高", "")
    client.force_login(scene.bureau)
    assert "修改参数" in client.get(address).content.decode()
    assert (
        client.post(
            "/reports/settings/anomaly.at_least", {"value": "20", "valid_from": "", "reason": "案件量大"}
        ).status_code
        == 422
    )
    sent = {"value": "20", "valid_from": clock.today().isoformat(), "reason": "案件量大"}
    assert client.post("/reports/settings/anomaly.at_least", sent).status_code == 302
