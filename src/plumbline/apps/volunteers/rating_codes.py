"""The one-time code on a slip. It proves itself: nothing is stored when it is made, so nothing leads back to the visit.

Twenty digits: ten drawn at random, ten that a keyed hash makes of them, of the agency and of the quarter. Whoever spends it
shows that some inspection of that agency in that quarter gave it out, and no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from django.utils.crypto import constant_time_compare, salted_hmac

from plumbline.apps.complaints.contract import digits_of, shown

HALF = 10


def period_of(day: date) -> str:
    """The quarter of a day, like ``2026Q4``."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def period_before(period: str) -> str:
    year, quarter = int(period[:4]), int(period[5])
    return f"{year}Q{quarter - 1}" if quarter > 1 else f"{year - 1}Q4"


def new_code(agency: str, period: str) -> str:
    drawn = "".join(secrets.choice("0123456789") for _ in range(HALF))
    return shown(drawn + _proof(drawn, agency, period))


def origin_of(typed: str, *, agencies: Iterable[str], on: date) -> tuple[str, str] | None:
    """Agency and quarter of a code that counts on a day: it does in its own quarter and in the next."""
    digits = digits_of(typed)
    if not digits:
        return None
    this = period_of(on)
    for agency in agencies:
        for period in (this, period_before(this)):
            if constant_time_compare(digits[HALF:], _proof(digits[:HALF], agency, period)):
                return agency, period
    return None


def hash_of(typed: str) -> str:
    return salted_hmac("plumbline.ratings.spent", digits_of(typed), algorithm="sha256").hexdigest()


def _proof(drawn: str, agency: str, period: str) -> str:
    mac = salted_hmac("plumbline.ratings.code", f"{agency}|{period}|{drawn}", algorithm="sha256").hexdigest()
    return f"{int(mac, 16) % 10**HALF:0{HALF}d}"
