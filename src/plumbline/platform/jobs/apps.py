from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "plumbline.platform.jobs"
    label = "jobs"
