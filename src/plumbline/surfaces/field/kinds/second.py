"""The second officer's signature: by the own PIN on the first one's phone, or from the own phone."""

from __future__ import annotations

import hmac
from typing import Any

from plumbline.platform.actions import Refusal

from ..models import Device, DeviceState, FieldRecord, RecordState
from ..signing import digest_of, proof_of
from .outcome import Waiting

BASIS = "行政处罚法第四十二条"
WAYS = {"pin": "在同一部手机上输入本人签名口令", "phone": "在本人手机上确认"}


def signed_content(document: dict[str, Any]) -> str:
    """What the second officer signs: the digest of the record without the proof itself."""
    body = document["body"]
    second = {name: value for name, value in body["second"].items() if name != "proof"}
    return digest_of({**document, "body": {**body, "second": second}})


def demand_second(row: FieldRecord) -> str:
    """Refuse or hold a record that the second officer has not signed; returns how it was signed."""
    second = row.record["body"]["second"]
    number, way = second["number"], second["way"]
    if number == row.person.actor_number:
        raise Refusal("两名执法人员不能是同一人", basis=BASIS, next_step="请由另一名执法人员签名后重新提交。")
    digest = signed_content(row.record)
    if way == "phone":
        _demand_own_phone(row, number, digest)
    else:
        _demand_pin(number, digest, second.get("proof", ""))
    return WAYS[way]


def _demand_pin(number: str, digest: str, proof: str) -> None:
    devices = Device.objects.unscoped("核对第二名执法人员的签名口令").filter(
        person__certificate_number=number, state=DeviceState.CONFIRMED
    )
    keys = list(devices.exclude(cosign_key="").values_list("cosign_key", flat=True))
    if not keys:
        raise Refusal(
            f"{number} 还没有登记手机，不能用签名口令签名",
            basis=BASIS,
            next_step="请该执法人员先登记并确认本人手机，再由其重新签名后提交。",
        )
    if not any(hmac.compare_digest(proof_of(digest, key), proof) for key in keys):
        raise Refusal(
            f"{number} 的签名口令不对，或签名以后内容有改动",
            basis=BASIS,
            next_step="请第二名执法人员重新签名后提交。",
        )


def _demand_own_phone(row: FieldRecord, number: str, digest: str) -> None:
    confirmed = FieldRecord.objects.unscoped("第二名执法人员的确认").filter(
        kind="cosign", person__certificate_number=number, record__body__record=str(row.pk)
    )
    for each in confirmed.filter(state=RecordState.ACCEPTED):
        if hmac.compare_digest(each.record["body"]["digest"], digest):
            return
        raise Refusal(
            "第二名执法人员确认的内容与提交的不同",
            basis=BASIS,
            next_step="请核对后重新提交，并请第二名执法人员重新扫码确认。",
        )
    raise Waiting("cosign", f"已收到，等 {number} 在本人手机上确认后自动办理。")
