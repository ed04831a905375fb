"""`upshot recover`: a link for somebody who cannot log in."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("email")
@click.option(
    "--data",
    default=Path("upshot-data"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the website's database and files.",
)
@click.option(
    "--without-second-factor",
    "all_of_it",
    is_flag=True,
    help="The link also switches the second factor off, for a lost phone.",
)
@click.option(
    "--address",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where people find the website.",
)
def command(email: str, data: Path, all_of_it: bool, address: str) -> None:
    """Print a link by which a person sets a new password.

    It works once and for an hour. Give it to that person only: whoever opens it is in.

    \b
    Example:
      upshot recover anna@example.com --data upshot-data
    """
    from upshot.web.serve import recovery_link

    path = recovery_link(data, email, without_second_factor=all_of_it)
    click.echo(f"{address.rstrip('/')}{path}")
