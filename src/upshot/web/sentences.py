"""Sentences in the database: written once, read in every reader's language."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from upshot.wording import Sentence, from_plain, to_plain


class Unmarked(Sentence):
    """A sentence without the marks around names, in every language; for titles."""

    def in_language(self, language: str) -> str:
        """The sentence in `language`, without marks."""
        return super().in_language(language).replace("`", "")

    def __reduce__(self) -> tuple[Any, ...]:
        return unmarked, (Sentence(self.template, dict(self.values), self.plural, self.number),)


def unmarked(text: str) -> str:
    """A sentence, or other text, without the marks around names."""
    if not isinstance(text, Sentence):
        return text.replace("`", "")
    made = str.__new__(Unmarked, str.__str__(text).replace("`", ""))
    made.template, made.values = text.template, text.values
    made.plural, made.number = text.plural, text.number
    return made


class SentenceField(models.TextField):
    """Text that a program wrote: a `Sentence` comes back as one; other text stays as it is.

    In the database a sentence is its template and its values as JSON. To the code it is its English
    text, and to a template it is the sentence in the reader's language.

    Parameters
    ----------
    marked : bool
        Whether the marks around names are kept, as `named` shows them.
    """

    def __init__(self, *args: Any, marked: bool = True, **kwargs: Any) -> None:
        self.marked = marked
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """To a migration this is a column of text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """The sentence that was stored."""
        return self._read(value) if value is not None else None

    def to_python(self, value: Any) -> Any:
        """The same, where a fixture is read."""
        return self._read(value) if isinstance(value, str) else super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        """What is stored."""
        plain = to_plain(value) if isinstance(value, str) else value
        if isinstance(plain, dict):
            return json.dumps(plain, ensure_ascii=False)
        return super().get_prep_value(value)

    def _read(self, value: str) -> str:
        if isinstance(value, Sentence):
            text: str = value
        elif value.startswith(_OURS):
            text = from_plain(json.loads(value))
        else:
            return value
        return text if self.marked else unmarked(text)


# How the JSON of a sentence begins; nothing else that is stored in such a field begins so.
_OURS = ('{"say": ', '{"figure": ')
