from __future__ import annotations

from django.urls import path

from upshot.web.operation import views

app_name = "operation"

urlpatterns = [
    path("metrics", views.metrics, name="metrics"),
    path("workspaces/<uuid:pk>/queue/", views.queue, name="queue"),
]
