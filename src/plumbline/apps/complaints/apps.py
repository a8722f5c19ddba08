from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "plumbline.apps.complaints"
    label = "complaints"
    verbose_name = "投诉举报"

    def ready(self) -> None:
        from plumbline.platform.verdicts.evaluation import on_clock

        from . import desk, portal  # noqa: F401 - what waits, what is open
        from .keeping import forget_drafts, wipe_readings

        on_clock(forget_drafts)
        on_clock(wipe_readings)
