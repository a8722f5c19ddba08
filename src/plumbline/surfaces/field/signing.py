"""Signatures of phones: canonical JSON (RFC 8785, for records without fractions) and ECDSA P-256 with SHA-256."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

SAFE = 2**53 - 1  # the whole numbers that every JavaScript engine keeps exactly


class NotCanonical(ValueError):
    """The record holds something whose canonical form two programs might write differently."""


def canonical(value: Any) -> bytes:
    """The one byte string of a JSON value: keys in order, no spaces, whole numbers only."""
    _demand(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError as fault:  # half of a surrogate pair
        raise NotCanonical("文字中有不完整的字符") from fault


def _demand(value: Any) -> None:
    if isinstance(value, Mapping):
        for key, each in value.items():
            # Python sorts by code point, RFC 8785 by UTF-16 unit: the same for plain names.
            if not (isinstance(key, str) and key.isascii()):
                raise NotCanonical("属性名只能用 ASCII 字符")
            _demand(each)
    elif isinstance(value, list):
        for each in value:
            _demand(each)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > SAFE):
        raise NotCanonical("数值应为整数")


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def public_key_of(jwk: Mapping[str, Any]) -> ec.EllipticCurvePublicKey:
    """The key of a JSON Web Key; ValueError for anything but a point of P-256."""
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise ValueError("不是 P-256 公钥")
    x, y = (int.from_bytes(_unpacked(str(jwk.get(name, "")))) for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def is_signed(message: bytes, signature: str, jwk: Mapping[str, Any]) -> bool:
    """Whether ``signature`` (r and s, 64 bytes, base64url) is that of ``message`` under the key."""
    try:
        raw = _unpacked(signature)
        if len(raw) != 64:
            return False
        pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        public_key_of(jwk).verify(pair, message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def fingerprint_of(jwk: Mapping[str, Any]) -> str:
    """Twelve characters that a person can compare: of the key's thumbprint (RFC 7638)."""
    members = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    text = base64.b32encode(hashlib.sha256(canonical(members)).digest())[:12].decode()
    return "-".join((text[:4], text[4:8], text[8:]))


def proof_of(digest: str, key_hex: str) -> str:
    """What the second officer's PIN makes of a record: HMAC-SHA-256 under the key that the PIN yields."""
    return hmac.new(bytes.fromhex(key_hex), digest.encode(), hashlib.sha256).hexdigest()


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
