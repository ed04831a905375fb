from __future__ import annotations

from django.urls import path

from upshot.web.datasets import reading_views, views

app_name = "datasets"

urlpatterns = [
    path("data/", views.dataset_list, name="list"),
    path("data/new/", views.upload, name="upload"),
    path("data/samples/<slug:key>/", views.start_sample, name="sample"),
    path("data/<uuid:pk>/", views.detail, name="detail"),
    path("data/<uuid:pk>/kind/", views.set_kind, name="kind"),
    path("data/<uuid:pk>/answer/", views.answer, name="answer"),
    path("data/<uuid:pk>/join/", views.join, name="join"),
    path("data/<uuid:pk>/ignore/", views.set_ignored, name="ignore"),
    path("data/<uuid:pk>/remedy/", views.remedy, name="remedy"),
    path("data/<uuid:pk>/undo/", views.undo, name="undo"),
    path("data/<uuid:pk>/sheet/", views.choose_sheet, name="sheet"),
    path("data/<uuid:pk>/reading/", reading_views.reading, name="reading"),
    path("data/<uuid:pk>/again/", views.read_again, name="again"),
    path("data/<uuid:pk>/name/", views.rename, name="rename"),
    path("data/<uuid:pk>/delete/", views.delete, name="delete"),
]
