"""Settings come from the environment, and bad ones are told, not guessed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from upshot.web.config import database, env, hosts
from upshot.web.config.data_dir import DataDir

SECRET = "".join(map(str, range(50)))


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_flags(monkeypatch: pytest.MonkeyPatch, raw: str, value: bool) -> None:
    monkeypatch.setenv("UPSHOT_X", raw)
    assert env.flag("X", default=not value) is value


def test_a_flag_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSHOT_X", "maybe")
    with pytest.raises(env.BadSetting, match="UPSHOT_X must be 1 or 0"):
        env.flag("X", default=True)


def test_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.whole_number("X", 7) == 7
    monkeypatch.setenv("UPSHOT_X", "0")
    assert env.whole_number("X", 7) == 0
    with pytest.raises(env.BadSetting, match="at least 1"):
        env.whole_number("X", 7, least=1)
    monkeypatch.setenv("UPSHOT_X", "many")
    with pytest.raises(env.BadSetting, match="whole number"):
        env.whole_number("X", 7)


def test_words_and_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.words("X") == []
    monkeypatch.setenv("UPSHOT_X", "a, b,,")
    assert env.words("X") == ["a", "b"]
    assert env.text("Y", "z") == "z"
    assert env.path("Y", "z").is_absolute()


def test_each_installation_makes_its_own_secret(tmp_path: Path) -> None:
    one, two = DataDir(tmp_path / "one"), DataDir(tmp_path / "two")
    secret = one.secret_key()
    assert len(secret) >= 80
    assert one.secret_key() == secret
    assert two.secret_key() != secret
    assert stat.S_IMODE((one.root / "secret-key").stat().st_mode) == 0o600
    assert not list(one.root.glob(".secret-key-*"))


def test_folders_are_private(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data").prepare()
    for folder in (data.root, data.files, data.incoming):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("bind", ["127.0.0.1", "localhost", "::1"])
def test_on_loopback_only_loopback_names_count(bind: str) -> None:
    assert hosts.allowed_hosts(bind, []) == hosts.LOOPBACK


def test_named_hosts_are_added() -> None:
    allowed = hosts.allowed_hosts("192.0.2.4", ["upshot.example.com"])
    assert {"192.0.2.4", "upshot.example.com"} < set(allowed)
    assert "*" not in allowed


def test_debug_is_refused_on_a_network() -> None:
    hosts.refuse_unsafe("127.0.0.1", debug=True, secret=SECRET)
    with pytest.raises(hosts.UnsafeSettings, match="this machine only"):
        hosts.refuse_unsafe("0.0.0.0", debug=True, secret=SECRET)


def test_affected_sqlite_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    assert "fixed in 3.51.3" in (database.version_warning() or "")
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))
    assert database.version_warning() is None


def test_database_is_opened_for_several_writers(db: None) -> None:
    from django.db import connection

    def pragma(name: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    assert pragma("journal_mode") == "wal"
    assert pragma("foreign_keys") == 1
    assert pragma("secure_delete") == 1
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_every_setting_is_documented() -> None:
    import re

    import upshot.web

    web = Path(upshot.web.__file__).parent
    sources = [*(web / "config").glob("*.py"), web / "serve.py"]
    read = r'env\.(?:text|flag|whole_number|path|words)\(\s*"([A-Z_]+)"'
    names = {name for source in sources for name in re.findall(read, source.read_text("utf-8"))}
    page = Path(__file__).resolve().parents[3] / "docs" / "reference" / "settings.md"
    documented = set(re.findall(r"^\| `UPSHOT_([A-Z_]+)`", page.read_text("utf-8"), re.MULTILINE))
    assert len(names) > 8
    assert names == documented


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:p%40ss@db.example:5433/upshot?sslmode=require",
        "postgresql://ann@localhost/upshot",
        "postgresql://ann@%2Frun%2Fpostgresql/up%20shot",
    ],
)
def test_a_servers_address_comes_back_as_it_was(address: str) -> None:
    described = database.from_setting(address)
    assert database.is_server(described)
    assert database.to_setting(described) == address


def test_a_server_is_described_to_django() -> None:
    described = database.from_setting(
        "postgres://ann:p%40ss@db.example:5433/upshot?sslmode=require"
    )
    assert described["PASSWORD"] == "p@ss"
    assert described["PORT"] == "5433"
    assert described["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("address", ["mysql://u:secret@h/db", "postgresql://u:secret@h", "a://[b"])
def test_an_address_of_something_else_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(env.BadSetting, match="must be a file or an address") as refusal:
        database.from_setting(address)
    assert "secret" not in str(refusal.value)


def test_a_file_is_its_own_setting() -> None:
    assert database.to_setting(database.from_setting("/a/b.sqlite3")) == "/a/b.sqlite3"
