from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "upshot.web.jobs"
    label = "jobs"
