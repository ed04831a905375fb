"""An answer as one self-contained HTML file: no script, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from upshot.explaining.facts import Answer, ProfitFacts
from upshot.explaining.profit import money
from upshot.explaining.wording import amount, count, digits, percent
from upshot.learning.wording import said_state
from upshot.reports import sections, trust
from upshot.wording import current, say, say_count

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_UNIT = re.compile(r"(?<=\d) %")
_QUOTED = re.compile(r"`([^`]+)`")


def render_report(answer: Answer, profit: ProfitFacts | None = None) -> str:
    """Render the report of an answer.

    Parameters
    ----------
    answer : Answer
        The facts.
    profit : ProfitFacts, optional
        A worked example of costs and earnings; left out when not given.

    Returns
    -------
    str
        A whole HTML document.
    """
    template = _environment().get_template("report.html")
    return template.render(
        answer=answer,
        language=current(),
        light=sections.light(answer),
        origin=sections.origin(answer),
        key_figures=sections.key_figures(answer),
        warnings=sections.warnings(answer.warnings),
        remarks=tuple(note for note in answer.warnings if note.level == "info"),
        ranking=sections.ranking_figures(answer),
        profit=sections.profit_figures(profit),
        profit_facts=profit,
        profit_lines=sections.profit_lines(answer, profit),
        drivers=sections.driver_figures(answer),
        effects=sections.effect_figures(answer),
        lever_lines=sections.lever_lines(answer),
        trust=sections.trust_figures(answer),
        more_data=sections.more_data_figures(answer),
        sayings=trust.calibration_sayings(answer) + trust.amount_sayings(answer),
        metrics=trust.metric_rows(answer),
        method=trust.method(answer),
        recipe=trust.recipe(answer),
        target=trust.target(answer),
        used=trust.used(answer),
        limits=trust.limits(answer),
    )


def with_code(text: str) -> Markup:
    """Escape a sentence, set column names in backticks as code, keep figures with their unit."""
    from markupsafe import Markup, escape

    # Escaping comes first, so nothing a file holds can become markup.
    marked = _QUOTED.sub(r"<code>\1</code>", str(escape(text)))
    return Markup(_UNIT.sub("\u00a0%", marked))  # noqa: S704


def without_marks(text: str) -> str:
    """Drop the backticks around column names, for places that hold no markup."""
    return str(text).replace("`", "")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("upshot.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        words=with_code,
        plain=without_marks,
        percent=percent,
        count=count,
        digits=digits,
        amount=amount,
        money=money,
        lasted=sections.lasted,
        state=said_state,
    )
    environment.globals.update(say=say, say_count=say_count)
    return environment
