"""Sentences that can be said in another language after they were made.

The library computes facts once; a page may be read later, in another language. So a sentence keeps
its template and its values: `say("{rows} rows were left out.", rows=12)` *is* the English text (a
plain ``str`` to everything that compares, stores or joins it), and ``str(sentence)`` is the same
sentence in the language of the reader (`speaking`). Django's and Jinja's templates call ``str``,
so a template needs no change.

Translations are gettext catalogues in ``upshot/locale``; ``make messages`` collects the templates.
A template is looked up whole: write whole sentences, never glue halves together.
"""

from __future__ import annotations

import gettext as gettext_module
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES: dict[str, str] = {"en": "English", "ru": "Русский"}
"""What can be spoken: the language's code and its own name."""

SOURCE = "en"
_LOCALE = Path(__file__).parent / "locale"
_FIELD = re.compile(r"\{(\w+)\}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_language: ContextVar[str] = ContextVar("upshot_language", default=SOURCE)

# Grouping and decimal marks per language, as the Unicode CLDR gives them.
_MARKS: dict[str, tuple[str, str]] = {"ru": ("\N{NO-BREAK SPACE}", ",")}

Value = str | int


class Sentence(str):
    """English text that remembers how it was made.

    Attributes
    ----------
    template : str
        The English template, `{name}` where a value goes.
    values : mapping of str to str or int
        What goes in; a `Sentence` or `Figure` is said in the reader's language too.
    plural : str
        The template for other numbers than one, or empty.
    number : int
        The number that decides between the two.
    """

    template: str
    values: Mapping[str, Value]
    plural: str
    number: int

    def __new__(
        cls, template: str, values: Mapping[str, Value], plural: str = "", number: int = 1
    ) -> Sentence:
        chosen = plural if plural and number != 1 else template
        made = super().__new__(cls, _filled(chosen, values, SOURCE))
        made.template, made.values = template, dict(values)
        made.plural, made.number = plural, number
        return made

    def __str__(self) -> str:
        language = _language.get()
        return str.__str__(self) if language == SOURCE else self.in_language(language)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __reduce__(self) -> tuple[Any, ...]:
        return Sentence, (self.template, dict(self.values), self.plural, self.number)

    def in_language(self, language: str) -> str:
        """The sentence in `language`, English where no translation exists."""
        catalogue = _catalogue(language)
        if self.plural:
            chosen = catalogue.ngettext(self.template, self.plural, self.number)
        else:
            chosen = catalogue.gettext(self.template) if self.template else ""
        return _filled(chosen, self.values, language)


class Figure(str):
    """A number already written for an English reader, such as ``12.5 %`` or ``1,234``."""

    def __str__(self) -> str:
        language = _language.get()
        return str.__str__(self) if language == SOURCE else self.in_language(language)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __reduce__(self) -> tuple[Any, ...]:
        return Figure, (str.__str__(self),)

    def in_language(self, language: str) -> str:
        """The same number with the grouping and decimal marks of `language`."""
        marks = _MARKS.get(language)
        text = str.__str__(self)
        return _NUMBER.sub(lambda found: _marked(found.group(), *marks), text) if marks else text


def say(template: str, /, **values: Value) -> str:
    """A sentence from an English template.

    Parameters
    ----------
    template : str
        Whole sentence(s); ``{name}`` is replaced by the value of that name. Only literal templates
        can be translated: they are collected from the source.
    **values
        Text goes in as it is, integers with thousands separated; floats must be written first
        (`Figure`), because only the caller knows how many digits are honest.

    Returns
    -------
    str
        English text which ``str()`` says in the reader's language.
    """
    return Sentence(template, values)


def say_count(one: str, many: str, number: int, /, **values: Value) -> str:
    """A sentence whose form depends on `number`, which fills ``{number}`` in both templates."""
    return Sentence(one, {"number": number, **values}, many, number)


def say_list(items: Iterable[str]) -> str:
    """Items as people list them: "a, b and c"."""
    *before, last = list(items) or [""]
    if not before:
        return last
    return say("{items} and {last}", items=comma_list(before), last=last)


def comma_list(items: Iterable[str]) -> str:
    """Items parted by commas: "a, b, c"."""
    listed = list(items)
    if not any(isinstance(item, Sentence | Figure) for item in listed):
        return ", ".join(listed)
    # A template of values alone needs no translation; nested ones could become too deep to say.
    values = {f"item{place}": item for place, item in enumerate(listed)}
    return Sentence(", ".join(f"{{{name}}}" for name in values), values)


def quoted(texts: Iterable[str]) -> list[str]:
    """Texts of the data, each in the reader's quotation marks, for `say_list` and `comma_list`."""
    return [say("'{text}'", text=text) for text in texts]


def say_day(iso: str) -> str:
    """A day such as ``2026-03-01``; anything else as it is."""
    if _DAY.fullmatch(iso) is None:
        return iso
    year, month, day = iso.split("-")
    return say("{year}-{month}-{day}", year=year, month=month, day=day)


def mark(template: str) -> str:
    """Mark a literal for translation where it is said later: ``say(NAMES[key])``."""
    return template


def current() -> str:
    """The code of the language being spoken."""
    return _language.get()


def number_marks() -> tuple[str, str]:
    """What parts thousands and what parts decimals in the language being spoken."""
    return _MARKS.get(current(), (",", "."))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say every sentence in `language` inside the block; an unknown language is English."""
    token = _language.set(language if language in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _language.reset(token)


def to_plain(text: str) -> Any:
    """A sentence as plain values for JSON, so that it can be said again after storing."""
    if isinstance(text, Sentence):
        plain: dict[str, Any] = {
            "say": text.template,
            "with": {name: _plain_value(value) for name, value in text.values.items()},
        }
        if text.plural:
            plain |= {"many": text.plural, "number": text.number}
        return plain
    return {"figure": str.__str__(text)} if isinstance(text, Figure) else text


def from_plain(plain: Any) -> str:
    """What `to_plain` gave, as text again.

    The templates may come from a foreign bundle: they are only ever filled by name.

    Raises
    ------
    ValueError
        When `plain` is neither text nor a stored sentence.
    """
    if isinstance(plain, str):
        return plain
    if isinstance(plain, Mapping):
        if isinstance(figure := plain.get("figure"), str):
            return Figure(figure)
        template, values = plain.get("say"), plain.get("with", {})
        plural, number = plain.get("many", ""), plain.get("number", 1)
        if (
            isinstance(template, str)
            and isinstance(values, Mapping)
            and isinstance(plural, str)
            and isinstance(number, int)
        ):
            read = {str(name): _read_value(value) for name, value in values.items()}
            return Sentence(template, read, plural, number)
    raise ValueError("neither text nor a stored sentence")


def _plain_value(value: Value) -> Any:
    return to_plain(value) if isinstance(value, str) else value


def _read_value(value: Any) -> Value:
    return value if isinstance(value, int) else from_plain(value)


def _filled(template: str, values: Mapping[str, Value], language: str) -> str:
    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        return _written(values[name], language) if name in values else found.group()

    return _FIELD.sub(fill, template)


def _written(value: Value, language: str) -> str:
    if isinstance(value, Sentence | Figure):
        return str.__str__(value) if language == SOURCE else value.in_language(language)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} must be written as text first")
    return _written(Figure(f"{value:,}"), language)


def _marked(number: str, grouping: str, decimal: str) -> str:
    whole, dot, fraction = number.partition(".")
    return whole.replace(",", grouping) + (decimal if dot else "") + fraction


@cache
def _catalogue(language: str) -> gettext_module.NullTranslations:
    return gettext_module.translation("upshot", _LOCALE, [language], fallback=True)
