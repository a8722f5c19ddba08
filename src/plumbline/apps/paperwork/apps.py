from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "plumbline.apps.paperwork"
    label = "paperwork"
