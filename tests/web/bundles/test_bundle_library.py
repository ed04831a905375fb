"""The bundle library: look, describe, download, delete for good."""

from __future__ import annotations

from upshot.web.bundles.models import SavedBundle
from upshot.web.predictions.models import Prediction
from web.conftest import GOLDEN


def test_the_empty_library_teaches(owner_client):
    assert "Nothing learned yet" in owner_client.get("/bundles/").content.decode()


def test_the_list_says_how_good_each_is(owner_client, bundle, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        page = owner_client.get("/bundles/").content.decode()
    assert bundle.name in page
    assert "reaches 61\u00a0% of buyers" in page
    assert "go ahead" in page


def test_name_and_notes(owner_client, bundle):
    url = f"/bundles/{bundle.uuid}/"
    owner_client.post(f"{url}describe/", {"name": "Spring", "notes": "Not for <b>Austria</b>."})
    bundle.refresh_from_db()
    assert (bundle.name, bundle.notes) == ("Spring", "Not for <b>Austria</b>.")
    assert "&lt;b&gt;Austria" in owner_client.get(url).content.decode()


def test_nothing_typed_is_lost_when_the_name_is_missing(owner_client, bundle):
    response = owner_client.post(
        f"/bundles/{bundle.uuid}/describe/", {"name": "", "notes": "Careful in winter."}
    )
    assert response.status_code == 422
    assert "Careful in winter." in response.content.decode()


def test_the_download_is_the_file(owner_client, bundle):
    bundle.name = '../../x"\r\n<y>'
    bundle.save()
    response = owner_client.get(f"/bundles/{bundle.uuid}/download/")
    content = b"".join(response.streaming_content)
    assert content == (GOLDEN / "format-1-catboost.upshot").read_bytes()
    header = response.headers["Content-Disposition"]
    assert header.startswith("attachment")
    assert "/" not in header
    assert "<" not in header


def test_deleting_takes_the_file_and_its_lists(owner_client, bundle, prediction):
    path = bundle.file.path
    page = owner_client.get(f"/bundles/{bundle.uuid}/delete/").content.decode()
    assert "1 scored list" in page
    owner_client.post(f"/bundles/{bundle.uuid}/delete/")
    assert not SavedBundle.objects.exists()
    assert not Prediction.objects.exists()
    assert not path.exists()


def test_the_answer_outlives_its_bundle(owner_client, finished_run):
    owner_client.post(f"/bundles/{finished_run.bundle.uuid}/delete/")
    page = owner_client.get(f"/runs/{finished_run.uuid}/").content.decode()
    assert "The model of this run was deleted" in page


def test_a_viewer_does_not_change(viewer_client, bundle):
    assert viewer_client.get(f"/bundles/{bundle.uuid}/").status_code == 200
    for what in ("describe", "delete"):
        assert (
            viewer_client.post(f"/bundles/{bundle.uuid}/{what}/", {"name": "x"}).status_code == 403
        )


def test_the_report_can_be_downloaded_from_the_bundle(owner_client, finished_run):
    page = owner_client.get(f"/bundles/{finished_run.bundle.uuid}/").content.decode()
    for ending in ("", "xlsx/", "pptx/"):
        assert f'"/runs/{finished_run.uuid}/report/{ending}"' in page
