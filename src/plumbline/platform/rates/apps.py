from django.apps import AppConfig


class RatesConfig(AppConfig):
    name = "plumbline.platform.rates"
    label = "rates"
    verbose_name = "访问频率"
