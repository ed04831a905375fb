"""`upshot predict`: score a new file with a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
@click.option(
    "--pseudonym-key-file",
    type=click.Path(path_type=Path),
    metavar="KEY",
    help="The key the bundle was trained with, where it knows customers by pseudonyms.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    bundle: Path, file: Path, out: Path | None, pseudonym_key_file: Path | None, **options: Any
) -> None:
    """Score each row of FILE with what BUNDLE has learned.

    The result holds every column of FILE in its order, then the predictions.

    \b
    Example:
      upshot predict leads.upshot new_leads.csv --out scored.csv --reasons 3
    """
    from upshot.bundles import load_foreign_bundle
    from upshot.predicting import predict_file
    from upshot.tables.pseudonyms import read_key_file

    key = read_key_file(pseudonym_key_file) if pseudonym_key_file else None
    as_json = options.pop("as_json")
    target = out or file.with_name(f"{file.stem}-scored.csv")
    opened = bundle if key is None else load_foreign_bundle(bundle).with_key(key)
    facts = predict_file(opened, file, target, **options)
    print_notes(facts.notes)
    if as_json:
        print_json(facts)
    else:
        click.echo(f"{facts.rows:,} rows scored, written to {target}.")
