from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "plumbline.apps.inspections"
    label = "inspections"
    verbose_name = "行政检查"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import desk, lists, policies, registers, tracing  # noqa: F401 - registries fill as modules load
        from .policies import READING

        register_entry("检查", "inspections", order=25, capabilities=READING)
