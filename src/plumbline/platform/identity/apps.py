from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "plumbline.platform.identity"
    label = "identity"
    verbose_name = "组织与人员"
