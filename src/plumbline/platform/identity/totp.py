"""Time-based one-time passwords (RFC 6238, SHA-1, 30 s, 6 digits) with a guard against using one twice."""

from __future__ import annotations

import base64
import os
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from .models import Person

STEP_SECONDS = 30
ISSUER = "准绳 Plumbline"


def new_secret() -> str:
    """A fresh 160-bit secret in base32, as authenticator apps take it."""
    return base64.b32encode(os.urandom(20)).decode()


def _generator(secret: str) -> TOTP:
    # The published algorithm is SHA-1; authenticator apps implement no other reliably.
    return TOTP(base64.b32decode(secret), 6, SHA1(), STEP_SECONDS)


def code_at(secret: str, moment: float) -> str:
    return _generator(secret).generate(int(moment)).decode()


def provisioning_uri(person: Person, secret: str) -> str:
    return _generator(secret).get_provisioning_uri(person.login_name, ISSUER)


def accept(person: Person, code: str, *, moment: float | None = None) -> bool:
    """Whether ``code`` is right now (one step either way) and has not been used; marks it used."""
    at = time.time() if moment is None else moment
    generator = _generator(person.totp_secret)
    for drift in (0, -1, 1):
        step = int(at // STEP_SECONDS) + drift
        try:
            generator.verify(code.strip().encode(), step * STEP_SECONDS)
        except InvalidToken:
            continue
        # Compare-and-set in the database: of two requests with the same code only one may pass.
        return bool(Person.objects.filter(pk=person.pk, totp_last_step__lt=step).update(totp_last_step=step))
    return False
