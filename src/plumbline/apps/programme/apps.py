from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "plumbline.apps.programme"
    label = "programme"
    verbose_name = "试点任务"

    def ready(self) -> None:
        from . import actions, desk, policies, reminders  # noqa: F401 - what registers itself
