from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "upshot.web.keeping"
    label = "keeping"

    def ready(self) -> None:
        from upshot.web.keeping import traces

        traces.watch()
