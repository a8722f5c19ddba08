from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "plumbline.apps.cases"
    label = "cases"

    def ready(self) -> None:
        from . import (  # noqa: F401 - registries fill as modules load
            approval_desk,
            approval_policies,
            away,
            compelled_links,
            desk,
            events,
            exports,
            policies,
            projection,
            task_rows,
            tracing,
            vacancies,
        )
