"""`upshot report`: the answer as a file to hand over."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write it: .html, .xlsx or .pptx [default: BUNDLE with .html].",
)
def command(bundle: Path, out: Path | None) -> None:
    """Write what BUNDLE has learned as a page, a workbook or slides.

    The ending of FILE chooses: .html opens anywhere, .xlsx in Excel, .pptx in PowerPoint.

    \b
    Example:
      upshot report leads.upshot --out leads.html
      upshot report leads.upshot --out leads.pptx
    """
    from upshot.bundles import load_foreign_bundle
    from upshot.files import write_atomically
    from upshot.reports.formats import format_of

    target = out or bundle.with_suffix(".html")
    chosen = format_of(target)
    write_atomically(target, chosen.render(load_foreign_bundle(bundle).answer))
    click.echo(f"Report written to {target}.")
