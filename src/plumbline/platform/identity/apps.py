from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "plumbline.platform.identity"
    label = "identity"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        from .rights import desk  # noqa: F401 - the security administrator's desk and menu
