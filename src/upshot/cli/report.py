"""`upshot report`: the answer as a file to hand over."""

from __future__ import annotations

from pathlib import Path

import click

from upshot.wording import LANGUAGES, SOURCE


@click.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write it: .html, .xlsx or .pptx [default: BUNDLE with .html].",
)
@click.option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    default=SOURCE,
    show_default=True,
    help="What it speaks: en for English, ru for Russian.",
)
def command(bundle: Path, out: Path | None, language: str) -> None:
    """Write what BUNDLE has learned as a page, a workbook or slides.

    The ending of FILE chooses: .html opens anywhere, .xlsx in Excel, .pptx in PowerPoint.

    \b
    Example:
      upshot report leads.upshot --out leads.html
      upshot report leads.upshot --out leads.pptx --language ru
    """
    from upshot.bundles import load_foreign_bundle
    from upshot.reports.formats import format_of, write_report

    target = out or bundle.with_suffix(".html")
    format_of(target)  # A wrong ending is told before the bundle is opened, which takes a second.
    write_report(load_foreign_bundle(bundle).answer, target, language=language)
    click.echo(f"Report written to {target}.")
