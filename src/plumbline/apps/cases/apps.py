from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "plumbline.apps.cases"
    label = "cases"

    def ready(self) -> None:
        from . import desk, events, exports, policies, projection, task_rows  # noqa: F401
