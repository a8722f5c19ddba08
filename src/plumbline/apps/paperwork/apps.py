from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "plumbline.apps.paperwork"
    label = "paperwork"
    verbose_name = "文书"

    def ready(self) -> None:
        from . import panel, policies  # noqa: F401 - the tab and the queryset twin
