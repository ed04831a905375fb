"""Bundles kept open between requests: a few, those used last, for a while.

A bundle on disk takes a fraction of a second to open and check; one that is open answers in a few
milliseconds. Only bundles of this installation's own library are opened here, in the website's
process; files of strangers are not.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from upshot.web.bundles.opening import open_bundle

if TYPE_CHECKING:
    from upshot.bundles import Bundle
    from upshot.web.bundles.models import SavedBundle

KEPT_SECONDS = 15 * 60
"""A bundle nobody asks for leaves the memory, and with it what it knows of a deleted data set."""


class Warm:
    """The most recently used things, each made once however many ask for it at the same time.

    Parameters
    ----------
    size : int
        How many are kept.
    make : callable
        Makes the thing of a key.
    clock : callable
        Seconds that only grow.
    """

    def __init__(
        self, size: int, make: Callable[[Any], Any], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._size, self._make, self._clock = size, make, clock
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}

    def get(self, name: str, source: Any) -> Any:
        """The thing called `name`, made from `source` unless it is there."""
        found = self._take(name)
        if found is not None:
            return found
        with self._lock:
            making = self._making.setdefault(name, threading.Lock())
        with making:
            found = self._take(name)
            if found is None:
                found = self._make(source)
                self._put(name, found)
        with self._lock:
            self._making.pop(name, None)
        return found

    def __len__(self) -> int:
        return len(self._held)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._held.clear()

    def _take(self, name: str) -> Any:
        now = self._clock()
        with self._lock:
            for old in [key for key, (then, _) in self._held.items() if now - then > KEPT_SECONDS]:
                del self._held[old]
            if name not in self._held:
                return None
            _, found = self._held.pop(name)
            self._held[name] = (now, found)
            return found

    def _put(self, name: str, made: Any) -> None:
        with self._lock:
            self._held[name] = (self._clock(), made)
            while len(self._held) > self._size:
                self._held.popitem(last=False)


def opened(saved: SavedBundle) -> Bundle:
    """A bundle of the library, open; the caller has checked who may use it."""
    # One file in two workspaces is two bundles: each knows the customers of its own workspace.
    name = f"{saved.workspace_id} {saved.file.sha256}"
    found: Bundle = warm_bundles().get(name, saved)
    return found


@cache
def warm_bundles() -> Warm:
    """The open bundles of this process."""
    return Warm(settings.API_WARM_BUNDLES, open_bundle)
