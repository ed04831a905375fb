"""A person uploads a file and sees what was understood of it."""

from __future__ import annotations

import gzip
import hashlib

import pytest
from django.conf import settings

from upshot.web.datasets import reading_views
from upshot.web.datasets.models import Dataset
from upshot.web.files.models import StoredFile
from web.conftest import csv_of, upload_of


def test_the_empty_page_teaches(owner_client):
    page = owner_client.get("/data/").content.decode()
    assert "From a spreadsheet to a decision" in page
    assert "made up" in page


def test_an_upload_is_kept_under_its_content(cast, owner_client):
    content = csv_of()
    response = owner_client.post("/data/new/", {"file": upload_of(content)})
    dataset = Dataset.objects.get()
    assert response.url == f"/data/{dataset.uuid}/"
    assert dataset.upload.sha256 == hashlib.sha256(content).hexdigest()
    assert dataset.upload.path.read_bytes() == content
    assert not any(settings.DATA.incoming.iterdir())


def test_the_waiting_page_asks_again_until_it_is_read(owner_client, run_jobs):
    owner_client.post("/data/new/", {"file": upload_of(csv_of())})
    url = f"/data/{Dataset.objects.get().uuid}/"
    waiting = owner_client.get(url).content.decode()
    assert 'hx-trigger="every 1200ms"' in waiting
    assert 'http-equiv="refresh"' in waiting
    assert run_jobs().state == "succeeded"
    polled = owner_client.get(url, headers={"HX-Request": "true", "HX-Target": "live"})
    assert polled.headers["HX-Refresh"] == "true"
    assert "What we noticed" in owner_client.get(url).content.decode()


@pytest.mark.parametrize("packed", [False, True])
def test_first_rows_of_a_large_text_file_are_shown_while_it_is_read(
    owner_client, run_jobs, monkeypatch, packed
):
    monkeypatch.setattr(reading_views, "_EARLY_BYTES", 100)
    content = csv_of().replace(b"\n", b",<b>x</b>\n")
    owner_client.post(
        "/data/new/", {"file": upload_of(gzip.compress(content) if packed else content)}
    )
    url = f"/data/{Dataset.objects.get().uuid}/"
    asks = f'hx-get="{url}reading/" hx-trigger="load" hx-select="#first-rows"'
    assert (asks in owner_client.get(url).text) is not packed
    rows = owner_client.get(f"{url}reading/").text
    assert 'id="first-rows"' in rows
    assert "<td>&lt;b&gt;x&lt;/b&gt;</td>" in rows
    assert run_jobs().state == "succeeded"
    assert asks not in owner_client.get(url).text


def test_columns_are_shown_as_cards(owner_client, dataset):
    page = owner_client.get(f"/data/{dataset.uuid}/").content.decode()
    for name in ("visits", "plan", "joined", "spent", "bought"):
        assert f">{name}</h3>" in page
    assert "33.3 %" in page
    assert "<rect" in page


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.csv",
        "C:\\temp\\x.csv",
        "<script>alert(1)</script>.csv",
        "a\tb\x7f.csv",
    ],
)
def test_a_file_name_is_only_ever_text(owner_client, name):
    owner_client.post("/data/new/", {"file": upload_of(csv_of(), name)})
    dataset = Dataset.objects.get()
    assert "/" not in dataset.original_name
    assert "\\" not in dataset.original_name
    assert dataset.original_name.isprintable()
    page = owner_client.get(f"/data/{dataset.uuid}/").content.decode()
    assert "<script>alert" not in page
    assert dataset.upload.path.is_relative_to(settings.DATA.root)


def test_without_a_file_the_page_says_what_to_do(owner_client):
    response = owner_client.post("/data/new/", {})
    assert response.status_code == 422
    assert "Choose a file first" in response.content.decode()


def test_an_empty_file_is_refused(owner_client):
    response = owner_client.post("/data/new/", {"file": upload_of(b"")})
    assert response.status_code == 422
    assert "This file is empty" in response.content.decode()
    assert not StoredFile.objects.exists()
    assert not any(settings.DATA.incoming.iterdir())


def test_a_file_over_the_limit_is_refused(owner_client, settings):
    settings.MAX_UPLOAD_BYTES = 10
    response = owner_client.post("/data/new/", {"file": upload_of(csv_of())})
    assert response.status_code == 422
    assert "larger than" in response.content.decode()


def test_a_file_that_is_no_table_fails_with_a_remedy_and_can_be_tried_again(owner_client, run_jobs):
    owner_client.post("/data/new/", {"file": upload_of(b"\x00\x01\x02\xff" * 400, "x.xlsx")})
    dataset = Dataset.objects.get()
    assert run_jobs().state == "failed"
    page = owner_client.get(f"/data/{dataset.uuid}/").content.decode()
    assert "This did not work" in page
    assert "Try again" in page
    owner_client.post(f"/data/{dataset.uuid}/again/")
    assert run_jobs().state == "failed"


def test_a_viewer_may_not_upload(viewer_client):
    assert viewer_client.post("/data/new/", {"file": upload_of(csv_of())}).status_code == 403
    assert not Dataset.objects.exists()


def test_a_sample_starts_with_one_click_and_says_it_is_made_up(owner_client, run_jobs):
    response = owner_client.post("/data/samples/leads/")
    assert run_jobs().state == "succeeded"
    page = owner_client.get(response.url).content.decode()
    assert "made up" in page
    assert owner_client.post("/data/samples/nonsense/").status_code == 404


def test_hostile_headers_and_cells_are_escaped(owner_client, run_jobs):
    content = b"<img src=x onerror=alert(1)>,b\n" + b"<script>alert(2)</script>,1\n'\"&,2\n" * 20
    owner_client.post("/data/new/", {"file": upload_of(content)})
    assert run_jobs().state == "succeeded"
    dataset = Dataset.objects.get()
    for path in ("", "question/"):
        page = owner_client.get(f"/data/{dataset.uuid}/{path}").content.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page


def test_the_list_needs_as_many_queries_for_many_as_for_few(
    cast, owner_client, dataset, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8) as few:
        owner_client.get("/data/")
    for number in range(12):
        Dataset.objects.create(
            workspace=cast.workspace,
            name=f"Set {number}",
            original_name="x.csv",
            rows=3,
            current=dataset.current,
            job=dataset.job,
        )
    with django_assert_max_num_queries(len(few)):
        page = owner_client.get("/data/")
    assert b"Set 11" in page.content


def test_a_known_export_is_named_with_a_question_it_answers(owner_client, run_jobs):
    head = "Day,Campaign,Campaign status,Currency code,Cost,Impr.,Clicks,CTR,Avg. CPC,Conversions"
    rows = [
        f"2026-10-{d:02d},Brand,Enabled,EUR,{d}.5,{d * 90},{d},1.1%,0.5,2" for d in range(1, 29)
    ]
    content = "\n".join([head, *rows]).encode()
    owner_client.post("/data/new/", {"file": upload_of(content)})
    assert run_jobs().state == "succeeded"
    page = owner_client.get(f"/data/{Dataset.objects.get().uuid}/").content.decode()
    assert "Google Ads" in page
    assert "google-ads" not in page
    assert "How many conversions will a campaign bring?" in page
