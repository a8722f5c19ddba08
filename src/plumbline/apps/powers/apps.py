from django.apps import AppConfig


class PowersConfig(AppConfig):
    name = "plumbline.apps.powers"
    label = "powers"
