from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "plumbline.surfaces.exchange"
    label = "exchange"
