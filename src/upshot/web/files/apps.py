from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "upshot.web.files"
    label = "files"
