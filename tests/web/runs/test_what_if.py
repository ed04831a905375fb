"""One row tried out with a bundle."""

from __future__ import annotations

from upshot.web.runs.models import WhatIf


def test_the_form_is_filled_with_a_typical_row(owner_client, finished_run):
    page = owner_client.get(f"/bundles/{finished_run.bundle.uuid}/what-if/").content.decode()
    assert "A typical row" in page
    assert 'name="c0"' in page


def test_a_row_is_predicted_with_reasons_and_can_be_changed_further(
    owner_client, finished_run, run_jobs
):
    bundle = finished_run.bundle
    response = owner_client.post(f"/bundles/{bundle.uuid}/what-if/", {})
    tried = WhatIf.objects.get()
    assert response.url == f"/what-ifs/{tried.uuid}/"
    assert 'id="live"' in owner_client.get(response.url).content.decode()
    assert run_jobs().state == "succeeded"
    page = owner_client.get(response.url).content.decode()
    assert "The chance is" in page
    assert "What single changes would do" in page
    owner_client.post(response.url, {})
    assert run_jobs().state == "succeeded"
    second = WhatIf.objects.order_by("-pk").first()
    assert second.before == tried
    page = owner_client.get(f"/what-ifs/{second.uuid}/").content.decode()
    assert "Before your change it was" in page


def test_a_value_that_is_no_number_stays_in_the_form(owner_client, finished_run):
    from upshot.bundles import read_facts

    bundle = finished_run.bundle
    manifest = read_facts(bundle.file.path)
    page = owner_client.get(f"/bundles/{bundle.uuid}/what-if/").content.decode()
    numbers = [c.name for c in manifest.schema.columns if c.kind == "number"]
    assert numbers
    place = page.index('type="number"')
    name = page[page.rindex("<input", 0, place) : place + 80].split('name="')[1].split('"')[0]
    response = owner_client.post(f"/bundles/{bundle.uuid}/what-if/", {name: "many"})
    assert response.status_code == 422
    assert not WhatIf.objects.exists()


def test_a_row_that_is_not_there_is_said(owner_client, finished_run):
    page = owner_client.get(f"/bundles/{finished_run.bundle.uuid}/what-if/?row=0").content.decode()
    assert "There is no such row." in page
