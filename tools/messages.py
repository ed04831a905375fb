"""Collect what Upshot says, and keep the translations complete.

``python tools/messages.py`` updates the catalogues and compiles them; with ``--check`` it changes
nothing and fails when a sentence has no translation, lost a value, or was not compiled.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "upshot"
LANGUAGES = ("ru",)
_REPORTS = SOURCE / "reports" / "templates"
"""Jinja's templates, which call `say`; all others are Django's."""
_VALUE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")

_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = "# Made by tools/messages.py from the source; translations are written by hand."

_LIBRARY = {"say": (1,), "say_count": (1, 2), "mark": (1,)}
_DJANGO = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


@dataclass(frozen=True)
class Domain:
    """One catalogue: its name and place, whose calls it collects, and whether templates too."""

    name: str
    folder: Path
    keywords: dict[str, tuple[object, ...]]
    templates: bool

    def path(self, language: str, kind: str = "po") -> Path:
        """The catalogue's file in `language`."""
        return self.folder / language / "LC_MESSAGES" / f"{self.name}.{kind}"


DOMAINS = (
    Domain("upshot", SOURCE / "locale", _LIBRARY, templates=False),
    Domain("django", SOURCE / "web" / "locale", _DJANGO, templates=True),
)


def collected(domain: Domain) -> Catalog:
    """Every message of the source, with the files that say it."""
    catalogue = Catalog(domain=domain.name, charset="utf-8", fuzzy=False)
    for path in sorted(SOURCE.rglob("*")):
        place = path.relative_to(SOURCE).as_posix()
        for message, context in _messages(domain, path):
            catalogue.add(message, locations=[(place, 0)], context=context)
    return catalogue


def _messages(domain: Domain, path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    if path.suffix == ".py":
        code, way = path.read_bytes(), "python"
    elif path.suffix == ".html" and domain.templates:
        code, way = _as_python(path), "python"
    elif path.suffix == ".html" and path.is_relative_to(_REPORTS) and not domain.templates:
        code, way = path.read_bytes(), "jinja2"
    else:
        return
    keywords = {
        name: places if places != (1,) else None for name, places in domain.keywords.items()
    }
    for _, message, _, context in extract(way, io.BytesIO(code), keywords=keywords):
        found = tuple(message) if isinstance(message, list | tuple) else message
        if found and (isinstance(found, str) or len(found) == 2):
            yield found, context


def _as_python(path: Path) -> bytes:
    """A Django template as the calls its translation tags stand for."""
    from django.utils.translation.template import templatize

    called = templatize(path.read_text("utf-8"), origin=str(path))
    # What is not a call is filler: a line of Python it is not.
    calls = re.findall(r"\s((?:(?:n|p|np)?gettext|_)\(.*?\))(?=\s)", called, flags=re.DOTALL)
    return "\n".join(calls).encode("utf-8")


def stored(domain: Domain, language: str) -> Catalog:
    """The translations there are; an empty catalogue when there are none yet."""
    path = domain.path(language)
    if not path.exists():
        return Catalog(locale=language, domain=domain.name, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain.name)


def updated(domain: Domain, language: str) -> Catalog:
    """The stored translations for exactly the messages of the source."""
    catalogue = stored(domain, language)
    catalogue.update(collected(domain), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # The date of a run must not make an unchanged catalogue a changed file.
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    catalogue.header_comment = _HEADER
    catalogue.project, catalogue.version = "Upshot", ""
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "Upshot"
    return catalogue


def write(domain: Domain, language: str) -> None:
    """Update and compile one catalogue."""
    catalogue = updated(domain, language)
    path = domain.path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, sort_output=True, include_lineno=False)
    domain.path(language, "mo").write_bytes(_compiled(catalogue))


def _compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def problems(domain: Domain, language: str) -> list[str]:
    """What is missing or wrong in one catalogue, a sentence each."""
    catalogue = updated(domain, language)
    found = [trouble for message in catalogue if message.id for trouble in _wrong(message)]
    path = domain.path(language, "mo")
    if not found and (not path.exists() or _texts(path) != _said(catalogue)):
        found.append(f"{path.name} of {language} is older than its source: run make messages")
    return found


def _texts(path: Path) -> dict[object, object]:
    with path.open("rb") as file:
        compiled = read_mo(file)
    return _said(compiled)


def _said(catalogue: Catalog) -> dict[object, object]:
    """The translated messages; Babel's readers give lists, its writers take tuples."""
    said = {_frozen(m.id): _frozen(m.string) for m in catalogue if m.id}
    return {message: text for message, text in said.items() if text and all(text)}


def _frozen(text: object) -> object:
    return tuple(text) if isinstance(text, list | tuple) else text


def _wrong(message: Message) -> Iterator[str]:
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    asked = message.id if isinstance(message.id, tuple) else (message.id,)
    # A fuzzy translation is one of an older sentence: it is not compiled.
    if not all(said) or message.fuzzy:
        yield f"no translation: {asked[0]!r}"
        return
    values = _values(asked[-1]) | _values(asked[0])
    for text in said:
        if not _values(text) <= values or (len(said) == 1 and _values(text) != values):
            yield f"other values than the source: {asked[0]!r} -> {text!r}"


def _values(text: str) -> set[str]:
    return {first or second for first, second in _VALUE.findall(text)}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail when incomplete")
    check = parser.parse_args().check
    found = []
    for domain in DOMAINS:
        for language in LANGUAGES:
            if not check:
                write(domain, language)
            found += [f"{domain.name} ({language}): {p}" for p in problems(domain, language)]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{len(found)} to translate or mend\n")
    return 1 if found and check else 0


if __name__ == "__main__":
    sys.exit(main())
