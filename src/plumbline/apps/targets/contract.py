"""What other apps may use of the register of targets.

* ``Target``: the row that inspections point at. ``target_of``: by an official number, for prefilling (U-11).
* ``check_credit_code``, ``check_identity``: the check of official numbers, one for the whole house.
* ``register_trace``: what an app knows of a target, listed on its page.
"""

from __future__ import annotations

from .models import Kind, Target
from .numbers import born_on, check_credit_code, check_identity
from .queries import Trace, current, register_trace, target_of

__all__ = [
    "Kind",
    "Target",
    "Trace",
    "born_on",
    "check_credit_code",
    "check_identity",
    "current",
    "register_trace",
    "target_of",
]
