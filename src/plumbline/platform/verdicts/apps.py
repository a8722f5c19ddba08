from django.apps import AppConfig


class VerdictsConfig(AppConfig):
    name = "plumbline.platform.verdicts"
    label = "verdicts"
