"""Whether a table is ready to be learned from: what stops, what hampers, what may leak."""

from __future__ import annotations

from collections.abc import Iterator

from upshot.errors import Note, Remedy
from upshot.learning.task import LearningData
from upshot.questions.base import (
    Choice,
    LeakSuspect,
    LeftOut,
    OutcomeCount,
    Readiness,
    ReadinessFacts,
)
from upshot.questions.choosing import also_asks
from upshot.questions.entities import find_entities
from upshot.questions.leaks import find_leaks
from upshot.questions.leaks.strength import advantage, make_goal, number_cells, sample, strength
from upshot.questions.limits import number
from upshot.questions.names import names_clock, names_entity
from upshot.questions.outcomes import OutcomeColumn, read_outcome
from upshot.questions.preparing import prepare, split_columns
from upshot.questions.registry import QUESTIONS
from upshot.tables.exports import EXPORTS, columns_among
from upshot.tables.repeats import repeats
from upshot.tables.respelling import PROVIDER
from upshot.tables.schema import Kind
from upshot.tables.table import Table
from upshot.wording import Figure, mark, say, say_count

# A category with more levels than this is mostly levels seen a few times.
_MANY_LEVELS = 200
_TEXT_HEAVY = 0.5
_ONE_ENTITY_ROWS = 1.2
# Fewer repeated rows than this share change no result.
_TELLING = 0.005


def check(table: Table, choice: Choice) -> Readiness:
    """Look at a table before learning from it.

    Returns
    -------
    Readiness
        Frozen facts. Leak suspects are named, never dropped: ignoring one makes a new `Choice`.
    """
    table = table.within_memory
    whole, table = table.rows, table.for_learning
    outcome = read_outcome(table, choice.target)
    features, left_out = split_columns(table, choice)
    facts = ReadinessFacts(
        rows=table.rows,
        usable_rows=outcome.rows,
        missing_outcome=outcome.missing,
        duplicates=int(repeats(table.raw).sum()),
        outcomes=_outcomes(outcome, choice),
        features=features,
        left_out=left_out,
        clocks=_clocks(table, features),
        repeated=_repeated(table, choice),
        also_asks=also_asks(outcome, choice),
    )
    found = [
        *_about_rows(whole - table.rows),
        *_about_outcome(outcome, choice),
        *_about_columns(table, choice, facts),
    ]
    blockers = tuple(note for note in found if note.level == "blocker")
    warnings = tuple(note for note in found if note.level != "blocker")
    leaks: tuple[LeakSuspect, ...] = ()
    if not blockers:
        data = prepare(table, choice)
        leaks = find_leaks(data, written_after(table))
        warnings = (*warnings, *_about_order(data))
    return Readiness(blockers, warnings, leaks, facts)


def written_after(table: Table) -> tuple[str, ...]:
    """Columns the recognised export is known to fill in after the outcome."""
    export = EXPORTS.get(table.source.export or "")
    if export is None:
        return ()
    return columns_among(table.schema.names, export, export.after_outcome)


def _outcomes(outcome: OutcomeColumn, choice: Choice) -> tuple[OutcomeCount, ...]:
    if choice.question == "how_much":
        return ()
    pairs = zip(outcome.values, outcome.counts, strict=True)
    return tuple(OutcomeCount(value, rows) for value, rows in pairs)


def _about_rows(left_out: int) -> Iterator[Note]:
    """What a person's remedies leave out, and that they do so for learning only."""
    if left_out:
        yield Note(
            "rows-left-out",
            say_count(
                "{number} row is left out of learning, as you asked. A list that you score later "
                "keeps all its rows.",
                "{number} rows are left out of learning, as you asked. A list that you score later "
                "keeps all its rows.",
                left_out,
            ),
        )


def _clocks(table: Table, features: tuple[str, ...]) -> tuple[str, ...]:
    """Dates that look like the moment a row was made, best first."""
    found = []
    for name in features:
        if table.schema.column(name).kind is not Kind.DATETIME or not names_clock(name):
            continue
        series = table.data[name]
        if series.notna().mean() > 0.95 and series.nunique() > 10:
            found.append(name)
    return tuple(found)


def _repeated(table: Table, choice: Choice) -> tuple[str, ...]:
    """Keys of customers who stand in several rows."""
    found = []
    for column in table.schema.columns:
        if column.name == choice.target or not names_entity(column.name):
            continue
        known = table.data[column.name].dropna()
        distinct = known.nunique()
        often = distinct > 20 and len(known) / distinct >= _ONE_ENTITY_ROWS
        if often and len(known) > 0.5 * table.rows:
            found.append(column.name)
    return tuple(found)


def _about_outcome(outcome: OutcomeColumn, choice: Choice) -> Iterator[Note]:
    name = outcome.name
    yield from QUESTIONS[choice.question].check(outcome, choice)
    if outcome.missing:
        share = outcome.missing / len(outcome.codes)
        yield Note(
            "missing-outcome",
            say_count(
                "`{column}` is empty in {number} row ({share}); it is left out of learning.",
                "`{column}` is empty in {number} rows ({share}); they are left out of learning.",
                outcome.missing,
                column=name,
                share=_percent(share),
            ),
            name,
            say("If an empty cell means it did not happen, write that outcome there.")
            if share > 0.5
            else "",
            "warning" if share > 0.2 else "info",
        )


def _about_columns(table: Table, choice: Choice, facts: ReadinessFacts) -> Iterator[Note]:
    yield from _about_left_out(facts.left_out)
    if not facts.features:
        yield Note(
            "no-columns",
            say("No column is left to learn from."),
            None,
            say("Ignore fewer columns, or add some that describe each row before the outcome."),
            "blocker",
        )
    share = facts.duplicates / max(1, facts.rows)
    if share >= _TELLING:
        yield Note(
            "duplicate-rows",
            say_count(
                "{number} row ({share}) repeats an earlier row exactly. If it is the same person "
                "twice, results look better than they are.",
                "{number} rows ({share}) repeat an earlier row exactly. If they are the same "
                "people twice, results look better than they are.",
                facts.duplicates,
                share=_percent(share),
            ),
            None,
            say("Learn from each such row once if they are mistakes."),
            "warning" if share > 0.05 else "info",
            Remedy("drop-repeats", ""),
        )
    if facts.clocks and choice.date is None:
        yield Note(
            "clock",
            say(
                "`{column}` looks like the clock: consider judging by date, as the model "
                "will be used on later rows.",
                column=facts.clocks[0],
            ),
            facts.clocks[0],
            say("Choose it as the date."),
            "info",
        )
    entities = find_entities(table, choice)
    yield from (entity.note for entity in entities)
    # The note on an entity already names the group as the remedy.
    told = {entity.name for entity in entities}
    if facts.repeated and choice.group is None and facts.repeated[0] not in told:
        yield _one_customer(table, facts.repeated[0])
    for name in facts.features:
        yield from _about_feature(table, name)


def _one_customer(table: Table, name: str) -> Note:
    known = table.data[name].dropna()
    each = len(known) / max(1, known.nunique())
    return Note(
        "one-customer-many-rows",
        say(
            "Each `{column}` stands in {each} rows on average; with one customer on both sides, "
            "results look better than they are.",
            column=name,
            each=Figure(f"{each:.1f}"),
        ),
        name,
        say("Choose it as the customer, so that its rows stay together."),
        "warning",
    )


_UNSEEN = {
    "identifier": mark(
        "`{column}` only names a row or a customer, so nothing general can be learned from it; "
        "no model sees it."
    ),
    "constant": mark("`{column}` is the same in every row; no model sees it."),
    "personal": mark(
        "`{column}` holds personal data, which is kept in your file and in what you download; "
        "no model sees it."
    ),
}


def _percent(share: float) -> Figure:
    return Figure(f"{100 * share:.0f} %" if share >= 0.01 else f"{100 * share:.1f} %")


def _about_left_out(left_out: tuple[LeftOut, ...]) -> Iterator[Note]:
    codes = {"identifier": "identifier", "constant": "constant", "personal": "personal-data"}
    for column in left_out:
        if column.reason in _UNSEEN:
            yield Note(
                codes[column.reason],
                say(_UNSEEN[column.reason], column=column.column),
                column.column,
            )


def _about_feature(table: Table, name: str) -> Iterator[Note]:
    column, series = table.schema.column(name), table.data[name]
    if column.personal is not None and column.spelling != PROVIDER:
        yield Note(
            "personal-data-used",
            say(
                "`{column}` holds personal data, and you let the model learn from it. The bundle "
                "keeps values of it, and whoever gets the bundle can read them.",
                column=name,
            ),
            name,
            say("Leave it out, unless you may use it for this and the prediction needs it."),
            "warning",
        )
    filled = float(series.notna().mean()) if len(series) else 0.0
    if filled < 0.05:
        yield Note(
            "mostly-empty",
            say(
                "`{column}` is empty in {share} of rows.",
                column=name,
                share=Figure(f"{100 * (1 - filled):.0f} %"),
            ),
            name,
            say("Ignore it, unless being filled means something."),
        )
    if column.kind is Kind.CATEGORY and series.nunique() > _MANY_LEVELS:
        yield Note(
            "many-levels",
            say(
                "`{column}` has {values} different values, most of them rare.",
                column=name,
                values=number(series.nunique()),
            ),
            name,
            say("Group them into fewer if you can."),
        )
    if column.kind is Kind.TEXT:
        yield Note(
            "text",
            say("`{column}` holds free text; only its frequent words are used.", column=name),
            name,
            say("Ignore it if it says nothing about the outcome."),
        )


def _about_order(data: LearningData) -> Iterator[Note]:
    """Rows sorted by outcome: harmless by itself, but a sign of how the file was made."""
    rows = sample(data.rows)
    goal = make_goal(data.task.kind, data.target[rows])
    score = strength(number_cells(rows.astype("float64")), goal)
    if advantage(score, data.task.kind) < 0.9:
        return
    yield Note(
        "sorted-by-outcome",
        say(
            "The rows are sorted by `{target}`. Anything that counts with the rows "
            "(numbers, dates of entry) would give the answer away.",
            target=data.task.target,
        ),
        data.task.target,
        say("Ignore columns that only count rows."),
        "warning",
    )
