from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "plumbline.surfaces.exchange"
    verbose_name = "交换"
    label = "exchange"

    def ready(self) -> None:
        from . import jobs  # noqa: F401 - declares the import job
