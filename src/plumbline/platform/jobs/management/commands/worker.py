"""The worker process: left-over outbox messages, queued jobs, and the clocks that run out as days pass."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any, cast

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from procrastinate import App
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.contrib.django.django_connector import DjangoConnector

from plumbline.platform import clock
from plumbline.platform.events.outbox import work_off
from plumbline.platform.jobs.passes import came_round
from plumbline.platform.jobs.running import LANES, interrupt_jobs
from plumbline.platform.verdicts.evaluation import clock_passes, recompute_due, rule_book

log = logging.getLogger(__name__)

SIGN_EVERY = 30  # seconds between two signs of life of the outbox, which comes round each second


class Command(BaseCommand):
    help = "处理待办消息、后台任务和到期复查。Ctrl-C 停止。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="处理完现有待办后退出")
        parser.add_argument("--pause", type=float, default=1.0, help="没有待办时的等待秒数")

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        rule_book()
        if once:
            while work_off():
                pass
            with came_round("clocks"):
                recompute_due()
            work_jobs(wait=False)
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        threads = [
            threading.Thread(target=self._outbox, args=(stop, pause), name="outbox", daemon=True),
            threading.Thread(target=self._clocks, args=(stop,), name="clocks", daemon=True),
            threading.Thread(target=self._jobs, args=(stop,), name="jobs", daemon=True),
        ]
        for thread in threads:
            thread.start()
        stop.wait()
        interrupt_jobs()

    def _outbox(self, stop: threading.Event, pause: float) -> None:
        told = 0.0
        while not stop.is_set():
            try:
                with came_round("outbox", unless=time.monotonic() - told < SIGN_EVERY):
                    done = work_off(limit=200)  # so that a long backlog does not hide the sign of life
                if time.monotonic() - told >= SIGN_EVERY:
                    told = time.monotonic()
            except Exception:
                log.exception("outbox loop")
                close_old_connections()
                done = 0
            if not done:
                stop.wait(pause)

    def _clocks(self, stop: threading.Event) -> None:
        """Once at the start and after each midnight, plus hourly for hour limits."""
        while not stop.is_set():
            try:
                with came_round("clocks"):
                    recompute_due(as_of=clock.now())
                    for look in clock_passes():
                        look()
            except Exception:
                log.exception("clocks loop")
            finally:
                connection.close()
            stop.wait(min(3600, self._seconds_to_midnight() + 5))

    @staticmethod
    def _seconds_to_midnight() -> float:
        moment = clock.now()
        return 86400 - (moment.hour * 3600 + moment.minute * 60 + moment.second)

    def _jobs(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                work_jobs(wait=True)
            except Exception:
                log.exception("job loop")
                stop.wait(5)


def work_jobs(*, wait: bool, lanes: tuple[str, ...] = LANES) -> None:
    """Run queued jobs, each lane one at a time beside the others, in threads of this process.

    Django's own connector can only defer; working needs procrastinate's pool of connections, which the lanes share.
    """
    connector = cast(DjangoConnector, procrastinate_app.connector).get_worker_connector()
    with procrastinate_app.replace_connector(connector) as worker_app:
        asyncio.run(_all_lanes(worker_app, lanes, wait=wait))


async def _all_lanes(app: App, lanes: tuple[str, ...], *, wait: bool) -> None:
    async with app.open_async(), asyncio.TaskGroup() as group:
        for lane in lanes:
            group.create_task(
                app.run_worker_async(
                    name=lane,
                    queues=[lane],
                    wait=wait,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=2,
                )
            )
