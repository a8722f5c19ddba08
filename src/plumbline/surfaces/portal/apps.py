from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "plumbline.surfaces.portal"
    label = "portal"
