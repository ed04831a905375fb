"""`upshot worker`: one more worker beside a running website."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--data",
    default=Path("upshot-data"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the website's database and files.",
)
def command(data: Path) -> None:
    """Run one more worker, so that more jobs run at the same time.

    \b
    Example:
      upshot worker --data upshot-data
    """
    from upshot.web.serve import worker

    worker(data=data)
