"""``./run``: the demo district in one command. Database, migrations, demo data, web and worker; all stop together."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from .database_server import OWNER, DatabaseServer, DatabaseServerFault, die_with_parent


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run", description="启动准绳演示区。Ctrl-C 停止。")
    parser.add_argument("--port", type=int, default=8000, help="网站端口（默认 8000）")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机）")
    parser.add_argument("--data", type=Path, default=Path(".data"), help="数据目录（默认 .data）")
    parser.add_argument(
        "--database-url", default=os.environ.get("PLUMBLINE_DATABASE_URL", ""), help="改用外部 PostgreSQL"
    )
    parser.add_argument(
        "--owner-database-url",
        default=os.environ.get("PLUMBLINE_OWNER_DATABASE_URL", ""),
        help="迁移所用的属主连接",
    )
    parser.add_argument("--no-demo", action="store_true", help="不装入演示数据")
    chosen = parser.parse_args(arguments)
    try:
        return _Run(chosen).run()
    except DatabaseServerFault as fault:
        print(f"没有启动：{fault}", file=sys.stderr)
        return 1


class _Run:
    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.server: DatabaseServer | None = None
        self.children: list[subprocess.Popen[bytes]] = []
        self.finishing: subprocess.Popen[bytes] | None = None
        self.stopping = False

    def run(self) -> int:
        if not _port_is_free(self.chosen.host, self.chosen.port):
            print(
                f"没有启动：端口 {self.chosen.port} 已被占用。请先停止占用它的程序，或换一个端口：./run --port {self.chosen.port + 1}",
                file=sys.stderr,
            )
            return 1
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        began = time.monotonic()
        data = self.chosen.data.resolve()
        data.mkdir(parents=True, exist_ok=True)
        app_url, owner_url = (
            self.chosen.database_url,
            self.chosen.owner_database_url or self.chosen.database_url,
        )
        try:
            if not app_url:
                self.server = DatabaseServer(data / "postgres")
                self.server.start()
                app_url, owner_url = self.server.url(), self.server.url(OWNER)
            owner = self._environment(owner_url, data)
            app = self._environment(app_url, data)
            self._manage(owner, "migrate", "--verbosity", "0")
            if not self.chosen.no_demo:
                self._manage(owner, "seed_demo", "--prepare")
            self._start(app, "-m", "plumbline.project.cli", "manage", "worker")
            self._start(
                app,
                *(
                    "-m",
                    "granian",
                    "--interface",
                    "wsgi",
                    "--host",
                    self.chosen.host,
                    "--port",
                    str(self.chosen.port),
                ),
                *("--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "warning"),
                "plumbline.project.wsgi:application",
            )
            address = f"http://{self.chosen.host}:{self.chosen.port}"
            self._wait_until_ready(address)
            if not self.stopping:
                print(f"Plumbline ready at {address}  （{time.monotonic() - began:.0f} 秒）", flush=True)
                if not self.chosen.no_demo:
                    self._manage(app, "demo_accounts")
                print("按 Ctrl-C 停止。", flush=True)
            if not self.chosen.no_demo and not self.stopping:
                # The first time, checking two thousand cases takes a minute: it goes on while people look around.
                self._start(owner, "-m", "plumbline.project.cli", "manage", "seed_demo", "--finish")
                self.finishing = self.children.pop()
            return self._watch()
        finally:
            self._stop()

    def _environment(self, url: str, data: Path) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "plumbline.project.settings",
            "PLUMBLINE_DATABASE_URL": url,
            "PLUMBLINE_DATA_DIR": str(data),
        }

    def _manage(self, environment: dict[str, str], *words: str) -> None:
        command = [sys.executable, "-m", "plumbline.project.cli", "manage", *words]
        done = subprocess.run(command, env=environment, check=False, preexec_fn=die_with_parent)
        if self.stopping:
            raise SystemExit(130)
        if done.returncode:
            raise DatabaseServerFault(
                f"“{' '.join(words)}”没有完成（退出码 {done.returncode}），上面是原因。数据没有改动或已回退。"
            )

    def _start(self, environment: dict[str, str], *words: str) -> None:
        # No thread runs here yet, so a function between fork and exec is safe.
        # A session of its own: the web server's processes can then be ended as one group.
        child = subprocess.Popen(
            [sys.executable, *words],
            env=environment,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )
        self.children.append(child)

    def _wait_until_ready(self, address: str) -> None:
        for _ in range(600):
            if self.stopping or any(child.poll() is not None for child in self.children):
                return
            try:
                urllib.request.urlopen(f"{address}/login", timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return

    def _watch(self) -> int:
        """Until asked to stop. A child that ends by itself ends everything: half a system is worse than none."""
        while not self.stopping:
            ended = next((child for child in self.children if child.poll() is not None), None)
            if ended is not None:
                print(f"有一个进程自行退出（退出码 {ended.returncode}），全部停止。", file=sys.stderr)
                return 1
            if self.server is not None and not self.server.is_running:
                print("数据库进程退出，全部停止。请查看数据目录中的 database.log。", file=sys.stderr)
                return 1
            time.sleep(0.3)
        return 0

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True

    def _stop(self) -> None:
        if self.finishing is not None:
            self.children.append(self.finishing)
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for child in self.children:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # what a killed web server left of its group
        if self.server is not None:
            self.server.stop()


def _port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
