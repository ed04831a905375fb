"""The one registry of samples, in the order they are offered."""

from __future__ import annotations

from upshot.samples import leads, plans, spend, subscribers
from upshot.samples.base import Sample

SAMPLES: dict[str, Sample] = {
    module.SAMPLE.slug: module.SAMPLE for module in (leads, subscribers, spend, plans)
}
