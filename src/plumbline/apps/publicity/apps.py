from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "plumbline.apps.publicity"
    label = "publicity"
    verbose_name = "公示"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import ending, feedback, panel, portal, preparing  # noqa: F401 - jobs, tab, what is open, subscriber
        from .policies import publications_for

        register_entry(
            "公示",
            "publicity",
            order=50,
            capabilities=("publicity.publish",),
            counter=lambda actor: publications_for(actor).filter(state__in=["due", "second"]).count(),
        )
