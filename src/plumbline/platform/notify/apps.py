from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "plumbline.platform.notify"
    label = "notify"
