"""An agency with a child, another agency, and posts to fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

SINCE = date(2024, 1, 1)
PASSWORD = "correct-horse-battery"


@pytest.fixture
def agencies(db: None) -> dict[str, Any]:
    from plumbline.platform.identity.models import Agency

    made = {}
    for code, parent in (("T-A", None), ("T-A-1", "T-A"), ("T-B", None)):
        made[code] = Agency.objects.create(
            code=code, name=code, short_name=code, kind="department", level="district", parent_id=parent
        )
    return made


@pytest.fixture
def hire(agencies: dict[str, Any]) -> Callable[..., Any]:
    """``hire("zhou", "T-A", ["cases.view"])``: a person with one open post there."""
    from plumbline.platform.identity.models import Person, Post, Tenure

    def make(login: str, agency: str = "", capabilities: tuple[str, ...] = (), scope: str = "agency") -> Any:
        person = Person.objects.create_person(login_name=login, display_name=login, password=PASSWORD)
        if agency:
            post = Post.objects.create(
                agency_id=agency, title=f"岗位 {login}", capabilities=list(capabilities), scope=scope
            )
            Tenure.objects.create(person=person, post=post, from_on=SINCE)
        return person

    return make


@pytest.fixture
def wide() -> Iterator[None]:
    """Leave the connection as wide as a job has it, whatever a request narrowed it to."""
    from plumbline.platform.scope.rows import set_database_scope

    yield
    set_database_scope(None)
