from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "plumbline.surfaces.portal"
    label = "portal"

    def ready(self) -> None:
        from . import portal  # noqa: F401 - the pages that are open
