from __future__ import annotations

from django.urls import path

from upshot.web.accounts import (
    views,
    views_account,
    views_join,
    views_log,
    views_two_factor,
    views_workspace,
)

app_name = "accounts"

_ACCOUNT = [
    path("account/", views_account.account, name="account"),
    path("account/name/", views_account.profile, name="profile"),
    path("account/devices/end/", views_account.sessions_end, name="sessions_end"),
    path("account/devices/<uuid:pk>/end/", views_account.session_end, name="session_end"),
    path("account/two-factor/", views_two_factor.page, name="two_factor"),
    path("account/two-factor/begin/", views_two_factor.begin, name="two_factor_begin"),
    path("account/two-factor/on/", views_two_factor.confirm, name="two_factor_on"),
    path("account/two-factor/off/", views_two_factor.switch_off, name="two_factor_off"),
    path("account/two-factor/codes/", views_two_factor.recovery_codes, name="recovery_codes"),
]

_WORKSPACES = [
    path("workspaces/new/", views_workspace.workspace_new, name="workspace_new"),
    path("workspaces/<uuid:pk>/", views_workspace.workspace, name="workspace"),
    path("workspaces/<uuid:pk>/switch/", views_workspace.switch, name="switch"),
    path("workspaces/<uuid:pk>/name/", views_workspace.workspace_rename, name="workspace_rename"),
    path("workspaces/<uuid:pk>/invite/", views_workspace.invite, name="invite"),
    path(
        "workspaces/<uuid:pk>/invitations/<uuid:invitation>/withdraw/",
        views_workspace.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(
        "workspaces/<uuid:pk>/members/<int:member>/role/",
        views_workspace.member_role,
        name="member_role",
    ),
    path(
        "workspaces/<uuid:pk>/members/<int:member>/remove/",
        views_workspace.member_remove,
        name="member_remove",
    ),
    path("workspaces/<uuid:pk>/leave/", views_workspace.leave, name="leave"),
    path("workspaces/<uuid:pk>/log/", views_log.log, name="log"),
    path("workspaces/<uuid:pk>/log/csv/", views_log.log_download, name="log_download"),
]

urlpatterns = [
    path("setup/", views.set_up, name="setup"),
    path("login/", views.log_in, name="login"),
    path("login/code/", views.log_in_code, name="login_code"),
    path("logout/", views.log_out, name="logout"),
    path("forgot/", views_join.forgot, name="forgot"),
    path("join/<str:token>/", views_join.join, name="join"),
    path("recover/<slug:kind>/<int:person>/<str:token>/", views_join.recover, name="recover"),
    *_ACCOUNT,
    *_WORKSPACES,
]
