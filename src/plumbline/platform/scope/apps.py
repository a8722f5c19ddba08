from django.apps import AppConfig


class ScopeConfig(AppConfig):
    name = "plumbline.platform.scope"
    label = "scope"
