"""`upshot doctor`: what is in order, and what needs attention."""

from __future__ import annotations

from pathlib import Path

import click

from upshot.cli.output import print_json

_PROBLEM_EXIT = 2


@click.command()
@click.option(
    "--data",
    default=Path("upshot-data"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the website's database and files.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(data: Path, as_json: bool) -> None:
    """Check this machine and the website's data folder. Nothing is changed.

    Exits with 0 when there is no problem, and with 2 when there is one.

    \b
    Example:
      upshot doctor --data upshot-data
    """
    from upshot.web.operation.doctor import examine

    findings = examine(data)
    healthy = all(finding.level != "problem" for finding in findings)
    if as_json:
        print_json({"healthy": healthy, "checks": findings})
    else:
        for finding in findings:
            click.echo(f"{finding.level:<8} {finding.name}: {finding.message}")
            if finding.remedy:
                click.echo(f"{'':<8} → {finding.remedy}")
    if not healthy:
        raise click.exceptions.Exit(_PROBLEM_EXIT)
