from __future__ import annotations

from django.urls import path

from upshot.web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("setup/", views.set_up, name="setup"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("account/", views.account, name="account"),
]
