"""A workbook with several sheets: a person reads another one."""

from __future__ import annotations

import io

import pytest

from upshot.web.datasets.models import Dataset
from upshot.web.runs.models import Question
from web.conftest import upload_of


@pytest.fixture
def workbook(owner_client, run_jobs):
    from openpyxl import Workbook

    book = Workbook()
    for title, column in (("Leads", "converted"), ("Orders", "amount")):
        sheet = book.create_sheet(title)
        sheet.append(["name", column])
        for row in range(30):
            sheet.append([f"Person {row}", row % 2])
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    owner_client.post("/data/new/", {"file": upload_of(stream.getvalue(), "book.xlsx")})
    assert run_jobs().state == "succeeded"
    return Dataset.objects.select_related("current").get()


def columns(dataset):
    dataset = Dataset.objects.select_related("current").get(pk=dataset.pk)
    return [item["name"] for item in dataset.current.schema["columns"]]


def test_another_sheet_is_read_in_place_while_nothing_was_asked(owner_client, workbook, run_jobs):
    assert (
        "This file holds 2 tables" in owner_client.get(f"/data/{workbook.uuid}/").content.decode()
    )
    other = "Orders" if "converted" in columns(workbook) else "Leads"
    response = owner_client.post(f"/data/{workbook.uuid}/sheet/", {"sheet": other})
    assert response.url == f"/data/{workbook.uuid}/"
    assert run_jobs().state == "succeeded"
    assert columns(workbook) == ["name", "amount" if other == "Orders" else "converted"]


def test_a_data_set_with_a_question_stays_as_it_is(owner_client, workbook, run_jobs):
    before = columns(workbook)
    Question.objects.create(dataset=workbook, schema_version=workbook.current, choice={}, title="x")
    response = owner_client.post(f"/data/{workbook.uuid}/sheet/", {"sheet": "Orders"})
    assert response.url != f"/data/{workbook.uuid}/"
    assert run_jobs().state == "succeeded"
    assert columns(workbook) == before
    assert Dataset.objects.count() == 2


def test_a_sheet_that_does_not_exist_is_refused(owner_client, workbook):
    page = owner_client.post(f"/data/{workbook.uuid}/sheet/", {"sheet": "../x"}, follow=True)
    assert "no such sheet" in page.content.decode()
