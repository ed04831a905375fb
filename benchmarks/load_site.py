"""Fills a data folder for `load.py`: a workspace with a past, people who are logged in, a training.

Started by `load.py` in a process of its own, before the site runs; prints what it made as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any

from pages import choice, walk, work


def main(data: str, people: int) -> None:
    """Walk the road once, let people in, and leave a long training for the site's worker."""
    os.environ["UPSHOT_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "upshot.web.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    owner, ids = walk()
    long = training(owner, ids)
    visitors = [visitor(number, owner) for number in range(people)]
    print(json.dumps({"ids": ids | {"training": long}, "row": row(ids), "visitors": visitors}))


def training(owner: Any, ids: dict[str, str]) -> str:
    """A training that lasts longer than the measurement; it waits for a worker."""
    from upshot.web.datasets.models import Dataset
    from upshot.web.runs import actions

    dataset = Dataset.objects.get(uuid=ids["dataset"])
    question = actions.ask(dataset, owner, choice(), "thorough")
    work()
    question.refresh_from_db()
    return str(actions.start(question, owner).uuid)


def visitor(number: int, owner: Any) -> dict[str, str]:
    """Somebody of the workspace with a session and a token, as after a log-in.

    Logging in is not measured: scrypt takes its tenth of a second on purpose, once in two weeks.
    """
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from upshot.web.accounts.models import Membership, Role, User
    from upshot.web.accounts.views import BACKEND
    from upshot.web.api.tokens import make

    user = User.objects.create(email=f"visitor{number}@example.com", password=owner.password)
    workspace = owner.memberships.get().workspace
    Membership.objects.create(user=user, workspace=workspace, role=Role.EDITOR)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    end = timezone.now() + timedelta(days=1)
    _token, text = make(
        user, workspace, name="load", scopes=["read", "write", "predict"], expires_at=end
    )
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}", "token": text}


def row(ids: dict[str, str]) -> dict[str, Any]:
    """A row that the bundle can score: the made-up one that it tests itself with."""
    from upshot.bundles import read_facts
    from upshot.web.bundles.models import SavedBundle

    saved = SavedBundle.objects.get(uuid=ids["bundle"])
    return dict(read_facts(saved.file.path).self_test.rows[0])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
