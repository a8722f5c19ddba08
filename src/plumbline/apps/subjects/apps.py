from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "plumbline.apps.subjects"
    label = "subjects"
    verbose_name = "执法主体"

    def ready(self) -> None:
        from . import actions, desk, lists, policies, portal, tallied, watching  # noqa: F401 - what registers itself
