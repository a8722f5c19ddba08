"""The first minutes on a bare machine: an old Python, no network, a false download, a taken port."""

from __future__ import annotations

import ast
import hashlib
import io
import re
import shutil
import socket
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bootstrap import environment
from plumbline.project import supervisor

ROOT = Path(environment.ROOT)
FIRST_READ = ("run", "test", "bootstrap/__init__.py", "bootstrap/__main__.py", "bootstrap/environment.py")
CHINESE = re.compile("[一-鿿]")


def _two_languages(text: str) -> bool:
    return bool(CHINESE.search(text)) and bool(re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text))


@pytest.mark.parametrize("name", FIRST_READ)
def test_an_old_python_can_read_the_scripts(name: str) -> None:
    ast.parse((ROOT / name).read_text(), feature_version=(3, 6))


def test_an_old_python_is_told_what_to_do() -> None:
    with pytest.raises(environment.Stopped) as told:
        environment.check_python((3, 9))
    assert "3.9" in str(told.value)
    assert "3.11" in str(told.value)
    assert _two_languages(str(told.value))


@pytest.mark.parametrize("name", ["python3.6", "python3.8", "python3.9", "python3.10"])
def test_a_real_old_python_stops_before_anything_is_made(name: str, tmp_path: Path) -> None:
    old = shutil.which(name)
    if not old or subprocess.run([old, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"{name} is not on this machine")
    for needed in ("run", "bootstrap"):
        (shutil.copytree if (ROOT / needed).is_dir() else shutil.copy)(ROOT / needed, tmp_path / needed)
    done = subprocess.run([old, tmp_path / "run"], capture_output=True, check=False)
    assert done.returncode == 1
    assert _two_languages(done.stderr.decode())
    assert not (tmp_path / ".venv").exists()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A root folder with nothing in it, and no uv on the path."""
    monkeypatch.setattr(environment, "ROOT", str(tmp_path / "root"))
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "root"


@pytest.fixture
def index(bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A package index of our own, holding a wheel whose uv is a script."""
    page = tmp_path / "index" / "uv"
    page.mkdir(parents=True)
    name, _ = environment.UV_WHEELS["x86_64"]
    monkeypatch.setattr(environment.platform, "machine", lambda: "x86_64")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as wheel:
        wheel.writestr("uv-0.data/scripts/uv", "#!/bin/sh\necho fake\n")
    (page / name).write_bytes(packed.getvalue())
    (page / "index.html").write_text(f'<a href="{name}#sha256=0">{name}</a>')
    handler = partial(SimpleHTTPRequestHandler, directory=str(page.parent))
    monkeypatch.setattr(SimpleHTTPRequestHandler, "log_message", lambda *_: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield page / name
    server.shutdown()
    server.server_close()


def test_the_installer_is_fetched_from_the_index_that_is_set(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256(index.read_bytes()).hexdigest()
    monkeypatch.setitem(environment.UV_WHEELS, "x86_64", (index.name, digest))
    uv = environment.find_uv()
    assert subprocess.run([uv], capture_output=True, text=True, check=True).stdout == "fake\n"
    index.unlink()
    assert environment.find_uv() == uv, "fetched once only"


def test_pips_own_configuration_names_the_index(
    bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Most machines in China have a mirror there; uv is told of it, since it does not look."""
    monkeypatch.setenv("HOME", str(tmp_path))
    mirror = "https://mirror.example.cn/pypi/simple"
    (tmp_path / ".pip").mkdir()
    (tmp_path / ".pip" / "pip.conf").write_text(f"[global]\nindex-url = {mirror}\n")
    assert environment.index_url() == mirror
    told = tmp_path / "told"
    uv = tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\nprintf %s "$UV_DEFAULT_INDEX" > {told}\n')
    uv.chmod(0o755)
    environment._uv(str(uv), [])
    assert told.read_text() == mirror
    monkeypatch.setenv("PIP_INDEX_URL", "https://another.example.cn/simple")
    assert environment.index_url() == "https://another.example.cn/simple"


def test_the_command_is_put_beside_python_and_finds_it(tmp_path: Path) -> None:
    programs = tmp_path / "a folder" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text('#!/bin/sh\necho "$@"\n')
    (programs / "python").chmod(0o755)
    environment._add_command(str(programs / "python"))
    (tmp_path / "link").symlink_to(programs / "plumbline")
    done = subprocess.run([tmp_path / "link", "serve", "a b"], capture_output=True, text=True, check=True)
    assert done.stdout == "-m plumbline.project.cli serve a b\n"


def test_a_false_download_is_refused_and_not_kept(index: Path, bare: Path) -> None:
    with pytest.raises(environment.Stopped) as told:
        environment.find_uv()
    assert _two_languages(str(told.value))
    assert not list(bare.rglob("uv*"))


def test_without_network_the_message_names_mirror_proxy_and_certificate(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{closed.getsockname()[1]}/simple")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with pytest.raises(environment.Stopped) as told:
            environment.find_uv()
    for way_out in ("UV_DEFAULT_INDEX", "HTTPS_PROXY", "SSL_CERT_FILE"):
        assert way_out in str(told.value)
    assert _two_languages(str(told.value))


def test_an_index_without_the_wheel_is_named(index: Path) -> None:
    (index.parent / "index.html").write_text("<a href='uv-9.9.9.whl'>uv-9.9.9.whl</a>")
    with pytest.raises(environment.Stopped, match="UV_DEFAULT_INDEX"):
        environment.find_uv()


def test_a_taken_port_is_told_before_anything_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = supervisor.main(["--port", str(port), "--data", str(tmp_path / "data")])
    told = capsys.readouterr().err
    assert code == 1
    assert f"端口 {port} 已被占用" in told
    assert f"--port {port + 1}" in told
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("lock", ["base.lock", "test.lock"])
def test_the_locks_pin_every_package_by_hash_and_name_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert not re.findall(r"https?://|--(?:extra-)?index|--find-links", text)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 20
    assert all("--hash=sha256:" in entry for entry in entries if not entry.startswith("#"))


def test_the_test_lock_holds_the_base_lock() -> None:
    """./run accepts an environment that ./test made: it must be the same packages and more."""

    def pinned(name: str) -> set[str]:
        lines = (ROOT / "requirements" / name).read_text().splitlines()
        return {line.split(" ;")[0].rstrip(" \\") for line in lines if "==" in line.split(";")[0]}

    assert pinned("base.lock") <= pinned("test.lock")
