"""Throw mutated files at the readers until one breaks; by hand, not part of the tests.

Needs atheris (Apache-2.0, for Linux and macOS), which is in no list of requirements::

    pip install atheris
    python tests/security/fuzz_readers.py -max_total_time=600
    python tests/security/fuzz_readers.py my-files/ -max_total_time=600   # begin with real files
    python tests/security/fuzz_readers.py crash-0123abcd                  # that one again

The first byte of an input chooses the ending of the file, so that one run covers all formats. A
refusal in words (`InputError`) is what a reader owes; anything else is a finding: libFuzzer then
writes the input to ``crash-…``. So is an answer that takes over 30 seconds, or 2 GB of memory. On
the website a reader runs in a process of its own with limits, so a finding there is a failed job.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

ENDINGS = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx", ".xls", ".html", ".zip", ".csv.gz")
LIMITS = ("-timeout=30", "-rss_limit_mb=2048", "-max_len=65536")

SEEDS: tuple[bytes, ...] = (
    b"\x00name,visits,bought\nAnn,3,yes\nBob,5,no\n",
    b'\x01name\tvisits\n"Ann ""the"" fan"\t3\n',
    b"\x00sep=;\nDatum;Betrag\n01.02.2026;1.234,50\n",
    b'\x03[{"name": "Ann", "visits": 3}, {"name": "Bob"}]',
    b'\x04{"name": "Ann"}\n{"name": "Bob", "visits": null}\n',
    b"\x07<table><tr><th>a</th></tr><tr><td>1</td></tr></table>",
)


def main() -> None:
    """Hand over to libFuzzer; it ends the process."""
    try:
        import atheris
    except ImportError:
        raise SystemExit("This needs atheris: pip install atheris") from None
    with atheris.instrument_imports(include=["upshot"]):
        from upshot import tables
        from upshot.errors import InputError

        # Most readers are imported when a file needs them: too late to be watched.
        for module in pkgutil.walk_packages(tables.__path__, "upshot.tables."):
            importlib.import_module(module.name)

    folder = Path(tempfile.mkdtemp(prefix="upshot-fuzz-"))

    def one(data: bytes) -> None:
        if not data:
            return
        path = folder / f"input{ENDINGS[data[0] % len(ENDINGS)]}"
        path.write_bytes(data[1:])
        try:
            table = tables.read(path)
            # What comes later looks at names and kinds; cells are typed when they are asked for.
            _ = table.data
        except InputError:
            return

    corpus = folder / "seeds"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS):
        (corpus / str(number)).write_bytes(seed)
    given = sys.argv[1:]
    begin_with = [] if any(not word.startswith("-") for word in given) else [str(corpus)]
    atheris.Setup([sys.argv[0], *LIMITS, *given, *begin_with], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
