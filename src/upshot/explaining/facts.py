"""The facts of an answer: frozen, JSON-able, computed once; everything a person reads is rendered
from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from upshot.errors import Note
from upshot.explaining.filters import Filter
from upshot.learning.outcome import CandidateRecord, Interval, Member, SplitFacts
from upshot.learning.task import Task


@dataclass(frozen=True)
class GainsPoint:
    """What happens when the highest-ranked share of the holdout is contacted.

    ``share`` of people contacted (0–1), their number, the positives among them, the share of all
    positives reached with its 95 % interval, lift over random picking, precision, and the lowest
    probability contacted.
    """

    share: float
    contacted: int
    reached: int
    reach: float
    reach_low: float
    reach_high: float
    lift: float
    precision: float
    threshold: float


@dataclass(frozen=True)
class Gains:
    """The gains curve over the holdout at each per cent.

    ``spread`` holds, for each point, how the share of takers among those contacted is spread over
    bootstrap resamples: its quantiles at the levels of `spread.LEVELS`. Answers of earlier releases
    have none.
    """

    rows: int
    positives: int
    points: tuple[GainsPoint, ...]
    spread: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Reach:
    """Precision and reach at one cut-off, each with its 95 % interval."""

    share: float
    contacted: int
    reached: int
    reach: float
    reach_low: float
    reach_high: float
    precision: float
    precision_low: float
    precision_high: float
    lift: float
    threshold: float


@dataclass(frozen=True)
class ProfitPoint:
    """Costs and earnings when the top ``share`` is contacted.

    ``low`` and ``high`` are the 95 % interval of the profit; ``loss_chance`` is the chance (0–1)
    that this cut-off loses money.
    """

    share: float
    contacted: int
    reached: float
    threshold: float
    cost: float
    revenue: float
    profit: float
    low: float
    high: float
    loss_chance: float


@dataclass(frozen=True)
class ProfitFacts:
    """A campaign's profit at every cut-off; ``best`` is None when no cut-off pays.

    ``best`` stays within ``capacity``, and ``limited`` says that the capacity decided it.
    ``loss_sentence`` tells the chance that the best cut-off loses money.
    """

    cost_per_contact: float
    value_per_conversion: float
    people: int
    points: tuple[ProfitPoint, ...]
    best: ProfitPoint | None
    everyone: ProfitPoint
    nobody: float
    sentence: str
    capacity: int | None = None
    currency: str = ""
    loss_sentence: str = ""
    limited: bool = False


@dataclass(frozen=True)
class Decile:
    """One tenth of the holdout by predicted value, 1 is the highest.

    Binary: ``outcome`` is the share of positives; regression: the mean amount. ``cumulative_reach``
    is the share of all positives (or of the whole amount) in this decile and the ones above.
    """

    decile: int
    rows: int
    predicted: float
    outcome: float
    lift: float
    cumulative_reach: float


@dataclass(frozen=True)
class CalibrationBin:
    """Of ``rows`` people given ``predicted`` on average, ``observed`` had the outcome."""

    rows: int
    predicted: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """The average prediction when a driver takes values in a range or level (``label``)."""

    label: str
    share: float
    prediction: float


@dataclass(frozen=True)
class Driver:
    """A column that moves the prediction.

    Attributes
    ----------
    importance : Interval
        Loss of the metric when the column is shuffled on the holdout, as a share of all losses
        (0–1).
    direction : {"up", "down", "mixed", "none"}
        Whether higher values go with higher predictions; ``"mixed"`` for levels and bends.
    sentence : str
        In plain words, with numbers.
    about : str
        Multiclass: the class whose probability the effects speak of; else empty.
    lever : {"change", "fixed", "consequence", ""}
        Whether a person can change it (`levers.LEVERS`); empty when that is not known.
    """

    column: str
    kind: str
    importance: Interval
    direction: str
    effects: tuple[Effect, ...]
    sentence: str
    about: str = ""
    lever: str = ""


@dataclass(frozen=True)
class ClassFacts:
    """Multiclass: one class on the holdout."""

    name: str
    rows: int
    predicted_rows: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True)
class AmountFacts:
    """Regression: errors on the holdout in the unit of the amount; ``coverage`` of the 80 %
    intervals.
    """

    mean: float
    typical_error: float
    baseline_error: float
    coverage: float | None
    pairs: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Verdict:
    """The answer in one sentence.

    ``level`` is ``"good"``, ``"modest"``, ``"nothing"`` (nothing to learn here) or ``"too-little"``
    (too little data to tell); ``"rule"`` advises to keep the person's own rule. ``suspicious`` is
    set when the result is too good to be true. ``reasons`` says why, ``actions`` what to do next;
    ``share`` is the recommended cut-off (0–1). ``ask_instead`` is the outcome to look for when
    nearly everybody has the one asked for.
    """

    level: str
    sentence: str
    reasons: tuple[str, ...] = ()
    suspicious: bool = False
    actions: tuple[str, ...] = ()
    share: float | None = None
    ask_instead: str = ""


@dataclass(frozen=True)
class RuleFacts:
    """A person's own rule beside the model, on the holdout rows alone.

    Attributes
    ----------
    rule : Filter
        Whom the person contacts today.
    contacted, reached : int
        Holdout rows that the rule picks, and the positives among them.
    reach, reach_low, reach_high, precision : float
        Share of all positives that the rule reaches, with its 95 % interval, and the share of
        positives among those it picks.
    model_reach : float
        What the model reaches with as many contacts.
    gain, gain_low, gain_high : float
        `model_reach` less `reach` with its 95 % bootstrap interval.
    better : {"model", "rule", "tie", "none"}
        Who reaches more, beyond noise; "none" when the rule picks nobody or everybody.
    sentence : str
        The comparison in words.
    before : Verdict
        What the answer says without the rule.
    """

    rule: Filter
    contacted: int
    reached: int
    reach: float
    reach_low: float
    reach_high: float
    precision: float
    model_reach: float
    gain: float
    gain_low: float
    gain_high: float
    better: str
    sentence: str
    before: Verdict


@dataclass(frozen=True)
class Segment:
    """One filter that holds many positives, measured on the holdout rows alone.

    ``rows`` it picks and their ``share``, the share of all positives it reaches, its ``precision``
    with the 95 % interval and its ``lift``; ``words`` for people, ``text`` for other tools.
    """

    filter: Filter
    rows: int
    share: float
    reach: float
    precision: float
    precision_low: float
    precision_high: float
    lift: float
    words: str
    sentence: str
    text: str


@dataclass(frozen=True)
class Segments:
    """Up to three filters, and what they pick and find together."""

    segments: tuple[Segment, ...]
    share: float
    reach: float
    sentence: str
    text: str


@dataclass(frozen=True)
class CurvePoint:
    """How good a model of so many rows is; the 95 % interval where there is one."""

    rows: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class MoreData:
    """How much more data would help.

    Attributes
    ----------
    measure : {"pairs", "right", "explained"}
        Share of pairs put in the right order, of right answers, or of differences explained.
    measured : tuple of CurvePoint
        Models of fewer rows and of all, on the holdout rows.
    expected : tuple of CurvePoint
        The curve drawn on, to two and four times the rows.
    outlook : {"helps", "little", "unclear"}
        Whether twice the rows would help, hardly help, or whether that cannot be told.
    sentence : str
        The same in words.
    """

    measure: str
    measured: tuple[CurvePoint, ...]
    expected: tuple[CurvePoint, ...]
    outlook: str
    sentence: str


@dataclass(frozen=True)
class Wording:
    """How a question speaks of its outcome.

    ``title`` ("Who will convert?"), ``outcome`` ("`Converted` is 1"), ``unit`` plural of a row
    ("people", "customers", "rows"), ``positives`` plural of a positive ("buyers", "leavers"),
    ``currency`` the sign or code of sums where the file shows one.
    """

    title: str
    outcome: str
    unit: str = "people"
    positives: str = "positives"
    currency: str = ""


@dataclass(frozen=True)
class Answer:
    """Everything known about one finished run."""

    question: str
    wording: Wording
    task: Task
    file: str
    rows: int
    columns: tuple[str, ...]
    created: str
    seconds: float
    seed: int
    cores: int
    metric: str
    holdout: Mapping[str, Interval]
    baseline: Mapping[str, float]
    split: SplitFacts
    verdict: Verdict
    gains: Gains | None
    deciles: tuple[Decile, ...]
    calibration: tuple[CalibrationBin, ...]
    calibration_method: str
    drivers: tuple[Driver, ...]
    classes: tuple[ClassFacts, ...]
    amounts: AmountFacts | None
    candidates: tuple[CandidateRecord, ...]
    ensemble: tuple[Member, ...]
    refitted: bool
    reasons_fidelity: float | None
    warnings: tuple[Note, ...]
    rule: RuleFacts | None = None
    segments: Segments | None = None
    more_data: MoreData | None = None
