"""Whole flows at 400 ms there and back, 50 KB/s down, 20 KB/s up and one request in ten cut off: nothing lost or doubled.

``./test -m exhaustive tests/network`` runs them and prints what was counted; ``PLUMBLINE_NETWORK_SEED`` draws other cuts.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from plumbline.apps.cases.models import CaseOfficer
from plumbline.apps.evidence.models import ProcessRecording
from plumbline.platform.files.models import Upload
from plumbline.platform.files.store import is_intact
from plumbline.surfaces.field.models import FieldFile, FieldRecord
from tests.field.hands import Handset
from tests.field.proxy import BAD, Proxy, Weather
from tests.journeys.people import Official

from .forms import TRIES, clue, cut_off, opened, pressed, registered, reloaded

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive, pytest.mark.timeout(1800)]
SOUND = b"RIFF\0\0\0\0WAVEfmt " + bytes(range(256)) * 4_300  # a little more than one part
PHOTOS = 3


@pytest.fixture
def network(server: str) -> Iterator[Proxy]:
    proxy = Proxy(urlsplit(server).port or 0, seed=int(os.environ.get("PLUMBLINE_NETWORK_SEED", "1")))
    yield proxy
    proxy.stop()


def test_a_case_is_registered_once_over_a_bad_network(browser: Any, site: str, network: Proxy) -> None:
    zhou = Official(browser, site, "zhou")
    network.set(BAD)
    titles = [f"坏网络登记第 {number} 件" for number in range(10)]
    sent = 0
    for title in titles:
        opened(zhou, "/cases/new")
        zhou.fill(clue(title))
        for turn in range(TRIES):
            (pressed if turn == 0 else reloaded)(zhou)
            sent += 1
            if not cut_off(zhou):
                break
        assert registered(title) == (1, 1), f"{title}: {registered(title)} at {zhou.page.url}"
    print(
        f"\nforms {len(titles)}, sendings {sent}, requests {network.requests}, cuts {network.cuts}: lost 0, doubled 0"
    )
    network.set(Weather())
    zhou.context.close()


def test_a_recording_goes_on_where_it_was_cut(
    browser: Any, site: str, network: Proxy, tmp_path: Path
) -> None:
    path = tmp_path / "现场检查.wav"
    path.write_bytes(SOUND)
    handled = (
        CaseOfficer.objects.exclude(person=None).filter(to_on=None).select_related("person", "case").first()
    )
    assert handled is not None and handled.person is not None
    officer = Official(browser, site, handled.person.login_name)
    page = officer.page
    network.set(BAD)
    opened(officer, f"/cases/{handled.case.matter_id}/recordings/add")
    page.set_input_files("input[type=file]", path)
    page.locator(".said", has_text="已上传 50%").wait_for(timeout=300_000)
    network.set(Weather(open=False))
    page.locator(".said", has_text="网络中断").wait_for(timeout=60_000)
    network.set(BAD)
    officer.fill(
        {"stage": "evidence", "title": "现场检查录音", "began_at": "2026-10-08T09:00", "minutes": "3"}
    )
    officer.fill({"operator": "承办人"})
    page.locator("[data-list]", has_text="✓ 已上传").wait_for(timeout=900_000)
    for turn in range(TRIES):
        (pressed if turn == 0 else reloaded)(officer)
        if not cut_off(officer) and "tab=recording" in page.url:
            break
    kept = ProcessRecording.objects.unscoped("测试").get(case=handled.case)
    assert kept.sha256 == hashlib.sha256(SOUND).hexdigest() and is_intact(kept.sha256)
    assert sorted(Upload.objects.get().parts) == [0, 1]
    print(f"\nrecordings 1, requests {network.requests}, cuts {network.cuts}: lost 0, doubled 0")
    network.set(Weather())
    officer.context.close()


def test_a_summary_case_with_photos_arrives_from_the_phone(
    browser: Any, site: str, network: Proxy, tmp_path: Path
) -> None:
    from PIL import Image

    Handset(browser, site, "chen", pin="246824").leaves()
    phone = Handset(browser, site, "zhou", pin="135790")
    network.set(BAD)
    phone.opens("当场处罚").fills(
        {"party_name": "张晓明", "birth_on": "1980-05-06", "item": "CG-101", "place": "平江西路 20 号"}
    )
    for number in range(PHOTOS):
        kept = tmp_path / f"{number}.png"
        Image.frombytes("RGB", (250, 250), os.urandom(250 * 250 * 3)).save(kept)
        with phone.page.expect_file_chooser() as chosen:
            phone.page.locator("button.add").first.click()
        chosen.value.set_files(kept)
        phone.page.locator(".shots figure").nth(number).wait_for()
    phone.ticks("id_shown", "told", "fine_on").fills({"fine": "100"}).press("制作决定书").sees("罚款 100 元")
    phone.ticks("delivered", "reconsideration").chooses("second", "陈立群").press_label("在这里输口令")
    phone.fills({"second_pin": "246824"}).press_label("手写签名").signs()
    network.set(Weather(open=False))
    phone.press("提交").sees("当前没有网络", "已保存在本机")
    network.set(BAD)
    phone.opens("待上传 1")
    for _ in range(60):
        phone.page.get_by_role("button", name="立即重传").click()
        phone.page.wait_for_timeout(5000)
        if "都已上传" in phone.page.inner_text("h1"):
            break
    phone.waits("都已上传")
    record = FieldRecord.objects.unscoped("测试").get()
    files = FieldFile.objects.filter(record=record)
    assert record.state == "accepted"
    assert files.count() == PHOTOS + 1 and not files.filter(arrived_at=None).exists()
    assert all(is_intact(sha256) for sha256 in files.values_list("sha256", flat=True))
    print(
        f"\nrecords 1, files {files.count()}, requests {network.requests}, cuts {network.cuts}: lost 0, doubled 0"
    )
    network.set(Weather())
    phone.leaves()


def test_a_silent_connection_is_given_up_and_the_work_goes_on(
    browser: Any, site: str, network: Proxy
) -> None:
    """Half open: nothing comes back and nothing says so. The desk says that the network is gone, and says when it is back."""
    zhou = Official(browser, site, "zhou")
    opened(zhou, "/cases/new")
    network.set(Weather(silent=True))
    zhou.fill(clue("没有回音"))
    zhou.page.locator(".net-bar", has_text="网络中断").wait_for(timeout=20_000)
    network.set(Weather())
    zhou.page.locator(".net-bar", has_text="网络已恢复").wait_for(timeout=30_000)
    began = time.monotonic()
    zhou.press("登记线索")
    assert time.monotonic() - began < 20 and registered("没有回音") == (1, 1)
    zhou.leaves()
