from django.apps import AppConfig


class LawLibraryConfig(AppConfig):
    name = "plumbline.apps.law_library"
    label = "law_library"
    verbose_name = "法规与规则"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import parameters, searching  # noqa: F401

        register_entry("法规规则", "law", order=80)
