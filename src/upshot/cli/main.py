"""The `upshot` command: its sub-commands, and the one place where errors become exit codes."""

from __future__ import annotations

import json
import os
import sys
import traceback
from importlib import import_module

import click

from upshot import __version__
from upshot.errors import Cancelled, InputError, UpshotError

EXIT_DONE, EXIT_OURS, EXIT_INPUT = 0, 1, 2

# Name → module of the command; a module is imported when its command is asked for.
COMMANDS = {
    "read": "upshot.cli.read",
    "train": "upshot.cli.train",
    "predict": "upshot.cli.predict",
    "report": "upshot.cli.report",
    "serve": "upshot.cli.serve",
    "worker": "upshot.cli.worker",
    "recover": "upshot.cli.recover",
    "backup": "upshot.cli.backup",
    "restore": "upshot.cli.restore",
    "doctor": "upshot.cli.doctor",
}


class LateGroup(click.Group):
    """A group whose commands load when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.command(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="upshot")
def cli() -> None:
    """Turn a marketing spreadsheet into a decision.

    Read a file, learn who will buy, leave or spend, and score new files with what was learned.

    \b
    Example:
      upshot read leads.csv
      upshot train leads.csv --target Converted --out leads.upshot
      upshot predict leads.upshot new_leads.csv --out scored.csv
    """


def main() -> None:
    """Run the command line; exits 0 done, 2 input or usage at fault, 1 our fault."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; nothing a person sees is a traceback."""
    as_json = "--json" in arguments
    try:
        # A command that ends early with a code of its own has it returned here.
        code = cli.main(args=arguments, prog_name="upshot", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return EXIT_INPUT
    except InputError as error:
        return _tell(error, EXIT_INPUT, as_json=as_json)
    except (Cancelled, click.Abort, KeyboardInterrupt):
        return _tell(Cancelled("Stopped. Nothing was written."), EXIT_INPUT, as_json=as_json)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except UpshotError as error:
        return _tell(error, EXIT_OURS, as_json=as_json)
    except Exception as error:  # the last door: a person gets a sentence, not a traceback
        if os.environ.get("UPSHOT_DEBUG"):
            traceback.print_exc()
        return _tell(_ours(error), EXIT_OURS, as_json=as_json)
    return code if isinstance(code, int) else EXIT_DONE


def _ours(error: Exception) -> UpshotError:
    # The message of an unknown error may quote a customer's data, so only its type is shown.
    return UpshotError(
        f"Something went wrong on our side ({type(error).__name__}).",
        "Your files are unchanged. Run the command again with UPSHOT_DEBUG=1 to see the details.",
    )


def _tell(error: UpshotError, code: int, *, as_json: bool) -> int:
    if as_json:
        problem = {"problem": error.problem, "remedy": error.remedy}
        click.echo(json.dumps({"error": problem}, ensure_ascii=False))
    click.echo(f"Error: {error}", err=True)
    return code
