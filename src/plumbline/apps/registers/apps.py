from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "plumbline.apps.registers"
    label = "registers"
    verbose_name = "清单与名录"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import actions, desk, jobs, policies, watching  # noqa: F401 - registries fill as modules load

        register_entry("制度清单", "registers", order=65, capabilities=("registers.review",))
        register_entry(
            "权责清单", "registers", order=65, capabilities=("registers.maintain", "registers.review")
        )
