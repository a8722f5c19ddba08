from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from plumbline.project.demo.seeding import CASES, finish, prepare, seed


class Command(BaseCommand):
    help = "装入演示区（只在空数据库中）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=CASES)
        parser.add_argument("--prepare", action="store_true", help="只写入，检查留给后台")
        parser.add_argument("--finish", action="store_true", help="检查全部案件并补齐预警、督办的经过")

    def handle(self, *args: Any, cases: int, prepare: bool, finish: bool, **options: Any) -> None:
        if prepare:
            _prepare(count=cases, say=self.stdout.write)
        elif finish:
            _finish(say=self.stdout.write)
        else:
            seed(count=cases, say=self.stdout.write)


_prepare, _finish = prepare, finish
