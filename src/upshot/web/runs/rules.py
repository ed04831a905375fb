"""A person's own rule beside a run's model, on the rows the run had set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from upshot.explaining.filters import Filter
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.schema import Schema
from upshot.web.runs.answer import stored_answer
from upshot.web.runs.models import HeldOutRows, Run

if TYPE_CHECKING:
    from upshot.explaining.facts import Answer
    from upshot.explaining.held_out import HeldOut


def may_compare(run: Run, answer: Answer) -> bool:
    """Whether there are rows set aside to judge a rule on; runs of early releases kept none."""
    return answer.gains is not None and HeldOutRows.objects.filter(run=run).exists()


def columns_of(run: Run) -> tuple[str, ...]:
    """The columns a rule may speak of: all but the outcome."""
    columns = run.schema_version.schema["columns"]
    return tuple(c["name"] for c in columns if c["name"] != run.choice["target"])


def held_out_of(run: Run) -> HeldOut:
    """The rows a run had set aside."""
    from upshot.explaining.held_out import HeldOut

    return HeldOut.from_bytes(bytes(run.held_out.packed))


def compare_with_rule(run: Run, rule: Filter) -> None:
    """Judge a rule on the rows set aside, and keep the result with the run.

    Raises
    ------
    InputError
        A value does not fit its column.
    """
    from upshot.explaining.filters import holds
    from upshot.explaining.rules import Judged, with_rule
    from upshot.tables.store import load

    held = held_out_of(run)
    schema = from_jsonable(run.schema_version.schema, Schema)
    path = run.schema_version.dataset.table.path
    if schema.row_rules:
        # Which rows a person left out may depend on every column.
        table = load(path).with_schema(schema).for_learning
    else:
        table = load(path, columns=rule.columns).with_schema(schema.select(rule.columns))
    picked = holds(rule, table.data.iloc[held.rows], schema)
    answer = with_rule(stored_answer(run), rule, Judged(held.target, held.predictions, picked))
    _keep(run, answer)


def forget_rule(run: Run) -> None:
    """Take the rule away again."""
    from upshot.explaining.rules import without_rule

    _keep(run, without_rule(stored_answer(run)))


def _keep(run: Run, answer: Answer) -> None:
    from upshot.reports.charts.gains import gains_chart
    from upshot.web.runs.pictures import draw_in_others, kept

    def drawn() -> dict[str, Any]:
        share = answer.verdict.share
        return kept(gains_chart(answer.gains, answer.wording, share, answer.rule), "gains")

    charts, charts_in = dict(run.charts), dict(run.charts_in)
    if answer.gains is not None:
        charts["gains"] = drawn()
        for language, picture in draw_in_others(drawn).items():
            charts_in[language] = {**charts_in.get(language, charts), "gains": picture}
    with transaction.atomic():
        run.answer = to_jsonable(answer, sentences=True)
        run.verdict = answer.verdict.sentence
        run.charts, run.charts_in = charts, charts_in
        run.save(update_fields=["answer", "verdict", "charts", "charts_in"])
