"""The field app in a browser: few taps, no violation of accessibility, nothing readable on the phone; then the fault runs.

One district, one server and one phone serve all of them.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from .faults import PIN, STANDING, Bench, seeds_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BATCH = 25  # runs between two counts
TASK = "武汉江北混凝土有限公司"
# Every store of the phone, as somebody who has taken it out would read it.
DUMP = """
async () => {
  const db = await new Promise((done) => { const asked = indexedDB.open("plumbline-field"); asked.onsuccess = () => done(asked.result); });
  const text = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder("utf-8", { fatal: false }).decode(value)
    : value && typeof value === "object" ? Object.entries(value).map(([k, v]) => `${k} ${text(v)}`).join(" ") : String(value);
  let found = JSON.stringify(Object.entries(localStorage));
  for (const name of db.objectStoreNames) {
    const rows = await new Promise((done) => { const asked = db.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
    found += rows.map(text).join("\\n");
  }
  db.close();
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found += await (await cache.match(request)).text();
  }
  return found;
}
"""


@pytest.mark.timeout(300)
def test_an_all_compliant_visit_takes_eight_taps_and_nothing_typed(bench: Bench) -> None:
    phone = bench.phone
    before = phone.taps()
    phone.press_row(TASK).waits("出示证件").press("已出示证件，开始检查").waits("已查 0 / 4")
    phone.press("其余各项都查过，均符合").waits("已查 4 / 4").press("下一步：结论").waits("当事人确认")
    phone.press_label("手写签名").signs().press("提交").waits("已收到，暂存")
    taps = phone.taps() - before
    assert taps <= 8, taps
    phone.sees("在本人手机上确认后自动办理")


@pytest.mark.timeout(300)
def test_one_problem_with_three_photos_takes_eighteen_taps_and_two_fields(
    bench: Bench, tmp_path: Path
) -> None:
    from PIL import Image

    phone = bench.phone
    phone.opens("今日").waits("今天 2 项检查")
    before = phone.taps()
    phone.press_row("武汉阳逻港建材物流有限公司").waits("重复检查")
    phone.fills({"repeat_reason": "投诉举报"}).press("已出示证件，开始检查").waits("已查 0 / 4")
    phone.page.locator(".three label.n").nth(1).click()
    for n in range(3):
        kept = tmp_path / f"{n}.jpg"
        Image.new("RGB", (64 + n, 48), (10, 90, 20 * n)).save(kept, "JPEG")
        with phone.page.expect_file_chooser() as chosen:
            phone.page.locator("button.add").click()
        chosen.value.set_files(kept)
        phone.page.locator(".shots figure").nth(n).wait_for()
    phone.press("其余各项都查过，均符合").waits("已查 4 / 4").press("下一步：结论").waits("当事人确认")
    phone.press_label("责令改正", "7 日内", "手写签名").signs().press("提交").waits("已收到，暂存")
    taps = phone.taps() - before
    assert taps <= 18, taps
    phone.opens("待上传").waits("照片 5/5 已上传")


def test_every_view_is_free_of_violations_and_as_wide_as_the_screen(bench: Bench) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    phone = bench.phone
    for view in ("today", "card", "outbox", "spot/00000000-0000-4000-8000-000000000001"):
        phone.page.goto(f"{phone.site}/field/#/{view}")
        phone.page.wait_for_timeout(300)
        found = axe.run(
            phone.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        )
        assert found.violations_count == 0, f"{view}: {found.generate_report()}"
        assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
        small = phone.page.evaluate(
            "[...document.querySelectorAll('#nav a, main button, main a.btn, main input.in, main select')]"
            ".filter((e) => e.offsetParent && e.getBoundingClientRect().height < 47.5).map((e) => e.outerHTML.slice(0, 90))"
        )
        assert not small, (view, small)


def test_nothing_of_any_matter_can_be_read_from_the_phone_s_storage(bench: Bench) -> None:
    found = bench.phone.page.evaluate(DUMP)
    assert "plumbline-cosign" in found, "the cached modules are part of what was looked at"
    canaries = (TASK, "91420117", "周晓岚", "陈立群", "HB17", "投诉举报", "平江西路", "当罚〔")
    assert not [each for each in canaries if each in found]
    bench.phone.reopens(pin=PIN)


@pytest.mark.timeout(300)
def test_a_share_of_the_seeded_runs(bench: Bench) -> None:
    _hold(bench, range(10))


@pytest.mark.exhaustive
@pytest.mark.timeout(3 * 3600)
def test_all_seeded_runs(bench: Bench) -> None:
    _hold(bench, seeds_of(os.environ.get("PLUMBLINE_FAULT_SEEDS", "0-500")))


def _hold(bench: Bench, seeds: range) -> None:
    """Run the seeds, and count on both sides."""
    bench.resting = bench.phone.page.evaluate(STANDING)["open"]
    for first in range(0, len(seeds), BATCH):
        batch = seeds[first : first + BATCH]
        for seed in batch:
            bench.run(seed)
        _count(bench, first + len(batch))


def _count(bench: Bench, runs: int) -> None:
    """After every batch, over all runs so far."""
    from plumbline.apps.inspections.models import Inspection
    from plumbline.platform.events.models import StoredEvent
    from plumbline.surfaces.field.models import FieldFile, FieldRecord

    written, told = bench.told.written, bench.told
    sent = FieldRecord.objects.unscoped("测试").filter(record__body__conclusion__startswith="第 ")
    rows = list(sent.values("id", "state", "receipt", "sequence", "matter_id"))
    arrived = Counter(str(row["id"]) for row in rows)
    lost = [each for each in written if not arrived[each]]
    doubled = [each for each, times in arrived.items() if times > 1 or each not in written]
    ended = StoredEvent.objects.unscoped("测试").filter(
        activity="inspection_ended", event_id__startswith="FD-"
    )
    print(
        f"\nruns {runs}, records {len(written)}, photos {told.photos}, faults {dict(told.faults)}, "
        f"cuts {bench.proxy.cuts}, lost {len(lost)}, doubled {len(doubled)}, stuck {len(told.stuck)}",
        flush=True,
    )
    assert not lost and not doubled and not told.stuck and not told.badges, (
        lost,
        doubled,
        told.stuck,
        told.badges,
    )
    assert {row["state"] for row in rows} == {"accepted"}
    matters = {row["matter_id"] for row in rows}
    assert len(matters) == len(written) == ended.filter(matter_id__in=matters).count()
    assert Inspection.objects.unscoped("测试").filter(
        matter_id__in=matters, result="compliant"
    ).count() == len(written)
    assert not FieldFile.objects.filter(record__in=sent, arrived_at=None).exists()
    receipts = bench.receipts()
    assert {str(row["id"]): row["receipt"] for row in rows} == {each: receipts[each] for each in written}
    order = sorted(row["sequence"] for row in rows)
    assert order == list(range(order[0], order[0] + len(written)))
