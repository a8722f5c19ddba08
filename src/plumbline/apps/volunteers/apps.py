from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "plumbline.apps.volunteers"
    label = "volunteers"
    verbose_name = "社会监督"

    def ready(self) -> None:
        from plumbline.platform.verdicts.evaluation import on_clock

        from . import actions, desk, leads, portal, tallied  # noqa: F401 - what waits, what is open, what comes back
        from .adding_up import add_up
        from .clearing import clear_as_days_pass

        on_clock(add_up)
        on_clock(clear_as_days_pass)
