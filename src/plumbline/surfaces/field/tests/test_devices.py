"""Phones: registered by their officer, confirmed, revoked, told to wipe; the package; numbers; files; conflicts."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.inspections.models import Inspection
from plumbline.apps.paperwork.blocks import account, reserve_numbers, use_number
from plumbline.apps.paperwork.contract import documents_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.verdicts.evaluation import verdicts_for
from plumbline.surfaces.field.device_actions import (
    confirm_device,
    leave_device,
    register_device,
    revoke_device,
)
from plumbline.surfaces.field.limits import spot_limits
from plumbline.surfaces.field.models import Device, FieldRecord
from plumbline.surfaces.field.record_actions import settle_conflict
from plumbline.surfaces.field.signing import canonical

from .phone import Phone, Yard, photo


def test_a_phone_does_nothing_before_it_is_confirmed_and_nothing_after_it_is_revoked(yard: Yard) -> None:
    fresh = Phone(yard, yard.world.officer, confirmed=False)
    waiting = fresh.call("POST", "/field/api/package")
    assert waiting.status_code == 403 and waiting.json()["code"] == "pending"
    with pytest.raises(Refusal, match="使用人和本单位管理员"):
        confirm_device(actor=yard.world.actor(yard.world.second), device=fresh.device)
    confirm_device(actor=yard.world.actor(yard.world.officer), device=fresh.device)
    assert fresh.package()["person"]["number"] == "HB001"
    assert yard.device(fresh).heard_at is not None
    with pytest.raises(InputFault, match="停用理由"):
        revoke_device(actor=yard.world.actor(yard.world.officer), device=fresh.device, reason=" ", wipe=True)
    revoke_device(
        actor=yard.world.actor(yard.world.officer), device=yard.device(fresh), reason="手机遗失", wipe=True
    )
    gone = fresh.call("POST", "/field/api/package")
    assert gone.status_code == 403 and gone.json()["code"] == "wipe" and "手机遗失" in gone.json()["message"]
    assert yard.device(fresh).wiped_at is not None


def test_registering_asks_for_a_log_in_a_post_and_a_whole_key(yard: Yard) -> None:
    browser = Client()
    assert browser.get("/field/api/me").json()["code"] == "login"
    browser.force_login(yard.world.head)
    assert browser.get("/field/api/me").json()["code"] == "post"
    browser.force_login(yard.world.officer)
    assert browser.get("/field/api/me").json()["number"] == "HB001"
    told: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "label": "Android",
        "key": yard.chen.jwk,
        "cosign_key": yard.chen.cosign_key,
    }

    def post(**changes: Any) -> Any:
        return browser.post(
            "/field/api/devices", json.dumps({**told, **changes}), content_type="application/json"
        )

    assert (
        post(key={"kty": "EC"}).status_code
        == post(cosign_key="no").status_code
        == post(id="x").status_code
        == 400
    )
    first, again = post(), post()
    assert first.status_code == 200 and first.json() == again.json()
    with pytest.raises(InputFault, match="已经登记过"):
        register_device(
            actor=yard.world.actor(yard.world.officer), device_id=uuid.UUID(told["id"]), label="",
            public_key=yard.zhou.jwk, cosign_key=yard.chen.cosign_key,
        )  # fmt: skip


def test_the_package_holds_the_day_and_the_limits_come_from_the_rule(yard: Yard) -> None:
    planned = yard.visits.planned()
    found = yard.zhou.package()
    assert [task["matter"] for task in found["tasks"]] == [planned.matter_id]
    assert [point["text"] for point in found["items"][0]["points"]] == ["第1项", "第2项", "第3项"]
    assert found["certificate"]["state"] == "valid" and found["certificate"]["qr"].startswith(
        "data:image/svg"
    )
    assert found["colleagues"] == [{"number": "HB002", "name": "陈立群"}]
    limits = found["powers"][0]["limits"]
    assert limits == spot_limits("housing_construction", clock.today())
    assert limits["natural_person"] == 20_000 and limits["legal_person"] == 300_000
    assert spot_limits("public_security", clock.today())["natural_person"] == 50_000


def test_numbers_are_reserved_used_once_and_leave_no_gap_unexplained(yard: Yard) -> None:
    street = yard.world.street
    first = yard.zhou.package()["numbers"]
    assert len(first) == 8 and first[0].endswith("1号") and yard.zhou.package()["numbers"] == first
    assert not set(first) & set(yard.chen.package()["numbers"])
    assert yard.zhou.send(yard.penalty(first[0]))["state"] == "accepted"
    twice = yard.zhou.send(yard.penalty(first[0]))
    assert twice["state"] == "refused" and "已使用" in twice["message"]
    foreign = yard.zhou.send(yard.penalty(yard.chen.package()["numbers"][0]))
    assert "不是发给这部手机的" in foreign["message"]
    spoilt = yard.zhou.document("number_void", {"number": first[1], "reason": "写错当事人"})
    assert yard.zhou.send(spoilt)["state"] == "accepted"
    leave_device(actor=yard.world.actor(yard.world.second), device=yard.device(yard.chen))
    revoke_device(
        actor=yard.world.actor(yard.world.officer), device=yard.device(yard.zhou), reason="遗失", wipe=False
    )
    states = [each.state for each in account(street, "当罚", clock.today().year)]
    assert states == ["used", *["void"] * 7, *["returned"] * 8]
    actor = yard.world.actor(yard.world.officer)
    again = reserve_numbers(actor=actor, agency=street, mark="当罚", holder="other", keep=3)
    assert [each.rpartition("〕")[2] for each in again] == ["9号", "10号", "11号"]
    with pytest.raises(Refusal):
        use_number(number=again[0], holder="somebody")
    with pytest.raises(Refusal, match="不能领用"):
        reserve_numbers(
            actor=yard.world.actor(yard.world.outsider), agency=street, mark="当罚", holder="x", keep=1
        )


def test_the_decision_is_filed_as_it_was_handed_over(yard: Yard) -> None:
    number = yard.zhou.package()["numbers"][0]
    wrong = yard.zhou.send(yard.penalty(number, paper=[{"label": "当事人", "text": "李四"}]))
    assert wrong["state"] == "refused" and "决定书与所填内容不一致" in wrong["message"]
    told = yard.zhou.send(yard.penalty(number))
    paper = documents_of(told["matter"]).get()
    assert paper.template == "D31" and paper.number == number and paper.state == "signed"
    assert "罚款 100 元" in paper.html and "应当先自收到本决定书之日起" in paper.html
    assert yard.zhou.package()["templates"]["D31"]["remedy"] in paper.html
    rights = "RECR-25-tell-rights"
    assert {v.rule: v.verdict for v in verdicts_for(matter_events(told["matter"]))}[rights] == "met"
    silent = yard.penalty(yard.zhou.package()["numbers"][0])
    silent["body"]["paper"] = [each for each in silent["body"]["paper"] if each["label"] != "救济途径"]
    told = yard.zhou.send(yard.second_signs(silent))
    assert {v.rule: v.verdict for v in verdicts_for(matter_events(told["matter"]))}[rights] == "breached"


def test_files_arrive_in_parts_and_join_their_record(yard: Yard) -> None:
    document = yard.inspection("yny")
    told = yard.zhou.send(document)
    assert told["files_missing"] == 1
    content = photo(1)
    sha256 = hashlib.sha256(content).hexdigest()
    address = f"/field/api/files/{sha256}"
    assert yard.zhou.call("GET", address).status_code == 404
    begun = yard.zhou.call("POST", address, json.dumps({"name": "现场.png", "size": len(content)}).encode())
    assert begun.json()["missing"] == [0]
    assert yard.zhou.call("POST", f"{address}/finish").json()["missing"] == [0]
    assert yard.zhou.call("PUT", f"{address}/parts/0", b"short").status_code == 422
    for _ in range(2):
        assert yard.zhou.call("PUT", f"{address}/parts/0", content).status_code == 200
        assert yard.zhou.call("POST", f"{address}/finish").status_code == 200
    assert yard.zhou.call("GET", f"/field/api/records/{document['id']}").json()["files_missing"] == 0
    filed = Inspection.objects.unscoped("测试").get(matter_id=told["matter"])
    assert filed.files.get().arrived_at is not None
    browser = Client()
    browser.force_login(yard.world.officer)
    shown = browser.get(f"/inspections/{filed.matter_id}/files/{filed.files.get().pk}")
    assert b"".join(shown.streaming_content) == content
    named = FieldRecord.objects.unscoped("测试").get().files.get().pk
    assert browser.get(f"/field/records/{document['id']}/files/{named}").status_code == 200
    browser.force_login(yard.world.outsider)
    assert browser.get(f"/field/records/{document['id']}/files/{named}").status_code == 404


def test_two_phones_that_disagree_are_put_side_by_side_and_a_person_chooses(yard: Yard) -> None:
    matter = yard.visits.planned().matter_id
    yard.zhou.send(yard.inspection("yyy", matter=matter))
    other = yard.inspection("yyu", matter=matter, conclusion="第三项没有查到。")
    told = yard.zhou.send(other)
    assert told["state"] == "conflict" and "两个版本都会留痕" in told["message"]
    browser = Client()
    browser.force_login(yard.world.officer)
    address = f"/field/records/{other['id']}"
    page = browser.get(address).content.decode()
    assert "不一致的 2 处" in page and "第三项没有查到。" in page and "见检查项。" in page
    point = yard.visits.points[2].pk
    unfinished = browser.post(address, {f"point{point}": "sent", "reason": "当场核对"})
    assert unfinished.status_code == 422 and "还没有选择：结论" in unfinished.content.decode()
    form = {f"point{point}": "sent", "conclusion": "written", "conclusion-text": "第三项改日再查。"}
    assert browser.post(address, {**form, "reason": ""}).status_code == 422
    assert browser.post(address, {**form, "reason": "当场核对"}).status_code == 302
    filed = Inspection.objects.unscoped("测试").get(matter_id=matter)
    assert filed.result == "partial" and filed.conclusion == "第三项改日再查。"
    row = FieldRecord.objects.unscoped("测试").get(pk=other["id"])
    assert row.state == "accepted" and row.settled[0]["kept"] == "符合" and row.settled[0]["sent"] == "未查"
    with pytest.raises(Refusal):
        settle_conflict(actor=yard.world.actor(yard.world.outsider), row=row, choices={}, reason="x")


def test_the_pages_at_the_desk(yard: Yard) -> None:
    number = yard.zhou.package()["numbers"][0]
    told = yard.zhou.send(yard.penalty(number))
    fresh = Phone(yard, yard.world.officer, confirmed=False)
    browser = Client()
    browser.force_login(yard.world.officer)
    page = browser.get("/field/devices").content.decode()
    assert (
        fresh.device.fingerprint in page
        and "指纹一致，确认" in page
        and yard.chen.device.fingerprint not in page
    )
    assert browser.post(f"/field/devices/{fresh.id}/confirm").status_code == 302
    assert browser.post(f"/field/devices/{fresh.id}/revoke", {"reason": "换机"}).status_code == 302
    assert Device.objects.unscoped("测试").get(pk=fresh.id).state == "revoked"
    assert told["receipt"] in browser.get("/field/records").content.decode()
    assert "没有不能说明的空号" in browser.get("/field/numbers").content.decode()
    case = browser.get(f"/cases/{told['matter']}?tab=field").content.decode()
    assert told["receipt"] in case
    browser.force_login(yard.world.outsider)
    assert told["receipt"] not in browser.get("/field/records").content.decode()
    assert browser.get("/field/numbers").status_code == 200


def test_a_lost_phone_s_backup_is_handed_in_by_the_officer_s_next_one(yard: Yard) -> None:
    number = yard.zhou.package()["numbers"][0]
    document = yard.penalty(number)
    signature = yard.zhou.sign(canonical(document))
    revoke_device(
        actor=yard.world.actor(yard.world.officer), device=yard.device(yard.zhou), reason="遗失", wipe=True
    )
    told = {"record": document, "signature": signature, "device": str(yard.zhou.id)}
    path, body = f"/field/api/records/{document['id']}", json.dumps(told).encode()
    assert "他人的手机" in yard.chen.call("PUT", path, body).json()["message"]
    fresh = Phone(yard, yard.world.officer)
    answer = fresh.call("PUT", path, body)
    assert answer.json()["state"] == "accepted", answer.json()
    assert number in [
        each.number for each in account(yard.world.street, "当罚", clock.today().year) if each.state == "used"
    ]
    late = yard.penalty(number)
    told = {"record": late, "signature": yard.zhou.sign(canonical(late)), "device": str(yard.zhou.id)}
    refused = fresh.call("PUT", f"/field/api/records/{late['id']}", json.dumps(told).encode())
    assert refused.status_code == 409 and "停用以后" in refused.json()["message"]
