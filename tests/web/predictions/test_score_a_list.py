"""A new file is scored by a bundle, shown and downloaded."""

from __future__ import annotations

import pytest

from upshot.web.files.models import StoredFile
from upshot.web.predictions.models import Prediction
from upshot.wording import from_plain
from web.conftest import GOLDEN, upload_of


def score(client, bundle, content, name="new.csv"):
    return client.post(f"/bundles/{bundle.uuid}/use/", {"file": upload_of(content, name)})


@pytest.fixture
def rows():
    return (GOLDEN / "format-1-rows.csv").read_bytes()


def test_the_whole_list_is_scored(owner_client, bundle, rows, run_jobs):
    response = score(owner_client, bundle, rows)
    prediction = Prediction.objects.get()
    assert response.url == f"/predictions/{prediction.uuid}/"
    assert "Scoring every row" in owner_client.get(response.url).content.decode()
    assert run_jobs().state == "succeeded"
    prediction.refresh_from_db()
    assert prediction.rows == rows.decode().strip().count("\n")
    chances = [
        float(from_plain(row["cells"][0]).rstrip(" %")) for row in prediction.preview["rows"]
    ]
    assert chances == sorted(chances, reverse=True)
    page = owner_client.get(response.url).content.decode()
    assert "The highest rows" in page
    for format_ in ("csv", "xlsx", "parquet"):
        download = owner_client.get(f"{response.url}{format_}/")
        assert b"".join(download.streaming_content)
        assert f"new scored.{format_}" in download.headers["Content-Disposition"]


def test_a_missing_column_is_named(owner_client, bundle, rows, run_jobs):
    lines = rows.decode().splitlines()
    first = lines[0].split(",")[-1]
    shorter = "\n".join(line.rsplit(",", 1)[0] for line in lines).encode()
    response = score(owner_client, bundle, shorter)
    run_jobs()
    assert first in owner_client.get(response.url).content.decode()


def test_a_foreign_file_is_refused_with_a_remedy(owner_client, bundle, run_jobs):
    response = score(owner_client, bundle, b"\x00\x01" * 500, "x.xlsx")
    assert run_jobs().state == "failed"
    page = owner_client.get(response.url).content.decode()
    assert "This did not work" in page
    assert "Choose another file" in page


def test_an_unknown_format_is_not_there(owner_client, prediction):
    for format_ in ("exe", "xlsx"):
        assert owner_client.get(f"/predictions/{prediction.uuid}/{format_}/").status_code == 404


def test_without_a_file_the_page_says_what_to_do(owner_client, bundle):
    response = owner_client.post(f"/bundles/{bundle.uuid}/use/", {})
    assert response.status_code == 422
    assert "Choose a file first" in response.content.decode()


def test_new_rows_of_a_sample_are_offered_only_for_a_sample(owner_client, bundle, dataset):
    assert (
        "Score the made-up rows"
        not in owner_client.get(f"/bundles/{bundle.uuid}/use/").content.decode()
    )
    assert owner_client.post(f"/bundles/{bundle.uuid}/use/sample/").status_code == 404
    dataset.sample = "leads"
    dataset.save()
    assert (
        "Score the made-up rows"
        in owner_client.get(f"/bundles/{bundle.uuid}/use/").content.decode()
    )
    owner_client.post(f"/bundles/{bundle.uuid}/use/sample/")
    assert Prediction.objects.get().sample == "leads"


def test_deleting_takes_the_files(owner_client, prediction):
    paths = [made.file.path for made in prediction.files.select_related("file")]
    assert owner_client.get(f"/predictions/{prediction.uuid}/delete/").status_code == 200
    owner_client.post(f"/predictions/{prediction.uuid}/delete/")
    assert not Prediction.objects.exists()
    assert not any(path.exists() for path in paths)
    assert not StoredFile.objects.filter(scores__isnull=False).exists()


def test_a_viewer_does_not_score_or_delete(viewer_client, bundle, prediction):
    assert viewer_client.get(f"/predictions/{prediction.uuid}/").status_code == 200
    assert score(viewer_client, bundle, b"a\n1").status_code == 403
    assert viewer_client.post(f"/predictions/{prediction.uuid}/delete/").status_code == 403
