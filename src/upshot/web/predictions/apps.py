from django.apps import AppConfig


class PredictionsConfig(AppConfig):
    name = "upshot.web.predictions"
    label = "predictions"
