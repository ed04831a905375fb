from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "upshot.web.api"
    label = "api"

    def ready(self) -> None:
        from upshot.web.api import traces

        traces.watch()
