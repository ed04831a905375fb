from __future__ import annotations

from django.urls import path

from upshot.web.keeping import views

app_name = "keeping"

urlpatterns = [
    path("account/copy/", views.copy, name="copy"),
    path("account/copy/<uuid:pk>/", views.copy_download, name="copy_download"),
    path("account/delete/", views.delete_account, name="delete_account"),
    path("workspaces/<uuid:pk>/keeping/", views.retention, name="retention"),
    path("workspaces/<uuid:pk>/delete/", views.delete_workspace, name="delete_workspace"),
]
