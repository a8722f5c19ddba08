"""Intake: the first is kept, order holds, signatures count, and every answer says what became of the record."""

from __future__ import annotations

import copy
import json
import random
import uuid
from datetime import timedelta

import pytest

from plumbline.apps.cases.models import Case
from plumbline.apps.inspections.models import Inspection
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import AccessRecord, StoredEvent
from plumbline.surfaces.field.models import FieldRecord
from plumbline.surfaces.field.signing import NotCanonical, canonical, is_signed

from .phone import Yard


def rows() -> int:
    return FieldRecord.objects.unscoped("测试").count()


def test_a_record_is_accepted_and_its_replay_gives_the_same_receipt(yard: Yard) -> None:
    document = yard.inspection()
    first = yard.zhou.send(document)
    assert first["state"] == "accepted" and first["receipt"].startswith("R") and not first["again"]
    events = StoredEvent.objects.unscoped("测试").count()
    second = yard.zhou.send(document)
    assert second["receipt"] == first["receipt"] and "没有重复登记" in second["again"]
    assert rows() == 1 and StoredEvent.objects.unscoped("测试").count() == events
    assert Inspection.objects.unscoped("测试").get(matter_id=first["matter"]).result == "compliant"


def test_the_first_of_an_id_is_kept(yard: Yard) -> None:
    document = yard.inspection()
    receipt = yard.zhou.send(document)["receipt"]
    changed = copy.deepcopy(document)
    changed["body"]["conclusion"] = "另一个结论。"
    answer = yard.zhou.put(changed)
    assert answer.status_code == 409 and receipt in answer.json()["message"]
    assert FieldRecord.objects.unscoped("测试").get().record["body"]["conclusion"] == "见检查项。"


def test_what_comes_too_early_is_held_until_its_turn(yard: Yard) -> None:
    one, two, three = (yard.inspection() for _ in range(3))
    assert yard.zhou.send(three)["state"] == "held"
    held = yard.zhou.send(two)
    assert held["state"] == "held" and "第 1 号记录还没有收到" in held["message"]
    assert yard.zhou.send(one)["state"] == "accepted"
    states = {
        yard.zhou.call("GET", f"/field/api/records/{each['id']}").json()["state"]
        for each in (one, two, three)
    }
    assert states == {"accepted"}


def test_only_the_phone_s_own_signature_over_exactly_this_content_counts(yard: Yard) -> None:
    document = yard.inspection()
    edited = copy.deepcopy(document)
    edited["body"]["conclusion"] = "改过的结论。"
    refused = yard.zhou.put(edited, signature=yard.zhou.sign(canonical(document)))
    assert refused.status_code == 409 and "设备签名与内容不符" in refused.json()["message"]
    assert yard.zhou.put(document, signature=yard.chen.sign(canonical(document))).status_code == 409
    other = yard.chen.put(document, signature=yard.zhou.sign(canonical(document)))
    assert other.status_code == 409 and rows() == 0
    assert AccessRecord.objects.filter(kind="refused", action="field.take_record").count() == 3


def test_a_request_without_a_phone_s_signature_gets_nothing(yard: Yard) -> None:
    document = yard.inspection()
    path, body = (
        f"/field/api/records/{document['id']}",
        json.dumps({"record": document, "signature": "x"}).encode(),
    )
    for headers in ({}, {"Authorization": f"Field {yard.zhou.id}.1.AAAA"}, {"Authorization": "Field x.y.z"}):
        assert yard.zhou.client.generic("PUT", path, body, headers=headers).status_code == 403
    assert rows() == 0


def test_a_second_record_under_a_used_sequence_is_refused(yard: Yard) -> None:
    first, second = yard.inspection(), yard.inspection()
    yard.zhou.send(first)
    again = yard.second_signs({**second, "sequence": first["sequence"]})
    answer = yard.zhou.put(again)
    assert answer.status_code == 409 and "已经收到过" in answer.json()["message"] and rows() == 1


@pytest.mark.parametrize(
    "spoil",
    [
        {"sequence": 0}, {"sequence": True}, {"kind": "other"}, {"captured_at": "2026-11-24"}, {"body": []},
        {"files": [{"sha256": "x", "size": 1, "type": "image/png", "purpose": "photo"}]}, {"unknown": 1},
    ],
)  # fmt: skip
def test_a_misshapen_record_is_answered_with_a_sentence(yard: Yard, spoil: dict) -> None:
    answer = yard.zhou.put({**yard.inspection(), **spoil})
    assert answer.status_code == 422 and "内容仍在手机上" in answer.json()["message"] and rows() == 0


def test_what_the_law_refuses_is_kept_with_its_reason_and_does_not_hold_up_the_next(yard: Yard) -> None:
    numbers = yard.zhou.package()["numbers"]
    paper = [{"label": "", "text": "张晓明 占道堆放建筑垃圾。 200.01 元"}]
    refused = yard.zhou.send(yard.penalty(numbers[0], fine=20_001, paper=paper))
    assert refused["state"] == "refused" and "第五十一条" in refused["message"]
    assert not Case.objects.unscoped("测试").exists()
    accepted = yard.zhou.send(yard.penalty(numbers[0]))
    assert accepted["state"] == "accepted" and numbers[0] in accepted["message"]
    case = Case.objects.unscoped("测试").get()
    assert case.matter_id == accepted["matter"] and case.procedure == "summary"
    assert {event.id[:3] for event in matter_events(case.matter_id)} == {"FD-"}


@pytest.mark.parametrize("days", [365, -365, 0])
def test_a_wrong_clock_is_told_and_corrected_and_both_times_are_kept(yard: Yard, days: int) -> None:
    yard.zhou.skew = timedelta(days=days, minutes=47)
    told = yard.zhou.send(yard.inspection())
    assert told["state"] == "accepted", told
    assert ("快" if days >= 0 else "慢") in told["skew"] and "服务器接收时间" in told["skew"]
    row = FieldRecord.objects.unscoped("测试").get()
    ended = Inspection.objects.unscoped("测试").get(matter_id=row.matter_id).ended_at
    assert ended is not None and abs(ended - row.received_at) < timedelta(minutes=1)
    assert abs(row.captured_at - row.received_at - yard.zhou.skew) < timedelta(minutes=1)


def test_the_second_officer_s_pin_signs_this_content_only(yard: Yard) -> None:
    document = yard.inspection()
    document["body"]["conclusion"] = "签名以后改的。"
    assert "签名口令不对" in yard.zhou.send(document)["message"]
    other = yard.inspection(way="phone")
    other["body"]["second"]["way"] = "pin"
    wrong = yard.second_signs(other, yard.zhou)
    assert yard.zhou.send(wrong)["state"] == "refused"
    assert yard.zhou.send(yard.inspection())["state"] == "accepted"


@pytest.mark.parametrize("first", ["record", "cosign"])
def test_the_second_officer_may_confirm_on_the_own_phone_before_or_after(yard: Yard, first: str) -> None:
    from plumbline.surfaces.field.kinds.second import signed_content

    document = yard.inspection(way="phone")
    cosign = yard.chen.document("cosign", {"record": document["id"], "digest": signed_content(document)})
    if first == "cosign":
        yard.chen.send(cosign)
        assert yard.zhou.send(document)["state"] == "accepted"
        return
    held = yard.zhou.send(document)
    assert held["state"] == "held" and held["waits"] == "cosign"
    assert yard.zhou.send(yard.inspection())["state"] == "accepted"
    yard.chen.send(cosign)
    assert yard.zhou.call("GET", f"/field/api/records/{document['id']}").json()["state"] == "accepted"


def test_random_orders_repeats_and_edits_end_with_every_record_once(yard: Yard) -> None:
    rng = random.Random(11)
    made = [yard.inspection() for _ in range(12)]
    sent = made * 2 + [yard.second_signs({**each, "id": str(uuid.uuid4())}) for each in made[:4]]
    rng.shuffle(sent)
    first: dict[int, str] = {}
    for document in sent:
        answer = yard.zhou.put(document)
        assert answer.status_code in {200, 409}
        first.setdefault(document["sequence"], document["id"])
    kept = dict(FieldRecord.objects.unscoped("测试").values_list("sequence", "id"))
    assert {sequence: str(pk) for sequence, pk in kept.items()} == first
    assert set(FieldRecord.objects.unscoped("测试").values_list("state", flat=True)) <= {
        "accepted",
        "conflict",
    }


def test_canonical_json_has_one_form_and_no_fractions() -> None:
    assert canonical({"b": 1, "a": ["㛃", True, None]}) == '{"a":["㛃",true,null],"b":1}'.encode()
    for bad in (1.5, 2**53, {"é": 1}, "\ud800"):
        with pytest.raises(NotCanonical):
            canonical({"x": bad} if not isinstance(bad, dict) else bad)
    assert not is_signed(b"x", "AAAA", {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"})
