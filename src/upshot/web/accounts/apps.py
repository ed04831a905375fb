from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "upshot.web.accounts"
    label = "accounts"
