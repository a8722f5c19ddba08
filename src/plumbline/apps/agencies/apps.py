from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "plumbline.apps.agencies"
    label = "agencies"
