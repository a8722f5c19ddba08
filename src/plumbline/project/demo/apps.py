from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "plumbline.project.demo"
    label = "demo"
