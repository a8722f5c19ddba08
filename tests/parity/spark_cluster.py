"""A standalone Spark cluster on this machine: a master and two workers, each a process of its own, ended with all they started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from plumbline.project.database_server import die_with_parent

WORKERS = 2
#: Room for two small applications at once, each with one executor on each worker.
CORES, MEMORY = 2, "2g"
PATIENCE = 300.0  # seconds; a machine with other work to do takes its time to start four Javas
#: Quick to start rather than quick to run.
JAVA_OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
#: Everything stays on this machine and small; a batch ends in the middle of most matters.
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.executor.memory": "640m",
    "spark.executor.cores": "1",
    "spark.cores.max": str(WORKERS),
    "spark.executor.extraJavaOptions": JAVA_OPTIONS,
    "spark.driver.extraJavaOptions": JAVA_OPTIONS,
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
}


@contextmanager
def standalone_cluster(folder: Path) -> Iterator[str]:
    """The address of a running cluster; logs go to ``folder``."""
    with ExitStack() as stack:
        port, page = _free_port(), _free_port()
        host = ("--host", "127.0.0.1")
        master = f"spark://127.0.0.1:{port}"
        where = ("--port", str(port), "--webui-port", str(page))
        stack.enter_context(
            _process(folder, "master", "org.apache.spark.deploy.master.Master", *host, *where)
        )
        _wait(lambda: _state(page) is not None, folder)
        for number in range(WORKERS):
            room = ("--cores", str(CORES), "--memory", MEMORY, "--work-dir", str(folder / f"work{number}"))
            ports = ("--port", "0", "--webui-port", "0")
            stack.enter_context(
                _process(
                    folder,
                    f"worker{number}",
                    "org.apache.spark.deploy.worker.Worker",
                    *host,
                    *ports,
                    *room,
                    master,
                )
            )
        _wait(lambda: (_state(page) or "").count('"ALIVE"') >= WORKERS + 1, folder)
        yield master


@contextmanager
def _process(folder: Path, name: str, *words: str) -> Iterator[None]:
    """A process in a group of its own, so that what it started ends with it."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": JAVA_OPTIONS,
        "PYSPARK_PYTHON": sys.executable,
    }
    with (folder / f"{name}.log").open("wb") as log:
        running = subprocess.Popen(
            [str(home / "bin" / "spark-class"), *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )
        try:
            yield
        finally:
            _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ask the group to end, then end it."""
    for how, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 15)):
        try:
            os.killpg(running.pid, how)
            running.wait(timeout=patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _state(page: int) -> str | None:
    """What the master says of its workers, as JSON text; None while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
            return str(answer.read().decode()).replace(" ", "")
    except OSError:
        return None


def _wait(ready: Callable[[], bool], folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > until:
            said = "\n".join(p.read_text(errors="replace")[-2000:] for p in sorted(folder.glob("*.log")))
            raise TimeoutError(f"the cluster did not come up in {PATIENCE:.0f} s\n{said}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
