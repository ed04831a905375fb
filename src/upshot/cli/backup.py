"""`upshot backup`: everything an installation owns, in one zip or folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--data",
    default=Path("upshot-data"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the website's database and files.",
)
def command(out: Path, data: Path) -> None:
    """Save the website's data to OUT, a new .zip or a new folder. The site may keep running.

    Keep the backup as safe as the data itself: it holds all of it, and the secret key.

    \b
    Example:
      upshot backup upshot-monday.zip --data upshot-data
    """
    from upshot.errors import InputError
    from upshot.web.operation.backup import backup

    made = backup(data, out)
    click.echo(f"Saved {made.files:,} files and the database to {out} ({made.size / 1e6:,.1f} MB).")
    if made.lost:
        raise InputError(
            f"{len(made.lost):,} files of the website are missing or damaged on its disk. "
            f"They are not in the backup. The first is '{made.lost[0]}'.",
            "Everything else was saved. Bring them back from an older backup.",
        )
