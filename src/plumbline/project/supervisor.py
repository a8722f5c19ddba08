"""``./run``: the demo district in one command. Database, migrations, demo data, web and worker; all stop together."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from .database_server import OWNER, DatabaseServer, DatabaseServerFault, closed_to_others, die_with_parent
from .deployment import OWNING, SERVING, sane_threads, web_server
from .ports import why_not

DATA = Path(".data")
ROOTS_DATA = Path("/var/lib/plumbline")
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  (compared with, not listened on)
READY_WITHIN = 60
STOPPED = 130  # a shell's number for an end by Ctrl-C
PLUMBLINE = ("-m", "plumbline.project.cli")


class CannotStart(Exception):
    """What is in the way of a start, and what to do."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run", description="启动准绳演示区。Ctrl-C 停止。")
    parser.add_argument("--port", type=int, default=8000, help="网站端口（默认 8000）")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机）")
    parser.add_argument("--data", type=Path, default=DATA, help="数据目录（默认 .data）")
    parser.add_argument("--database-url", default=os.environ.get(SERVING, ""), help="改用外部 PostgreSQL")
    parser.add_argument("--owner-database-url", default=os.environ.get(OWNING, ""), help="迁移所用的属主连接")
    parser.add_argument("--no-demo", action="store_true", help="不装入演示数据")
    parser.add_argument("--demo-cases", type=int, help="演示案件数（默认两千）")
    chosen = parser.parse_args(arguments)
    run = _Run(chosen)
    try:
        return run.run()
    except (CannotStart, DatabaseServerFault) as fault:
        if run.stopping:
            return STOPPED
        print(f"没有启动：{fault}", file=sys.stderr)
        return 1


@dataclass(frozen=True)
class _Child:
    name: str
    process: subprocess.Popen[bytes]

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None


class _Run:
    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.server: DatabaseServer | None = None
        self.children: list[_Child] = []  # each of which everything else needs
        self.passing: list[_Child] = []  # each of which ends by itself
        self.stopping = False

    def run(self) -> int:
        self._look_before_starting()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        began = time.monotonic()
        try:
            data = self._data_folder()
            environment = self._environment(data, *self._database(data))
            owner = environment | {SERVING: environment[OWNING]}
            self._step(environment, "migrate", "--quiet")
            chosen = self.chosen
            web = web_server(host=chosen.host, port=chosen.port, workers=1, threads=sane_threads())
            # The web server loads what it needs while the demonstration is looked at; it is told of when both are there.
            self._start("网站进程", environment, *web)
            if not self.chosen.no_demo:
                self._step(owner, "manage", "seed_demo", "--prepare", *self._cases())
            self._start("后台进程", environment, *PLUMBLINE, "manage", "worker")
            if not self._is_ready():
                return STOPPED if self.stopping else 1
            self._tell(environment, time.monotonic() - began)
            if not self.chosen.no_demo:
                # Checking two thousand cases takes a while the first time: it goes on while people look around.
                self._start("演示数据补齐", owner, *PLUMBLINE, "manage", "seed_demo", "--finish")
                self.passing.append(self.children.pop())
            return self._watch()
        finally:
            self._stop()

    # -- before --------------------------------------------------------------------------------------------------------

    def _look_before_starting(self) -> None:
        if os.environ.get("PLUMBLINE_ENV", "demo") == "production":
            raise CannotStart(
                "./run 只用于演示和试用。正式环境请用 plumbline migrate、serve、worker，见 docs/deploy.md；"
                "要看演示请先去掉 PLUMBLINE_ENV。"
            )
        taken = why_not(self.chosen.host, self.chosen.port)
        if taken:
            raise CannotStart(taken)

    def _data_folder(self) -> Path:
        data: Path = self.chosen.data.resolve()
        if self.chosen.data == DATA and os.getuid() == 0 and not self.chosen.database_url:
            closed = closed_to_others(data)
            if closed is not None:
                # For root the database runs as another account, which cannot pass through, say, /root.
                data = ROOTS_DATA / f"run-{hashlib.sha256(str(data).encode()).hexdigest()[:8]}"
                print(f"数据放在 {data}（数据库以 nobody 账户运行，进不了 {closed}）。", flush=True)
        try:
            data.mkdir(parents=True, exist_ok=True)
            if not os.access(data, os.W_OK | os.X_OK):
                raise PermissionError(13, "当前账户没有写权限")
        except OSError as fault:
            raise CannotStart(
                f"不能使用数据目录 {str(data)[:200]}：{fault.strerror}。请用 --data 指定一个可写的目录。"
            ) from None
        return data

    def _database(self, data: Path) -> tuple[str, str]:
        """Addresses for serving and for owning."""
        if self.chosen.database_url:
            return self.chosen.database_url, self.chosen.owner_database_url or self.chosen.database_url
        self.server = DatabaseServer(data / "postgres")
        self.server.start()
        return self.server.url(), self.server.url(OWNER)

    def _environment(self, data: Path, serving: str, owning: str) -> dict[str, str]:
        made = os.environ | {
            "DJANGO_SETTINGS_MODULE": "plumbline.project.settings",
            SERVING: serving,
            OWNING: owning,
            "PLUMBLINE_DATA_DIR": str(data),
        }
        own = self.chosen.host
        hosts = "*" if own in EVERYWHERE else f"localhost,127.0.0.1,[::1],{f'[{own}]' if ':' in own else own}"
        made.setdefault("PLUMBLINE_ALLOWED_HOSTS", hosts)
        return made

    def _cases(self) -> list[str]:
        return ["--cases", str(self.chosen.demo_cases)] if self.chosen.demo_cases else []

    # -- children ------------------------------------------------------------------------------------------------------

    def _step(self, environment: dict[str, str], *words: str) -> None:
        """Run one command to its end; asked to stop, end it too (its transaction is rolled back)."""
        self._start(words[0], environment, *PLUMBLINE, *words)
        process = self.children[-1].process
        while process.poll() is None:
            if self.stopping:
                raise CannotStart("按要求停止")  # what has been started is ended on the way out
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
        self.children.pop()
        if self.stopping:
            raise CannotStart("按要求停止")
        if process.returncode:
            raise CannotStart(
                f"“plumbline {' '.join(words)}”没有完成（退出码 {process.returncode}），原因见上。已有的数据没有改动。"
            )

    def _start(self, name: str, environment: dict[str, str], *words: str) -> None:
        if self.stopping:
            raise CannotStart("按要求停止")
        # No thread runs here yet, so a function between fork and exec is safe. A session of its own: Ctrl-C reaches us
        # alone, and the web server's processes can be ended as one group.
        process = subprocess.Popen(
            [sys.executable, *words],
            env=environment,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )
        self.children.append(_Child(name, process))

    def _is_ready(self) -> bool:
        """Wait for the first answer; False when that is no longer to be waited for."""
        direct = urllib.request.build_opener(
            urllib.request.ProxyHandler({})
        )  # whatever proxy is set for the world
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            if self.stopping or self._one_has_ended():
                return False
            try:
                direct.open(f"{self._address()}/login", timeout=5).close()
            except urllib.error.HTTPError as answer:
                raise CannotStart(f"网站启动了，但登录页出错（HTTP {answer.code}）。原因见上。") from None
            except OSError:
                time.sleep(0.1)
            else:
                return True
        raise CannotStart(f"网站 {READY_WITHIN} 秒内没有应答。机器可能太忙，请稍后重试；日志见上。")

    def _address(self) -> str:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.chosen.host, self.chosen.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.chosen.port}"

    def _tell(self, environment: dict[str, str], seconds: float) -> None:
        print(f"Plumbline ready at {self._address()}  （{seconds:.0f} 秒）", flush=True)
        if not self.chosen.no_demo:
            self._step(environment, "manage", "demo_accounts")
        if self.chosen.host in EVERYWHERE:
            print("其他机器也能访问本站：这是演示，密码公开，请勿录入真实案件。", flush=True)
        print("按 Ctrl-C 停止。", flush=True)

    def _watch(self) -> int:
        """Until asked to stop. A child that ends by itself ends everything: half a system is worse than none."""
        while not self.stopping:
            if self._one_has_ended():
                return 1
            for child in [each for each in self.passing if each.has_ended]:
                self.passing.remove(child)
                if child.process.returncode:
                    print(
                        f"{child.name}没有完成（{_how_ended(child)}）。网站仍可使用；重新运行 ./run 会继续。",
                        file=sys.stderr,
                        flush=True,
                    )
            time.sleep(0.3)
        return 0

    def _one_has_ended(self) -> bool:
        for child in self.children:
            if child.has_ended:
                print(f"{child.name}自行退出（{_how_ended(child)}），全部停止。", file=sys.stderr, flush=True)
                return True
        if self.server is not None and not self.server.is_running:
            print(
                f"数据库进程退出，全部停止。原因见 {self.server.data.parent / 'database.log'}。",
                file=sys.stderr,
                flush=True,
            )
            return True
        return False

    # -- the end -------------------------------------------------------------------------------------------------------

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True

    def _stop(self) -> None:
        everyone = [each.process for each in (*self.children, *self.passing)]
        for process in reversed(everyone):
            if process.poll() is None:
                process.terminate()
        for process in everyone:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for process in everyone:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # what a killed web server left of its group
        if self.server is not None:
            self.server.stop()


def _how_ended(child: _Child) -> str:
    code = child.process.returncode
    return f"被信号 {-code} 终止" if code < 0 else f"退出码 {code}"
