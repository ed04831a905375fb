from __future__ import annotations

from django.conf import settings
from django.urls import path
from django.views.i18n import set_language

from upshot.web.common import views

app_name = "common"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", set_language, name="language"),
    path("readyz", views.readyz, name="readyz"),
]
if settings.DEBUG:
    urlpatterns.append(path("design/", views.design, name="design"))
