"""Files in a bucket: whole, checked, fetched once, and gone for good."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.conf import settings

from upshot.errors import FileProblem
from upshot.web.config import env, object_store
from upshot.web.datasets.models import Dataset
from upshot.web.files import store
from upshot.web.files.erase import erase
from upshot.web.files.object_store import copied, make_room
from upshot.web.files.places import place
from upshot.web.keeping.forgetting import delete_workspace

pytestmark = pytest.mark.django_db

BUCKET = "s3://customers/upshot"


def kept(workspace: Any, content: bytes) -> Any:
    incoming = store.Incoming()
    incoming.write(content)
    incoming.finish()
    return store.keep_incoming(workspace, incoming)


def forget_copies() -> None:
    for path in settings.DATA.copies.iterdir():
        path.unlink()


def keys(bucket: Any) -> set[str]:
    return {found.key for found in bucket.objects.all()}


def test_a_file_lies_in_the_bucket_under_its_hash(cast, object_store):
    stored = kept(cast.workspace, b"abc")
    assert keys(object_store) == {f"installation/{stored.key}"}
    assert not any(settings.DATA.files.iterdir())
    assert list(place().listed()) == [stored.key]


def test_it_comes_back_where_no_copy_is_left(cast, object_store):
    stored = kept(cast.workspace, b"abc" * 10**6)
    forget_copies()
    assert stored.path.read_bytes() == b"abc" * 10**6
    assert not any(settings.DATA.incoming.iterdir())


def test_what_was_changed_in_the_bucket_is_refused(cast, object_store):
    stored = kept(cast.workspace, b"abc")
    forget_copies()
    object_store.put_object(Key=f"installation/{stored.key}", Body=b"abd")
    with pytest.raises(FileProblem, match="damaged"):
        _ = stored.path
    assert not copied()


def test_what_was_lost_in_the_bucket_is_missing_as_on_a_disk(cast, object_store):
    stored = kept(cast.workspace, b"abc")
    forget_copies()
    object_store.objects.all().delete()
    assert not stored.is_there
    with pytest.raises(FileNotFoundError):
        _ = stored.path


def test_nothing_appears_of_a_file_that_breaks_off(cast, object_store, monkeypatch):
    stored = kept(cast.workspace, b"abc")
    forget_copies()

    def cut(self: Any, *_size: int) -> bytes:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr("storages.backends.s3.S3File.read", cut)
        with pytest.raises(ConnectionError):
            _ = stored.path
    assert not copied()
    assert not any(settings.DATA.incoming.iterdir())
    assert stored.path.read_bytes() == b"abc"


def test_copies_not_used_for_long_make_room(cast, object_store, settings):
    old, new = kept(cast.workspace, b"o" * 1000), kept(cast.workspace, b"n" * 1000)
    settings.CACHE_BYTES = 1500
    assert make_room() == 0, "a job may still be reading them"
    long_ago = new.path.stat().st_mtime - settings.JOB_SECONDS - 10
    os.utime(settings.DATA.copies / old.path.name, (long_ago, long_ago))
    assert make_room() == 1
    assert copied() == {new.key}
    assert old.path.read_bytes() == b"o" * 1000


def test_copies_of_what_another_machine_deleted_are_swept(cast, object_store):
    gone, stays = kept(cast.workspace, b"gone"), kept(cast.workspace, b"stays")
    gone.delete()
    store.sweep_copies()
    assert copied() == {stays.key}


def test_what_is_deleted_leaves_bucket_and_copies(cast, object_store):
    stored = kept(cast.workspace, b"abc")
    dataset = Dataset.objects.create(
        workspace=cast.workspace, name="x", original_name="x", upload=stored
    )
    erase(dataset, cast.workspace)
    assert not keys(object_store)
    assert not copied()


def test_a_workspace_takes_its_own_files_only(cast, object_store):
    kept(cast.workspace, b"abc")
    theirs = kept(cast.elsewhere, b"abc")
    delete_workspace(cast.workspace)
    assert keys(object_store) == {f"installation/{theirs.key}"}
    assert copied() == {theirs.key}


def test_without_the_setting_there_is_no_object_store(monkeypatch):
    monkeypatch.delenv("UPSHOT_STORE", raising=False)
    assert object_store.from_settings() == {}


@pytest.mark.parametrize("address", ["customers", "https://a.b/c", "s3://", "s3://a?b=c"])
def test_an_address_that_is_none_is_refused(address, monkeypatch):
    monkeypatch.setenv("UPSHOT_STORE", address)
    with pytest.raises(env.BadSetting, match="s3://bucket"):
        object_store.from_settings()


def test_what_the_settings_say_reaches_the_library(monkeypatch):
    pytest.importorskip("storages", reason="pip install -r requirements-s3.txt")
    monkeypatch.setenv("UPSHOT_STORE", BUCKET)
    monkeypatch.setenv("UPSHOT_STORE_ENDPOINT", "https://s3.example.com")
    monkeypatch.delenv("UPSHOT_STORE_KEY", raising=False)
    options = object_store.from_settings()["kept"]["OPTIONS"]
    assert (options["bucket_name"], options["location"]) == ("customers", "upshot")
    assert options["endpoint_url"] == "https://s3.example.com"
    assert options["access_key"] is None, "then the machine's own role is used"
