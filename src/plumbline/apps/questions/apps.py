from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "plumbline.apps.questions"
    label = "questions"
    verbose_name = "业务咨询"

    def ready(self) -> None:
        from . import actions, desk, policies  # noqa: F401 - registries fill as modules load
