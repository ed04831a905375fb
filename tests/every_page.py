"""Every page of the site, by its view name: where it is, and who sees it.

`tests/web/test_every_page.py` fails when a page is missing here; the tests that look at all pages
(queries, browser) go through this list.
"""

from __future__ import annotations

PAGES: dict[str, str] = {
    "common:design": "/design/",
    "guide:index": "/guide/",
    "guide:chapter": "/guide/answer/",
    "accounts:account": "/account/",
    "accounts:two_factor": "/account/two-factor/",
    "accounts:workspace_new": "/workspaces/new/",
    "accounts:workspace": "/workspaces/{workspace}/",
    "accounts:log": "/workspaces/{workspace}/log/",
    "operation:queue": "/workspaces/{workspace}/queue/",
    "keeping:delete_account": "/account/delete/",
    "keeping:delete_workspace": "/workspaces/{workspace}/delete/",
    "api:tokens": "/account/tokens/",
    "api:docs": "/api/docs",
    "datasets:list": "/data/",
    "datasets:detail": "/data/{dataset}/",
    "datasets:reading": "/data/{upload}/reading/",
    "datasets:delete": "/data/{dataset}/delete/",
    "runs:ask": "/data/{dataset}/question/",
    "runs:question": "/questions/{question}/",
    "runs:list": "/runs/",
    "runs:detail": "/runs/{run}/",
    "runs:rule": "/runs/{run}/rule/",
    "runs:delete": "/runs/{run}/delete/",
    "runs:learn_again": "/bundles/{bundle}/again/",
    "runs:compare": "/bundles/{bundle}/compare/",
    "runs:what_if": "/bundles/{bundle}/what-if/",
    "runs:tried": "/what-ifs/{tried}/",
    "runs:comparison": "/comparisons/{comparison}/",
    "bundles:list": "/bundles/",
    "bundles:detail": "/bundles/{bundle}/",
    "bundles:delete": "/bundles/{bundle}/delete/",
    "predictions:use": "/bundles/{bundle}/use/",
    "predictions:detail": "/predictions/{prediction}/",
    "predictions:audiences": "/predictions/{prediction}/lists/",
    "predictions:delete": "/predictions/{prediction}/delete/",
}

FOR_STRANGERS: dict[str, str] = {
    "accounts:login": "/login/",
    "accounts:forgot": "/forgot/",
    "accounts:join": "/join/{invitation}/",
    "accounts:recover": "/recover/password/1/closed/",
}

ONCE: dict[str, str] = {
    "accounts:setup": "before anybody has an account",
    "accounts:login_code": "between the password and the code",
}
"""Pages that exist at one moment only; tests of their own look at them."""
