"""Classes 1 and 12: the settings a public site runs with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def production(tmp_path: Path, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPSHOT_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "upshot.web.config.settings",
        "UPSHOT_DATA": str(tmp_path),
        "UPSHOT_HTTPS": "1",
        "UPSHOT_ALLOWED_HOSTS": "upshot.example.com",
        **extra,
    }


def test_deployment_check_is_clean(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=production(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_debug_on_a_network_does_not_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        env=production(tmp_path, UPSHOT_DEBUG="1", UPSHOT_HOST="0.0.0.0"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "this machine only" in done.stderr


def test_no_secret_is_shipped() -> None:
    """Every installation makes its own; none stands in the code."""
    import upshot.web.config.settings as module

    source = Path(module.__file__).read_text(encoding="utf-8")
    assert "SECRET_KEY = DATA.secret_key()" in source


def test_migrations_are_complete(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
