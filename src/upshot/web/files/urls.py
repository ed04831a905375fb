from __future__ import annotations

from django.urls import path

from upshot.web.files import views

app_name = "files"

urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<uuid:pk>/", views.upload, name="upload"),
]
