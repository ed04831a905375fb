from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "upshot.web.common"
    label = "common"
