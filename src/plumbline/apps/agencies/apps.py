from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "plumbline.apps.agencies"
    label = "agencies"
    verbose_name = "主体与人员"

    def ready(self) -> None:
        from . import lists, portal, registers, searching, tallied  # noqa: F401 - what is open; the sources
