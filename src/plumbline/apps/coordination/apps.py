from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "plumbline.apps.coordination"
    label = "coordination"
    verbose_name = "移送协作"

    def ready(self) -> None:
        from . import actions, desk, policies, results, watching  # noqa: F401 - registries fill as modules load
