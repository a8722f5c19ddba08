from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "plumbline.apps.registers"
    label = "registers"
    verbose_name = "清单与名录"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import actions, desk, jobs, policies, watching  # noqa: F401 - registries fill as modules load
        from .portal import declare_open

        declare_open()
        register_entry(
            "制度清单", "registers", order=65, capabilities=("registers.maintain", "registers.review")
        )
