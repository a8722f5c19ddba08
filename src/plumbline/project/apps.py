from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers the checks of production; the project has no tables."""

    name = "plumbline.project"
    label = "project"

    def ready(self) -> None:
        from . import checks  # noqa: F401
