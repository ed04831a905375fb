from __future__ import annotations

from django.conf import settings
from django.urls import path

from upshot.web.common import views

app_name = "common"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
if settings.DEBUG:
    urlpatterns.append(path("design/", views.design, name="design"))
