"""What production must have before it starts (Django system checks). The demonstration is only warned.

``refuse_unfit()`` is called by every production entry point (``plumbline serve``, ``worker``, ``migrate`` and the WSGI
module): a web server that was started past the command line refuses just the same. Each message names its setting.
In the demonstration the same findings are warnings of ``plumbline manage check --deploy``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import Error as DatabaseFault
from django.db import connection

from plumbline.platform.scope.rows import EnableRowSecurity, whole_district

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
        "请设 PLUMBLINE_SECRET_KEY_FILE 或 PLUMBLINE_SECRET_KEY，"
        '密钥可用 python3 -c "import secrets; print(secrets.token_urlsafe(64))" 生成。'
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
            server = of_server(cursor)
            # Where the tables are not this version's, what else they would say is noise.
            return server or [*_role(cursor), *(_tables() or [*_row_security(cursor), *_rows(cursor)])]
    except DatabaseFault as fault:
        return [
            _fault(
                "E010",
                f"不能连接或查询数据库：{' '.join(str(fault).split())[:300]}",
                "请核对 PLUMBLINE_DATABASE_URL；新库请先运行 plumbline migrate。",
            )
        ]


def of_server(cursor: Any) -> list[CheckMessage]:
    """Age and language of the server, which no migration can mend: asked before the first one too."""
    cursor.execute(
        "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version')"
    )
    version, told = cursor.fetchone()
    if version < OLDEST:
        return [_fault("E011", f"PostgreSQL 版本过低（{told}）", f"请升级到 {OLDEST} 以上。")]
    # In a database without UTF-8 letters show_trgm() is empty for Chinese: no error, only no index.
    cursor.execute("SELECT current_setting('server_encoding') = 'UTF8' AND '处' ~ '^[[:alpha:]]$'")
    if not cursor.fetchone()[0]:
        return [
            _fault(
                "E012",
                "数据库的语言设置不能检索中文",
                "请用 CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0 重新建库。",
            )
        ]
    return []


def _role(cursor: Any) -> list[CheckMessage]:
    """Row security is void for a superuser, for BYPASSRLS and for whoever is, or may become, the owner of the tables."""
    found = []
    remedy = "请把 PLUMBLINE_DATABASE_URL 改为只有读写授权的账户；迁移账户另设 PLUMBLINE_OWNER_DATABASE_URL。"
    cursor.execute(
        "SELECT current_user, bool_or(rolname = current_user AND rolsuper), bool_or(rolsuper OR rolbypassrls)"
        " FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')"
    )
    name, is_super, bypasses = cursor.fetchone()
    if bypasses:
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


def _tables() -> list[CheckMessage]:
    if _unapplied():
        return [
            _fault("E016", "数据库的表结构与程序版本不一致", "请停止服务，运行 plumbline migrate，再启动。")
        ]
    return []


def _row_security(cursor: Any) -> list[CheckMessage]:
    """A restored or hand-mended database may have lost the wall; the migrations say where it has to stand."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity"
        " AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)"
    )
    missing = sorted(walled_tables() - {row[0] for row in cursor.fetchall()})
    if not missing:
        return []
    return [
        _fault(
            "E019",
            f"数据表没有行级安全（{'、'.join(missing)}）",
            "请从完整的备份恢复（不要用 pg_dump --no-policies），或请数据库管理员重新启用。",
        )
    ]


def walled_tables() -> set[str]:
    """The tables that the applied migrations put behind row-level security."""
    from django.db.migrations.loader import MigrationLoader

    applied = MigrationLoader(None).disk_migrations.values()
    steps = (step for migration in applied for step in migration.operations)
    return {step.table for step in steps if isinstance(step, EnableRowSecurity)}


def _rows(cursor: Any) -> list[CheckMessage]:
    from plumbline.platform.identity.models import Person

    cursor.execute("SELECT EXISTS (SELECT 1 FROM officer_certificates WHERE fictitious)")
    invented = cursor.fetchone()[0] or Person.objects.filter(is_fictitious=True).exists()
    if not invented and not _demo_password_works():
        return []
    return [
        _fault(
            "E017",
            "数据库里有演示区的虚构人员或公开的演示密码",
            "请为 PLUMBLINE_DATABASE_URL 另建空库，不要在演示库上转正式使用。",
        )
    ]


def _unapplied() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _demo_password_works() -> bool:
    from plumbline.platform.identity.models import Person

    from .demo.district import PASSWORD

    person = Person.objects.filter(login_name="xitong").first()
    return person is not None and person.check_password(PASSWORD)


def of_folders() -> list[CheckMessage]:
    """Evidence and documents are kept there: found out at the start, not at the first upload."""
    if settings.DATA_DIR.is_dir() and os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [
        _fault(
            "E020",
            f"数据目录 {settings.DATA_DIR} 不存在或不可写",
            "请建立该目录并交给运行服务的账户，或改 PLUMBLINE_DATA_DIR。",
        )
    ]


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


def of_citations() -> list[CheckMessage]:
    """A citation whose text changed and that nobody confirmed is an error everywhere, the demonstration included.

    It does not keep the site from starting: the rules go on by our own words and say that they wait.
    """
    from plumbline.apps.law_library.contract import stale_citations

    try:
        stale = stale_citations()
    except DatabaseFault:
        return []  # E010 or E016 says so
    if not stale:
        return []
    named = "、".join(each.article for each in stale[:5]) + ("等" if len(stale) > 5 else "")
    return [
        Error(
            f"{len(stale)} 条的文字与引用时不同，没有人确认：{named}",
            hint="请在法规库的“引用确认”中比较新旧文字，逐处确认；需要修改的先修改规则。",
            id="plumbline.E021",
        )
    ]


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
    return [*here, *of_database(), *of_folders(), *of_static_files(), *of_citations()]


def unfit(*, serving: bool = True) -> list[CheckMessage]:
    """Why this process must not start; ``serving`` asks the database and the static files too. Empty outside production."""
    if settings.ENVIRONMENT != "production":
        return []
    if not serving:
        return of_settings()
    return [*of_settings(), *of_database(), *of_folders(), *of_static_files()]


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
