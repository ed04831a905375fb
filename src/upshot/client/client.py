"""The client: one method per thing that programs do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypedDict, TypeVar, Unpack

from upshot.client.errors import NotDone
from upshot.client.facts import (
    Bundle,
    Dataset,
    Prediction,
    Progress,
    RowPredictions,
    Run,
    Suggestion,
    Webhook,
)
from upshot.client.sending import HearSent, LocalFile, Sender
from upshot.client.transport import Request, Transport
from upshot.errors import InputError
from upshot.files import appearing
from upshot.jsonable import from_jsonable

T = TypeVar("T")

POLL_SECONDS = 1.0
_ENDED = frozenset({"ready", "succeeded", "failed", "cancelled"})
_WELL = frozenset({"ready", "succeeded"})


class RunOptions(TypedDict, total=False):
    """What may be said of a run besides its data set and target.

    Attributes
    ----------
    positive : str
        The outcome to look for.
    question : {"who_will", "which_one", "how_much"}
        What is asked, where numbers could be labels or amounts.
    date, group : str
        The clock of the rows; the column whose equal values stay together.
    ignore, keep : list of str
        Columns no model may see; columns to use although they may give the answer away.
    effort : {"quick", "standard", "thorough"}
        About 10 seconds, 1 minute or 10 minutes.
    suspects : {"ignore", "keep", "refuse"}
        What to do with columns that may give the answer away.
    keep_personal : bool
        Let personal data into the model. The bundle then keeps values of it, and whoever gets the
        bundle can read them.
    """

    positive: str
    question: str
    date: str
    group: str
    ignore: list[str]
    keep: list[str]
    effort: str
    suspects: str
    keep_personal: bool


class Client:
    """Upshot for programs.

    Parameters
    ----------
    url : str, optional
        Where the site is; without it, the environment variable ``UPSHOT_URL``.
    token : str, optional
        ``upshot_…``; without it, ``UPSHOT_TOKEN``.
    timeout : float
        Seconds to wait for an answer.
    """

    def __init__(
        self, url: str | None = None, token: str | None = None, *, timeout: float = 60.0
    ) -> None:
        url, token = url or os.environ.get("UPSHOT_URL"), token or os.environ.get("UPSHOT_TOKEN")
        if not url or not token:
            raise InputError(
                "The client needs the address of a site and a token.",
                "Give them, or set UPSHOT_URL and UPSHOT_TOKEN.",
            )
        self._transport = Transport(url, token, timeout)
        self._sender = Sender(self._transport)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection of this thread."""
        self._transport.close()

    # Data sets

    def datasets(self) -> Iterator[Dataset]:
        """Every data set, newest first."""
        return self._listed("/datasets", Dataset)

    def dataset(self, dataset: str) -> Dataset:
        """One data set with its columns and remarks."""
        return self._got(f"/datasets/{dataset}", Dataset)

    def upload(self, file: str | Path, *, on_progress: HearSent | None = None) -> Dataset:
        """Upload a file, unless the site has it already; streamed, whatever its size.

        A file of 16 MB or more goes in pieces: after a cut it goes on where it stopped, also when
        the program was ended and the same file is uploaded again within a day.

        Parameters
        ----------
        file : str or Path
            The file; it must stay as it is until it has arrived.
        on_progress : callable, optional
            Hears a `Sent` after every piece, and before every wait for a lost connection.

        Raises
        ------
        ApiError
            When the site refuses it, or cannot be reached for some minutes.
        InputError
            When the file changed while it was sent.
        """
        local = LocalFile.of(Path(file))
        there = self._get("/datasets", {"sha256": local.sha256, "limit": 1})["items"]
        if there and there[0]["state"] not in ("failed", "cancelled"):
            return from_jsonable(there[0], Dataset)
        reply = self._sender.post("/datasets", {}, local, on_progress)
        return from_jsonable(reply.json(), Dataset)

    def wait_for_dataset(self, dataset: str, *, timeout: float = 600.0) -> Dataset:
        """Wait until a data set is read."""
        self._wait(f"/datasets/{dataset}", timeout)
        return self.dataset(dataset)

    def questions(self, dataset: str) -> tuple[Suggestion, ...]:
        """Questions a data set could answer, best first."""
        return from_jsonable(self._get(f"/datasets/{dataset}/questions"), tuple[Suggestion, ...])

    def delete_dataset(self, dataset: str) -> None:
        """Delete a data set and everything made from it."""
        self._delete(f"/datasets/{dataset}")

    # Runs

    def runs(self) -> Iterator[Run]:
        """Every run, newest first."""
        return self._listed("/runs", Run)

    def run(self, run: str) -> Run:
        """One run."""
        return self._got(f"/runs/{run}", Run)

    def start_run(self, dataset: str, target: str, **options: Unpack[RunOptions]) -> Run:
        """Ask a question and learn to answer it; see `RunOptions`."""
        return self._posted("/runs", {"dataset": dataset, "target": target, **options}, Run)

    def progress(self, run: str) -> Progress:
        """How a run goes."""
        return self._got(f"/runs/{run}/progress", Progress)

    def wait_for_run(
        self,
        run: str,
        *,
        timeout: float = 3600.0,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Run:
        """Wait until a run has ended well; `on_progress` hears every change."""

        def hear(plain: Any) -> None:
            if on_progress is not None:
                on_progress(from_jsonable(plain, Progress))

        self._wait(f"/runs/{run}/progress", timeout, hear)
        return self.run(run)

    def stop(self, run: str) -> Run:
        """Finish a run with the best so far."""
        return self._posted(f"/runs/{run}/stop", {}, Run)

    def cancel(self, run: str) -> Run:
        """Give up on a run."""
        return self._posted(f"/runs/{run}/cancel", {}, Run)

    def answer(self, run: str) -> dict[str, Any]:
        """Every fact of the answer, as plain values."""
        found: dict[str, Any] = self._get(f"/runs/{run}/answer")
        return found

    def report(self, run: str, out: str | Path) -> Path:
        """Save the report; the ending of `out` decides: .html, .xlsx or .pptx."""
        ending = Path(out).suffix.removeprefix(".")
        return self._saved(Request("GET", f"/runs/{run}/report", {"format": ending}), out)

    def delete_run(self, run: str) -> None:
        """Delete a run; its bundle stays."""
        self._delete(f"/runs/{run}")

    # Bundles and predictions

    def bundles(self) -> Iterator[Bundle]:
        """Every bundle, newest first."""
        return self._listed("/bundles", Bundle)

    def bundle(self, bundle: str) -> Bundle:
        """One bundle with the columns it needs."""
        return self._got(f"/bundles/{bundle}", Bundle)

    def download_bundle(self, bundle: str, out: str | Path) -> Path:
        """Save the ``.upshot`` file."""
        return self._saved(Request("GET", f"/bundles/{bundle}/file"), out)

    def delete_bundle(self, bundle: str) -> None:
        """Delete a bundle and the lists scored by it."""
        self._delete(f"/bundles/{bundle}")

    def predict(
        self, bundle: str, rows: Sequence[Mapping[str, Any]], *, reasons: int = 0
    ) -> RowPredictions:
        """Score up to 1,000 rows at once."""
        wish = {"rows": [dict(row) for row in rows], "reasons": reasons}
        return self._posted(f"/bundles/{bundle}/predict", wish, RowPredictions)

    def score(
        self, bundle: str, file: str | Path, *, on_progress: HearSent | None = None
    ) -> Prediction:
        """Have a file scored, sent as `upload` sends it; wait with `wait_for_prediction`."""
        local = LocalFile.of(Path(file))
        reply = self._sender.post("/predictions", {"bundle": bundle}, local, on_progress)
        return from_jsonable(reply.json(), Prediction)

    def predictions(self, bundle: str | None = None) -> Iterator[Prediction]:
        """Every scored list, or those of one bundle, newest first."""
        return self._listed("/predictions", Prediction, {"bundle": bundle})

    def prediction(self, prediction: str) -> Prediction:
        """One scored list."""
        return self._got(f"/predictions/{prediction}", Prediction)

    def wait_for_prediction(self, prediction: str, *, timeout: float = 3600.0) -> Prediction:
        """Wait until a list is scored."""
        self._wait(f"/predictions/{prediction}", timeout)
        return self.prediction(prediction)

    def download_prediction(self, prediction: str, out: str | Path) -> Path:
        """Save a scored list; the ending of `out` decides: .csv, .xlsx or .parquet."""
        ending = Path(out).suffix.removeprefix(".")
        return self._saved(
            Request("GET", f"/predictions/{prediction}/file", {"format": ending}), out
        )

    def delete_prediction(self, prediction: str) -> None:
        """Delete a scored list."""
        self._delete(f"/predictions/{prediction}")

    # Webhooks

    def webhooks(self) -> Iterator[Webhook]:
        """Every address that is told."""
        return self._listed("/webhooks", Webhook)

    def add_webhook(self, url: str, events: Iterable[str]) -> Webhook:
        """Have an address told; keep the `secret`, it is not shown again."""
        return self._posted("/webhooks", {"url": url, "events": list(events)}, Webhook)

    def delete_webhook(self, webhook: str) -> None:
        """Tell an address no more."""
        self._delete(f"/webhooks/{webhook}")

    def _get(self, path: str, query: Mapping[str, Any] | None = None) -> Any:
        return self._transport.send(Request("GET", path, query or {})).json()

    def _got(self, path: str, kind: type[T]) -> T:
        return from_jsonable(self._get(path), kind)

    def _posted(self, path: str, body: Mapping[str, Any], kind: type[T]) -> T:
        return from_jsonable(self._transport.send(Request("POST", path, body=body)).json(), kind)

    def _delete(self, path: str) -> None:
        self._transport.send(Request("DELETE", path))

    def _listed(
        self, path: str, kind: type[T], query: Mapping[str, Any] | None = None
    ) -> Iterator[T]:
        cursor: str | None = None
        while True:
            part = self._get(path, {**(query or {}), "cursor": cursor})
            for item in part["items"]:
                yield from_jsonable(item, kind)
            cursor = part["next"]
            if not cursor:
                return

    def _saved(self, request: Request, out: str | Path) -> Path:
        path = Path(out)
        with appearing(path) as temporary, temporary.open("wb") as stream:
            self._transport.stream(request, stream)
        return path

    def _wait(self, path: str, timeout: float, hear: Callable[[Any], None] | None = None) -> None:
        end, tag = time.monotonic() + timeout, ""
        while True:
            headers = {"If-None-Match": tag} if tag else {}
            reply = self._transport.send(Request("GET", path, headers=headers))
            if reply.status != 304:
                tag, plain = reply.headers.get("etag", ""), reply.json()
                if hear is not None:
                    hear(plain)
                if plain["state"] in _WELL:
                    return
                if plain["state"] in _ENDED:
                    raise NotDone(plain["message"] or f"It ended as “{plain['state']}”.")
            if time.monotonic() > end:
                raise NotDone(f"It takes longer than {timeout:,.0f} seconds.", "Wait longer.")
            time.sleep(POLL_SECONDS)
