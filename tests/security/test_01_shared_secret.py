"""Class 1, a shared default secret (Superset 2023-27524, Label Studio 2023-43791), and the settings
a public site runs with.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from upshot.web.config.data_dir import DataDir
from upshot.web.config.hosts import UnsafeSettings, refuse_unsafe


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


def test_cookies_of_a_public_site_belong_to_its_host_and_https(tmp_path: Path) -> None:
    ask = (
        "from upshot.web.config import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env=production(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert [name.startswith("__Host-") for name in done.stdout.split()] == [True, True]


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


def test_two_installations_share_nothing(tmp_path: Path) -> None:
    one, other = DataDir(tmp_path / "one"), DataDir(tmp_path / "other")
    assert one.secret_key() != other.secret_key()
    assert one.secret_key() == DataDir(tmp_path / "one").secret_key()
    assert len(one.secret_key()) >= 64


@pytest.mark.skipif(os.name != "posix", reason="other systems keep permissions elsewhere")
def test_the_secret_and_its_folder_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        data = DataDir(tmp_path / "data").prepare()
        data.secret_key()
    finally:
        os.umask(before)
    assert stat.S_IMODE((data.root / "secret-key").stat().st_mode) == 0o600
    for folder in (data.root, data.files, data.incoming):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("secret", ["", "secret", "changeme" * 3, "a" * 80, "abab" * 30])
def test_a_weak_secret_does_not_start(secret: str) -> None:
    with pytest.raises(UnsafeSettings, match="guessed"):
        refuse_unsafe("127.0.0.1", debug=False, secret=secret)


def test_a_weak_secret_stops_the_program_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("changeme")
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        env=production(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Delete the file secret-key" in done.stderr


def test_a_session_signed_elsewhere_opens_nothing(cast, client) -> None:  # type: ignore[no-untyped-def]
    from django.contrib.sessions.backends.signed_cookies import SessionStore

    forged = SessionStore()
    forged["_auth_user_id"] = str(cast.owner.pk)
    client.cookies["upshot_session"] = forged._get_session_key()
    assert client.get("/account/").status_code == 302
