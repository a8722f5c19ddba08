"""Fixtures for the browser tests, and a loud word at the end when they could not run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import Chromium, NoChromium, find_chromium
from tests.external_postgresql import APP, ExternalServer, external_server, plumbline, settings_of_a_site

NO_BROWSER = "browser tests did not run"
NO_OTHER_SERVER = "PostgreSQL 15 was not tested"
NO_SPARK = "Spark was not tested"
NO_LOG = "THE REAL LOG WAS NOT CHECKED"
ON_THE_SITE = {"test_appoint.py", "test_deployment.py", "test_unfit_production.py"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files that look at the same migrated site go to one process, which makes it once."""
    from xdist.scheduler import LoadFileScheduling

    class SiteTogether(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            return "site" if Path(file).name in ON_THE_SITE else file

    return SiteTogether(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The browser to drive, with its arguments; skips (and is counted aloud) where there is none."""
    try:
        return find_chromium()
    except NoChromium as reason:
        pytest.skip(f"{NO_BROWSER}: {reason}")


@pytest.fixture(scope="session")
def chromium_path(chromium: Chromium) -> Path:
    return chromium.path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """Playwright itself, once a process: it does not start a second time beside its own loop."""
    sync_api = pytest.importorskip("playwright.sync_api", reason=NO_BROWSER)
    with sync_api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(chromium: Chromium, playwright: Any) -> Iterator[Any]:
    """A running Playwright browser; take a page with ``browser.new_page(locale="zh-CN")``."""
    running = playwright.chromium.launch(**chromium.launch_options())
    yield running
    running.close()


@pytest.fixture(scope="session")
def site_server() -> Iterator[ExternalServer]:
    with external_server() as running:
        yield running


@pytest.fixture(scope="session")
def site(site_server: ExternalServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a site whose database has been migrated by the real command."""
    settings = settings_of_a_site(
        site_server, site_server.make_database("site"), tmp_path_factory.mktemp("site")
    )
    done = plumbline("migrate", settings=settings)
    assert done.returncode == 0, done.stderr
    assert f"已授权：{APP}" in done.stdout
    assert "升级完成" in done.stdout
    assert not done.stderr
    return settings


def pytest_terminal_summary(terminalreporter: Any) -> None:
    failed = os.environ.get("PLUMBLINE_FAILED_CHECKS")  # of ./test, before the tests
    if failed:
        terminalreporter.write_sep("!", f"检查没有通过 CHECKS FAILED: {failed}", red=True)
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(r.longrepr)]
    if skipped:
        reason = str(skipped[0].longrepr[2]) if isinstance(skipped[0].longrepr, tuple) else NO_BROWSER
        terminalreporter.write_sep(
            "!", f"{len(skipped)} 个浏览器测试没有运行 BROWSER TESTS DID NOT RUN", red=True
        )
        terminalreporter.write_line(reason, red=True)
    if any(NO_OTHER_SERVER in str(r.longrepr) for r in terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_sep(
            "!", f"没有在 PostgreSQL 15 上测试 {NO_OTHER_SERVER}: apt-get install postgresql-15", red=True
        )
    without_log = [r for r in terminalreporter.stats.get("skipped", []) if NO_LOG in str(r.longrepr)]
    if without_log:
        terminalreporter.write_sep("!", f"没有核对真实日志 {NO_LOG}", red=True)
        terminalreporter.write_line(str(without_log[0].longrepr), red=True)
    without_spark = [r for r in terminalreporter.stats.get("skipped", []) if NO_SPARK in str(r.longrepr)]
    if without_spark:
        terminalreporter.write_sep(
            "!", f"没有在 Spark 集群上测试 {NO_SPARK}: apt-get install openjdk-17-jre-headless", red=True
        )
        terminalreporter.write_line(str(without_spark[0].longrepr), red=True)
