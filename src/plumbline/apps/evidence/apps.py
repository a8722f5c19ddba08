from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "plumbline.apps.evidence"
    label = "evidence"
    verbose_name = "证据"

    def ready(self) -> None:
        from plumbline.platform.verdicts.evaluation import on_clock

        from . import panel, policies  # noqa: F401 - the tabs and the queryset twins
        from .custody import check_kept_files

        on_clock(check_kept_files)
