from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "plumbline.apps.cases"
    label = "cases"
