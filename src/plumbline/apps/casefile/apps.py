from django.apps import AppConfig


class CaseFileConfig(AppConfig):
    name = "plumbline.apps.casefile"
    label = "casefile"
    verbose_name = "案卷"

    def ready(self) -> None:
        from . import archiving, jobs, policies, web  # noqa: F401 - the subscriber, the jobs, the twins and the head link
