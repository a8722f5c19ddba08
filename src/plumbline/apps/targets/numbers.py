"""Official numbers of parties: the social credit code (GB 32100-2015) and the id number (GB 11643-1999), by python-stdnum.

The library refuses an id number whose county did not exist in the year of birth; numbers are given out later than that, so
only length, signs, check digit, and the day of birth are asked here, and that the first six digits name a place that is or was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

FAULTS_ZH = {
    "invalid_length": "位数不对，应当是 18 位",
    "invalid_charset": "含有不允许的字符",
    "invalid_check": "校验位不对，可能有一位写错",
    "invalid_date": "出生日期不存在或者在将来",
    "invalid_place": "前六位不是行政区划代码",
}


@dataclass(frozen=True)
class Checked:
    """A number as it is kept, or what is wrong with it. ``converted`` from the old fifteen digits."""

    number: str = ""
    fault: str = ""
    converted: bool = False

    @property
    def fault_zh(self) -> str:
        return FAULTS_ZH.get(self.fault, "")


def check_credit_code(typed: str) -> Checked:
    """A social credit code of eighteen signs."""
    code = uscc.compact(typed).upper()
    try:
        return Checked(uscc.validate(code))
    except InvalidLength:
        return Checked(fault="invalid_length")
    except InvalidChecksum:
        return Checked(fault="invalid_check")
    except (InvalidFormat, InvalidComponent, ValidationError):
        return Checked(fault="invalid_charset")


def check_identity(typed: str, *, on: date, old_form: bool = False) -> Checked:
    """An id number of eighteen signs. ``old_form`` takes the fifteen digits of old lists and converts them."""
    number = ric.compact(typed).upper()
    converted = False
    if len(number) == 15 and number.isdecimal() and old_form:
        body = f"{number[:6]}19{number[6:]}"
        number, converted = body + ric.calc_check_digit(f"{body}0"), True
    if len(number) != 18:
        return Checked(fault="invalid_length")
    if not (number[:17].isdecimal() and number.isascii() and (number[17].isdecimal() or number[17] == "X")):
        return Checked(fault="invalid_charset")
    if number[17] != ric.calc_check_digit(number):
        return Checked(fault="invalid_check")
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return Checked(fault="invalid_date")
    if born > on:
        return Checked(fault="invalid_date")
    if not any(properties for _, properties in numdb.get("cn/loc").info(number[:6])):
        return Checked(fault="invalid_place")
    return Checked(number, converted=converted)


def born_on(identity: str) -> date:
    """The day of birth in an id number that was checked."""
    return ric.get_birth_date(identity)
