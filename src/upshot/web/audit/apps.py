from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "upshot.web.audit"
    label = "audit"
