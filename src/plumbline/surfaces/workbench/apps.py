from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "plumbline.surfaces.workbench"
    label = "workbench"
    verbose_name = "工作台"

    def ready(self) -> None:
        from . import menu  # noqa: F401
