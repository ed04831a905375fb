from __future__ import annotations

from django.urls import path

from upshot.web.bundles import views

app_name = "bundles"

urlpatterns = [
    path("bundles/", views.bundle_list, name="list"),
    path("bundles/<uuid:pk>/", views.detail, name="detail"),
    path("bundles/<uuid:pk>/describe/", views.describe, name="describe"),
    path("bundles/<uuid:pk>/download/", views.download, name="download"),
    path("bundles/<uuid:pk>/delete/", views.delete, name="delete"),
]
