"""Training of the small neural network; the only module that imports PyTorch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from upshot.learning.features.matrix import Matrix
from upshot.learning.models.base import Fit
from upshot.learning.state import Array
from upshot.learning.task import TaskKind
from upshot.wording import say

# Sizes of the periodic embedding of a number (RealMLP: 16 frequencies, 4 values with the number).
_FREQUENCIES = 16
_EMBEDDED = 3
_MOST_EMBEDDED_NUMBERS = 80
# Spread of the first frequencies, RealMLP's tuned default.
_FREQUENCY_SPREAD = 0.1
# RealMLP's factors on the learning rate.
_RATE_FACTORS = {"scale": 6.0, "bias": 0.1, "embedding": 0.1}
# Schedules are short: on tables of marketing size the log-loss is best after few passes, and one
# step costs milliseconds.
_MOST_STEPS = 3_000
_MOST_EPOCHS = 30
_FEWEST_EPOCHS = 6
_PATIENCE = 8
# Batches this small are slower on several threads than on one.
_ROWS_FOR_THREADS = 200_000
_CHECK_STEPS = 10


@dataclass(frozen=True)
class Trained:
    """What training gives back."""

    weights: dict[str, Array]
    layers: int
    centre: float
    spread: float
    epoch: int


@dataclass(frozen=True)
class _Rows:
    numbers: torch.Tensor
    codes: torch.Tensor
    target: torch.Tensor


class _Network:
    """Weights and the forward pass; mirrors `NetworkModel._forward`."""

    def __init__(self, fit: Fit, outputs: int, generator: torch.Generator) -> None:
        self.layers = int(fit.params.get("network.layers", 3))
        self.categories = fit.train.codes.shape[1]
        self.weights: dict[str, torch.Tensor] = {}
        self._generator = generator
        inputs = self._add_embeddings(fit)
        self.weights["scale"] = torch.ones(inputs)
        width = int(fit.params.get("network.width", 256))
        sizes = [inputs, *[width] * self.layers, outputs]
        for layer in range(self.layers + 1):
            spread = 1.0 if layer < self.layers else 0.1
            self.weights[f"weight{layer}"] = spread * self._normal(sizes[layer], sizes[layer + 1])
            bias = self._normal(sizes[layer + 1]) if layer < self.layers else torch.zeros(outputs)
            self.weights[f"bias{layer}"] = bias
        for weight in self.weights.values():
            weight.requires_grad_(True)

    def _normal(self, *shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=self._generator)

    def _add_embeddings(self, fit: Fit) -> int:
        columns = inputs = fit.train.numbers.shape[1]
        if fit.params.get("network.embedding", True) and 0 < columns <= _MOST_EMBEDDED_NUMBERS:
            self.weights["frequency"] = (
                2 * math.pi * _FREQUENCY_SPREAD * self._normal(columns, _FREQUENCIES)
            )
            phase = torch.rand(columns, _FREQUENCIES, generator=self._generator)
            self.weights["phase"] = math.pi * (2 * phase - 1)
            self.weights["projection"] = self._normal(columns, _FREQUENCIES, _EMBEDDED) / math.sqrt(
                _FREQUENCIES
            )
            self.weights["offset"] = torch.zeros(columns, _EMBEDDED)
            inputs += columns * _EMBEDDED
        for i, size in enumerate(fit.train.cardinalities):
            width = min(8, max(2, size - 1))
            self.weights[f"category{i}"] = self._normal(size, width)
            inputs += width
        return int(inputs)

    def rate(self, name: str) -> float:
        """Factor on the learning rate for a weight."""
        if name.startswith("bias"):
            return _RATE_FACTORS["bias"]
        if name in ("frequency", "phase", "projection", "offset"):
            return _RATE_FACTORS["embedding"]
        return _RATE_FACTORS["scale"] if name == "scale" else 1.0

    def forward(self, numbers: torch.Tensor, codes: torch.Tensor, dropout: float) -> torch.Tensor:
        """Return scores; hidden values are dropped at random when `dropout` is above 0."""
        weights = self.weights
        inputs = [numbers]
        if "frequency" in weights:
            wave = torch.cos(numbers[:, :, None] * weights["frequency"] + weights["phase"])
            bent = torch.einsum("npk,pkd->npd", wave, weights["projection"]) + weights["offset"]
            inputs.append(bent.flatten(1))
        inputs += [weights[f"category{i}"][codes[:, i]] for i in range(self.categories)]
        hidden = torch.cat(inputs, dim=1) * weights["scale"]
        for layer in range(self.layers + 1):
            weight = weights[f"weight{layer}"]
            hidden = hidden @ weight / math.sqrt(weight.shape[0]) + weights[f"bias{layer}"]
            if layer < self.layers:
                hidden = self._drop(functional.selu(hidden), dropout)
        return hidden

    def _drop(self, hidden: torch.Tensor, share: float) -> torch.Tensor:
        if share <= 0.0:
            return hidden
        kept = torch.rand(hidden.shape, generator=self._generator) >= share
        return hidden * kept / (1.0 - share)

    def frozen(self) -> dict[str, Array]:
        """Return the weights as numpy sees them: the parametrisation's factor multiplied in."""
        arrays = {name: w.detach().numpy().copy() for name, w in self.weights.items()}
        for layer in range(self.layers + 1):
            weight = arrays[f"weight{layer}"]
            arrays[f"weight{layer}"] = weight / np.float32(math.sqrt(weight.shape[0]))
        return arrays


def train(fit: Fit) -> Trained:
    """Train for a fixed schedule, and keep the epoch that validates best."""
    with _threads(fit.context.cores if fit.train.rows >= _ROWS_FOR_THREADS else 1):
        return _train(fit)


@contextmanager
def _threads(cores: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(cores)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _train(fit: Fit) -> Trained:
    generator = torch.Generator().manual_seed(fit.context.seed)
    centre, spread = 0.0, 1.0
    if fit.kind is TaskKind.REGRESSION:
        centre, spread = float(np.mean(fit.target)), float(np.std(fit.target)) or 1.0
    rows = _rows(fit, fit.train, fit.target, centre, spread)
    valid = None
    if fit.valid is not None and fit.valid_target is not None and fit.context.iterations is None:
        valid = _rows(fit, fit.valid, fit.valid_target, centre, spread)
    outputs = fit.n_classes if fit.kind is TaskKind.MULTICLASS else 1
    network = _Network(fit, outputs, generator)
    weights, epoch = _epochs(fit, network, rows, valid, generator)
    return Trained(weights, network.layers, centre, spread, epoch)


def _rows(fit: Fit, matrix: Matrix, target: Array, centre: float, spread: float) -> _Rows:
    if fit.kind is TaskKind.MULTICLASS:
        wanted = torch.from_numpy(target.astype(np.int64))
    else:
        wanted = torch.from_numpy(((target - centre) / spread).astype(np.float32))
    numbers = torch.from_numpy(np.ascontiguousarray(matrix.numbers, dtype=np.float32))
    return _Rows(numbers, torch.from_numpy(matrix.codes.astype(np.int64)), wanted)


def _loss(kind: TaskKind) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    if kind is TaskKind.MULTICLASS:
        return functional.cross_entropy
    if kind is TaskKind.BINARY:
        return lambda scores, target: functional.binary_cross_entropy_with_logits(
            scores[:, 0], target
        )
    return lambda scores, target: functional.mse_loss(scores[:, 0], target)


def _epochs(
    fit: Fit,
    network: _Network,
    rows: _Rows,
    valid: _Rows | None,
    generator: torch.Generator,
) -> tuple[dict[str, Array], int]:
    count = len(rows.numbers)
    batch = _batch_rows(count)
    steps = max(1, math.ceil(count / batch))
    epochs = max(_FEWEST_EPOCHS, min(_MOST_EPOCHS, _MOST_STEPS // steps))
    last = min(fit.context.iterations or epochs, epochs)
    schedule = _Schedule(fit, network, epochs * steps)
    loss = _loss(fit.kind)
    best: tuple[float, int, dict[str, Array]] | None = None
    for epoch in range(1, last + 1):
        order = torch.randperm(count, generator=generator)
        for number, picked in enumerate(order.split(batch)):
            schedule.step(loss, rows, picked)
            if number % _CHECK_STEPS == 0 and fit.context.is_over():
                break
        score = _score(network, valid, loss)
        if best is None or score < best[0] or valid is None:
            best = (score, epoch, network.frozen())
        if fit.context.is_over() or epoch - best[1] >= _PATIENCE:
            break
    if best is None:
        raise ValueError(say("The network was given no epoch to train."))
    return best[2], best[1]


def _batch_rows(rows: int) -> int:
    """Few rows are seen in small batches, so that there are enough steps to learn from."""
    return 1_024 if rows > 50_000 else min(256, max(32, rows // 16))


def _score(
    network: _Network,
    valid: _Rows | None,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> float:
    if valid is None:
        return 0.0
    with torch.no_grad():
        scores = [
            network.forward(numbers, codes, 0.0)
            for numbers, codes in zip(
                valid.numbers.split(8_192), valid.codes.split(8_192), strict=True
            )
        ]
        value = float(loss(torch.cat(scores), valid.target))
    return value if math.isfinite(value) else math.inf


class _Schedule:
    """AdamW whose steps, dropout and decay fade to zero along a cosine."""

    def __init__(self, fit: Fit, network: _Network, steps: int) -> None:
        self._network = network
        self._rate = float(fit.params.get("network.learning_rate", 0.004))
        self._dropout = float(fit.params.get("network.dropout", 0.2))
        decay = float(fit.params.get("network.decay", 0.01))
        self._steps = steps
        self._step = 0
        groups = [
            {
                "params": [weight],
                "factor": network.rate(name),
                "weight_decay": decay if name.startswith("weight") else 0.0,
            }
            for name, weight in network.weights.items()
        ]
        self._optimiser = torch.optim.AdamW(groups, lr=self._rate, betas=(0.9, 0.95))

    def step(
        self,
        loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
        rows: _Rows,
        picked: torch.Tensor,
    ) -> None:
        """Learn from one batch."""
        left = 0.5 * (1 + math.cos(math.pi * min(1.0, self._step / self._steps)))
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate * group["factor"] * left
        scores = self._network.forward(
            rows.numbers[picked], rows.codes[picked], self._dropout * left
        )
        self._optimiser.zero_grad(set_to_none=True)
        loss(scores, rows.target[picked]).backward()
        self._optimiser.step()
        self._step += 1
