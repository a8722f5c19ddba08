"""Error pages, large type and the components page, as a browser gets them."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory

from plumbline.platform.ui.errors import new_reference
from plumbline.platform.ui.views import bad_request, server_error


def test_a_reference_can_be_read_out_on_the_telephone() -> None:
    assert re.fullmatch(r"E-[0-9A-F]{6}", new_reference())


def test_the_defect_page_needs_no_database_and_names_the_logged_reference() -> None:
    request = RequestFactory().get("/cases")
    request.error_reference = "E-7F3A2C"  # type: ignore[attr-defined]
    answer = server_error(request)  # no `db` fixture: a query here would fail the test
    assert answer.status_code == 500 and "E-7F3A2C" in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_says_the_same_as_an_unseen_object() -> None:
    answer = Client().get("/no-such-page")
    assert answer.status_code == 404
    assert "没有找到该页面，或您的岗位不能查看" in answer.content.decode()


@pytest.mark.django_db
def test_a_bad_request_gets_a_reference() -> None:
    assert re.search(r"E-[0-9A-F]{6}", bad_request(RequestFactory().get("/")).content.decode())


@pytest.mark.django_db
def test_large_type_needs_no_script_and_cannot_send_a_reader_elsewhere() -> None:
    client = Client()
    answer = client.post("/ui/large-type", {"back": "https://example.org/"})
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert 'class="large-type"' in client.get("/ui/").content.decode()


@pytest.mark.django_db
def test_the_components_page_marks_demonstration_data_and_forbids_inline_code() -> None:
    answer = Client().get("/ui/")
    assert answer.status_code == 200 and "演示数据" in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


@pytest.mark.django_db
def test_the_keys_are_switched_off_and_on_again_without_script() -> None:
    client = Client()
    for value in ("0", "1", "0"):
        answer = client.post("/ui/keys", {"back": "/help"})
        assert answer["Location"] == "/help" and answer.cookies["keys"].value == value
    assert client.post("/ui/keys", {"back": "//example.org/"})["Location"] == "/"
    assert client.get("/ui/keys").status_code == 405
