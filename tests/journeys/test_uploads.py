"""A recording is sent from the page in parts while the network breaks off, and arrives whole, once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from plumbline.apps.cases.models import CaseOfficer
from plumbline.apps.evidence.models import ProcessRecording
from plumbline.platform.files.models import Upload
from plumbline.platform.files.store import is_intact

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
SOUND = b"RIFF\0\0\0\0WAVEfmt " + bytes(range(256)) * 10_500  # a little more than two and a half parts


def test_a_recording_arrives_whole_over_a_network_that_breaks_off(
    browser: Any, site: str, tmp_path: Path
) -> None:
    path = tmp_path / "现场检查.wav"
    path.write_bytes(SOUND)
    with_officer = (
        CaseOfficer.objects.exclude(person=None).filter(to_on=None).select_related("person", "case")
    )
    handled = with_officer.first()
    assert handled is not None and handled.person is not None
    officer = Official(browser, site, handled.person.login_name)
    page = officer.goes(f"/cases/{handled.case.matter_id}/recordings/add").page
    cut: list[str] = []

    def broken(route: Any) -> None:
        if len(cut) < 2:
            cut.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/parts/1", broken)
    page.set_input_files("input[type=file]", path)
    page.select_option("[name=stage]", "evidence")
    page.fill("[name=title]", "现场检查录音")
    page.fill("[name=began_at]", "2026-10-08T09:00")
    page.fill("[name=minutes]", "3")
    page.fill("[name=operator]", "承办人")
    officer.press("登记")  # while it is still on its way
    page.wait_for_url("**tab=recording**", timeout=60_000)
    kept = ProcessRecording.objects.unscoped("测试").get(case=handled.case)
    assert kept.sha256 == hashlib.sha256(SOUND).hexdigest()
    assert is_intact(kept.sha256)
    assert len(cut) == 2, "the part was sent again until it arrived"
    assert sorted(Upload.objects.get().parts) == [0, 1, 2]
    assert not officer.faults
