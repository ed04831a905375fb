"""A small client of Upshot's REST API; needs nothing but Python's own library.

>>> from upshot.client import Client
>>> upshot = Client("https://upshot.example.com", token="upshot_…")  # doctest: +SKIP
>>> dataset = upshot.wait_for_dataset(upshot.upload("leads.csv").id)  # doctest: +SKIP
>>> run = upshot.wait_for_run(upshot.start_run(dataset.id, "Converted").id)  # doctest: +SKIP
>>> upshot.predict(run.bundle, [{"Visits": 3, "Channel": "Ads"}])  # doctest: +SKIP
"""

from upshot.client.client import Client
from upshot.client.errors import ApiError, NotDone
from upshot.client.facts import (
    Bundle,
    Column,
    Dataset,
    Prediction,
    Progress,
    RowPrediction,
    RowPredictions,
    Run,
    Sent,
    Suggestion,
    Webhook,
)
from upshot.client.webhooks import BadSignature, verify

__all__ = [
    "ApiError",
    "BadSignature",
    "Bundle",
    "Client",
    "Column",
    "Dataset",
    "NotDone",
    "Prediction",
    "Progress",
    "RowPrediction",
    "RowPredictions",
    "Run",
    "Sent",
    "Suggestion",
    "Webhook",
    "verify",
]
