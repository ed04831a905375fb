"""One peer on one task, run by the Python of the peer's own environment (see `peers.py`).

It knows nothing of Upshot: it reads two CSV files, fits within the seconds given, and writes what
it predicts (``p_<label>`` per outcome, or ``prediction``) and what that took.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd


class Job:
    """What a peer is asked to do."""

    def __init__(self, options: argparse.Namespace) -> None:
        train = pd.read_csv(options.train)
        train = train[train[options.target].notna()].reset_index(drop=True)
        self.target: str = options.target
        self.task: str = options.task
        self.seconds: int = options.seconds
        self.cores: int = options.cores
        self.seed: int = options.seed
        self.folder = Path(tempfile.mkdtemp(prefix="peer-"))
        self.labels = sorted(train[self.target].astype(str).unique())
        if self.is_class:
            train[self.target] = train[self.target].astype(str)
        self.train = train
        self.test = pd.read_csv(options.test)

    @property
    def is_class(self) -> bool:
        """Whether outcomes rather than amounts are predicted."""
        return self.task != "regression"

    def inputs(self) -> tuple[pd.DataFrame, pd.Series]:
        """Columns and outcome apart."""
        return self.train.drop(columns=self.target), self.train[self.target]

    def scored(self, predicted: Any, labels: Any = None) -> pd.DataFrame:
        """Predictions as the benchmark reads them."""
        if not self.is_class:
            return pd.DataFrame({"prediction": predicted})
        names = self.labels if labels is None else [str(label) for label in labels]
        return pd.DataFrame(predicted, columns=[f"p_{name}" for name in names])


def _as_text(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Every column that is not a number as text without gaps, as CatBoost wants categories."""
    frame = frame.copy()
    names = [str(c) for c in frame.columns if not pd.api.types.is_numeric_dtype(frame[c])]
    for name in names:
        frame[name] = frame[name].astype(object).where(frame[name].notna(), "missing").astype(str)
    return frame, names


def run_catboost(job: Job) -> Any:
    """CatBoost as it comes: its defaults, categories as they are, no look at the clock."""
    from catboost import CatBoostClassifier, CatBoostRegressor

    features, target = job.inputs()
    features, names = _as_text(features)
    made = CatBoostClassifier if job.is_class else CatBoostRegressor
    model = made(
        cat_features=names,
        random_seed=job.seed,
        thread_count=job.cores,
        verbose=False,
        allow_writing_files=False,
    )
    model.fit(features, target)
    model.save_model(str(job.folder / "model.cbm"))
    test = _as_text(job.test)[0]
    for name in names:
        test[name] = test[name].astype(str)

    def predict() -> pd.DataFrame:
        if job.is_class:
            return job.scored(model.predict_proba(test), model.classes_)
        return job.scored(model.predict(test))

    return predict


def run_flaml(job: Job) -> Any:
    """FLAML with log-loss or squared error, which serves both its figures best."""
    from flaml import AutoML

    features, target = job.inputs()
    model = AutoML()
    model.fit(
        features,
        target,
        task="classification" if job.is_class else "regression",
        metric="log_loss" if job.is_class else "rmse",
        time_budget=job.seconds,
        n_jobs=job.cores,
        seed=job.seed,
        verbose=0,
    )
    import pickle  # only to learn how large the model is

    (job.folder / "model").write_bytes(pickle.dumps(model.model.estimator))

    def predict() -> pd.DataFrame:
        if job.is_class:
            return job.scored(model.predict_proba(job.test), model.classes_)
        return job.scored(model.predict(job.test))

    return predict


def run_autogluon(job: Job, preset: str = "best_quality") -> Any:
    """AutoGluon with a preset, told to optimise log-loss or squared error."""
    from autogluon.tabular import TabularPredictor

    model = TabularPredictor(
        job.target,
        path=str(job.folder),
        eval_metric="log_loss" if job.is_class else "root_mean_squared_error",
        verbosity=0,
    )
    model.fit(job.train, time_limit=job.seconds, presets=preset, num_cpus=job.cores, num_gpus=0)

    def predict() -> pd.DataFrame:
        if job.is_class:
            shares = model.predict_proba(job.test)
            return job.scored(shares.to_numpy(), shares.columns)
        return job.scored(model.predict(job.test).to_numpy())

    return predict


def run_autogluon_medium(job: Job) -> Any:
    """AutoGluon's quick preset."""
    return run_autogluon(job, "medium_quality")


def run_lightautoml(job: Job) -> Any:
    """LightAutoML's tabular preset."""
    from lightautoml.automl.presets.tabular_presets import TabularAutoML
    from lightautoml.tasks import Task

    names = {"binary": "binary", "multiclass": "multiclass", "regression": "reg"}
    model = TabularAutoML(
        task=Task(names[job.task]),
        timeout=job.seconds,
        cpu_limit=job.cores,
        reader_params={"n_jobs": job.cores, "random_state": job.seed},
    )
    train = job.train.copy()
    if job.is_class:
        train[job.target] = train[job.target].map({v: i for i, v in enumerate(job.labels)})
    model.fit_predict(train, roles={"target": job.target})

    def predict() -> pd.DataFrame:
        found = model.predict(job.test).data
        if job.task == "binary":
            return job.scored({"0": 1 - found[:, 0], "1": found[:, 0]}.values())
        return job.scored(found if job.is_class else found[:, 0])

    return predict


def run_h2o(job: Job) -> Any:
    """H2O AutoML in a Java process of its own."""
    import h2o
    from h2o.automl import H2OAutoML

    h2o.init(nthreads=job.cores, max_mem_size="4g", start_h2o=True)
    h2o.no_progress()
    train, test = h2o.H2OFrame(job.train), h2o.H2OFrame(job.test)
    if job.is_class:
        train[job.target] = train[job.target].asfactor()
    model = H2OAutoML(max_runtime_secs=job.seconds, seed=job.seed, nfolds=5)
    model.train(y=job.target, training_frame=train)
    h2o.save_model(model.leader, str(job.folder))

    def predict() -> pd.DataFrame:
        found = model.leader.predict(test).as_data_frame()
        if not job.is_class:
            return job.scored(found["predict"].to_numpy())
        shares = found.drop(columns="predict")
        # H2O puts a "p" before labels that are numbers.
        names = [n if n in job.labels else n.removeprefix("p") for n in shares.columns]
        return job.scored(shares.to_numpy(), names)

    return predict


def run_mljar(job: Job) -> Any:
    """mljar-supervised in its mode for competitions."""
    from supervised.automl import AutoML

    features, target = job.inputs()
    model = AutoML(
        results_path=str(job.folder / "mljar"),
        mode="Compete",
        total_time_limit=job.seconds,
        eval_metric="logloss" if job.is_class else "rmse",
        n_jobs=job.cores,
        random_state=job.seed,
        verbose=0,
    )
    model.fit(features, target)

    def predict() -> pd.DataFrame:
        if job.is_class:
            return job.scored(model.predict_proba(job.test))
        return job.scored(model.predict(job.test))

    return predict


RUNNERS = {
    "catboost": run_catboost,
    "flaml": run_flaml,
    "autogluon": run_autogluon,
    "autogluon-medium": run_autogluon_medium,
    "lightautoml": run_lightautoml,
    "h2o": run_h2o,
    "mljar": run_mljar,
}


def main() -> None:
    """Fit, predict, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=sorted(RUNNERS))
    parser.add_argument("--train", required=True)
    parser.add_argument("--test", required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--task", choices=("binary", "multiclass", "regression"), required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--cores", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    job = Job(options)
    try:
        began = time.monotonic()
        predict = RUNNERS[options.peer](job)
        fitted = time.monotonic()
        predict().to_csv(options.out, index=False)
        taken = {
            "train_seconds": round(fitted - began, 1),
            "predict_seconds": round(time.monotonic() - fitted, 2),
            "bundle_mb": round(_size(job.folder) / 1e6, 2),
        }
        options.out.with_suffix(".json").write_text(json.dumps(taken))
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
