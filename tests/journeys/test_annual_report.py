"""The annual report of the demonstration district: filled in, signed, published, read by the public, counted again equal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db.models import Count

from plumbline.apps.reporting.jobs import open_due_reports, read_the_log, recount_published
from plumbline.apps.reporting.models import AnnualVersion, Fact
from plumbline.platform.events.outbox import work_off
from plumbline.platform.verdicts.models import StoredVerdict

from .people import Official, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
At = Callable[[str], AbstractContextManager[None]]


def test_from_the_first_of_january_to_the_public(browser: Any, site: str, at: At) -> None:
    with at("2026-01-04 08:00"):
        read_the_log()
        assert open_due_reports() > 1
        work_off()
        unit = busiest()
    keeper, chief = logins(unit)
    report, public = f"/reports/2025/{unit}", f"/open/annual/2025/{unit}"
    with at("2026-01-11 09:00"):
        fang = Official(browser, site, keeper)
        fang.goes("/desk").press("编制：2025 年行政执法年报").sees("签发以前还有", "2026-01-31")
        for key in ("cases", "inspections"):
            fang.goes(f"{report}/sources/{key}").fill({"complete": "yes"}).press("保存")
        fang.goes(f"{report}/figures/T5.staff").fill({"value": "8", "source": "机构编制实名制台账"}).press(
            "保存"
        )
        explain_all(fang, report)
        fang.goes(f"{report}/text").fill({"problems": "个别决定书送达不及时。", "next": "每月核对送达台账。"})
        fang.press("保存").sees("请由本单位负责人签发").leaves()
    with at("2026-01-12 09:00"):
        head = Official(browser, site, chief)
        head.goes("/desk").press("签发：2025 年行政执法年报").press("签发").sees(
            "内容和指纹不再改变"
        ).leaves()
    with at("2026-01-13 09:00"):
        fang = Official(browser, site, keeper)
        fang.goes(f"{report}/submit").fill({"to": ["government", "superior"]}).press("登记")
        fang.press("公布").sees("第 1 版已于 2026-01-13 公布")
        work_off()
        fang.page.locator("#T1 > summary").click()
        signed = fang.page.locator("#T1 tr", has_text="合计").locator("td.num").first.inner_text()
        fang.page.locator("#T1 tr", has_text="合计").get_by_role("link").first.click()
        fang.page.wait_for_load_state()
        fang.sees(f"合计：{signed} 条")
        assert fang.page.locator("main tbody tr").count() == int(signed)
        fang.goes(f"{report}/changes").sees("签发的数字与现在重新统计的一致").leaves()
    with at("2026-01-14 02:00"):
        assert recount_published() == 0
        assert AnnualVersion.objects.get().intact
        verdict = StoredVerdict.objects.unscoped("旅程").get(
            matter_id=f"NB-2025-{unit}", rule="T118-6-annual-0131"
        )
        assert verdict.verdict == "met"
    with at("2026-01-14 10:00"):
        reader = Visitor(browser, site, width=390)
        reader.goes("/open/").press("年报", within="body").press("2025 年度").sees("没有公布")
        reader.goes(public).sees("个别决定书送达不及时", "与签发时一致", "机构编制实名制台账")
        table = reader.page.locator("section", has=reader.page.locator("#h-T1")).locator(
            "tr", has_text="合计"
        )
        assert table.locator("td.num").first.inner_text() == signed
        wide = reader.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0
        assert reader.context.request.get(f"{site}{public}/v1.pdf").body().startswith(b"%PDF")
        reader.leaves()
        liu = Official(browser, site, "liu")
        liu.goes("/reports/2025").sees("已公布", "未报送", "全区汇总").leaves()


def explain_all(fang: Official, report: str) -> None:
    """Every difference from last year that the page asks about."""
    while True:
        waiting = fang.goes(report).page.locator("#differences tr", has_text="待说明").get_by_role("link")
        if not waiting.count():
            return
        waiting.first.click()
        fang.page.wait_for_load_state()
        fang.fill({"words": "上年数据没有全部进入平台"}).press("保存")


def busiest() -> str:
    """The unit with the most penalty decisions of the year, so that there is something to open."""
    rows = Fact.objects.unscoped("旅程").filter(measure__startswith="penalty.", year=2025)
    found = rows.values("agency_id").annotate(n=Count("pk")).order_by("-n", "agency_id").first()
    assert found is not None
    return str(found["agency_id"])


def logins(unit: str) -> tuple[str, str]:
    """The unit's keeper and its head, as the demonstration names them."""
    if unit == "AG-ST-002":
        return "fang", "he"
    short = unit.removeprefix("AG-").lower()
    return f"{short}-office", f"{short}-head"
