"""Class 11, parameters of connectors: Upshot reads files only, and what steers a reader is chosen
from lists, never handed through.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import upshot
from upshot.web.jobs.models import Job

QUERIES = [
    "'; ATTACH 'x.db'; --",
    "' || (SELECT * FROM read_csv('/etc/passwd')) || '",
    "allow_local_infile=1",
    "autoDeserialize=true&queryInterceptors=x",
    "${jndi:ldap://127.0.0.1/a}",
    "\n; INSTALL httpfs;",
    "../../etc/passwd",
    "utf-8', filename='/etc/passwd",
]
FIELDS = ("sheet", "table", "delimiter", "other", "encoding", "quote", "header", "decimal", "skip")


@pytest.mark.parametrize("value", QUERIES)
def test_how_a_file_is_read_is_chosen_from_lists(
    dataset: Any, owner_client: Any, run_jobs: Any, value: str
) -> None:
    Job.objects.all().delete()
    for field in FIELDS:
        fields = {field: value, "step": "read"}
        if field == "other":
            fields["delimiter"] = "other"
        response = owner_client.post(f"/data/{dataset.uuid}/reading/", fields)
        assert response.status_code in (302, 422), field
    for job in Job.objects.filter(name="datasets.read"):
        assert set(job.arguments) == {"dataset"}


@pytest.mark.parametrize("value", QUERIES)
def test_names_of_columns_are_names(tmp_path: Path, value: str) -> None:
    path = tmp_path / "x.csv"
    header = '"' + value.replace('"', '""').replace("\n", " ") + '"'
    path.write_text(f"{header},b\n" + "\n".join(f"{row},{row}" for row in range(30)))
    table = upshot.read(path)
    assert len(table.to_pandas()) == 30
    assert not (tmp_path / "x.db").exists()


def test_a_job_is_told_ids_of_ours_only(dataset: Any, learning_run: Any) -> None:
    """Nothing a person typed travels as an argument of work."""
    import uuid

    for job in Job.objects.all():
        for value in job.arguments.values():
            assert uuid.UUID(str(value))


def test_the_database_is_named_by_the_installation_alone(
    cast: Any, owner_client: Any, settings: Any
) -> None:
    before = settings.DATABASES["default"]["NAME"]
    extra = {"UPSHOT_DATABASE": "/tmp/evil.sqlite3", "DATABASE": "x"}
    owner_client.get("/data/", extra, headers={"X-Upshot-Database": "/tmp/evil.sqlite3"})
    assert settings.DATABASES["default"]["NAME"] == before
