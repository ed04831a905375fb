"""What is known about an export: its headers, its grain and its traps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """A question that an export can answer.

    Attributes
    ----------
    question : str
        Slug of the question type (``"who_will"``).
    outcome : str
        The column that holds the answer for the past.
    words : str
        The question as a marketer asks it.
    positive : tuple of str
        The values it looks for where the column has several, as exports spell them (lower case).
    """

    question: str
    outcome: str
    words: str
    positive: tuple[str, ...] = ()


@dataclass(frozen=True)
class Export:
    """One kind of export that marketers upload.

    Attributes
    ----------
    code : str
        Stable slug (``"shopify-orders"``).
    title : str
        What a person calls it.
    row : str
        What one row is.
    headers : tuple of str
        Distinctive headers; the share that a file has is its score.
    aliases : mapping as pairs
        Headers in other languages or older versions → the header in `headers` they stand for.
    keys, clock : tuple of str
        Columns that name a row, and columns that tell when it happened.
    personal : tuple of str
        Columns with personal data.
    after_outcome : tuple of str
        Columns written after the outcome; they leak it.
    foreign : tuple of str
        Headers that a neighbour writes and this export never does; one of them rules it out.
    caution : str
        The trap a person should know, one sentence, or empty.
    asks : tuple of Ask
        Questions that the file can answer, the most usual first.
    """

    code: str
    title: str
    row: str
    headers: tuple[str, ...]
    keys: tuple[str, ...]
    clock: tuple[str, ...]
    personal: tuple[str, ...] = ()
    after_outcome: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    foreign: tuple[str, ...] = ()
    caution: str = ""
    asks: tuple[Ask, ...] = ()
