from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "plumbline.apps.reporting"
    label = "reporting"
    verbose_name = "统计年报"

    def ready(self) -> None:
        from . import actions, desk, jobs, policies, portal, tallied  # noqa: F401 - what registers itself
