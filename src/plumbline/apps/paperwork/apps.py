from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "plumbline.apps.paperwork"
    label = "paperwork"
    verbose_name = "文书"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import panel, policies, searching, telling  # noqa: F401 - tab, queryset twin, search box, remedy

        register_entry("文书模板", "templates", order=75, capabilities=("agency.administer",))
