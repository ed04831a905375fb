"""`upshot serve`: the website and its worker."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data",
    default=Path("upshot-data"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the database and files.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(0, 64),
    help="How many jobs run at the same time.",
)
def command(host: str, port: int, data: Path, workers: int) -> None:
    """Open the website on this machine.

    \b
    Example:
      upshot serve --port 8000 --data upshot-data
    """
    from upshot.web.serve import serve

    serve(host=host, port=port, data=data, workers=workers)
