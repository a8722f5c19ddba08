from django.apps import AppConfig


class WhatIfConfig(AppConfig):
    name = "plumbline.apps.whatif"
    label = "whatif"
    verbose_name = "假设推演"

    def ready(self) -> None:
        from plumbline.platform.desk import QuickLink, quick_links
        from plumbline.platform.identity.actor import Actor

        from . import actions, policies  # noqa: F401 - registers the actions and the job

        @quick_links
        def links(actor: Actor) -> list[QuickLink]:
            return [QuickLink("假设推演", "/whatif")] if policies.may_ask(actor) else []
