from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "plumbline.apps.linkage"
    label = "linkage"
    verbose_name = "行刑衔接和检察、监察衔接"

    def ready(self) -> None:
        from . import actions, desk, keeping, panel, policies, reminding, supervised  # noqa: F401 - registries of the platform
