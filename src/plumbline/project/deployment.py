"""``plumbline migrate``, ``serve`` and ``worker``: the same build on a PostgreSQL server of the site's own.

One setting says where the rows are: ``PLUMBLINE_DATABASE_URL``, an account that only reads and writes. Changes to the
tables are made by another account, ``PLUMBLINE_OWNER_DATABASE_URL``, which only ``migrate`` needs.
"""

from __future__ import annotations

import argparse
import os
import sys
from urllib.parse import unquote, urlsplit

SERVING, OWNING = "PLUMBLINE_DATABASE_URL", "PLUMBLINE_OWNER_DATABASE_URL"


def migrate(arguments: list[str]) -> int:
    """Bring the tables to this version as their owner, grant the serving account its rights, collect static files."""
    parser = argparse.ArgumentParser(prog="plumbline migrate", description="升级表结构、授权、收集样式和脚本")
    parser.add_argument("--no-static", action="store_true", help="不收集样式和脚本")
    chosen = parser.parse_args(arguments)
    serving = _address()
    os.environ[SERVING] = os.environ.get(OWNING) or serving
    _set_up()

    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from .checks import refuse_unfit

    refuse_unfit(serving=False)
    try:
        call_command("migrate", interactive=False, verbosity=1)
    except OperationalError as fault:
        print(f"没有升级：不能连接数据库（{str(fault).strip()}）。请核对 {OWNING}。", file=sys.stderr)
        return 1
    _grant(unquote(urlsplit(serving).username or ""))
    if settings.STATIC_ROOT and not chosen.no_static:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        print(f"样式和脚本已收集到 {settings.STATIC_ROOT}")
    print("升级完成。")
    return 0


def _grant(app: str) -> None:
    from django.db import connection

    from .database_server import grant_app

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        if app in {"", owner}:
            print(f"{SERVING} 与属主是同一账户 {owner}：行级安全对它不起作用，正式环境不会以它启动。")
            return
        grant_app(cursor, app=app, owner=owner)
        print(f"已授权：{app} 可读写数据行，不能改表，不能改动只增不改的记录。")


def serve(arguments: list[str]) -> int:
    """Check, then become the web server; a reverse proxy with HTTPS stands before it."""
    parser = argparse.ArgumentParser(prog="plumbline serve", description="启动网站进程")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机，由反向代理转发）")
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument("--workers", type=int, default=2, help="进程数（默认 2）")
    parser.add_argument("--threads", type=int, default=8, help="每个进程的线程数，即数据库连接数（默认 8）")
    chosen = parser.parse_args(arguments)
    _address()
    _set_up()
    from .checks import refuse_unfit

    refuse_unfit()
    words = ["-m", "granian", "--interface", "wsgi", "--host", chosen.host, "--port", str(chosen.port)]
    words += ["--workers", str(chosen.workers), "--blocking-threads", str(chosen.threads), "--no-ws"]
    words += ["--log-level", "warning", "--respawn-failed-workers", "plumbline.project.wsgi:application"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  (no shell is wanted)


def worker(arguments: list[str]) -> int:
    """Check, then do the background work: left-over messages, queued jobs, clocks that run out."""
    _address()
    _set_up()
    from django.core.management import call_command

    from .checks import refuse_unfit

    refuse_unfit()
    call_command("worker", *arguments)
    return 0


def _address() -> str:
    url = os.environ.get(SERVING, "")
    if not url:
        print(
            f"没有启动：没有设置 {SERVING}。例如 {SERVING}=postgresql://plumbline_app:口令@数据库主机/plumbline",
            file=sys.stderr,
        )
        raise SystemExit(2)
    return url


def _set_up() -> None:
    import django

    django.setup()
