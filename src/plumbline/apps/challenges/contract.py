"""What other apps and the demonstration's author may use of reconsideration and litigation.

* ``challenges_of``: the matters against a case whose visibility the caller has settled.
* ``register_challenge``, ``take_step``: the verbs.
"""

from __future__ import annotations

from django.db.models import QuerySet

from .actions import register_challenge, sign_paper, take_step
from .actions.opening import Particulars
from .models import Challenge

__all__ = ["Challenge", "Particulars", "challenges_of", "register_challenge", "sign_paper", "take_step"]


def challenges_of(case_id: int) -> QuerySet[Challenge]:
    """Matters against a case whose visibility the caller has settled, the latest first."""
    return Challenge.objects.unscoped("已核对案件的可见范围").filter(case_id=case_id).order_by("-opened_on")
