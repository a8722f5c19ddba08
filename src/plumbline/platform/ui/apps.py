from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "plumbline.platform.ui"
    label = "ui"
    verbose_name = "界面"
