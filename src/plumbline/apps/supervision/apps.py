from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "plumbline.apps.supervision"
    label = "supervision"
