from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "upshot.web.keeping"
    label = "keeping"
