from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "plumbline.apps.supervision"
    label = "supervision"
    verbose_name = "执法监督"

    def ready(self) -> None:
        from plumbline.platform.ui.navigation import register_entry

        from . import (  # noqa: F401 - tasks, tab, twins, listener, rule page, subscriber
            challenged,
            conducts,
            desk,
            panel,
            policies,
            portal,
            raising,
            reliability,
            stopping,
            terms,
        )
        from .models import Instrument
        from .queries import open_alerts

        supervising = ("supervision.supervise", "supervision.sign", "supervision.decide")
        register_entry(
            "预警",
            "alerts",
            order=20,
            capabilities=(*supervising, "supervision.reply"),
            counter=lambda actor: open_alerts(actor).count(),
        )
        register_entry(
            "督办",
            "orders",
            order=25,
            capabilities=(*supervising, "supervision.reply"),
            counter=lambda actor: (
                Instrument.objects.visible_to(actor).exclude(state__in=["closed", "stopped"]).count()
            ),
        )
