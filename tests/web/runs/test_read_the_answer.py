"""The answer page, for each kind of question, from facts alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from upshot.learning.task import TaskKind
from web.conftest import made_up_answer, make_run


def page_of(client, run, **query):
    return client.get(f"/runs/{run.uuid}/", query).content.decode()


def test_verdict_light_figures_and_drivers(owner_client, finished_run):
    page = page_of(owner_client, finished_run)
    assert finished_run.answer["verdict"]["sentence"].split(":")[0].replace(" %", "\u00a0%") in page
    assert "light--" in page
    assert "times as many" in page
    assert "Whom to contact" in page
    assert "How was this measured?" in page
    assert "Download the report" in page
    assert f"/bundles/{finished_run.bundle.uuid}/use/" in page


@pytest.mark.parametrize("kind", list(TaskKind))
def test_every_kind_of_answer_is_shown(cast, owner_client, question, bundle, kind):
    run = make_run(cast, question, bundle, made_up_answer(kind=kind))
    page = page_of(owner_client, run)
    assert "What goes with it" in page
    if kind is TaskKind.MULTICLASS:
        assert "Outcome by outcome" in page
    if kind is TaskKind.REGRESSION:
        assert "typical error of a prediction" in page


def test_marks_around_names_never_reach_the_page(cast, owner_client, question, bundle):
    from upshot.reports.charts import gains_chart
    from upshot.web.runs.pictures import kept

    answer = made_up_answer()
    told = replace(answer.wording, positives="people with `y` = yes")
    answer = replace(answer, wording=told)
    chart = gains_chart(answer.gains, told)
    charts = {"gains": kept(chart, "gains")}
    run = make_run(cast, question, bundle, answer, charts=charts)
    page = page_of(owner_client, run, cost="1", value="20")
    assert '<strong class="name">y</strong> = yes' in page
    assert "`" not in page


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(TaskKind))
def test_pictures_are_drawn_with_their_tables(cast, owner_client, question, bundle, kind):
    from upshot.web.runs.pictures import draw

    answer = made_up_answer(kind=kind)
    run = make_run(cast, question, bundle, answer, charts=draw(answer))
    page = page_of(owner_client, run)
    assert page.count("<svg") >= 3
    assert "The same as a table" in page
    assert "style=" not in page


def test_profit_is_worked_out_from_the_address(owner_client, finished_run):
    page = page_of(owner_client, finished_run, cost="1", value="20", people="10000")
    assert "people to contact (top" in page
    assert "chance that it loses money" in page
    assert "chart__drawing" in page
    assert 'value="10000"' in page


def test_no_profit_is_said_plainly(owner_client, finished_run):
    page = page_of(owner_client, finished_run, cost="50", value="1")
    assert "No cut-off pays" in page


@pytest.mark.parametrize(
    "query",
    [
        {"cost": "a lot", "value": "3"},
        {"cost": "-1", "value": "3"},
        {"cost": "1", "value": "inf"},
        {"cost": "1", "value": "nan"},
        {"cost": "1", "value": "3", "people": "0"},
        {"cost": "1"},
    ],
)
def test_nonsense_is_explained_and_stays_in_the_field(owner_client, finished_run, query):
    response = owner_client.get(f"/runs/{finished_run.uuid}/", query)
    assert response.status_code == 200
    assert "field__error" in response.content.decode()


def test_the_report_is_one_file_to_hand_over(owner_client, finished_run):
    response = owner_client.get(f"/runs/{finished_run.uuid}/report/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b"<html" in response.content


@pytest.mark.parametrize("ending", ["xlsx", "pptx"])
def test_the_report_comes_as_a_workbook_and_as_slides(owner_client, finished_run, ending):
    url = f"/runs/{finished_run.uuid}/report/{ending}/"
    assert url in owner_client.get(f"/runs/{finished_run.uuid}/").content.decode()
    response = owner_client.get(url)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert f".{ending}" in response.headers["Content-Disposition"]
    assert "officedocument" in response.headers["Content-Type"]
    assert response.content.startswith(b"PK")


def test_every_report_takes_the_costs_that_were_typed(owner_client, finished_run):
    typed = "cost=2&value=40&people=&capacity="
    page = owner_client.get(f"/runs/{finished_run.uuid}/?{typed}").content.decode()
    for kind in ("", "xlsx/", "pptx/"):
        assert f"/runs/{finished_run.uuid}/report/{kind}?cost=2&amp;value=40" in page
    url = f"/runs/{finished_run.uuid}/report/pptx/"
    plain, own = (len(owner_client.get(f"{url}{query}").content) for query in ("", f"?{typed}"))
    assert own > plain


def test_there_is_no_report_of_another_kind(owner_client, finished_run):
    assert owner_client.get(f"/runs/{finished_run.uuid}/report/pdf/").status_code == 404


def test_a_run_without_an_answer_has_no_report(owner_client, learning_run):
    assert owner_client.get(f"/runs/{learning_run.uuid}/report/").status_code == 404


def test_notes_on_ignored_columns_are_left_out(cast, owner_client, question, bundle):
    from upshot.errors import Note

    notes = (
        Note("x", "About plan.", "plan", level="warning"),
        Note("x", "About visits.", "visits", level="warning"),
    )
    question.choice["ignore"] = ["plan"]
    run = make_run(cast, question, bundle, made_up_answer(warnings=notes))
    page = page_of(owner_client, run)
    assert "About visits." in page
    assert "About plan." not in page


def test_hostile_text_is_escaped(cast, owner_client, question, bundle):
    from reports.made_up import HOSTILE, driver

    run = make_run(cast, question, bundle, made_up_answer(drivers=(driver(HOSTILE),)))
    run.title = HOSTILE
    run.save()
    for url in (f"/runs/{run.uuid}/", "/runs/", f"/runs/{run.uuid}/delete/"):
        assert "<script>alert" not in owner_client.get(url).content.decode()


def test_deleting_a_run_keeps_the_bundle(owner_client, finished_run):
    owner_client.post(f"/runs/{finished_run.uuid}/delete/")
    assert owner_client.get(f"/runs/{finished_run.uuid}/").status_code == 404
    assert owner_client.get(f"/bundles/{finished_run.bundle.uuid}/").status_code == 200


def test_the_list_of_runs_needs_few_queries(
    cast, owner_client, question, bundle, django_assert_max_num_queries
):
    for _ in range(12):
        make_run(cast, question, None, made_up_answer())
    with django_assert_max_num_queries(7):
        page = owner_client.get("/runs/").content.decode()
    assert page.count("answered") == 12


def test_the_report_works_out_the_sums_typed_on_the_page(owner_client, finished_run):
    query = {"cost": "1", "value": "20", "people": "10000"}
    page = page_of(owner_client, finished_run, **query)
    assert f"/runs/{finished_run.uuid}/report/?cost=1&amp;value=20" in page
    report = owner_client.get(f"/runs/{finished_run.uuid}/report/", query).content.decode()
    assert "What it earns" in report
