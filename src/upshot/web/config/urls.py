"""The site's addresses; each app keeps its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("upshot.web.common.urls")),
    path("", include("upshot.web.guide.urls")),
    path("", include("upshot.web.accounts.urls")),
    path("", include("upshot.web.files.urls")),
    path("", include("upshot.web.datasets.urls")),
    path("", include("upshot.web.runs.urls")),
    path("", include("upshot.web.bundles.urls")),
    path("", include("upshot.web.keeping.urls")),
    path("", include("upshot.web.predictions.urls")),
    path("", include("upshot.web.api.urls")),
    path("", include("upshot.web.operation.urls")),
]

handler400 = "upshot.web.common.errors.bad_request"
handler403 = "upshot.web.common.errors.forbidden"
handler404 = "upshot.web.common.errors.not_found"
handler500 = "upshot.web.common.errors.server_error"
