"""A person's own rule as the baseline: whom it picks among the holdout rows, and who is better."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from upshot.explaining.facts import Answer, RuleFacts, Verdict, Wording
from upshot.explaining.filters import Filter, in_words
from upshot.explaining.intervals import wilson
from upshot.explaining.ranking import cumulative
from upshot.explaining.wording import count, percent, quoted
from upshot.learning.state import Array
from upshot.wording import say

BOOTSTRAPS = 400
KEEP_THE_RULE = "rule"
"""The level of a verdict that advises to keep the rule."""


@dataclass(frozen=True, eq=False)
class Judged:
    """The holdout rows: who has the outcome, the model's ranking, and whom the rule picks."""

    target: Array
    scores: Array
    picked: Array


@dataclass(frozen=True)
class _Compared:
    contacted: int
    reached: int
    model_reached: float
    positives: int
    low: float
    high: float

    @property
    def reach(self) -> float:
        return self.reached / self.positives if self.positives else 0.0

    @property
    def model_reach(self) -> float:
        return self.model_reached / self.positives if self.positives else 0.0


def with_rule(answer: Answer, rule: Filter, judged: Judged) -> Answer:
    """Return the answer with the rule beside the model and in the verdict.

    On a tie, which is a difference within bootstrap noise, the rule is recommended: it is simpler
    and already in use.

    Parameters
    ----------
    answer : Answer
        Of a "who will" question.
    rule : Filter
        Whom the person contacts today.
    judged : Judged
        The holdout rows alone.
    """
    plain = without_rule(answer)
    compared = _compare(judged)
    better = _better(compared, len(judged.target))
    sentence = _sentence(compared, better, rule, plain.wording)
    low, high = wilson(compared.reached, compared.positives)
    facts = RuleFacts(
        rule=rule,
        contacted=compared.contacted,
        reached=compared.reached,
        reach=compared.reach,
        reach_low=low,
        reach_high=high,
        precision=compared.reached / compared.contacted if compared.contacted else 0.0,
        model_reach=compared.model_reach,
        gain=compared.model_reach - compared.reach,
        gain_low=compared.low,
        gain_high=compared.high,
        better=better,
        sentence=sentence,
        before=plain.verdict,
    )
    return replace(plain, rule=facts, verdict=_verdict(plain.verdict, facts, plain.wording))


def without_rule(answer: Answer) -> Answer:
    """Return the answer as it was before a rule was put beside it."""
    if answer.rule is None:
        return answer
    return replace(answer, verdict=answer.rule.before, rule=None)


def _compare(judged: Judged) -> _Compared:
    picked, target = judged.picked.astype(bool), judged.target.astype(float)
    contacted, positives = int(picked.sum()), int(target.sum())
    model = float(cumulative(target, judged.scores)[contacted])
    low, high = _gain_interval(target, judged.scores, picked)
    return _Compared(contacted, int(target[picked].sum()), model, positives, low, high)


def _gain_interval(target: Array, scores: Array, picked: Array) -> tuple[float, float]:
    """The 95 % interval of how much more of the positives the model reaches, rows drawn anew.

    Percentile bootstrap (Efron 1979): each draw contacts as many by either way.
    """
    rng = np.random.default_rng(0)
    rows = len(target)
    order = np.lexsort((rng.random(rows), -scores))
    ranked = target[order]
    gains = np.empty(BOOTSTRAPS)
    for draw in range(BOOTSTRAPS):
        weights = rng.multinomial(rows, np.full(rows, 1 / rows)).astype(float)
        contacts, taken = np.cumsum(weights[order]), np.cumsum(weights[order] * ranked)
        model = np.interp(float(weights[picked].sum()), contacts, taken)
        total = max(float(taken[-1]), 1.0)
        gains[draw] = (model - float((weights * target)[picked].sum())) / total
    low, high = np.quantile(gains, (0.025, 0.975))
    return float(low), float(high)


def _better(compared: _Compared, rows: int) -> str:
    if compared.contacted in (0, rows) or not compared.positives:
        return "none"
    if compared.low > 0:
        return "model"
    return "rule" if compared.high < 0 else "tie"


def _sentence(compared: _Compared, better: str, rule: Filter, wording: Wording) -> str:
    words = in_words(rule)
    if better == "none":
        if compared.contacted:
            return say("Your rule picks everybody, so there is no ranking to compare it with.")
        return say(
            "Among the rows set aside, your rule ({rule}) picks nobody. Check the value.",
            rule=words,
        )
    figures = {
        "rule": words,
        "contacts": count(compared.contacted),
        "positives": wording.positives,
        "reach": percent(compared.reach),
        "model": percent(compared.model_reach),
    }
    if better == "model":
        return say(
            "Your rule ({rule}) reaches {reach} of {positives}. The model reaches {model} with the "
            "same {contacts} contacts.",
            **figures,
        )
    if better == "rule":
        return say(
            "Your rule ({rule}) reaches {reach} of {positives} and beats the model, which reaches "
            "{model} with the same {contacts} contacts.",
            **figures,
        )
    return say(
        "Your rule ({rule}) reaches {reach} of {positives}, the model {model} with the same "
        "{contacts} contacts. The difference may be chance.",
        **figures,
    )


def _verdict(before: Verdict, facts: RuleFacts, wording: Wording) -> Verdict:
    reasons = (facts.sentence, *before.reasons)
    if facts.better not in ("tie", "rule"):
        return replace(before, reasons=reasons)
    words = in_words(facts.rule)
    sentence = say(
        "Keep your rule: contact everyone where {rule}. That reaches {reach} of {positives}.",
        rule=words,
        reach=percent(facts.reach),
        positives=wording.positives,
    )
    actions = (_why_keep(facts), *_sure_of_columns(facts.rule))
    return replace(
        before,
        level=KEEP_THE_RULE,
        sentence=sentence,
        reasons=reasons,
        actions=actions,
    )


def _why_keep(facts: RuleFacts) -> str:
    if facts.better == "rule":
        return say("Stay with your rule. The model would find fewer with as many contacts.")
    return say(
        "Stay with your rule while the two are as good as each other. A rule is simpler to "
        "explain. Use the model when you need a list of another length."
    )


def _sure_of_columns(rule: Filter) -> tuple[str, ...]:
    return tuple(
        say(
            "Make sure that {column} is filled in before the outcome is known. Otherwise the rule "
            "only looks good.",
            column=quoted(column),
        )
        for column in rule.columns
    )
