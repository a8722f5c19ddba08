from django.apps import AppConfig


class RecheckConfig(AppConfig):
    name = "plumbline.platform.recheck"
    label = "recheck"
    verbose_name = "夜间复核"

    def ready(self) -> None:
        from plumbline.platform.verdicts.evaluation import on_clock

        from .running import start_nightly

        on_clock(start_nightly)
