from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "plumbline.platform.files"
    label = "files"

    def ready(self) -> None:
        from plumbline.platform.verdicts.evaluation import on_clock

        from .receiving import expire_left_over

        on_clock(expire_left_over)
