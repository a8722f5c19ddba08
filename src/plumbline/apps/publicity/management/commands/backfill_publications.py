"""Give old decisions the rows of other channels that they owe; may be run again at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from plumbline.apps.publicity.backfilling import backfill
from plumbline.platform.identity.actor import system_actor


class Command(BaseCommand):
    help = "为以前的决定补建其他渠道应有的公示记录；可以重复执行"

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            done = backfill(actor=system_actor("补建公示渠道"), agencies=None)
            self.stdout.write(str(done))
            if not done.more or not done.made:
                return
