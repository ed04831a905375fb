"""`upshot read`: what was understood of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from upshot.cli.corrections import correction_options, take_corrections
from upshot.cli.output import print_json
from upshot.cli.reading_options import reading_options, take_options
from upshot.wording import mark, say

if TYPE_CHECKING:
    from upshot.tables.facts import ReadFacts
    from upshot.tables.findings import Finding

_TITLES = {
    "mistake": mark("Mend these first:"),
    "decision": mark("Only you can tell:"),
    "remark": mark("Good to know before learning:"),
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@reading_options
@correction_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="TABLE",
    help="Write the table as read and typed, to .csv or .parquet.",
)
@click.option("--text", is_flag=True, help="With --out: leave every cell as the text it was.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, out: Path | None, text: bool, as_json: bool, **told: Any) -> None:
    """Show what was understood of FILE: its columns, what they hold, and any problems.

    Say how the file is to be read where Upshot read it wrong.

    \b
    Example:
      upshot read leads.csv
      upshot read report.xlsx --sheet Orders --out orders.parquet
      upshot read export.csv --delimiter ";" --encoding cp1252 --header-row 3
      upshot read leads.csv --kind Score=category --missing City=unknown
    """
    from upshot.tables.facts import describe
    from upshot.tables.safely import limits_here, read_in_child

    corrections = take_corrections(told)
    table = read_in_child(file, options=take_options(told), limits=limits_here())
    table = corrections.apply(table)
    if out is not None:
        from upshot.tables.export import write_table

        write_table(table, out, as_text=text)
    facts = describe(table)
    if as_json:
        print_json(facts)
    else:
        click.echo(_render(facts))
        if out is not None:
            click.echo(f"\nWritten to {out}.")


def _render(facts: ReadFacts) -> str:
    shape = [facts.format]
    if facts.sheet:
        shape.append(f"sheet '{facts.sheet}'")
    if facts.delimiter:
        shape.append(f"separated by {_visible(facts.delimiter)}")
    if facts.encoding:
        shape.append(facts.encoding)
    lines = [
        f"{facts.file}: {facts.rows:,} rows, {len(facts.columns)} columns ({', '.join(shape)})",
    ]
    if facts.export:
        lines.append(f"It looks like this export: {facts.export}.")
    width = max([len(column.name) for column in facts.columns] + [6])
    lines += ["", f"{'Column':<{width}}  {'Kind':<10}  {'Missing':>8}  {'Distinct':>9}  Examples"]
    for column in facts.columns:
        examples = ", ".join(str(example) for example in column.examples[:3])
        lines.append(
            f"{column.name:<{width}}  {column.kind:<10}  {column.missing:>8,}  "
            f"{column.distinct:>9,}  {examples[:60]}"
        )
    if facts.notes:
        lines += ["", str(say("Worth knowing:"))]
        lines += [f"- {note.message} {note.remedy}".rstrip() for note in facts.notes]
    for importance, title in _TITLES.items():
        found = [one for one in facts.findings if one.importance == importance]
        if found:
            lines += ["", str(say(title))]
            lines += [f"- {_said(one)}" for one in found]
    return "\n".join(lines)


def _said(finding: Finding) -> str:
    """What, where, why, and what can be done, in one paragraph."""
    from upshot.tables.findings import example_row

    parts = [finding.what, example_row(finding), finding.why, finding.remedy]
    return " ".join(str(part) for part in parts if part)


def _visible(delimiter: str) -> str:
    return {"\t": "tabs", ",": "commas", ";": "semicolons", " ": "spaces"}.get(delimiter, delimiter)
