from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "plumbline.platform.events"
    label = "events"
