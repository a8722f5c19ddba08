"""The receipt code: what somebody has to keep to come back. Twenty digits, so that it can be read out and typed anywhere.

Only a keyed hash of it is stored. A code has 66 bits; guessing is limited by network beside that.
"""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

DIGITS, GROUP = 20, 4


def new_code() -> str:
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    return shown(digits)


def shown(digits: str) -> str:
    """In groups of four, as it is printed."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def digits_of(typed: str) -> str:
    """The digits of what was typed, full-width ones and any signs between them included; empty if it is no code."""
    plain = unicodedata.normalize("NFKC", typed)
    digits = "".join(each for each in plain if each.isascii() and each.isdigit())
    return digits if len(digits) == DIGITS else ""


def hash_of(code: str) -> str:
    return salted_hmac("plumbline.complaints.code", digits_of(code), algorithm="sha256").hexdigest()
