"""What other apps and the demonstration's author may use of the linkage.

* ``begin_linkage``, ``take_step``, ``sign_paper``, ``ask_inquiry``, ``decide_inquiry``: the verbs.
* ``linkages_of``: the matters about a case whose visibility the caller has settled.
"""

from __future__ import annotations

from django.db.models import QuerySet

from .actions import ask_inquiry, begin_linkage, decide_inquiry, sign_paper, take_step
from .actions.opening import Particulars
from .models import CONFIDENTIAL, Linkage

__all__ = [
    "Linkage",
    "Particulars",
    "ask_inquiry",
    "begin_linkage",
    "decide_inquiry",
    "linkages_of",
    "sign_paper",
    "take_step",
]


def linkages_of(case_id: int) -> QuerySet[Linkage]:
    """Matters about a case whose visibility the caller has settled, the latest first; none that few may know of."""
    rows = Linkage.objects.unscoped("已核对案件的可见范围").filter(case_id=case_id)
    return rows.exclude(route__in=CONFIDENTIAL).order_by("-opened_on")
