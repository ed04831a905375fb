"""Deserialising a model (MLflow 2024-37055, BentoML 2025-27520, PyTorch 2025-32434, skops
2025-54412): a foreign or altered bundle never executes anything and ends in a clear message.
"""

from __future__ import annotations

import ast
import os
import pickle
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

import upshot
from upshot.cli.main import run

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
BUNDLE = GOLDEN / "format-1-catboost.upshot"
ROWS = GOLDEN / "format-1-rows.csv"
SOURCE = Path(upshot.__file__).parent


class Explosive:
    """A pickle that leaves a folder behind when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def text_renamed(target: Path, _: Path) -> None:
    target.write_text("Dear reader, this is a letter.\n" * 50)


def bare_pickle(target: Path, fuse: Path) -> None:
    target.write_bytes(pickle.dumps(Explosive(fuse)))


def pickle_added(target: Path, fuse: Path) -> None:
    target.write_bytes(BUNDLE.read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("model.pkl", pickle.dumps(Explosive(fuse)))


def pickle_instead_of_the_model(target: Path, fuse: Path) -> None:
    with zipfile.ZipFile(BUNDLE) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            bomb = pickle.dumps(Explosive(fuse))
            archive.writestr(name, bomb if name.endswith(".cbm") else content)


def zip_of_something_else(target: Path, _: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("hello.txt", "hello")


def bit_flipped(target: Path, _: Path) -> None:
    content = bytearray(BUNDLE.read_bytes())
    content[len(content) // 3] ^= 1
    target.write_bytes(content)


def cut_off(target: Path, _: Path) -> None:
    target.write_bytes(BUNDLE.read_bytes()[:-1000])


@pytest.mark.parametrize(
    "spoil",
    [
        text_renamed,
        bare_pickle,
        pickle_added,
        pickle_instead_of_the_model,
        zip_of_something_else,
        bit_flipped,
        cut_off,
    ],
)
@pytest.mark.parametrize("command", ["predict", "report"])
def test_the_command_line_refuses_it_and_runs_nothing(
    spoil: Any, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, fuse = tmp_path / "b.upshot", tmp_path / "exploded"
    out = tmp_path / ("out.csv" if command == "predict" else "out.html")
    spoil(bundle, fuse)
    file = [str(ROWS)] if command == "predict" else []
    assert run([command, str(bundle), *file, "--out", str(out)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "bundle" in said.err
    assert "Traceback" not in said.err
    assert not fuse.exists()
    assert not out.exists()


def test_the_unspoilt_bundle_works(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run(["predict", str(BUNDLE), str(ROWS), "--out", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 26


@pytest.mark.slow
def test_no_single_bit_of_a_bundle_goes_unnoticed(tmp_path: Path) -> None:
    content = (GOLDEN / "format-1-linear.upshot").read_bytes()
    table = upshot.read(ROWS)
    expected = upshot.load(GOLDEN / "format-1-linear.upshot").predict(table)
    rng = random.Random(1)
    flipped = tmp_path / "b.upshot"
    for place in rng.sample(range(len(content)), 3000):
        changed = bytearray(content)
        changed[place] ^= 1 << rng.randrange(8)
        flipped.write_bytes(changed)
        try:
            bundle = upshot.load(flipped)
        except upshot.BundleProblem:
            continue
        assert bundle.predict(table).equals(expected)


FORBIDDEN_MODULES = {"pickle", "cPickle", "joblib", "cloudpickle", "dill", "marshal", "shelve"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}


def test_the_package_imports_no_unpickler_and_calls_no_eval() -> None:
    found = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if any(_forbidden(node)):
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


def _forbidden(node: ast.AST) -> Any:
    match node:
        case ast.Import(names=names):
            yield any(name.name.split(".")[0] in FORBIDDEN_MODULES for name in names)
        case ast.ImportFrom(module=str(module)):
            yield module.split(".")[0] in FORBIDDEN_MODULES
        case ast.Call(func=ast.Name(id=name)):
            yield name in FORBIDDEN_CALLS
        case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr="load" | "save")):
            yield True
        case ast.keyword(arg="allow_pickle", value=value):
            yield not (isinstance(value, ast.Constant) and value.value is False)
