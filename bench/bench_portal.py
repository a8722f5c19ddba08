"""The public portal on a table of many published decisions: search p95 against the goal of 300 ms, beside the usual way.

python -m bench.bench_portal [--rows 500000] [--asked 60]

Baseline: the same question asked with LIKE over the columns (`contains`, newest first), which is what a page without an
index for pairs of characters does. Requests through Django's client, without a network; every page is also weighed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from .database import empty_database

GOAL = 300  # milliseconds, p95
HEAVIEST = 100 * 1024
MADE = 2_000
ACTS = (
    "占道经营", "油烟直排", "违法搭建", "夜间施工扰民", "擅自设置户外广告", "无证运输建筑垃圾", "未按规定分类投放", "未建立进货查验记录",
    "施工单位未及时清运建筑垃圾", "未经核准擅自处置建筑垃圾", "运输建筑垃圾沿途遗撒", "未按规划许可建设",
)  # fmt: skip
FIRST, SECOND = "恒鑫楚举江汉长新阳平金银华中南北东西", "泰源水城通达盛发和美利隆兴旺丰顺安康"
TRADES = ("商贸", "建材", "餐饮", "物业", "环保科技", "机械", "药房", "建设")


def fill(rows: int, rng: random.Random) -> None:
    """Some thousand made by the app itself, the rest copied by the database under names of their own."""
    from django.db import connection

    from plumbline.apps.publicity.models import Publication
    from plumbline.platform.identity.models import Agency

    streets = [
        Agency.objects.create(
            code=f"B{n}", name=f"{name}街道办事处", short_name=name, kind="subdistrict_office", level="street", enforces=True
        )
        for n, name in enumerate(("阳逻", "邾城", "汪集", "仓埠", "李集", "三店", "潘塘", "旧街", "双柳", "辛冲"))
    ]  # fmt: skip
    made = []
    for n in range(min(rows, MADE)):
        name = f"武汉{rng.choice(FIRST)}{rng.choice(SECOND)}{rng.choice(FIRST)}{rng.choice(TRADES)}有限公司"
        person = rng.random() < 0.3
        row = Publication(
            matter_id=f"M{n}", decision_event=f"E{n}", agency=rng.choice(streets), party_name="张某某" if person else name,
            party_kind="natural_person" if person else "legal_person", violation=rng.choice(ACTS), number=f"新综执罚〔2026〕{n}号",
            decided_on=date(2026, 1, 1), due_on=date(2026, 1, 14), published_on=date(2024, 1, 5) + timedelta(days=n % 1_000),
            state="published", facts="经查，当事人的行为有现场笔录、照片为证。" * 4, kinds=["fine"], fine_fen=200_000,
        )  # fmt: skip
        row.make_findable()
        made.append(row)
    Publication.objects.bulk_create(made, batch_size=500)
    columns = [f.column for f in Publication._meta.concrete_fields if f.column != "id"]
    own = {name: f"left({name} || '.' || n, 20)" for name in ("matter_id", "decision_event", "public_id")}
    own["published_on"] = "published_on - (n %% 700)"
    own["due_on"] = "published_on - (n %% 700) + (n %% 9) - 2"
    taken = ", ".join(own.get(name, name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO publications ({', '.join(columns)}) SELECT {taken} FROM publications, generate_series(1, %s) n",
            [rows // len(made) - 1],
        )
        cursor.execute("VACUUM ANALYZE publications")


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def measure(ask: Callable[[str], int], words: Sequence[str]) -> tuple[list[float], int]:
    times, heaviest = [], 0
    for word in words:
        began = time.perf_counter()
        weight = ask(word)
        times.append(1_000 * (time.perf_counter() - began))
        heaviest = max(heaviest, weight)
    return times, heaviest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--asked", type=int, default=60)
    given = parser.parse_args()
    with empty_database():
        run(given.rows, given.asked)


def run(rows: int, asked: int) -> None:
    from django.db.models import Q
    from django.test import Client

    from plumbline.apps.publicity.contract import published
    from plumbline.platform.rates import limiting

    rng = random.Random(5)
    began = time.monotonic()
    fill(rows, rng)
    print(f"{published().count():,} published decisions, filled in {time.monotonic() - began:.0f} s")
    limiting.seconds_to_wait = lambda *a, **k: 0  # the limit of requests is not what is measured
    client = Client(SERVER_NAME="localhost")
    rare = [f"{rng.choice(FIRST)}{rng.choice(SECOND)}" for _ in range(asked)]
    names = [row.party_name for row in published()[: asked * 50 : 50]]
    common = [rng.choice(ACTS)[:4] for _ in range(asked)]
    agencies = [f"B{rng.randrange(10)}" for _ in range(asked)]
    nothing = [f"{chr(0x9F00 + n)}{chr(0x9F10 + n)}" for n in range(asked)]

    def page(address: str) -> Callable[[str], int]:
        return lambda word: len(client.get(address.replace("{}", word)).content)

    def plain(word: str) -> int:
        looked = Q(party_name__contains=word) | Q(violation__contains=word) | Q(number__contains=word)
        found = published().filter(looked)
        return len(list(found[:20])) + found.count()

    kinds: tuple[tuple[str, Callable[[str], int], Sequence[str]], ...] = (
        ("search, two characters of a name", page("/open/decisions?q={}"), rare),
        ("search, a whole name", page("/open/decisions?q={}"), names),
        ("search, a common act", page("/open/decisions?q={}"), common),
        ("search, an act and an agency", page("/open/decisions?q={}&agency=B3"), common),
        ("search, one agency and kind", page("/open/decisions?agency={}&act=penalty"), agencies),
        ("search, nothing found", page("/open/decisions?q={}"), nothing),
        ("the one box", page("/open/search?q={}"), rare),
        ("the one box, a common act", page("/open/search?q={}"), common),
        ("home page", page("/open/?{}"), common[:10]),
        ("feed", page("/open/feeds/decisions.atom?{}"), common[:10]),
        ("baseline: LIKE, two characters", plain, rare[:20]),
        ("baseline: LIKE, nothing found", plain, nothing[:20]),
    )
    client.get("/open/decisions")
    worst = 0.0
    for name, ask, words in kinds:
        times, heaviest = measure(ask, words)
        p95 = percentile(times, 0.95)
        note = ""
        if name.startswith(("search", "the one")):
            worst = max(worst, p95)
            note = "" if heaviest <= HEAVIEST else "  HEAVY"
        print(
            f"{name:34} p50 {statistics.median(times):7.1f} ms  p95 {p95:7.1f} ms  n {len(times)}  {heaviest / 1024:5.1f} KB{note}"
        )
    print(f"search p95, worst kind: {worst:.0f} ms (goal {GOAL} ms)")


if __name__ == "__main__":
    main()
