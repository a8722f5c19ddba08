from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "plumbline.apps.publicity"
    label = "publicity"
