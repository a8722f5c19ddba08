from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "plumbline.apps.evidence"
    label = "evidence"
    verbose_name = "证据"

    def ready(self) -> None:
        from . import panel, policies  # noqa: F401 - the tab and the queryset twin
