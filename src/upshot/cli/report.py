"""`upshot report`: the answer as a page to hand over."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write the page [default: BUNDLE with .html].",
)
def command(bundle: Path, out: Path | None) -> None:
    """Write what BUNDLE has learned as one HTML page that opens anywhere.

    \b
    Example:
      upshot report leads.upshot --out leads.html
    """
    from upshot.bundles import load_foreign_bundle
    from upshot.files import write_atomically
    from upshot.reports.html import render_report

    target = out or bundle.with_suffix(".html")
    write_atomically(target, render_report(load_foreign_bundle(bundle).answer).encode())
    click.echo(f"Report written to {target}.")
