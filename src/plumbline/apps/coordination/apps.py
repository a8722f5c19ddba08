from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "plumbline.apps.coordination"
    label = "coordination"
    verbose_name = "移送协作"

    def ready(self) -> None:
        from . import actions, policies  # noqa: F401 - the action registry and the queryset twin
