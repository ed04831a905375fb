from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "upshot.web.runs"
    label = "runs"
