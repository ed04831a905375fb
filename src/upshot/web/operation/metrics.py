"""What a monitor may know: counts and times, never a name, an address or a value of a file."""

from __future__ import annotations

import hmac
import shutil
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db.models import Count, Min, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from upshot.web.files.models import StoredFile
from upshot.web.jobs import workers
from upshot.web.jobs.models import Job, State

GetResponse = Callable[[HttpRequest], HttpResponse]

# Around the goals: pages within 200 ms, everything within 300 ms under load.
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30)
_LOOPBACK = frozenset({"127.0.0.1", "::1"})

REGISTRY = CollectorRegistry()
REQUESTS = Counter("upshot_requests", "Answers by kind.", ("method", "status"), registry=REGISTRY)
LATENCY = Histogram(
    "upshot_request_seconds", "Time to an answer.", registry=REGISTRY, buckets=_SECONDS
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measured:
    """Count and time every request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        LATENCY.observe(time.perf_counter() - start)
        # Anybody may send any method; each would be a time series of its own.
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(method, f"{response.status_code // 100}xx").inc()
        return response


class _Installation(Collector):
    """The queue, the workers and the disk, asked when a monitor asks."""

    def describe(self) -> list[Metric]:
        """Nothing beforehand: the database is not asked before somebody wants to know."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The present state."""
        jobs = GaugeMetricFamily("upshot_jobs", "Jobs by state.", labels=("state",))
        counted = dict(Job.objects.values_list("state").order_by().annotate(Count("pk")))
        for state in State.values:
            jobs.add_metric((state,), counted.get(state, 0))
        yield jobs
        oldest = Job.objects.filter(state=State.QUEUED).aggregate(at=Min("created_at"))["at"]
        waited = (timezone.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily(
            "upshot_queue_oldest_seconds", "How long the oldest waiting job waits.", waited
        )
        yield GaugeMetricFamily(
            "upshot_workers", "Workers seen within half a minute.", workers.present().count()
        )
        stored = StoredFile.objects.aggregate(size=Sum("size"))["size"] or 0
        yield GaugeMetricFamily("upshot_stored_bytes", "Size of all stored files.", stored)
        free = shutil.disk_usage(settings.DATA.root).free
        yield GaugeMetricFamily("upshot_disk_free_bytes", "Room left for data.", free)


REGISTRY.register(_Installation())


def may_read(request: HttpRequest) -> bool:
    """Whether this is the monitor: by its token, else by asking from this very machine.

    A site with a public name stands behind a proxy, whose every visitor seems to come from this
    machine when it was not named in UPSHOT_TRUSTED_PROXY: there only the token counts.
    """
    expected = settings.METRICS_TOKEN
    if expected:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), expected.encode())
    if settings.HTTPS or settings.HAS_PUBLIC_NAME:
        return False
    forwarded = request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded")
    return not forwarded and request.META.get("REMOTE_ADDR") in _LOOPBACK
