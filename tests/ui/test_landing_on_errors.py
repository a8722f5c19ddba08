"""A public page runs no script: a form that is given back lands on what is wrong, because it was sent to that place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import plumbline

SOURCES = Path(plumbline.__file__).parent
POSTED = re.compile(r'<form method="post"([^>]*)>(.*?)</form>', re.S)


def test_every_public_form_that_can_be_given_back_is_sent_to_the_summary_of_errors() -> None:
    seen, wrong = 0, []
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        source = path.read_text()
        if 'extends "ui/public.html"' not in source:
            continue
        for attributes, body in POSTED.findall(source):
            if re.search(r"\{\{ (?:\w+_)?form|\{\{ adding|in form %|error_summary", body):
                seen += 1
                if not re.search(r'action="[^"]*#errors"', attributes):
                    wrong.append(f"{path.name}: <form{attributes}>")
    assert seen >= 10 and not wrong, wrong


@pytest.mark.browser
@pytest.mark.django_db
def test_the_answered_page_begins_at_the_summary(client: Client, shown: Callable[..., Any]) -> None:
    answer = client.post("/open/receipt", {"code": ""})
    assert b'id="errors"' in answer.content
    page = shown({"/open/receipt": answer.content}, 390)
    page.goto("http://plumbline.test/open/receipt#errors")
    assert page.locator("script").count() == 0
    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.locator("#errors").bounding_box()["y"] >= 0
