"""A phone in Python: it signs as the app does, numbers its records and can be made to misbehave."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.http import HttpResponse
from django.test import Client

from plumbline.apps.agencies.models import OfficerCertificate
from plumbline.apps.cases.tests.world import ITEM
from plumbline.apps.inspections.tests.scene import Visits
from plumbline.apps.paperwork.contract import remedy_on_spot
from plumbline.platform import clock
from plumbline.platform.identity.models import Person
from plumbline.surfaces.field.device_actions import confirm_device, register_device
from plumbline.surfaces.field.kinds.second import signed_content
from plumbline.surfaces.field.models import Device
from plumbline.surfaces.field.signing import canonical, proof_of


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Phone:
    """A registered phone of ``person``. ``skew`` is by how much its clock is ahead."""

    def __init__(self, yard: Yard, person: Person, *, confirmed: bool = True) -> None:
        self.yard, self.person = yard, person
        self.id = uuid.uuid4()
        self.key = ec.generate_private_key(ec.SECP256R1())
        point = self.key.public_key().public_numbers()
        self.jwk = {
            "kty": "EC", "crv": "P-256", "x": _text(point.x.to_bytes(32)), "y": _text(point.y.to_bytes(32)),
        }  # fmt: skip
        self.cosign_key = hashlib.sha256(f"pin of {person.pk}".encode()).hexdigest()
        self.sequence = 0
        self.skew = timedelta(0)
        self.client = Client()
        actor = yard.visits.world.actor(person)
        self.device = register_device(
            actor=actor, device_id=self.id, label="Android", public_key=self.jwk, cosign_key=self.cosign_key
        )
        if confirmed:
            confirm_device(actor=actor, device=self.device)

    def sign(self, message: bytes) -> str:
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(hashes.SHA256())))
        return _text(r.to_bytes(32) + s.to_bytes(32))

    def now(self) -> datetime:
        return clock.now() + self.skew

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> HttpResponse:
        at = str(int(self.now().timestamp() * 1000))
        message = f"{method}\n{path}\n{hashlib.sha256(body).hexdigest()}\n{at}".encode()
        told = {"Authorization": f"Field {self.id}.{at}.{self.sign(message)}", **headers}
        return self.client.generic(method, path, body, content_type="application/json", headers=told)

    def package(self) -> dict[str, Any]:
        answer = self.call("POST", "/field/api/package")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["content"]

    def document(
        self, kind: str, body: dict[str, Any], files: list[dict[str, Any]] | None = None
    ) -> dict[str, Any]:
        self.sequence += 1
        return {
            "id": str(uuid.uuid4()), "sequence": self.sequence, "kind": kind, "package": "0" * 64,
            "captured_at": clock.as_instant(self.now()), "body": body, "files": files or [],
        }  # fmt: skip

    def put(self, document: dict[str, Any], signature: str = "") -> HttpResponse:
        told = {"record": document, "signature": signature or self.sign(canonical(document))}
        return self.call("PUT", f"/field/api/records/{document['id']}", json.dumps(told).encode())

    def send(self, document: dict[str, Any]) -> dict[str, Any]:
        answer = self.put(document)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()


class Yard:
    """The street with two phones and what their records say; all lawful, a test states its deviation."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits
        self.world = visits.world
        for number, name in (("HB001", "周晓岚"), ("HB002", "陈立群")):
            OfficerCertificate.objects.create(
                number=number, name=name, agency=self.world.street, valid_from=date(2022, 1, 1)
            )
        self.zhou = Phone(self, self.world.officer)
        self.chen = Phone(self, self.world.second)

    def inspection(
        self, answers: str = "yyy", *, way: str = "pin", matter: str = "", **changes: Any
    ) -> dict[str, Any]:
        """The record of a visit on Zhou's phone, signed by Chen."""
        ended = self.zhou.now()
        body = {
            "matter": matter or self.visits.planned().matter_id, "certificate_shown": True, "conclusion": "见检查项。",
            "started_at": clock.as_instant(ended - timedelta(minutes=9)),
            "handling": "case" if "n" in answers else "none", "signing": "signed", "signed_name": "王守成",
            "answers": [
                {"point": point.pk, "answer": letter, "note": ""}
                for point, letter in zip(self.visits.points, answers, strict=True)
            ],
            "second": {"number": "HB002", "way": way}, **changes,
        }  # fmt: skip
        photos = [
            {"sha256": hashlib.sha256(photo(n)).hexdigest(), "size": len(photo(n)), "type": "image/png",
             "purpose": "photo", "point": point.pk}
            for n, (point, letter) in enumerate(zip(self.visits.points, answers, strict=True)) if letter == "n"
        ]  # fmt: skip
        return self.second_signs(self.zhou.document("inspection", body, photos))

    def penalty(self, number: str, *, way: str = "pin", **changes: Any) -> dict[str, Any]:
        """The record of an on-the-spot penalty of 100 yuan on Zhou's phone, signed by Chen."""
        body = {
            "number": number, "title": "占道堆放案", "item": ITEM, "place": "平江路", "facts": "占道堆放建筑垃圾。",
            "party": {"kind": "natural_person", "name": "张晓明", "birth_on": "1980-05-06"}, "kinds": ["fine"],
            "fine": 10_000, "told": True, "id_shown": True, "delivered": True, "reconsideration_first_told": True,
            "correction_ordered": True, "signing": "signed", "second": {"number": "HB002", "way": way}, **changes,
        }  # fmt: skip
        body.setdefault("paper", [
            {"label": "当事人", "text": body["party"]["name"]}, {"label": "违法事实", "text": body["facts"]},
            {"label": "处罚", "text": f"罚款 {body['fine'] // 100} 元"}, {"label": "救济途径", "text": remedy_on_spot()},
        ])  # fmt: skip
        return self.second_signs(self.zhou.document("spot_penalty", body))

    def second_signs(self, document: dict[str, Any], phone: Phone | None = None) -> dict[str, Any]:
        """Put the proof of the second officer's PIN into the record, as the app does."""
        if document["body"]["second"]["way"] != "pin":
            return document
        signed = copy.deepcopy(document)
        key = (phone or self.chen).cosign_key
        signed["body"]["second"]["proof"] = proof_of(signed_content(document), key)
        return signed

    def device(self, phone: Phone) -> Device:
        return Device.objects.unscoped("测试").get(pk=phone.id)


def photo(n: int) -> bytes:
    """A picture that intake accepts, different for each ``n``."""
    from io import BytesIO

    from PIL import Image

    kept = BytesIO()
    Image.new("RGB", (64 + n, 48), (200, 180, 10 * n)).save(kept, "PNG")
    return kept.getvalue()
