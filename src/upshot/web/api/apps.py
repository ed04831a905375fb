from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "upshot.web.api"
    label = "api"
