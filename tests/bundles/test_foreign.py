from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from upshot.bundles import foreign, load_foreign_bundle
from upshot.errors import BundleProblem

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def forge_model(source: Path, target: Path, ending: str, changes: dict[bytes, bytes]) -> Path:
    """Change a native model file and make its size and hash fit again."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    (name,) = [name for name in members if name.endswith(ending)]
    for old, new in changes.items():
        members[name] = members[name].replace(old, new)
    manifest = json.loads(members["manifest.json"])
    for part in manifest["parts"]:
        content = members[part["name"]]
        part.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def test_a_whole_bundle_opens(saved: Path) -> None:
    assert load_foreign_bundle(saved).task.target == "Outcome"


def test_the_child_s_problem_is_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "letter.upshot"
    path.write_text("Dear reader, this is a letter.")
    with pytest.raises(BundleProblem, match="another kind of file") as caught:
        load_foreign_bundle(path)
    assert caught.value.remedy


def test_a_forged_model_that_kills_the_native_parser_is_a_problem_not_a_crash(
    tmp_path: Path,
) -> None:
    source = GOLDEN / "format-1-lightgbm.upshot"
    path = forge_model(source, tmp_path / "f.upshot", "model.txt", {b"threshold=": b"thresh0ld="})
    with pytest.raises(BundleProblem) as caught:
        load_foreign_bundle(path)
    assert caught.value.remedy


def test_a_model_that_never_finishes_opening_is_a_problem(saved: Path) -> None:
    with pytest.raises(BundleProblem, match="too long"):
        load_foreign_bundle(saved, seconds=0.01)


def test_a_child_that_says_nothing_sensible_is_a_problem() -> None:
    for said in (b"", b"Segmentation fault", b"[]", b'{"problem": 1}'):
        assert "cannot be opened safely" in foreign._problem(said).problem
