import pytest

from upshot.explaining import measures
from upshot.learning.metrics import METRICS
from upshot.learning.outcome import Interval
from upshot.learning.task import TaskKind
from upshot.wording import speaking


def test_every_metric_has_words_and_no_words_are_without_a_metric() -> None:
    known = {metric.name for kind in TaskKind for metric in METRICS[kind]}
    assert set(measures.MEASURES) == known


@pytest.mark.parametrize("name", sorted(measures.MEASURES))
def test_words_are_whole(name: str) -> None:
    assert measures.meaning(name).endswith(".)")
    assert measures.number(name, 0.5) in measures.clause(name, 0.5)
    assert measures.number(name, 0.5) in measures.short(name, 0.5)
    assert not measures.label(name).endswith(".")


def test_a_score_is_shown_in_the_measures_own_direction() -> None:
    assert measures.short("rmse", -418.46) == measures.short("rmse", 418.46) == "418 off"


def test_a_value_reads_as_a_range() -> None:
    assert (
        measures.ranged("auc", Interval(0.812, 0.79, 0.831))
        == "81.2 of 100, probably between 79.0 and 83.1"
    )
    assert measures.ranged("auc", Interval(0.812)) == "81.2 of 100"


def test_an_absent_value_is_an_empty_cell() -> None:
    assert measures.short("auc", None) == ""


def test_words_follow_the_language() -> None:
    with speaking("ru"):
        assert "81,2" in str(measures.short("auc", 0.812))


def test_nothing_explained_has_no_sign() -> None:
    assert measures.short("r2", -5.8e-05) == "0.0 %"
