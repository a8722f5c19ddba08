from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "plumbline.surfaces.workbench"
    label = "workbench"
