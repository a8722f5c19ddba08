"""Who keeps a list: every enforcing agency its own, or the district's supervision organ the one list of the district."""

from __future__ import annotations

from plumbline.platform.identity.models import Agency
from plumbline.platform.lists import Register
from plumbline.platform.lists.cells import remembered


def keepers(register: Register) -> list[Agency]:
    """The agencies that should each have such a list, in the order of the directory."""
    found: list[Agency] = remembered(
        ("keepers", register.owner, str(register.may_keep)), lambda: _keepers(register)
    )
    return found


def _keepers(register: Register) -> list[Agency]:
    if register.owner == "district":
        return list(Agency.objects.filter(kind="supervision_organ").order_by("code")[:1])
    return list(Agency.objects.filter(enforces=True, **register.may_keep).order_by("code"))


def keeps(register: Register, agency: str) -> bool:
    return any(each.code == agency for each in keepers(register))
