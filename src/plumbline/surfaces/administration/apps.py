from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "plumbline.surfaces.administration"
    label = "administration"
    verbose_name = "运行与审计"

    def ready(self) -> None:
        from . import actions, desk, recheck_actions  # noqa: F401 - registers the actions, the menu and the desks
