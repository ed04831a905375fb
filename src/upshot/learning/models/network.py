"""A small neural network, trained by PyTorch and served by numpy.

After RealMLP (arXiv 2407.04491): periodic embeddings of numbers, embeddings of categories, a
learned scale per input, a few wide layers in neural-tangent parametrisation. Predicting needs no
PyTorch, so a bundle works where it is not installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.matrix import Matrix
from upshot.learning.models.base import Family, Fit, Trial
from upshot.learning.state import Array, State, contiguous
from upshot.learning.task import TaskKind
from upshot.wording import mark, say_count

if TYPE_CHECKING:
    from upshot.learning.table_facts import TableFacts

_BATCH_ROWS = 8_192
# The constants that keep SELU activations at mean 0 and variance 1 (arXiv 1706.02515).
_SELU_ALPHA = 1.6732632423543772
_SELU_SCALE = 1.0507009873554805


@dataclass(frozen=True, eq=False)
class NetworkModel:
    """The weights of a trained network.

    Attributes
    ----------
    weights : mapping of str to numpy.ndarray of float32
        ``frequency``, ``phase``, ``projection``, ``offset`` of the number embeddings;
        ``category0`` … of the category embeddings; ``scale``; ``weight0``, ``bias0`` ….
    layers : int
        Hidden layers.
    categories : int
        Category columns.
    kind : TaskKind
        Shape of the outcome.
    centre, spread : float
        An amount's scale.
    iterations : int or None
        The epoch that validated best.
    """

    weights: Mapping[str, Array]
    layers: int
    categories: int
    kind: TaskKind
    centre: float
    spread: float
    iterations: int | None

    def predict(self, matrix: Matrix, cores: int) -> Array:
        """Predict encoded rows."""
        pieces = []
        for start in range(0, matrix.rows, _BATCH_ROWS):
            rows = slice(start, start + _BATCH_ROWS)
            pieces.append(self._forward(matrix.numbers[rows], matrix.codes[rows]))
        scores = np.concatenate(pieces).astype(np.float64)
        if self.kind is TaskKind.REGRESSION:
            return np.asarray(scores[:, 0] * self.spread + self.centre)
        if self.kind is TaskKind.BINARY:
            from scipy.special import expit

            return np.asarray(expit(scores[:, 0]))
        from scipy.special import softmax

        return np.asarray(softmax(scores, axis=1))

    def _forward(self, numbers: Array, codes: Array) -> Array:
        weights = self.weights
        inputs = [numbers]
        if "frequency" in weights:
            wave = np.cos(numbers[:, :, None] * weights["frequency"] + weights["phase"])
            bent = np.einsum("npk,pkd->npd", wave, weights["projection"], optimize=True)
            inputs.append((bent + weights["offset"]).reshape(len(numbers), -1))
        inputs += [weights[f"category{i}"][codes[:, i]] for i in range(self.categories)]
        hidden = np.hstack(inputs) * weights["scale"]
        for layer in range(self.layers):
            hidden = _selu(hidden @ weights[f"weight{layer}"] + weights[f"bias{layer}"])
        return np.asarray(hidden @ weights[f"weight{self.layers}"] + weights[f"bias{self.layers}"])

    def state(self) -> State:
        """Return the weights."""
        values = {
            "layers": self.layers,
            "categories": self.categories,
            "kind": str(self.kind),
            "centre": self.centre,
            "spread": self.spread,
            "iterations": self.iterations,
        }
        arrays = {name: contiguous(array, np.float32) for name, array in self.weights.items()}
        return State(values, arrays)


def _selu(x: Array) -> Array:
    bent = _SELU_ALPHA * np.expm1(np.minimum(x, 0))
    return np.asarray(_SELU_SCALE * np.where(x > 0, x, bent), dtype=np.float32)


def fit_network(fit: Fit) -> NetworkModel:
    """Train with PyTorch."""
    from upshot.learning.models.network_training import train

    trained = train(fit)
    return NetworkModel(
        weights=trained.weights,
        layers=trained.layers,
        categories=fit.train.codes.shape[1],
        kind=fit.kind,
        centre=trained.centre,
        spread=trained.spread,
        iterations=trained.epoch,
    )


def load_network(state: State) -> NetworkModel:
    """Rebuild from weights."""
    values = state.values
    return NetworkModel(
        weights=dict(state.arrays),
        layers=int(values["layers"]),
        categories=int(values["categories"]),
        kind=TaskKind(values["kind"]),
        centre=float(values["centre"]),
        spread=float(values["spread"]),
        iterations=values["iterations"],
    )


def sample_network(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    """Draw width, depth, step size and dropout around RealMLP's tuned defaults."""
    return {
        "network.width": trial.suggest_categorical("network.width", (64, 128, 256, 384)),
        "network.layers": trial.suggest_int("network.layers", 1, 3),
        "network.learning_rate": trial.suggest_float("network.learning_rate", 0.005, 0.1, log=True),
        "network.dropout": trial.suggest_float("network.dropout", 0.0, 0.5),
        "network.decay": trial.suggest_float("network.decay", 1e-4, 0.3, log=True),
        "network.embedding": trial.suggest_categorical("network.embedding", (True, False)),
    }


def describe_network(params: Mapping[str, Any]) -> str:
    """Say how large the network is."""
    layers = int(params.get("network.layers", 3))
    width = int(params.get("network.width", 256))
    return say_count(
        "{number} layer of {width}", "{number} layers of {width}", layers, width=str(width)
    )


NETWORK = Family(
    name="network",
    title=mark("neural network"),
    native=True,
    complete=True,
    package="torch",
    fit=fit_network,
    load=load_network,
    sample=sample_network,
    describe=describe_network,
    heeds_directions=False,
)
