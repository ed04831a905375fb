"""`upshot predict`: score a new file with a bundle."""

from __future__ import annotations

from pathlib import Path

import click

from upshot.cli.output import print_json, print_notes


@click.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="SCORED",
    help="Where to write: .csv, .xlsx or .parquet [default: FILE-scored.csv].",
)
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook, or file of a zip, to read.")
@click.option(
    "--reasons",
    type=click.IntRange(0, 10),
    default=0,
    metavar="N",
    help="Add the N strongest reasons of each row.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    bundle: Path, file: Path, out: Path | None, sheet: str | None, reasons: int, as_json: bool
) -> None:
    """Score each row of FILE with what BUNDLE has learned.

    The result holds every column of FILE in its order, then the predictions.

    \b
    Example:
      upshot predict leads.upshot new_leads.csv --out scored.csv --reasons 3
    """
    from upshot.predicting import predict_file

    target = out or file.with_name(f"{file.stem}-scored.csv")
    facts = predict_file(bundle, file, target, sheet=sheet, reasons=reasons)
    print_notes(facts.notes)
    if as_json:
        print_json(facts)
    else:
        click.echo(f"{facts.rows:,} rows scored, written to {target}.")
