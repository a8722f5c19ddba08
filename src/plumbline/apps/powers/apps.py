from django.apps import AppConfig


class PowersConfig(AppConfig):
    name = "plumbline.apps.powers"
    label = "powers"
    verbose_name = "权责清单"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import (  # noqa: F401 - registries fill as modules load
            actions,
            desk,
            lists,
            portal,
            registers,
            review_lists,
            street_lists,
            tallied,
        )

        register_entry("执法事项", "powers", order=70)
