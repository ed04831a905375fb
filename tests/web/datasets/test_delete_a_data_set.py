"""Deleting a data set takes everything made from it, files included, after saying so."""

from __future__ import annotations

from upshot.web.bundles.models import SavedBundle
from upshot.web.datasets.models import Dataset
from upshot.web.files.models import StoredFile
from upshot.web.files.places import place
from upshot.web.jobs.models import Job
from upshot.web.predictions.models import Prediction
from upshot.web.runs.models import Question, Run


def files_of(workspace):
    return [key for key in place().listed() if key.startswith(f"{workspace.pk}/")]


def test_the_page_says_what_goes(owner_client, dataset, finished_run, prediction):
    page = owner_client.get(f"/data/{dataset.uuid}/delete/").content.decode()
    assert "1 run with its answer" in page
    assert "1 bundle learned from it" in page
    assert "1 scored list" in page
    assert Dataset.objects.exists()


def test_everything_goes(cast, owner_client, dataset, finished_run, learning_run, prediction):
    assert files_of(cast.workspace)
    owner_client.post(f"/data/{dataset.uuid}/delete/")
    for model in (Dataset, Question, Run, SavedBundle, Prediction, StoredFile, Job):
        assert not model.objects.exists(), model
    assert files_of(cast.workspace) == []


def test_a_file_that_another_data_set_needs_stays(cast, owner_client, dataset):
    twin = Dataset.objects.create(
        workspace=cast.workspace, name="Twin", original_name="x.csv", upload=dataset.upload
    )
    owner_client.post(f"/data/{dataset.uuid}/delete/")
    twin.refresh_from_db()
    assert twin.upload.path.is_file()
    assert len(files_of(cast.workspace)) == 1


def test_a_viewer_may_not_delete(viewer_client, dataset):
    assert viewer_client.post(f"/data/{dataset.uuid}/delete/").status_code == 403
    assert Dataset.objects.exists()
