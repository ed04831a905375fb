"""`upshot train`: learn from a file and save a bundle."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from upshot.budget import EFFORT_SECONDS, Budget, available_cores
from upshot.cli.corrections import Corrections, correction_options, take_corrections
from upshot.cli.output import ProgressLine, print_json, print_notes
from upshot.cli.reading_options import reading_options, take_options

if TYPE_CHECKING:
    from upshot.learning.events import Event
    from upshot.learning.recipe import Recipe
    from upshot.tables.options import ReadOptions
    from upshot.tables.table import Table
    from upshot.training import TrainingResult

QUESTIONS = ("who_will", "which_one", "how_much")

STAGES = {
    "reading": "Reading the file",
    "checking": "Checking the data",
    "splitting": "Setting rows aside for the final test",
    "searching": "Learning",
    "combining": "Combining the best",
    "finishing": "Testing on the rows set aside",
    "explaining": "Explaining",
    "saving": "Saving",
}


@dataclass(frozen=True)
class TrainOptions:
    """The options of the command, as given."""

    file: Path
    target: str | None
    positive: str | None
    question: str | None
    ignore: tuple[str, ...]
    date: str | None
    group: str | None
    keep_personal: bool
    reading: ReadOptions
    corrections: Corrections
    rule: str | None
    recipe: Path | None
    start_from: Path | None
    effort: str
    seconds: float | None
    seed: int
    cores: int | None
    out: Path | None
    as_json: bool
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    simple: bool
    fast: bool
    without: tuple[str, ...]
    pseudonym_key_file: Path | None


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--target", metavar="COLUMN", help="The column to predict.")
@click.option("--positive", metavar="VALUE", help="The value you hope to find, such as yes.")
@click.option(
    "--question",
    type=click.Choice(QUESTIONS),
    help="What is asked, where numbers could be labels or amounts; guessed otherwise.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="COL",
    help="A column to leave out, for example one filled in after the outcome. Repeat for more.",
)
@click.option(
    "--date", metavar="COL", help="Judge by time: learn from earlier rows, test on later."
)
@click.option("--group", metavar="COL", help="Rows of one customer (or firm) stay together.")
@click.option(
    "--keep-personal",
    is_flag=True,
    help="Let personal data into the model. The bundle then keeps values of it: names, places.",
)
@click.option(
    "--rule",
    metavar="RULE",
    help='Whom you contact today, such as "Lead Score > 50", to compare with the model.',
)
@click.option(
    "--recipe",
    type=click.Path(path_type=Path),
    metavar="BUNDLE",
    help="Learn the same again from new data, in seconds: no search, the question of BUNDLE.",
)
@click.option(
    "--start-from",
    type=click.Path(path_type=Path),
    metavar="BUNDLE",
    help="Search, but begin with what BUNDLE is made of.",
)
@reading_options
@correction_options
@click.option(
    "--effort",
    type=click.Choice(list(EFFORT_SECONDS)),
    default="standard",
    show_default=True,
    help="quick is about 10 seconds, standard a minute, thorough ten minutes.",
)
@click.option("--seconds", type=click.FloatRange(min=5), metavar="N", help="Or the time itself.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of random choices.")
@click.option("--cores", type=click.IntRange(min=1), metavar="N", help="Processor cores to use.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.upshot",
    help="Where to save the bundle [default: FILE with .upshot].",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--rising",
    multiple=True,
    metavar="COL",
    help="With more of this number the prediction never falls. Repeat for more.",
)
@click.option(
    "--falling",
    multiple=True,
    metavar="COL",
    help="With more of this number the prediction never rises. Repeat for more.",
)
@click.option(
    "--simple",
    is_flag=True,
    help="One model that adds up an effect per column, so that all it does can be read off.",
)
@click.option(
    "--fast",
    is_flag=True,
    help="One model instead of a combination, so that it scores quickly; says what that costs.",
)
@click.option(
    "--pseudonym-key-file",
    type=click.Path(path_type=Path),
    metavar="KEY",
    help="Learn customers by pseudonyms made with the key in this file, never by their numbers.",
)
@click.option("--without", multiple=True, hidden=True)  # a part of learning; for benchmarks
def command(**options: Any) -> None:
    """Learn from FILE who will (or which, or how much), and save it as a bundle.

    The question follows from the target: two outcomes ask "who will", several ask "which one",
    an amount asks "how much".

    \b
    Example:
      upshot train leads.csv --target Converted --positive 1 --ignore Tags --out leads.upshot
      upshot train leads-may.csv --recipe leads.upshot --out leads-may.upshot
    """
    _check_given(options)
    reading, corrections = take_options(options), take_corrections(options)
    given = TrainOptions(reading=reading, corrections=corrections, **options)
    budget = Budget(
        seconds=given.seconds or EFFORT_SECONDS[given.effort],
        started=_process_start(),
        cores=given.cores or available_cores(),
        seed=given.seed,
    )
    progress = ProgressLine()
    try:
        result, saved = _train(given, budget, progress)
    finally:
        progress.close()
    if given.as_json:
        print_json(result.facts(bundle=str(saved), seconds=budget.elapsed()))
    else:
        print_notes(result.answer.warnings)
        click.echo(_render(result, saved, budget.elapsed()))


def _train(
    given: TrainOptions, budget: Budget, progress: ProgressLine
) -> tuple[TrainingResult, Path]:
    progress.show(f"{STAGES['reading']} ...", 0.0, always=True)
    from upshot.tables.pseudonyms import read_key_file
    from upshot.tables.safely import limits_here, read_in_child
    from upshot.training import train

    pseudonyms = read_key_file(given.pseudonym_key_file) if given.pseudonym_key_file else None
    table = read_in_child(given.file, options=given.reading, limits=limits_here())
    table = given.corrections.apply(table)
    recipe, asked = _recipe(given, table)
    result = train(
        table,
        asked["target"],
        budget=budget,
        on_event=lambda event: _show(event, progress),
        positive=asked["positive"],
        question=asked["question"],
        ignore=asked["ignore"],
        date=given.date,
        group=given.group,
        keep_personal=given.keep_personal,
        rising=given.rising,
        falling=given.falling,
        simple=given.simple,
        fast=given.fast,
        without=given.without,
        rule=given.rule,
        recipe=recipe,
        pseudonyms=pseudonyms,
    )
    saved = given.out or given.file.with_suffix(".upshot")
    result.bundle.save(saved)
    return result, saved


def _check_given(options: dict[str, Any]) -> None:
    """Say before anything is read which options do not go together."""
    if options["recipe"] and options["start_from"]:
        raise click.UsageError("Give --recipe or --start-from, not both.")
    if not (options["target"] or options["recipe"] or options["start_from"]):
        raise click.UsageError("Missing option '--target'.")


def _recipe(given: TrainOptions, table: Table) -> tuple[Recipe | None, dict[str, Any]]:
    """The recipe to learn by, and the question: the bundle's, where none was asked."""
    asked: dict[str, Any] = {
        part: getattr(given, part) for part in ("target", "positive", "question", "ignore")
    }
    path = given.recipe or given.start_from
    if path is None:
        return None, asked
    from upshot.bundles import load_foreign_bundle
    from upshot.training import like_bundle, recipe_of_bundle

    bundle = load_foreign_bundle(path)
    recipe = recipe_of_bundle(bundle, search=given.start_from is not None)
    if given.target is not None:
        return recipe, asked
    again = like_bundle(bundle, table)
    again["ignore"] = (*again["ignore"], *given.ignore)
    again["positive"] = given.positive or again["positive"]
    again["question"] = given.question or again["question"]
    return recipe, again


def _process_start() -> float:
    """Monotonic time at which this process began: the budget covers its start-up too."""
    import psutil

    return time.monotonic() - max(0.0, time.time() - psutil.Process().create_time())


def _show(event: Event, progress: ProgressLine) -> None:
    from upshot.explaining import measures
    from upshot.learning.events import CandidateFinished, FirstAnswer, StageStarted

    match event:
        case StageStarted():
            text = STAGES.get(event.stage, event.stage)
            progress.show(f"{text} ...{_left(event.remaining)}", event.elapsed, always=True)
        case FirstAnswer():
            found = measures.clause(event.metric, event.score)
            guess = measures.short(event.metric, event.baseline)
            text = f"First answer after {event.elapsed:.0f} s: {found} (guessing: {guess})"
            progress.show(text, event.elapsed, always=True)
        case CandidateFinished():
            best = event.ensemble_score if event.ensemble_score is not None else event.best_score
            score = (
                f", the best is {measures.short(event.metric, best)}" if best is not None else ""
            )
            text = f"Learning: {event.number} tried{score}{_left(event.remaining)}"
            progress.show(f"{text} · {event.summary}", event.elapsed)


def _left(remaining: float | None) -> str:
    return f" {remaining:.0f} s left" if remaining is not None else ""


def _render(result: TrainingResult, saved: Path, seconds: float) -> str:
    from upshot.reports.trust import metric_rows

    answer = result.answer
    lines = ["", answer.wording.title, answer.verdict.sentence]
    lines += [f"- {reason}" for reason in answer.verdict.reasons]
    lines += ["", f"Tested on {answer.split.holdout_rows:,} rows the model never saw:"]
    for row in metric_rows(answer):
        lines.append(f"  {row.name}: {row.value} (95 % sure: {row.span}); guessing: {row.baseline}")
    if answer.drivers:
        lines += ["", "What matters most:"]
        lines += [f"  {driver.sentence}" for driver in answer.drivers[:5]]
    if answer.segments is not None:
        lines += ["", answer.segments.sentence]
        lines += [f"  {line}" for line in answer.segments.text.splitlines()]
    if answer.more_data is not None:
        lines += ["", answer.more_data.sentence]
    lines += ["", f"Saved to {saved} after {seconds:.0f} s."]
    return "\n".join(lines)
