from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "plumbline.surfaces.field"
    label = "field"
    verbose_name = "现场应用"

    def ready(self) -> None:
        from . import device_actions, panel, policies, record_actions  # noqa: F401 - actions, twins, the case's tab
