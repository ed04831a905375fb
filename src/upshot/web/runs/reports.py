"""The report of a finished run as a file to hand over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from upshot.web.runs.answer import stored_answer
from upshot.web.runs.forms_profit import ProfitForm, profit_of
from upshot.web.runs.models import Run


def report_of(run: Run, ending: str, sums: Mapping[str, Any] | None = None) -> HttpResponse:
    """A page, a workbook or slides, by the ending of the file.

    `sums` are costs and earnings as typed on the answer page; the report then works them out too.
    """
    from upshot.reports.formats import FORMATS

    chosen = FORMATS[f".{ending}"]
    answer = stored_answer(run)
    form = ProfitForm(sums, answer.wording.currency) if sums else None
    profit = profit_of(form, answer) if form is not None else None
    content = chosen.render(answer, profit.facts if profit is not None else None)
    response = HttpResponse(content, content_type=chosen.content_type)
    name = f"Upshot report {run.created_at:%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
