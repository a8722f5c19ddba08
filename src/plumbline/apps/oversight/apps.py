from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "plumbline.apps.oversight"
    label = "oversight"
    verbose_name = "监督计划与回访"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import actions, desk, origins, policies, portal  # noqa: F401 - registries

        register_entry(
            "监督计划", "plans", order=27, capabilities=("supervision.supervise", "supervision.sign")
        )
