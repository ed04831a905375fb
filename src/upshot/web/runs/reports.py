"""The report of a finished run as a file to hand over."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from upshot.web.runs.answer import stored_answer
from upshot.web.runs.models import Run


def report_of(run: Run, ending: str) -> HttpResponse:
    """A page, a workbook or slides, by the ending of the file."""
    from upshot.reports.formats import FORMATS

    chosen = FORMATS[f".{ending}"]
    response = HttpResponse(chosen.render(stored_answer(run)), content_type=chosen.content_type)
    name = f"Upshot report {run.created_at:%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
