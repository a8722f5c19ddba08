from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "plumbline.apps.paperwork"
    label = "paperwork"
    verbose_name = "文书"

    def ready(self) -> None:
        from . import panel, policies, searching  # noqa: F401 - the tab, the queryset twin, the search box
