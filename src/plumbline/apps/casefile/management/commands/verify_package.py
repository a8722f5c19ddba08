"""``plumbline manage verify_package FILE``: whether an export package of a case is whole."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plumbline.apps.casefile.package_check import check_package


class Command(BaseCommand):
    help = "核对电子案卷包：文件齐全、指纹一致、事件符合约定。不需要数据库。"
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own type

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="电子案卷包（.zip）")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"没有这个文件：{file}")
        checked = check_package(file)
        if checked.faults:
            for fault in checked.faults:
                self.stderr.write(fault)
            raise CommandError(f"核对不通过：{len(checked.faults)} 处问题。请不要使用，并联系生成机关。")
        self.stdout.write(f"核对通过：{checked.case}，{checked.files} 个文件，{checked.events} 个事件。")
