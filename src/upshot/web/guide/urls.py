from __future__ import annotations

from django.urls import path

from upshot.web.guide import views

app_name = "guide"

urlpatterns = [
    path("guide/", views.index, name="index"),
    path("guide/pictures/<slug:language>/<slug:name>.png", views.picture, name="picture"),
    path("guide/<slug:slug>/", views.chapter, name="chapter"),
]
