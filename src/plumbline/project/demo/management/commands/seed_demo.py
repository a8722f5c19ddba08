from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from plumbline.platform.identity.models import Agency
from plumbline.project.demo.seeding import CASES, seed


class Command(BaseCommand):
    help = "装入演示区（只在空数据库中）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=CASES)

    def handle(self, *args: Any, cases: int, **options: Any) -> None:
        if Agency.objects.exists():
            return
        seed(count=cases, say=self.stdout.write)
