"""Data past its time goes by itself, after it was announced."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from upshot.web.audit.models import Entry
from upshot.web.datasets.models import Dataset
from upshot.web.jobs.models import Job
from upshot.web.keeping import retention
from upshot.web.keeping.models import DataCopy
from upshot.web.predictions.models import Prediction


def age(model: Any, days: float) -> None:
    model.objects.update(created_at=timezone.now() - timedelta(days=days))


def keep_for(workspace: Any, days: int | None) -> None:
    workspace.retention_days = days
    workspace.save()


def test_the_owner_sets_it(cast: Any, owner_client: Any, teammate_client: Any) -> None:
    page = f"/workspaces/{cast.workspace.uuid}/keeping/"
    assert teammate_client.post(page, {"days": "30"}).status_code == 403
    owner_client.post(page, {"days": "30"})
    cast.workspace.refresh_from_db()
    assert cast.workspace.retention_days == 30
    assert Entry.objects.get(action="keeping:retention").detail == "30 d"
    for wrong in ("1", "-5", "many", "99999999999999999999"):
        owner_client.post(page, {"days": wrong})
    cast.workspace.refresh_from_db()
    assert cast.workspace.retention_days == 30
    owner_client.post(page, {"days": ""})
    cast.workspace.refresh_from_db()
    assert cast.workspace.retention_days is None


def test_what_goes_is_announced_a_week_before(cast: Any, dataset: Any, owner_client: Any) -> None:
    keep_for(cast.workspace, 30)
    age(Dataset, 20)
    assert "data goes on" not in owner_client.get("/data/").content.decode()
    age(Dataset, 25)
    assert "data goes on" in owner_client.get("/data/").content.decode()


def test_old_data_goes_with_all_made_from_it_and_is_on_record(
    cast: Any, dataset: Any, prediction: Any
) -> None:
    keep_for(cast.workspace, 30)
    age(Dataset, 31)
    assert retention.delete_what_is_past_its_time() >= 1
    assert not Dataset.objects.exists()
    assert not Prediction.objects.exists()
    entry = Entry.objects.filter(action="retention:deleted").order_by("number")[0]
    assert (entry.actor, entry.workspace) == (None, cast.workspace.uuid)


def test_an_old_list_goes_and_the_bundle_stays(cast: Any, bundle: Any, prediction: Any) -> None:
    keep_for(cast.workspace, 30)
    age(Prediction, 31)
    assert retention.delete_what_is_past_its_time() == 1
    bundle.refresh_from_db()


def test_without_a_limit_everything_stays(cast: Any, dataset: Any) -> None:
    age(Dataset, 9999)
    assert retention.delete_what_is_past_its_time() == 0
    assert Dataset.objects.exists()


def test_the_round_is_queued_once_a_day_and_works(cast: Any, run_jobs: Any) -> None:
    assert retention.begin_round() is not None
    assert retention.begin_round() is None
    assert run_jobs().state == "succeeded"
    Job.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert retention.begin_round() is not None


def test_the_round_removes_old_copies(cast: Any, owner_client: Any, run_jobs: Any) -> None:
    owner_client.post("/account/copy/")
    run_jobs()
    path = DataCopy.objects.get().path
    assert path.is_file()
    age(DataCopy, 1.1)
    retention.daily_round({}, None)
    assert not path.exists()
    assert not DataCopy.objects.exists()
