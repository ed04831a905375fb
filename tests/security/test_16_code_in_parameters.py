"""Class 16, code in parameters (joblib 2022-21797): what people type is never evaluated or run."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import upshot
from upshot.cli.main import run

SOURCE = Path(upshot.__file__).parent

MAY_START_PROCESSES = {
    "bundles/foreign.py",
    "web/serve.py",
    "web/jobs/executors.py",
    "web/jobs/worker.py",
    "web/operation/backup.py",
    "web/operation/restore.py",
    "web/operation/copies.py",
    "web/operation/doctor.py",
    "web/operation/postgresql.py",
    "tables/safely.py",
}

CODE = [
    "__import__('os').mkdir('{place}')",
    "{place}; mkdir {place}",
    "$(mkdir {place})",
    "`mkdir {place}`",
    "@__import__('os').mkdir('{place}')",
    "| mkdir {place}",
    "{{{{ 7*7 }}}}",
]


def calls() -> list[tuple[Path, ast.Call]]:
    return [
        (path.relative_to(SOURCE), node)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def test_nothing_is_given_to_a_shell() -> None:
    shells = {"system", "popen", "getoutput", "getstatusoutput", "spawnl", "spawnv"}
    found = []
    for path, node in calls():
        through_shell = any(
            keyword.arg == "shell" and getattr(keyword.value, "value", True)
            for keyword in node.keywords
        )
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if through_shell or (name in shells and _root(node.func) in {"os", "subprocess"}):
            found.append(f"{path}:{node.lineno}")
    assert found == []


def test_only_these_modules_start_programs() -> None:
    found = {
        str(path)
        for path, node in calls()
        if isinstance(node.func, ast.Attribute) and _root(node.func) == "subprocess"
    }
    assert found <= MAY_START_PROCESSES


def test_no_expression_of_a_table_library_is_fed() -> None:
    """``DataFrame.eval`` and ``query`` run Python; nobody calls them with anything."""
    found = [
        f"{path}:{node.lineno}"
        for path, node in calls()
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"eval", "query"}
        and _root(node.func) not in {"self", "model", "con", "connection"}
    ]
    assert found == []


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("code", CODE)
@pytest.mark.parametrize("option", ["--target", "--positive", "--date", "--group", "--ignore"])
def test_the_command_line_runs_nothing(
    code: str, option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, place = tmp_path / "x.csv", tmp_path / "ran"
    path.write_text("a,b\n" + "\n".join(f"{row},{row % 2}" for row in range(20)))
    value = code.format(place=place)
    options = {"--target": "b", option: value}
    flat = [part for pair in options.items() for part in pair]
    assert run(["train", str(path), *flat, "--seconds", "1"]) in (1, 2)
    assert not place.exists()
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("code", CODE)
def test_the_site_runs_nothing(
    dataset: Any, owner_client: Any, run_jobs: Any, tmp_path: Path, code: str
) -> None:
    place = tmp_path / "ran"
    value = code.format(place=place)
    for page, fields in (
        ("kind", {"column": value, "kind": value}),
        ("ignore", {"column": value, "ignored": "1"}),
        ("question", {"target": value, "positive": value, "effort": value}),
        ("name", {"name": value}),
        ("sheet", {"sheet": value}),
    ):
        response = owner_client.post(f"/data/{dataset.uuid}/{page}/", fields)
        assert response.status_code in (302, 422), page
    run_jobs()
    assert not place.exists()
    assert "49" not in owner_client.get("/data/").content.decode().split("<main")[1][:200]
