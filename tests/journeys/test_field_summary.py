"""The third journey: a summary case made on a phone without a network, at the desk with its document a minute later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plumbline.platform import clock
from tests.field.hands import Handset

from .conftest import At
from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_summary_case_made_offline_is_at_the_desk_with_its_document(
    browser: Any, site: str, at: At, tmp_path: Path
) -> None:
    with at("2026-10-12 09:00"):
        Handset(browser, site, "chen", pin="246824", now=clock.now()).leaves()
        phone = Handset(browser, site, "zhou", pin="135790", now=clock.now())
        phone.sees("今天 3 项检查", "在线 · 任务包")
        phone.cut()
        phone.reopens(pin="135790").sees("离线 · 任务包")
        phone.opens("当场处罚").fills(
            {"party_name": "张晓明", "birth_on": "1980-05-06", "item": "CG-101", "place": "平江西路 20 号"}
        ).ticks("id_shown", "told", "fine_on").fills({"fine": "201"}).press("制作决定书")
        phone.sees("超过当场处罚的限额 200 元（行政处罚法第五十一条）")
        phone.fills({"fine": "100"}).press("制作决定书").sees(
            "当罚〔2026〕9号", "罚款 100 元", "依法向武汉市新洲区人民政府申请行政复议"
        )
        phone.ticks("delivered", "reconsideration").chooses("second", "陈立群").press_label("在这里输口令")
        phone.fills({"second_pin": "246824"}).press_label("手写签名").signs().press("提交")
        phone.sees("当前没有网络", "已保存在本机").opens("待上传 1").sees("当场处罚", "待上传")
        phone.mend()
        phone.press("立即重传").waits("都已上传")
        phone.press_row("当场处罚").waits("回执号").sees("当场处罚已受理", "照片和签名 1/1 已上传")
        case = phone.page.get_by_role("link", name="在平台打开").get_attribute("href")
        phone.leaves()
        desk = Official(browser, site, "zhou")
        desk.goes(case).sees("张", "平江西路 20 号")
        desk.goes(f"{case}?tab=documents").sees("当场行政处罚决定书", "当罚〔2026〕9号")
        desk.goes(f"{case}?tab=field").sees("✓")
        desk.goes("/field/numbers").sees("没有不能说明的空号", "已使用 1")
        desk.leaves()
