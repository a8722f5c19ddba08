"""Django's ``migrate``, which first plays back what was recorded where there is no table yet."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from plumbline.project.recorded import is_empty, play_back


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        whole = not options["app_label"] and not options["fake"] and not options["plan"]
        if whole and not options["check_unapplied"] and options["database"] == "default" and is_empty():
            n = play_back()
            if options["verbosity"] >= 1:
                self.stdout.write(f"Played back {n} recorded migrations.")
        super().handle(*args, **options)
