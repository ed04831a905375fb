from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "upshot.web.datasets"
    label = "datasets"
