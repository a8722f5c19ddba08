"""One-time passwords: made here, shown once, changed by their owner at the first log-in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.identity.models import Person

# Without the letters and digits that are mistaken for one another when a password is read out or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4  # 16 letters of 31: 79 bits
VALID_FOR = timedelta(days=7)


def new_one_time_password() -> str:
    """Four groups of four, e.g. ``k7wq-3mzd-x9fp-hb2t``."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def give_one_time_password(person: Person, password: str) -> None:
    """Set ``password`` on an unsaved or locked ``person``; it opens the account for ``VALID_FOR`` and must be changed."""
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise InputFault({"password": "；".join(fault.messages)}) from None
    person.set_password(password)
    person.one_time_until = clock.now() + VALID_FOR
