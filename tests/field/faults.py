"""Seeded runs of the real outbox against a failing network, dying tabs and a dying server.

``PLUMBLINE_FAULT_SEEDS=0-500 pytest -m exhaustive tests/field`` runs them all; the ordinary tests run a share. One run
writes one to three records, some with photos, while faults strike; then the network is healed and the outbox must come
to rest. A record counts as the officer's as soon as the app has said that it is stored: from then on it may neither be
lost nor arrive twice.
"""

from __future__ import annotations

import random
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .proxy import Proxy, Weather

PIN = "135790"
FAULTS = ("cut_up", "cut_down", "outage", "tab", "before_commit", "after_commit", "none")

# The app's own modules, as the page has loaded them; the second officer's proof is made as the app makes it.
WRITE = """
async ({ id, photos, target, item, second, key, points, number }) => {
  const [records, takes, keys, clock] = await Promise.all(
    ["records.js", "photos.js", "keys.js", "clock.js"].map((name) => import(`/static/field/${name}`)));
  const files = [];
  for (const size of photos) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const pen = canvas.getContext("2d");
    const noise = pen.createImageData(size, size);
    for (let at = 0; at < noise.data.length; at += 65536) crypto.getRandomValues(noise.data.subarray(at, Math.min(at + 65536, noise.data.length)));
    for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
    pen.putImageData(noise, 0, 0);
    const made = await new Promise((done) => canvas.toBlob(done, "image/png"));
    files.push(await takes.takePhoto(new File([made], "a.png", { type: "image/png" }), { purpose: "photo", point: points[0] }));
  }
  const body = {
    target, item, cause: "complaint", certificate_shown: true, started_at: clock.instant(Date.now() - 60000),
    answers: points.map((point) => ({ point, answer: "y", note: "" })), conclusion: `第 ${number} 次`, handling: "none",
    signing: "refused", refusal: "试验", witnesses: "甲、乙", second: { number: second, way: "pin" },
  };
  await records.append({ id, kind: "inspection", body, files, finish: async (document) => {
    document.body.second.proof = await keys.proofOf(await keys.digestOf(document), key);
  } });
  return id;
}
"""
FLUSH = "() => import('/static/field/sending.js').then((m) => m.flush())"
STANDING = "() => import('/static/field/sending.js').then((m) => m.standing())"
HAS = "(id) => import('/static/field/store.js').then((m) => m.record(id)).then((found) => Boolean(found))"
RECEIPTS = """
async () => {
  const [store, sending] = await Promise.all(["store.js", "sending.js"].map((name) => import(`/static/field/${name}`)));
  const found = {};
  for (const entry of await store.records()) found[entry.id] = (await sending.receiptOf(entry) || {}).receipt || "";
  return found;
}
"""


@dataclass
class Told:
    """What the runs did and found."""

    written: list[str] = field(default_factory=list)
    photos: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    stuck: list[int] = field(default_factory=list)
    badges: list[int] = field(default_factory=list)


@dataclass
class Bench:
    """The phone, the network and the server under test, and what a record needs."""

    phone: Any
    proxy: Proxy
    plan: Path
    about: dict[str, Any]
    told: Told = field(default_factory=Told)
    resting: int = 0  # records that wait for a colleague and are no business of these runs

    def run(self, seed: int) -> None:
        """One seeded run, which ends with a healed network and, as it must, an empty outbox."""
        rng = random.Random(seed)
        for _ in range(rng.randint(1, 3)):
            fault = rng.choice(FAULTS)
            self.told.faults[fault] += 1
            self._write(rng, killed=fault == "tab" and rng.random() < 0.5)
            self._strike(rng, fault)
        self._heal()
        if not self._comes_to_rest():
            self.told.stuck.append(seed)

    def _write(self, rng: random.Random, *, killed: bool) -> None:
        big = rng.random() < 0.06  # a photo of more than one part
        photos = [640 if big else rng.randint(8, 40) for _ in range(rng.choice((0, 0, 1, 2)))]
        record = {**self.about, "id": str(uuid.UUID(int=rng.getrandbits(128), version=4)), "photos": photos}
        record["number"] = len(self.told.written) + 1
        if killed:
            # The tab goes while the record is being stored. Afterwards it is there or it is not; never half, and the
            # draft that the officer still has is submitted under the same id.
            self.phone.page.evaluate(f"(told) => {{ ({WRITE})(told).catch(() => 0); }}", record)
            time.sleep(rng.random() * 0.2)
            self.phone.reopens(pin=PIN)
            if self.phone.page.evaluate(HAS, record["id"]):
                self.told.written.append(record["id"])
                return
        assert self.phone.page.evaluate(WRITE, record) == record["id"]
        self.told.written.append(record["id"])
        self.told.photos += len(photos)

    def _strike(self, rng: random.Random, fault: str) -> None:
        page = self.phone.page
        if fault == "cut_up":
            self.proxy.set(Weather(up=rng.randint(1, 6000)))
        elif fault == "cut_down":
            self.proxy.set(Weather(down=rng.randint(1, 900)))
        elif fault == "outage":
            self.proxy.set(Weather(open=False))
        elif fault in {"before_commit", "after_commit"}:
            self.plan.write_text(fault)
        if fault == "tab":
            page.evaluate(f"() => {{ ({FLUSH})(); }}")
            time.sleep(rng.random() * 0.3)
            self.phone.reopens(pin=PIN)
            return
        page.evaluate(FLUSH)
        if fault == "outage":
            shown = page.evaluate(STANDING)["open"]
            page.wait_for_timeout(20)
            if page.inner_text("#unsent") != (f"待上传 {shown}" if shown else "待上传"):
                self.told.badges.append(len(self.told.written))

    def _heal(self) -> None:
        self.proxy.set(Weather())
        self.plan.unlink(missing_ok=True)

    def _comes_to_rest(self) -> bool:
        for _ in range(8):
            self.phone.page.evaluate(FLUSH)
            if self.phone.page.evaluate(STANDING)["open"] == self.resting:
                return True
            time.sleep(0.2)
        return False

    def receipts(self) -> dict[str, str]:
        """The receipts as the phone holds them, by record."""
        return self.phone.page.evaluate(RECEIPTS)  # type: ignore[no-any-return]


def seeds_of(text: str) -> range:
    """``0-500`` as a range, its end left out."""
    first, _, last = text.partition("-")
    return range(int(first), int(last))
