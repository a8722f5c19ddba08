from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "plumbline.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from plumbline.platform.verdicts.evaluation import on_clock

        from .running import take_up_abandoned

        on_clock(take_up_abandoned)
