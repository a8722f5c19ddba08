from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "plumbline.apps.subjects"
    label = "subjects"
    verbose_name = "执法主体"

    def ready(self) -> None:
        from . import actions, policies, watching  # noqa: F401 - the action registry, the queryset twin, the watch
