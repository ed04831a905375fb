from __future__ import annotations

from django.urls import include, path

from upshot.web.api import reference, views
from upshot.web.api.v1 import addresses

app_name = "api"

urlpatterns = [
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/revoke/", views.revoke, name="token_revoke"),
    path("api/docs", reference.page, name="docs"),
    path("api/v1/openapi.json", reference.openapi, name="openapi"),
    path("api/v1/", include((addresses(), "v1"))),
]
