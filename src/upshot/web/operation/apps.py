from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "upshot.web.operation"
    label = "operation"
