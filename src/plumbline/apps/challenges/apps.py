from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    name = "plumbline.apps.challenges"
    label = "challenges"
    verbose_name = "复议诉讼"

    def ready(self) -> None:
        from . import actions, approvals, desk, keeping, panel, policies  # noqa: F401 - registries of the platform
