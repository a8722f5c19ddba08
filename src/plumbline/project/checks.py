"""What production must have before it starts (Django system checks). The demonstration is only warned.

``refuse_unfit()`` is called by every production entry point (``plumbline serve``, ``worker``, ``migrate`` and the WSGI
module): a web server that was started past the command line refuses just the same. Each message names its setting.
In the demonstration the same findings are warnings of ``plumbline manage check --deploy``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from plumbline.platform.scope.rows import whole_district

from .database_server import INSERT_ONLY, OLDEST

SHORTEST_SECRET = 50


def of_settings() -> list[CheckMessage]:
    """What the settings alone show."""
    found = [*_secret(), *_openness()]
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        found.append(
            _fault(
                "E005",
                "登录和防伪 Cookie 没有限定只走 HTTPS",
                "请设 PLUMBLINE_ENV=production，不要改动 SESSION_COOKIE_SECURE、CSRF_COOKIE_SECURE。",
            )
        )
    if not settings.SECURE_HSTS_SECONDS:
        found.append(
            _fault("E006", "没有要求浏览器始终使用 HTTPS", "请设 PLUMBLINE_ENV=production（SECURE_HSTS_SECONDS 大于 0）。")
        )  # fmt: skip
    return found


def _secret() -> list[CheckMessage]:
    from .settings import DEMO_SECRET_KEY

    remedy = (
        '请设 PLUMBLINE_SECRET_KEY，可用 python3 -c "import secrets; print(secrets.token_urlsafe(64))" 生成。'
    )
    if settings.SECRET_KEY == DEMO_SECRET_KEY:
        return [_fault("E001", "使用的是随程序公开的演示密钥，任何人都能伪造登录", remedy)]
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or len(set(settings.SECRET_KEY)) < 10:
        return [_fault("E002", f"密钥太短或太简单（少于 {SHORTEST_SECRET} 个字符）", remedy)]
    return []


def _openness() -> list[CheckMessage]:
    found = []
    if settings.DEBUG:
        found.append(
            _fault("E003", "调试模式开启，出错页面会显示内部数据", "请去掉 PLUMBLINE_DEBUG 或设为 0。")
        )
    hosts = settings.ALLOWED_HOSTS
    if not hosts or "testserver" in hosts or any(host in {"*", "."} for host in hosts):
        found.append(
            _fault(
                "E004",
                f"没有限定网站域名（现为 {','.join(hosts) or '空'}）",
                "请设 PLUMBLINE_ALLOWED_HOSTS 为实际域名，多个用逗号分隔，不得用 *。",
            )
        )
    return found


def of_database() -> list[CheckMessage]:
    """What the server says of the role that serves, of the tables, and of the rows in them."""
    try:
        # A web process begins blind; rows of the demonstration are looked for in the whole district.
        with whole_district(), connection.cursor() as cursor:
            return [*_server(cursor), *_role(cursor), *_rows(cursor)]
    except DatabaseError as fault:
        return [
            _fault(
                "E010",
                f"不能连接或查询数据库：{' '.join(str(fault).split())[:300]}",
                "请核对 PLUMBLINE_DATABASE_URL；新库请先运行 plumbline migrate。",
            )
        ]


def _server(cursor: Any) -> list[CheckMessage]:
    found = []
    cursor.execute("SHOW server_version_num")
    if int(cursor.fetchone()[0]) // 10_000 < OLDEST:
        found.append(_fault("E011", "PostgreSQL 版本过低", f"请升级到 {OLDEST} 以上。"))
    cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'show_trgm'")
    if cursor.fetchone()[0]:
        cursor.execute("SELECT show_trgm('处罚案')")
        if not cursor.fetchone()[0]:
            found.append(
                _fault(
                    "E012",
                    "数据库的语言设置不能检索中文",
                    "请用 CREATE DATABASE … LOCALE 'C.UTF-8' TEMPLATE template0 重新建库。",
                )
            )
    return found


def _role(cursor: Any) -> list[CheckMessage]:
    """Row security is void for a superuser, for BYPASSRLS and for whoever is, or may become, the owner of the tables."""
    found = []
    remedy = "请把 PLUMBLINE_DATABASE_URL 改为只有读写授权的账户；迁移账户另设 PLUMBLINE_OWNER_DATABASE_URL。"
    cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    name, is_super, bypasses = cursor.fetchone()
    if is_super or bypasses:
        found.append(_fault("E013", f"数据库账户 {name} 是超级用户或可绕过行级安全", remedy))
    cursor.execute(
        "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        " AND pg_has_role(current_user, relowner, 'MEMBER')"
    )
    if cursor.fetchone()[0] and not is_super:
        found.append(_fault("E014", f"数据库账户 {name} 是数据表的所有者，行级安全对它不起作用", remedy))
    cursor.execute(
        "SELECT string_agg(relname, '、') FROM pg_class WHERE relname = ANY(%s)"
        " AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(current_user, oid, 'UPDATE, DELETE, TRUNCATE')",
        [list(INSERT_ONLY)],
    )
    changeable = cursor.fetchone()[0]
    if changeable and not found:
        found.append(
            _fault(
                "E015",
                f"数据库账户 {name} 可以改动只增不改的记录（{changeable}）",
                "请用 PLUMBLINE_OWNER_DATABASE_URL 重新运行 plumbline migrate，它会收回这些授权。",
            )
        )
    return found


def _rows(cursor: Any) -> list[CheckMessage]:
    cursor.execute("SELECT to_regclass('public.officer_certificates') IS NULL")
    if cursor.fetchone()[0] or _unapplied():
        return [
            _fault("E016", "数据库的表结构与程序版本不一致", "请停止服务，运行 plumbline migrate，再启动。")
        ]
    cursor.execute("SELECT EXISTS (SELECT 1 FROM officer_certificates WHERE fictitious)")
    if cursor.fetchone()[0] or _demo_password_works():
        return [
            _fault(
                "E017",
                "数据库里有演示区的虚构人员或公开的演示密码",
                "请为 PLUMBLINE_DATABASE_URL 另建空库，不要在演示库上转正式使用。",
            )
        ]
    return []


def _unapplied() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _demo_password_works() -> bool:
    from plumbline.platform.identity.models import Person

    from .demo.district import PASSWORD

    person = Person.objects.filter(login_name="xitong").first()
    return person is not None and person.check_password(PASSWORD)


def of_static_files() -> list[CheckMessage]:
    if settings.STATIC_ROOT and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        return [
            _fault(
                "E018",
                f"样式和脚本没有收集到 {settings.STATIC_ROOT}",
                "请运行 plumbline migrate（它会收集），并核对 PLUMBLINE_DATA_DIR。",
            )
        ]
    return []


def _fault(number: str, what: str, remedy: str) -> CheckMessage:
    kind = Error if settings.ENVIRONMENT == "production" else Warning
    return kind(what, hint=remedy, id=f"plumbline.{number}")


@register(Tags.security)
def check_production(**_: object) -> Sequence[CheckMessage]:
    """Every management command in production; nothing elsewhere."""
    return of_settings() if settings.ENVIRONMENT == "production" else []


@register(Tags.security, deploy=True)
def check_deployment(**_: object) -> Sequence[CheckMessage]:
    """``plumbline manage check --deploy`` anywhere, the database included."""
    here = [] if settings.ENVIRONMENT == "production" else of_settings()
    return [*here, *of_database(), *of_static_files()]


def unfit(*, serving: bool = True) -> list[CheckMessage]:
    """Why this process must not start; ``serving`` asks the database and the static files too. Empty outside production."""
    if settings.ENVIRONMENT != "production":
        return []
    return [*of_settings(), *(of_database() if serving else ()), *(of_static_files() if serving else ())]


def refuse_unfit(*, serving: bool = True) -> None:
    """End the process with status 1 and the list of what to change; returns when there is nothing."""
    found = unfit(serving=serving)
    if serving:
        connection.close()
    if not found:
        return
    lines = [
        f"  {number}. {each.msg}。{each.hint}（{each.id}）" for number, each in enumerate(found, start=1)
    ]
    print("没有启动：正式环境还有以下问题。", *lines, sep="\n", file=sys.stderr, flush=True)
    raise SystemExit(1)
