"""Test set-up for the whole tree: an embedded database server a session, started before Django is set up."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

os.environ["PLUMBLINE_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "plumbline.project.settings"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's synchronous interface runs a loop of its own
_FOLDER = Path(tempfile.gettempdir()) / f"plumbline-tests-{os.getppid() if 'PYTEST_XDIST_WORKER' in os.environ else os.getpid()}"
_FOLDER.mkdir(exist_ok=True)
os.environ.setdefault("PLUMBLINE_DATA_DIR", str(_FOLDER / "data"))
_server = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the controlling process; its address reaches the workers by the environment."""
    global _server
    if "PYTEST_XDIST_WORKER" in os.environ or os.environ.get("PLUMBLINE_TEST_DATABASE_URL"):
        os.environ.setdefault("PLUMBLINE_DATABASE_URL", os.environ.get("PLUMBLINE_TEST_DATABASE_URL", ""))
        return
    from plumbline.project.database_server import SUPERUSER, DatabaseServer

    _FOLDER.chmod(0o755)
    _server = DatabaseServer(_FOLDER / "postgres", durable=False)
    _server.start()
    os.environ["PLUMBLINE_TEST_DATABASE_URL"] = _server.url(SUPERUSER, "plumbline")
    os.environ["PLUMBLINE_DATABASE_URL"] = os.environ["PLUMBLINE_TEST_DATABASE_URL"]


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None:
        _server.stop()
        shutil.rmtree(_FOLDER, ignore_errors=True)
