"""``plumbline``: one table of commands; each is imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys

# What a start makes (classes, functions, patterns) lives as long as the process. At the default of 700 new objects the
# garbage collector goes through it hundreds of times, for a sixth of the time that starting takes.
gc.set_threshold(50_000, 20, 20)

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("plumbline.project.supervisor:main", "启动演示区（内置数据库、网站、后台进程）"),
    "serve": ("plumbline.project.deployment:serve", "部署：启动网站进程（外部 PostgreSQL）"),
    "worker": ("plumbline.project.deployment:worker", "部署：启动后台进程"),
    "migrate": ("plumbline.project.deployment:migrate", "部署：用属主账户升级表结构、授权、收集样式和脚本"),
    "appoint": ("plumbline.project.appoint:main", "部署：首次任命系统、安全、审计管理员"),
    "check": ("plumbline.rules.check_command:main", "不用数据库，对照规则检查事件文件"),
    "recheck": ("plumbline.platform.recheck.command:main", "重新判断全部事项，与存档结论比较"),
    "spark table": ("plumbline.rules.spark_command:table", "把事件文件写成事件表（Parquet），供集群检查"),
    "spark check": ("plumbline.rules.spark_command:check", "在 Spark 集群上对照规则检查事件表"),
    "import": ("plumbline.surfaces.exchange.import_command:main", "导入事件契约格式的外部案件"),
    "log convert": ("plumbline.surfaces.exchange.log_convert:main", "把 XES、CSV、Parquet 日志转换为事件"),
    "law load": ("plumbline.apps.law_library.load_command:main", "装载法规原文"),
    "law check": ("plumbline.apps.law_library.check_command:main", "检查引用的条文有没有未确认的变化"),
    "manage": ("plumbline.project.cli:manage", "Django 管理命令"),
}


def main(arguments: list[str] | None = None) -> int:
    """Find the longest command that begins the arguments and run it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.project.settings")
    words = list(sys.argv[1:] if arguments is None else arguments)
    for length in (2, 1):
        name = " ".join(words[:length])
        if name in COMMANDS:
            module, _, function = COMMANDS[name][0].partition(":")
            return int(getattr(importlib.import_module(module), function)(words[length:]) or 0)
    print("用法：plumbline 命令 [参数]\n")
    for name, (_, text) in COMMANDS.items():
        print(f"  {name:<14}{text}")
    return 0 if not words or words[0] in {"-h", "--help", "help"} else 2


def manage(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["plumbline manage", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main())
