from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "plumbline.apps.evidence"
    label = "evidence"
