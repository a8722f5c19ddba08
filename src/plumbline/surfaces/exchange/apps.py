from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "plumbline.surfaces.exchange"
    verbose_name = "交换"
    label = "exchange"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import jobs  # noqa: F401 - declares the import job

        register_entry("导入", "import", order=75, capabilities=("exchange.import",))
