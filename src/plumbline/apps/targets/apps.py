from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "plumbline.apps.targets"
    label = "targets"
    verbose_name = "执法对象"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import actions, lists, searching  # noqa: F401 - the action registry, the list, the search source

        register_entry("执法对象", "targets", order=62, capabilities=("registers.maintain",))
