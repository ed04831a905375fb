from django.apps import AppConfig


class BundlesConfig(AppConfig):
    name = "upshot.web.bundles"
    label = "bundles"
