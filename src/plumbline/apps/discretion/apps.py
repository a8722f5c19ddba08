from django.apps import AppConfig


class DiscretionConfig(AppConfig):
    name = "plumbline.apps.discretion"
    label = "discretion"
    verbose_name = "裁量"

    def ready(self) -> None:
        from . import actions, brief, fills, lists, past, policies  # noqa: F401 - registries fill as modules load
