"""The month report of the programme: a street makes good what was returned, 区司法局 confirms, the report is drafted and issued."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pypdf import PdfReader

from plumbline.apps.programme.models import Deliverable, Paper
from plumbline.platform.files.tests.made import png
from plumbline.project.demo.programme_stories import RETURNED, tell_programme

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
At = Callable[[str], AbstractContextManager[None]]


def test_from_the_overview_to_the_issued_month_report(
    browser: Any, site: str, at: At, tmp_path: Path
) -> None:
    with at("2026-10-12 09:00"):
        with transaction.atomic():
            tell_programme(only={"T2-5"})
        qu = Official(browser, site, "qu", width=390)
        qu.goes("/programmes").sees(
            "本周应完成", "按 2022-08-15 的情况展示", "1 处还没有确认", "逾期 46 日", "逾期 15 日"
        )
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert qu.page.evaluate(wide) <= 0
        sheet = qu.context.request.get(f"{site}/programmes/xz-2022-14/board.pdf").body()
        assert len(PdfReader(io.BytesIO(sheet)).pages) == 1
        qu.leaves()
        picture = tmp_path / "目录（补正）.png"
        picture.write_bytes(png(9, 9))
        street = Official(browser, site, "st-008-office")
        street.goes("/desk").page.locator("main a", has_text="补正：T2-5").first.click()
        street.page.wait_for_load_state()
        street.sees("区司法局退回：第 3、7 项没有写明金额标准")
        street.fill({"state": "done", "text": "金额标准和制定依据已补齐", "file": picture})
        street.press("报告").sees("等待区司法局确认", "第 2 版").leaves()
        liu = Official(browser, site, "liu")
        liu.goes("/desk").page.locator("main a", has_text="旧街街道报告完成的 T2-5").first.click()
        liu.page.wait_for_load_state()
        liu.sees("金额标准和制定依据已补齐").fill({"accept": "yes"}).press("提交").sees("已处理")
        liu.goes("/programmes/xz-2022-14").press("起草月报").fill({"kind": "month"}).press("生成草稿")
        assert "T3-4 农业农村，逾期 46 日" in liu.page.input_value('[name="open"]')
        assert "T2-5" in liu.page.input_value('[name="done"]')
        liu.press("保存并印发").sees("已印发", "附件任务进展")
        paper = Paper.objects.get(kind="month", period="2022-08")
        word = liu.context.request.get(f"{site}/programmes/xz-2022-14/papers/{paper.pk}.docx").body()
        assert word.startswith(b"PK") and paper.sha256
        liu.goes("/programmes/xz-2022-14/tasks/T2-5").sees("已确认 25 / 25").leaves()
        kept = Deliverable.objects.unscoped("旅程").filter(share__task__code="T2-5", agency_id=RETURNED)
        assert [(f.version, f.on.isoformat()) for f in kept] == [(2, "2022-08-15"), (1, "2022-06-29")]
