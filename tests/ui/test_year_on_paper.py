"""The year of supervision as it leaves the printer: a district's agencies on one sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from plumbline.platform.identity.models import Agency

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
#: The streets, towns and departments of a district that enforce.
ROWS = 25


def test_the_year_of_a_district_is_one_sheet(
    client: Client, district: Any, shown: Callable[..., Any]
) -> None:
    there = Agency.objects.filter(enforces=True).count()
    for n in range(ROWS - there):
        Agency.objects.create(
            code=f"Y{n}", name=f"第{n}街道办事处", short_name=f"第{n}街道", kind="department", level="street", enforces=True
        )  # fmt: skip
    client.force_login(district.everything)
    drawn = client.get("/oversight/year").content
    assert drawn.count(b'<th scope="row"') >= ROWS
    page = shown({"/oversight/year": drawn}, 1280)
    page.goto("http://plumbline.test/oversight/year")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type ?/Page\b", paper)) == 1
