from __future__ import annotations

from django.urls import path

from upshot.web.predictions import audience_views, views

app_name = "predictions"

urlpatterns = [
    path("bundles/<uuid:pk>/use/", views.use, name="use"),
    path("bundles/<uuid:pk>/use/sample/", views.use_sample, name="use_sample"),
    path("predictions/<uuid:pk>/", views.detail, name="detail"),
    path("predictions/<uuid:pk>/sheet/", views.choose_sheet, name="sheet"),
    path("predictions/<uuid:pk>/again/", views.again, name="again"),
    path("predictions/<uuid:pk>/delete/", views.delete, name="delete"),
    path("predictions/<uuid:pk>/lists/", audience_views.choose, name="audiences"),
    path("predictions/<uuid:pk>/lists/file/", audience_views.download, name="audience"),
    path("predictions/<uuid:pk>/<slug:format_>/", views.download, name="download"),
]
