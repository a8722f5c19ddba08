from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "plumbline.platform.submissions"
    label = "submissions"

    def ready(self) -> None:
        from plumbline.platform.verdicts.evaluation import on_clock

        from .once import forget_old

        on_clock(forget_old)
