"""Foreign, damaged and forged bundles: each is refused with a remedy, and nothing is executed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load as load_arrays
from safetensors.numpy import save as save_arrays

from upshot.bundles import archive, load_bundle
from upshot.errors import BundleProblem
from upshot.tables.table import Table

FLIPS = 300
MUTATIONS = 30


class Explosive:
    """A pickle that leaves a file behind when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


@pytest.fixture
def forge(saved: Path, tmp_path: Path) -> Callable[..., Path]:
    """Copy a bundle with some members replaced, and hashes that fit again."""

    def make(edits: dict[str, Callable[[bytes], bytes | None]], *, honest: bool = True) -> Path:
        with zipfile.ZipFile(saved) as source:
            members = {name: source.read(name) for name in source.namelist()}
        for name, edit in edits.items():
            content = edit(members.get(name, b""))
            members.pop(name, None)
            if content is not None:
                members[name] = content
        if honest and "manifest.json" in members:
            members["manifest.json"] = _with_parts(members)
        target = tmp_path / "forged.upshot"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for name, content in members.items():
                copy.writestr(name, content)
        return target

    return make


def _with_parts(members: dict[str, bytes]) -> bytes:
    try:
        manifest = json.loads(members["manifest.json"])
    except (ValueError, RecursionError):
        return members["manifest.json"]
    if isinstance(manifest, dict) and "parts" in manifest:
        manifest["parts"] = [
            {"name": n, "size": len(c), "sha256": hashlib.sha256(c).hexdigest()}
            for n, c in members.items()
            if n != "manifest.json"
        ]
    return json.dumps(manifest).encode()


def refuse(path: Path, match: str | None = None) -> BundleProblem:
    with pytest.raises(BundleProblem, match=match) as caught:
        load_bundle(path)
    assert caught.value.problem.endswith(".")
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just some text, renamed",
        b"PK",
        b"PK\x05\x06" + bytes(18),
        pickle.dumps({"a": 1}),
        b"\x00" * 1000,
        os.urandom(5000),
    ],
    ids=["empty", "text", "two bytes", "empty zip", "pickle", "zeros", "noise"],
)
def test_a_file_that_is_no_bundle_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no.upshot"
    path.write_bytes(content)
    refuse(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    refuse(tmp_path / "missing.upshot", "cannot be opened")
    refuse(tmp_path)


def test_any_truncation_is_refused(saved: Path, tmp_path: Path) -> None:
    content = saved.read_bytes()
    cut = tmp_path / "cut.upshot"
    for length in np.linspace(0, len(content) - 1, 60).astype(int):
        cut.write_bytes(content[:length])
        refuse(cut)


def test_every_flipped_bit_is_refused_or_changes_nothing(
    saved: Path, tmp_path: Path, new_table: Callable[..., Table]
) -> None:
    content = saved.read_bytes()
    table = new_table(20)
    expected = load_bundle(saved).predict(table)
    rng = random.Random(0)
    # The zip's own records are a small part of the file, so they get half of the flips.
    places = [rng.randrange(len(content)) for _ in range(FLIPS // 2)]
    places += [len(content) - 1 - rng.randrange(2000) for _ in range(FLIPS // 2)]
    flipped = tmp_path / "flipped.upshot"
    refused = 0
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << rng.randrange(8)
        flipped.write_bytes(changed)
        try:
            bundle = load_bundle(flipped)
        except BundleProblem:
            refused += 1
        else:
            assert bundle.predict(table).equals(expected)
    assert refused > FLIPS * 0.6


def test_a_pickle_inside_is_refused_and_not_run(forge: Callable[..., Path], tmp_path: Path) -> None:
    fuse = tmp_path / "exploded"
    bomb = pickle.dumps(Explosive(fuse))
    refuse(forge({"model.pkl": lambda _: bomb}, honest=False), "not the ones its manifest lists")
    blob = _blob_names(forge({}))[0]
    for name in ("model.json", "answer.json", "model.safetensors", "manifest.json", blob):
        refuse(forge({name: lambda _: bomb}))
    refuse(forge({"model/extra.pkl": lambda _: bomb}), "not a model file")
    assert not fuse.exists()


def _blob_names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as source:
        return [name for name in source.namelist() if name.startswith("model/")]


def test_loading_never_unpickles(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import joblib

    def refuse_to_unpickle(*_: object, **__: object) -> None:
        raise AssertionError("something was unpickled")

    for module, name in [
        (pickle, "load"),
        (pickle, "loads"),
        (pickle, "Unpickler"),
        (pickle, "_loads"),
        (joblib, "load"),
        (np, "load"),
    ]:
        monkeypatch.setattr(module, name, refuse_to_unpickle)
    load_bundle(saved)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", b"[]"),
        ("manifest.json", b"{}"),
        ("manifest.json", b"\xff\xfe"),
        ("manifest.json", b'{"format": 1}'),
        ("manifest.json", b'{"format": "1"}'),
        ("manifest.json", b'{"format": NaN}'),
        ("manifest.json", b"[" * 100_000),
        ("model.json", b"{}"),
        ("model.json", b"null"),
        ("model.json", b'{"members": 3}'),
        ("answer.json", b"{}"),
        ("answer.json", b'{"question": {"a": []}}'),
        ("model.safetensors", b"\xff" * 64),
        ("model.safetensors", struct.pack("<Q", 2**63) + b"{}"),
    ],
)
def test_json_and_arrays_of_the_wrong_shape_are_refused(
    name: str, content: bytes, forge: Callable[..., Path]
) -> None:
    refuse(forge({name: lambda _: content}))


@pytest.mark.parametrize("name", ["manifest.json", "answer.json", "model.json"])
def test_a_missing_part_is_refused(name: str, forge: Callable[..., Path]) -> None:
    refuse(forge({name: lambda _: None}))


def _changes(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for weight in (None, "NaN", "Infinity", -1.0, 7.0, [], {}):
        yield {"ensemble": [{"name": "first", "weight": weight}]}
    test = manifest["self_test"]
    yield {"self_test": {"rows": [], "expected": []}}
    yield {"self_test": {**test, "expected": [["nan"] for _ in test["rows"]]}}
    yield {"self_test": {**test, "expected": [[0.5, 0.5] for _ in test["rows"]]}}
    yield {"self_test": {**test, "expected": [[0.123] for _ in test["rows"]]}}
    yield {"self_test": {**test, "expected": [[0.1, 0.2], *([[0.1]] * (len(test["rows"]) - 1))]}}
    yield {"self_test": {**test, "rows": [{"Age": "old"} for _ in test["rows"]]}}
    yield {"self_test": {**test, "rows": [{"Joined": {}} for _ in test["rows"]]}}
    yield {"features": []}
    yield {"features": ["Nobody"]}
    yield {"features": ["Age"]}
    yield {"cutoff": "NaN"}
    yield {"schema": {"columns": [{"name": "Age", "kind": "pickle"}]}}
    yield {"task": {"kind": "binary"}}
    yield {"task": {"kind": "binary", "target": "Outcome", "classes": []}}
    yield {"parts": None}
    yield {
        "summaries": [{"name": "Age", "kind": "number", "edges": [], "levels": [], "shares": []}]
    }


def test_a_manifest_that_contradicts_itself_is_refused(
    saved: Path, forge: Callable[..., Path]
) -> None:
    with zipfile.ZipFile(saved) as source:
        manifest = json.loads(source.read("manifest.json"))
    for change in _changes(manifest):
        content = json.dumps({**manifest, **change}).encode()
        path = forge({"manifest.json": lambda _, content=content: content}, honest=False)
        try:
            load_bundle(path)
        except BundleProblem:
            continue
        pytest.fail(f"accepted: {change}")


WEIRD = (None, True, -1, 10**30, 1e999, "x", "", [], {}, [[]], {"a": 1}, {"$number": "nan"}, "NaN")


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("name", ["manifest.json", "answer.json", "model.json", "surrogate.json"])
def test_any_value_of_another_shape_is_refused_or_harmless(
    name: str, saved: Path, forge: Callable[..., Path], new_table: Callable[..., Table]
) -> None:
    with zipfile.ZipFile(saved) as source:
        facts = json.loads(source.read(name))
    rng = random.Random(name)
    paths = list(_leaves(facts))
    table = new_table(5)
    for _ in range(MUTATIONS):
        changed = json.dumps(_replaced(facts, rng.choice(paths), rng.choice(WEIRD))).encode()
        path = forge({name: lambda _, changed=changed: changed}, honest=name != "manifest.json")
        try:
            load_bundle(path).score(table, 1)
        except BundleProblem as problem:
            assert problem.remedy  # noqa: PT017 - any outcome but another error is fine


def _array_edits() -> Iterator[Callable[[np.ndarray], np.ndarray]]:
    yield lambda a: a[:0]
    yield lambda a: np.zeros((3, 3, 3), a.dtype)
    yield lambda a: np.full(a.shape, 2**31, "int64")
    yield lambda a: np.full(a.shape, np.nan)
    yield lambda a: np.ones(a.shape, "bool")


def test_arrays_of_other_shapes_or_kinds_are_refused_or_change_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, new_table: Callable[..., Table]
) -> None:
    bundle = request.getfixturevalue("regression")
    path = bundle.save(tmp_path / "r.upshot")
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    arrays = load_arrays(members["model.safetensors"])
    table = new_table(20)
    refused = 0
    for key in arrays:
        for edit in _array_edits():
            changed = {**arrays, key: np.ascontiguousarray(edit(arrays[key]))}
            forged = {**members, "model.safetensors": save_arrays(changed)}
            forged["manifest.json"] = _with_parts(forged)
            with zipfile.ZipFile(path, "w") as copy:
                for name, content in forged.items():
                    copy.writestr(name, content)
            try:
                load_bundle(path).predict(table)
            except BundleProblem:
                refused += 1
    assert refused > len(arrays)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "a/../../b",
        "a\\b",
        "C:/x",
        "model//x",
        "x\x00y",
        "ü",
        "a/.b",
        "./a",
    ],
)
def test_names_that_leave_the_folder_are_refused(name: str, forge: Callable[..., Path]) -> None:
    refuse(forge({name: lambda _: b"x"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_the_same_name_are_refused(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.upshot"
    path.write_bytes(saved.read_bytes())
    with zipfile.ZipFile(path, "a") as copy:
        copy.writestr("answer.json", b"{}")
    refuse(path, "same name")


def test_bombs_are_refused_before_anything_is_unpacked(
    forge: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = forge({"model/zeros": lambda _: bytes(20 << 20)})
    many = [f"model/{i}" for i in range(archive.MAX_MEMBERS + 1)]

    def no_reading(*_: object) -> None:
        raise AssertionError("something was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", no_reading)
    refuse(bomb, "unpacks to far more")
    monkeypatch.undo()
    crowd = forge({name: lambda _: b"" for name in many})
    monkeypatch.setattr(zipfile.ZipFile, "open", no_reading)
    refuse(crowd, "too many parts")


@pytest.mark.parametrize("limit", ["MAX_TOTAL_BYTES", "MAX_MEMBER_BYTES", "MAX_JSON_BYTES"])
def test_sizes_are_limited(limit: str, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, limit, 100)
    refuse(saved, "large")


def test_prefixed_and_commented_archives_are_refused(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "polyglot.upshot"
    path.write_bytes(b"#!/bin/sh\n" + saved.read_bytes())
    refuse(path)
    path.write_bytes(saved.read_bytes())
    with zipfile.ZipFile(path, "a") as copy:
        copy.comment = b"hello"
    refuse(path)


def test_unusual_compression_and_encryption_are_refused(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "packed.upshot"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
    refuse(path, "does not use")
    buffer = io.BytesIO(saved.read_bytes()).getvalue()
    at = buffer.index(b"PK\x01\x02") + 8
    path.write_bytes(buffer[:at] + b"\x01" + buffer[at + 1 :])
    refuse(path, "encrypted")
