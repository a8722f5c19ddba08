"""Photos of a penalty on the spot stand in the case's evidence as soon as they arrive, without another upload."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.evidence.contract import custody_of, evidence_of
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events

from .phone import Yard, photo


def arrives(yard: Yard, content: bytes) -> None:
    address = f"/field/api/files/{hashlib.sha256(content).hexdigest()}"
    yard.zhou.call("POST", address, json.dumps({"name": "a.png", "size": len(content)}).encode())
    assert yard.zhou.call("PUT", f"{address}/parts/0", content).status_code == 200
    assert yard.zhou.call("POST", f"{address}/finish").status_code == 200


def sent(yard: Yard, **changes: Any) -> tuple[dict[str, Any], Any]:
    """A penalty with two photos and a photo of the signed paper, none of which has arrived."""
    document = yard.penalty(yard.zhou.package()["numbers"][0], **changes)
    taken = clock.as_instant(clock.now() - timedelta(minutes=3))
    document["files"] = [
        {"sha256": hashlib.sha256(photo(n)).hexdigest(), "size": len(photo(n)), "type": "image/png",
         "purpose": purpose, "taken_at": taken}
        for n, purpose in ((1, "photo"), (2, "photo"), (3, "paper"))
    ]  # fmt: skip
    told = yard.zhou.send(yard.second_signs(document))
    assert told["state"] == "accepted"
    return told, Case.objects.unscoped("测试").get(matter_id=told["matter"])


def test_photos_become_one_item_with_a_link_for_each_arrival(yard: Yard) -> None:
    geo = {"latitude_e6": 30_672_111, "longitude_e6": 114_541_222, "accuracy_m": 18}
    told, case = sent(yard, geo=geo)
    assert evidence_of(case) == []
    for n in (1, 3, 2, 2):
        arrives(yard, photo(n))
    item = evidence_of(case)[0]
    assert (
        evidence_of(case) == [item] and told["receipt"] in item.origin and item.proves == "占道堆放建筑垃圾。"
    )
    first = item.files.first()
    assert [each.sha256 for each in item.files.all()] == [
        hashlib.sha256(photo(n)).hexdigest() for n in (1, 2)
    ]
    # A picture without metadata has the place and the time of the phone's record, and says so.
    assert (first.latitude, first.accuracy_m) == (30.672111, 18) and first.taken_at.endswith("（手机时间）")
    links = custody_of(case)
    assert [each.kind for each in links] == ["collected", "received"] and links[0].place == "平江路"
    assert "HB001、HB002" in links[0].taker and str(yard.device(yard.zhou)) in links[0].taker
    assert len(links[0].hashes) == 1 and len(links[1].hashes) == 2
    collected = [each for each in matter_events(case.matter_id) if each.activity == "evidence_collected"]
    assert [each.data["evidence"] for each in collected] == [f"{case.matter_id}-E1", "Z1"]
    yard.zhou.client.force_login(yard.world.officer)
    page = yard.zhou.client.get(f"/cases/{case.matter_id}/evidence/{item.pk}").content.decode()
    assert "由现场手机带入" in page and "误差约 18 米" in page


def test_an_archived_file_gets_nothing_more(yard: Yard) -> None:
    _, case = sent(yard)
    Case.objects.unscoped("测试").filter(pk=case.pk).update(stage=Stage.ARCHIVED)
    arrives(yard, photo(1))
    assert evidence_of(case) == []
