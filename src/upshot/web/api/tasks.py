"""The jobs of the API; they run in a child process of the worker."""

from __future__ import annotations

from typing import Any

from upshot.errors import QuestionProblem
from upshot.web.jobs.context import JobContext
from upshot.web.runs.actions import IGNORE, KEEP
from upshot.web.runs.models import Question, Run
from upshot.web.runs.tasks import look_at, train


def run(arguments: dict[str, Any], context: JobContext) -> None:
    """Check the table for a question, decide on suspects as the program asked, and learn."""
    chosen = Run.objects.select_related("question__schema_version__dataset__table").get(
        uuid=arguments["run"]
    )
    question = chosen.question
    look_at(question)
    with context.commit():
        question.save(update_fields=["choice", "readiness", "title"])
    question.decisions = _decisions(question, arguments)
    ignored = [name for name, decision in question.decisions.items() if decision == IGNORE]
    chosen.choice = dict(question.choice)
    chosen.choice["ignore"] = list(dict.fromkeys([*question.choice.get("ignore", ()), *ignored]))
    chosen.title = question.title
    with context.commit():
        question.save(update_fields=["decisions"])
        chosen.save(update_fields=["choice", "title"])
    train(arguments, context)


def _decisions(question: Question, arguments: dict[str, Any]) -> dict[str, str]:
    """What happens to each column that may give the answer away.

    Raises
    ------
    QuestionProblem
        When the program asked to be told rather than to go on.
    """
    from upshot.wording import say

    readiness = question.readiness or {}
    suspects = [item["column"] for item in readiness.get("leak_suspects", ())]
    keep = set(arguments["keep"])
    undecided = [name for name in suspects if name not in keep]
    if undecided and arguments["suspects"] == "refuse":
        raise QuestionProblem(
            say(
                "These columns may give the answer away: {names}.",
                names=", ".join(f"`{name}`" for name in undecided[:10]),
            ),
            say("Name each of them in `ignore` or in `keep`, and start again."),
        )
    rest = KEEP if arguments["suspects"] == "keep" else IGNORE
    return {name: KEEP if name in keep else rest for name in suspects}
