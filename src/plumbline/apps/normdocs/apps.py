from django.apps import AppConfig


class NormDocsConfig(AppConfig):
    name = "plumbline.apps.normdocs"
    label = "normdocs"
    verbose_name = "行政规范性文件"

    def ready(self) -> None:
        from . import actions, catalogue, citing, desk, findings, keeping, policies, portal, tallied  # noqa: F401 - registries
