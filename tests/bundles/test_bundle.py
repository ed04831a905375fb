from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from upshot.bundles import Bundle, load_bundle
from upshot.errors import BundleProblem, FileProblem, InternalError
from upshot.tables.table import Table

NewTable = Callable[..., Table]


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_a_loaded_bundle_predicts_exactly_what_the_saved_one_did(
    kind: str, request: pytest.FixtureRequest, new_table: NewTable, tmp_path: Path
) -> None:
    bundle: Bundle = request.getfixturevalue(kind)
    loaded = load_bundle(bundle.save(tmp_path / "b.upshot"))
    table = new_table()
    assert loaded.predict(table).equals(bundle.predict(table))
    assert loaded.manifest.parts
    assert replace(loaded.manifest, parts=()) == bundle.manifest
    assert loaded.answer == bundle.answer


def test_another_process_predicts_the_same(saved: Path, binary: Bundle) -> None:
    features = binary.manifest.self_test
    code = (
        "import sys, json\n"
        "from upshot.bundles import load_bundle\n"
        "from upshot.bundles.selftest import expected_values, typed_rows\n"
        "b = load_bundle(sys.argv[1])\n"
        "rows = typed_rows(b.manifest.self_test.rows, b.schema)\n"
        "print(json.dumps(expected_values(b.model, b.task, rows)))\n"
    )
    output = subprocess.run(
        [sys.executable, "-c", code, str(saved)], capture_output=True, text=True, check=True
    ).stdout
    assert np.array_equal(json.loads(output), features.expected)


def test_the_same_bundle_gives_the_same_bytes(binary: Bundle, tmp_path: Path) -> None:
    first, second = binary.save(tmp_path / "1.upshot"), binary.save(tmp_path / "2.upshot")
    assert first.read_bytes() == second.read_bytes()


def test_saving_a_loaded_bundle_again_changes_nothing(saved: Path, tmp_path: Path) -> None:
    again = load_bundle(saved).save(tmp_path / "again.upshot")
    assert again.read_bytes() == saved.read_bytes()


def test_a_failed_save_leaves_the_old_bundle_and_no_leftovers(
    binary: Bundle, saved: Path, tmp_path: Path
) -> None:
    target = tmp_path / "b.upshot"
    target.write_bytes(saved.read_bytes())
    test = binary.manifest.self_test
    wrong = replace(test, expected=tuple((0.123,) for _ in test.rows))
    broken = replace(binary, manifest=replace(binary.manifest, self_test=wrong))
    with pytest.raises(InternalError):
        broken.save(target)
    assert target.read_bytes() == saved.read_bytes()
    assert list(tmp_path.iterdir()) == [target]


def test_saving_into_a_missing_folder_says_so(binary: Bundle, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be written"):
        binary.save(tmp_path / "nowhere" / "b.upshot")


def test_the_manifest_holds_what_the_design_promises(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = archive.namelist()
    assert manifest["format"] == 1
    assert {"upshot", "python", "numpy"} <= manifest["libraries"].keys()
    assert [c["name"] for c in manifest["schema"]["columns"]][-1] == "Outcome"
    assert len(manifest["fingerprint"]["sha256"]) == 64
    assert {part["name"] for part in manifest["parts"]} == set(names) - {"manifest.json"}
    assert any(name.startswith("model/") for name in names)
    assert names[0] == "manifest.json"


def test_no_personal_data_and_no_training_row_stands_in_the_bundle(
    saved: Path, binary: Bundle
) -> None:
    with zipfile.ZipFile(saved) as archive:
        for name in archive.namelist():
            assert b"@example.com" not in archive.read(name)
    for row in binary.manifest.self_test.rows:
        assert "Email" not in row


def test_a_newer_format_asks_for_an_update(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(BundleProblem, match="newer Upshot") as caught:
        load_bundle(altered(saved, tmp_path, format=2))
    assert "Update" in caught.value.remedy


def test_an_altered_part_is_noticed(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "altered.upshot"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            copy.writestr(name, content.replace(b"Who", b"Why") if "answer" in name else content)
    with pytest.raises(BundleProblem, match="altered"):
        load_bundle(target)


def altered(saved: Path, folder: Path, **changes: object) -> Path:
    """Copy a bundle with other facts in its manifest."""
    target = folder / "altered.upshot"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), **changes}).encode()
            copy.writestr(name, content)
    return target
