"""The first page waits for no heavy library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("pandas", "numpy", "sklearn", "catboost", "lightgbm", "optuna", "duckdb", "torch")

SCRIPT = f"""
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.test import Client
from upshot.web.accounts.models import User
User.objects.create_user("anna@example.com", "x")
response = Client(HTTP_HOST="localhost").get("/login/")
assert response.status_code == 200, response.status_code
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_log_in_page_loads_no_heavy_library(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "upshot.web.config.settings",
        "UPSHOT_DATA": str(tmp_path),
    }
    environment.pop("UPSHOT_DATABASE", None)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
