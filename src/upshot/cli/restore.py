"""`upshot restore`: a data folder from a backup."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="New or empty folder for the website's data.",
)
def command(backup: Path, data: Path) -> None:
    """Bring BACKUP back into a new data folder. Every file is checked first.

    \b
    Example:
      upshot restore upshot-monday.zip --data upshot-data
    """
    from upshot.web.operation.restore import restore

    made = restore(backup, data)
    click.echo(f"Restored {made.files:,} files and the database to {data}.")
    if made.lost:
        click.echo(
            f"Warning: {made.lost:,} files were already lost when this backup was made.", err=True
        )
    if made.log_broken_at is not None:
        click.echo(
            f"Warning: entry {made.log_broken_at:,} of the audit log was changed or removed before "
            "this backup was made. Compare with earlier backups; find out who could reach them.",
            err=True,
        )
    elif made.log_end:
        click.echo(f"The audit log is whole; it ends in {made.log_end[:16]}.")
    click.echo(f"Start the website: upshot serve --data {data}")
