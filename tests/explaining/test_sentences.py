import pytest

from upshot.explaining.facts import Effect
from upshot.explaining.sentences import Speech, driver_sentence

from .conftest import WORDING

PEOPLE = Speech("plan", "category", WORDING, "", amounts=False)
MONEY = Speech("plan", "category", WORDING, "", amounts=True)
CLASSES = Speech("plan", "category", WORDING, "Gold", amounts=False)


@pytest.mark.parametrize(
    ("speech", "top", "bottom", "said"),
    [
        (PEOPLE, 0.4, 0.1, "40 leavers per 100 customers, 4.0 times as many as"),
        (PEOPLE, 0.4, 0.001, "40 leavers per 100 customers, more than 50 times as many as"),
        (PEOPLE, 0.004, 0.002, "4 leavers per 1,000 customers, 2.0 times as many as"),
        (PEOPLE, 0.4, 0.0, "40 leavers per 100 customers, and none"),
        (MONEY, 1500.0, -20.0, "1,500 on average, 1,520 more than"),
        (CLASSES, 0.4, 0.1, "40 times `Gold` per 100 customers, 4.0 times as many as"),
    ],
)
def test_the_ends_are_compared(speech: Speech, top: float, bottom: float, said: str) -> None:
    effects = (Effect("missing", 0.5, bottom), Effect("a", 0.5, top))
    assert driver_sentence(speech, 0.2, effects) == (
        f"Where `plan` is a, we predict {said} where it is missing."
    )


@pytest.mark.parametrize("speech", [PEOPLE, MONEY, CLASSES])
def test_a_small_difference_is_not_talked_up(speech: Speech) -> None:
    effects = (Effect("a", 0.5, 0.4), Effect("b", 0.5, 0.399))
    assert "hardly moves the prediction by itself" in driver_sentence(speech, 0.2, effects)


def test_without_levels_the_share_is_told() -> None:
    assert driver_sentence(PEOPLE, 0.2, ()) == (
        "The column `plan` carries 20 % of what the model goes by."
    )


def test_a_column_that_names_one_thing_tells_none_of_its_values() -> None:
    from upshot.explaining.facts import Wording

    speech = Speech("id", "category", Wording("", ""), "", amounts=False, names_one=True)
    sentence = driver_sentence(speech, 0.9, ())
    assert sentence == "Which `id` it is carries 90 % of what the model goes by."


def test_amounts_carry_their_currency() -> None:
    from upshot.explaining.facts import Effect, Wording

    speech = Speech("plan", "category", Wording("", ""), "", amounts=True, currency="€")
    effects = (Effect("gold", 0.5, 120.0), Effect("basic", 0.5, 20.0))
    assert "€120 on average, €100 more than" in driver_sentence(speech, 0.9, effects)
