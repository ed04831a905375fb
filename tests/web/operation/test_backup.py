"""A backup fits together while the site works, and comes back whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import threading
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from upshot.errors import InputError
from upshot.web.audit.log import write
from upshot.web.config.database import to_setting
from upshot.web.datasets.models import Dataset
from upshot.web.files import store
from upshot.web.files.erase import erase
from upshot.web.operation.backup import backup
from upshot.web.operation.copies import SqliteFile, named_files
from upshot.web.operation.manifest import DATABASE
from upshot.web.operation.restore import Restored, restore

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a server's backups have tests of their own"
)


def add(workspace: Any, content: bytes) -> Dataset:
    incoming = store.Incoming()
    incoming.write(content)
    incoming.finish()
    with transaction.atomic():
        stored = store.keep_incoming(workspace, incoming)
        return Dataset.objects.create(
            workspace=workspace, name="x", original_name="x", upload=stored
        )


@pytest.fixture
def saved(site: Path, workspace: Any, tmp_path: Path, elsewhere: Path, monkeypatch: Any) -> Path:
    """A folder backup of two files."""
    monkeypatch.setenv("UPSHOT_DATABASE", to_setting(connection.settings_dict))
    add(workspace, b"one" * 1000)
    add(workspace, b"two")
    out = tmp_path / "saved"
    assert backup(site, out).files == 2
    monkeypatch.delenv("UPSHOT_DATABASE")
    return out


def test_files_in_a_bucket_are_not_left_out_in_silence(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSHOT_STORE", "s3://customers")
    with pytest.raises(InputError, match="in a bucket"):
        backup(tmp_path, tmp_path / "saved.zip")
    assert not (tmp_path / "saved.zip").exists()


def packed(folder: Path) -> Path:
    return Path(shutil.make_archive(str(folder), "zip", folder))


def change_manifest(folder: Path, change: Any) -> None:
    path = folder / "manifest.json"
    facts = json.loads(path.read_bytes())
    change(facts)
    path.write_text(json.dumps(facts))


def refused(source: Path, target: Path) -> str:
    with pytest.raises(InputError) as caught:
        restore(source, target)
    assert not target.exists()
    # Nor is a draft left beside it.
    assert not target.parent.exists() or not any(target.parent.iterdir())
    assert caught.value.remedy
    return caught.value.problem


def test_a_file_whose_deletion_is_under_way_is_not_called_lost(
    site: Path, workspace: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("UPSHOT_DATABASE", to_setting(connection.settings_dict))
    add(workspace, b"stays")
    goes = add(workspace, b"goes").upload
    goes.path.unlink()

    def commit(seconds: float) -> None:
        Dataset.objects.filter(upload=goes).delete()
        type(goes).objects.filter(pk=goes.pk).delete()

    monkeypatch.setattr("upshot.web.operation.backup.time.sleep", commit)
    made = backup(site, tmp_path / "saved")
    assert (made.files, made.lost) == (1, ())


@pytest.mark.parametrize("name", ["saved.zip", "folder"])
def test_every_row_has_its_file_though_the_site_writes_and_deletes(
    site: Path, workspace: Any, tmp_path: Path, monkeypatch: Any, name: str
) -> None:
    stop, failures, done = threading.Event(), [], []

    def write() -> None:
        try:
            while not stop.is_set():
                made = add(workspace, f"content {len(done)}".encode() * 200)
                if len(done) % 3 == 0:
                    erase(made, workspace)
                done.append(None)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    for number in range(100):
        add(workspace, b"before %d" % number)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(done) < 5 and writer.is_alive():
            time.sleep(0.01)
        before = len(done)
        made = backup(site, tmp_path / name)
        meanwhile = len(done) - before
    finally:
        stop.set()
        writer.join()
    assert not failures
    assert not made.lost
    assert meanwhile > 0
    assert made.files >= 100
    monkeypatch.delenv("UPSHOT_DATABASE")
    target = tmp_path / "restored"
    assert restore(tmp_path / name, target) == Restored(made.files, lost=0)
    names = named_files(target / "upshot.sqlite3")
    assert len(names) == made.files
    assert all((target / name).is_file() for name in names)
    assert not any(path.name.startswith("backup-") for path in store.temporary_folder().iterdir())


def test_what_comes_back_is_the_installation(saved: Path, site: Path, elsewhere: Path) -> None:
    elsewhere.mkdir(parents=True)  # an empty folder is welcome
    assert restore(packed(saved), elsewhere) == Restored(2, lost=0)
    assert (elsewhere / "secret-key").read_text() == (site / "secret-key").read_text()
    with closing(sqlite3.connect(elsewhere / "upshot.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM datasets_dataset").fetchone() == (2,)
    if os.name == "posix":
        assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
        assert stat.S_IMODE((elsewhere / "secret-key").stat().st_mode) == 0o600


def test_nobody_is_logged_in_by_a_backup(site: Path, tmp_path: Path) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session["canary"] = True
    session.save()
    backup(site, tmp_path / "saved")
    content = (tmp_path / "saved" / "upshot.sqlite3").read_bytes()
    assert session.session_key.encode() not in content


def test_a_zip_is_for_its_owner_only_and_replaces_nothing(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "saved.zip"
    backup(site, out)
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with pytest.raises(InputError, match="already there"):
        backup(site, out)
    assert [path.name for path in tmp_path.iterdir()] == ["saved.zip"]


def test_lost_and_damaged_files_are_named_and_the_rest_is_saved(
    site: Path, workspace: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    lost, damaged, kept = (add(workspace, text).upload for text in (b"a", b"b", b"c"))
    lost.path.unlink()
    damaged.path.write_bytes(b"changed")
    made = backup(site, tmp_path / "saved.zip")
    assert {name.rsplit("/", 1)[1] for name in made.lost} == {lost.sha256, damaged.sha256}
    assert any(kept.sha256 in name for name in zipfile.ZipFile(tmp_path / "saved.zip").namelist())
    monkeypatch.delenv("UPSHOT_DATABASE")
    assert restore(tmp_path / "saved.zip", tmp_path / "back") == Restored(1, lost=2)


def test_a_damaged_database_is_told(saved: Path, elsewhere: Path) -> None:
    content = b"SQLite format 3\0" + b"x" * 5000
    (saved / "upshot.sqlite3").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    change_manifest(saved, lambda facts: facts["files"][0].update(sha256=digest, size=len(content)))
    assert "database" in refused(saved, elsewhere)


def test_a_folder_with_something_in_it_is_refused(saved: Path, elsewhere: Path) -> None:
    elsewhere.mkdir(parents=True)
    (elsewhere / "mine").write_text("x")
    with pytest.raises(InputError, match="not an empty folder"):
        restore(saved, elsewhere)
    assert [path.name for path in elsewhere.iterdir()] == ["mine"]


@pytest.mark.parametrize("zipped", [True, False])
def test_a_changed_file_is_found_before_anything_appears(
    saved: Path, elsewhere: Path, zipped: bool
) -> None:
    stored = next(path for path in saved.glob("files/*/*/*") if path.stat().st_size == 3)
    stored.write_bytes(b"twO")
    problem = refused(packed(saved) if zipped else saved, elsewhere)
    assert "damaged" in problem
    assert stored.name in problem


def test_a_log_changed_before_the_backup_is_told(
    site: Path, workspace: Any, tmp_path: Path, elsewhere: Path, monkeypatch: Any
) -> None:
    """Whoever changes the log and makes a fresh backup of that is found out on restoring it."""
    monkeypatch.setenv("UPSHOT_DATABASE", to_setting(connection.settings_dict))
    for _ in range(3):
        last = write("audit:trimmed")
    out = tmp_path / "saved"
    backup(site, out)
    monkeypatch.delenv("UPSHOT_DATABASE")
    whole = restore(out, elsewhere)
    assert (whole.log_broken_at, whole.log_end) == (None, last.digest)
    with closing(sqlite3.connect(out / DATABASE)) as database:
        database.execute("DROP TRIGGER audit_entry_no_update")
        database.execute("UPDATE audit_entry SET actor = 7 WHERE number = ?", [last.number - 1])
        database.commit()
    content = (out / DATABASE).read_bytes()
    said = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}

    def sign(facts: Any) -> None:
        next(item for item in facts["files"] if item["name"] == DATABASE).update(said)

    change_manifest(out, sign)
    assert restore(out, elsewhere.with_name("changed")).log_broken_at == last.number - 1


def test_a_missing_file_is_named(saved: Path, elsewhere: Path) -> None:
    (saved / "secret-key").unlink()
    assert "'secret-key' is missing" in refused(saved, elsewhere)


def test_a_zip_cut_short_is_told(saved: Path, elsewhere: Path) -> None:
    whole = packed(saved)
    whole.write_bytes(whole.read_bytes()[:-200])
    assert "not a whole zip" in refused(whole, elsewhere)


@pytest.mark.parametrize(
    "name", ["../escaped", "/tmp/escaped", "files/../../escaped", "files/1/ab/..", "setup-token"]
)
def test_names_never_lead_outside(saved: Path, elsewhere: Path, name: str) -> None:
    change_manifest(saved, lambda facts: facts["files"][2].update(name=name))
    assert "no backup holds" in refused(saved, elsewhere)


def test_links_are_not_followed(saved: Path, elsewhere: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.move(saved / "secret-key", outside)
    (saved / "secret-key").symlink_to(outside)
    assert "link" in refused(saved, elsewhere)


def test_a_file_longer_than_listed_is_not_unpacked(saved: Path, elsewhere: Path) -> None:
    change_manifest(saved, lambda facts: facts["files"][2].update(size=10))
    assert "damaged" in refused(saved, elsewhere)


def test_more_than_the_disk_holds_is_refused_first(saved: Path, elsewhere: Path) -> None:
    change_manifest(saved, lambda facts: facts["files"][2].update(size=10**18))
    assert "the disk has" in refused(saved, elsewhere)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 1, "files": 3}', b"\xff"])
def test_something_else_is_no_backup(saved: Path, elsewhere: Path, content: bytes) -> None:
    (saved / "manifest.json").write_bytes(content)
    assert "not a backup" in refused(saved, elsewhere)


def test_what_is_deleted_meanwhile_is_not_in_the_backup(
    site: Path, workspace: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    gone, kept = add(workspace, b"gone"), add(workspace, b"kept")
    names = gone.upload.sha256, kept.upload.sha256
    copies = []

    def copy_then_delete(database: SqliteFile, copy: Path) -> list[str]:
        named = honest(database, copy)
        copies.append(copy)
        if len(copies) == 1:
            erase(gone, workspace)
        return named

    honest = SqliteFile.copy
    monkeypatch.setattr(SqliteFile, "copy", copy_then_delete)
    made = backup(site, tmp_path / "saved")
    assert len(copies) == 2
    assert not made.lost
    assert [path.name for path in tmp_path.glob("saved/files/*/*/*")] == [names[1]]
    monkeypatch.delenv("UPSHOT_DATABASE")
    assert restore(tmp_path / "saved", tmp_path / "back") == Restored(1, lost=0)


def test_a_volume_of_its_own_can_be_restored_into(
    saved: Path, elsewhere: Path, monkeypatch: Any
) -> None:
    elsewhere.mkdir(parents=True)
    (elsewhere / "lost+found").mkdir()
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == elsewhere)
    assert restore(saved, elsewhere) == Restored(2, lost=0)
    names = {path.name for path in elsewhere.iterdir()}
    assert names == {"files", "incoming", "lost+found", "secret-key", "upshot.sqlite3"}
