"""Sealing to custodians: what is sealed here can be opened with a custodian's passphrase and with nothing else we hold.

A fresh key encrypts the content (ChaCha20-Poly1305); for each custodian it is wrapped under a key agreed with an ephemeral
X25519 key (HKDF-SHA-256). A custodian's private key lies under scrypt of the passphrase. The software keys are not certified;
a site that needs certified ones puts its own module behind these four functions.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.crypto import salted_hmac

NONCE = 12
COST = 2**15  # scrypt: 32 MiB and a tenth of a second for a passphrase
_ONCE = bytes(NONCE)  # for keys that encrypt one thing only


class WrongPassphrase(ValueError):
    """The passphrase does not open the key."""


@dataclass(frozen=True)
class Sealed:
    """Encrypted content, and its key wrapped for each custodian's key by number."""

    body: str
    keys: dict[str, dict[str, str]]


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text)


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"plumbline sealing " + use).derive(secret)


def _from_passphrase(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt, 32, cost, 8, 1).derive(passphrase.encode())


def make_key(passphrase: str) -> tuple[bytes, dict[str, Any]]:
    """A key pair: the public half, and the private half under the passphrase."""
    private = X25519PrivateKey.generate()
    salt, nonce = os.urandom(16), os.urandom(NONCE)
    locked = ChaCha20Poly1305(_from_passphrase(passphrase, salt, COST)).encrypt(
        nonce, private.private_bytes_raw(), None
    )
    return private.public_key().public_bytes_raw(), {
        "salt": _text(salt),
        "nonce": _text(nonce),
        "cost": COST,
        "key": _text(locked),
    }


def seal(content: bytes, custodians: Mapping[str, bytes]) -> Sealed:
    """Seal to every custodian: ``custodians`` are public keys by number."""
    if not custodians:
        raise ValueError("nobody could open it")
    key, nonce = os.urandom(32), os.urandom(NONCE)
    wrapped = {}
    for number, public in custodians.items():
        passing = X25519PrivateKey.generate()
        agreed = _derived(passing.exchange(X25519PublicKey.from_public_bytes(bytes(public))), b"wrap")
        wrapped[number] = {
            "with": _text(passing.public_key().public_bytes_raw()),
            "key": _text(ChaCha20Poly1305(agreed).encrypt(_ONCE, key, None)),
        }
    return Sealed(_text(nonce + ChaCha20Poly1305(key).encrypt(nonce, content, None)), wrapped)


def unseal(sealed: Sealed, *, number: str, private: Mapping[str, Any], passphrase: str) -> bytes:
    """The content, with one custodian's passphrase. Raises WrongPassphrase; KeyError if it was not sealed to that key."""
    own = sealed.keys[number]
    kept = _from_passphrase(passphrase, _raw(private["salt"]), int(private["cost"]))
    try:
        raw = ChaCha20Poly1305(kept).decrypt(_raw(private["nonce"]), _raw(private["key"]), None)
    except InvalidTag:
        raise WrongPassphrase from None
    public = X25519PublicKey.from_public_bytes(_raw(own["with"]))
    agreed = _derived(X25519PrivateKey.from_private_bytes(raw).exchange(public), b"wrap")
    key = ChaCha20Poly1305(agreed).decrypt(_ONCE, _raw(own["key"]), None)
    body = _raw(sealed.body)
    return ChaCha20Poly1305(key).decrypt(body[:NONCE], body[NONCE:], None)


def _of_the_server(use: str) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(salted_hmac("plumbline.complaints.server", use, algorithm="sha256").digest())


def for_a_while(content: str, use: str) -> str:
    """Under the server's own key: readable to the running system, not to who reads the database alone."""
    nonce = os.urandom(NONCE)
    return _text(nonce + _of_the_server(use).encrypt(nonce, content.encode(), None))


def read_for_a_while(kept: str, use: str) -> str:
    """What ``for_a_while`` kept; empty when it was kept for another use or under another key."""
    try:
        raw = _raw(kept)
        return _of_the_server(use).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
    except (InvalidTag, ValueError):
        return ""
