"""``plumbline migrate``, ``serve`` and ``worker``: the same build on a PostgreSQL server of the site's own.

One setting says where the rows are: ``PLUMBLINE_DATABASE_URL``, an account that only reads and writes. Changes to the
tables are made by another account, ``PLUMBLINE_OWNER_DATABASE_URL``, which only ``migrate`` needs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

SERVING, OWNING = "PLUMBLINE_DATABASE_URL", "PLUMBLINE_OWNER_DATABASE_URL"


def migrate(arguments: list[str]) -> int:
    """Bring the tables to this version as their owner, grant the serving account its rights, collect static files."""
    parser = argparse.ArgumentParser(prog="plumbline migrate", description="升级表结构、授权、收集样式和脚本")
    parser.add_argument("--no-static", action="store_true", help="不收集样式和脚本")
    parser.add_argument("--quiet", action="store_true", help="只报告问题")
    chosen = parser.parse_args(arguments)
    serving = _address()
    os.environ[SERVING] = os.environ.get(OWNING) or serving
    _set_up()

    from django.conf import settings
    from django.core.management import call_command
    from django.db import Error

    from .checks import refuse_unfit

    refuse_unfit(serving=False)
    say = _nothing if chosen.quiet else print
    try:
        if _server_is_unfit():
            return 1
        call_command("migrate", interactive=False, verbosity=0 if chosen.quiet else 1)
        _grant(unquote(urlsplit(serving).username or ""), say)
    except Error as fault:
        print(_why_not(fault), file=sys.stderr)
        return 1
    if settings.STATIC_ROOT and not chosen.no_static:
        try:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        except OSError as fault:
            print(
                f"表结构已升级，样式和脚本没有收集：{fault}。请让运行 migrate 的账户可以写 PLUMBLINE_DATA_DIR，再运行一次。",
                file=sys.stderr,
            )
            return 1
        say(f"样式和脚本已收集到 {settings.STATIC_ROOT}")
    say("升级完成。")
    return 0


def _nothing(_: str) -> None:
    """``print`` for the quiet."""


def _server_is_unfit() -> bool:
    from django.db import connection

    from .checks import of_server

    # Past Django's own look at the version, whose words are English.
    connection.check_database_version_supported = lambda: None  # type: ignore[method-assign]
    with connection.cursor() as cursor:
        found = of_server(cursor)
    for each in found:
        print(f"没有升级：{each.msg}。{each.hint}", file=sys.stderr)
    return bool(found)


def _why_not(fault: Exception) -> str:
    """One sentence on what the server refused, and the way out."""
    from psycopg import Error, errors

    told = " ".join(str(fault).split())[:300]
    cause: BaseException | None = fault
    while cause is not None and not isinstance(cause, Error):  # Django wraps once, its migrations twice
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, errors.InsufficientPrivilege):
        return (
            f"没有升级：账户没有改表的权限（{told}）。请把 {OWNING} 设为库的所有者；"
            "新库可用 CREATE DATABASE plumbline OWNER plumbline_owner … 建立。"
        )
    if isinstance(cause, errors.UndefinedObject) and "role" in told:
        return (
            f"表结构已升级，没有授权：{SERVING} 的账户还不存在（{told}）。"
            "请先建立：CREATE ROLE plumbline_app LOGIN PASSWORD '…'，再运行一次。"
        )
    if cause is not None and getattr(cause, "sqlstate", None) is None:
        return f"没有升级：不能连接数据库（{told}）。请核对 {OWNING}（未设时为 {SERVING}）。"
    return f"没有升级：数据库拒绝了（{told}）。已完成的步骤保留，排除原因后可以再次运行。"


def _grant(app: str, say: Callable[[str], None]) -> None:
    from django.db import connection

    from .database_server import grant_app

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        if not app:
            print(f"{SERVING} 没有写明账户，没有授权。请写成 postgresql://账户@主机/库名。", file=sys.stderr)
            return
        if app == owner:
            print(
                f"{SERVING} 与属主是同一账户 {owner}：行级安全对它不起作用，正式环境不会以它启动。",
                file=sys.stderr,
            )
            return
        grant_app(cursor, app=app, owner=owner)
    say(f"已授权：{app} 可读写数据行，不能改表，不能改动只增不改的记录。")


def serve(arguments: list[str]) -> int:
    """Check, then become the web server; a reverse proxy with HTTPS stands before it."""
    parser = argparse.ArgumentParser(prog="plumbline serve", description="启动网站进程")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机，由反向代理转发）")
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="进程数（默认与处理器数相同）"
    )
    parser.add_argument(
        "--threads", type=int, default=sane_threads(), help="每个进程的线程数，即数据库连接数"
    )
    chosen = parser.parse_args(arguments)
    _address()
    _set_up()
    from .checks import refuse_unfit
    from .ports import why_not

    refuse_unfit()
    taken = why_not(chosen.host, chosen.port)
    if taken:
        print(f"没有启动：{taken}", file=sys.stderr)
        return 1
    words = web_server(host=chosen.host, port=chosen.port, workers=chosen.workers, threads=chosen.threads)
    sys.stdout.flush()
    # A worker that fails ends the server, and the service manager starts it anew through these checks. Granian's own
    # respawning would start an unfit worker again for ever.
    return os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  (no shell)


def sane_threads() -> int:
    """Python runs one thread at a time; the others wait for the database. More than this only queue for each other."""
    return min(8, 2 * (os.cpu_count() or 1) + 1)


def web_server(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    """Python's arguments that start the web server; each thread of each process keeps one database connection."""
    words = ["-m", "granian", "plumbline.project.wsgi:application", "--interface", "wsgi"]
    words += ["--host", host, "--port", str(port), "--workers", str(workers)]
    return [*words, "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning"]


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
