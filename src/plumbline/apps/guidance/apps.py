from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "plumbline.apps.guidance"
    label = "guidance"
    verbose_name = "指导案例"

    def ready(self) -> None:
        from . import desk, portal, tallied  # noqa: F401 - what waits, what is open
