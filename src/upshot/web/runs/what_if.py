"""Trying out one row with a bundle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from upshot.jsonable import to_jsonable
from upshot.web.accounts.pseudonyms import pseudonyms_of
from upshot.web.bundles.models import SavedBundle
from upshot.web.bundles.opening import open_bundle
from upshot.web.jobs.context import JobContext
from upshot.web.jobs.queue import enqueue
from upshot.web.runs.models import WhatIf

if TYPE_CHECKING:
    from upshot.bundles.manifest import Manifest


def start(bundle: SavedBundle, cells: dict[str, Any], before: WhatIf | None, user: Any) -> WhatIf:
    """Have one row predicted; who it is about is kept as a pseudonym only."""
    from upshot.bundles import read_facts
    from upshot.bundles.fitting import sealed_row

    schema = read_facts(bundle.file.path).schema
    cells = sealed_row(schema, cells, pseudonyms_of(bundle.workspace))
    with transaction.atomic():
        tried = WhatIf.objects.create(bundle=bundle, cells=cells, before=before, created_by=user)
        tried.job = enqueue("runs.what_if", {"what_if": str(tried.uuid)}, bundle.workspace)
        tried.save(update_fields=["job"])
    return tried


def predict(arguments: dict[str, Any], context: JobContext) -> None:
    """The job: predict the row and its single changes, in a child process of the worker."""
    from upshot.bundles.what_if import what_if

    tried = WhatIf.objects.select_related("bundle__file", "bundle__workspace").get(
        uuid=arguments["what_if"]
    )
    facts = what_if(open_bundle(tried.bundle), tried.cells)
    with context.commit(finish=True):
        tried.result = to_jsonable(facts, sentences=True)
        tried.save(update_fields=["result"])


def drivers_of(bundle: SavedBundle) -> list[str]:
    """The columns that move the prediction, the strongest first; none when the run is gone."""
    run = getattr(bundle, "run", None)
    answer = run.answer if run is not None else None
    return [driver["column"] for driver in answer["drivers"]] if answer else []


def row_of(bundle: SavedBundle, manifest: Manifest, number: int) -> dict[str, Any] | None:
    """A row of the table the bundle learned from, counted from 1; None when there is no such."""
    from upshot.bundles.fitting import sealed_row
    from upshot.tables.store import load

    run = getattr(bundle, "run", None)
    if run is None or number < 1:
        return None
    schema = manifest.schema.select(manifest.features)
    table = load(run.schema_version.dataset.table.path, columns=schema.names).with_schema(schema)
    if number > table.rows:
        return None
    one = replace(table, raw=table.raw.slice(number - 1, 1)).data
    cells = {name: _plain(one[name].iloc[0]) for name in schema.names}
    return sealed_row(schema, cells, pseudonyms_of(bundle.workspace))


def _plain(cell: Any) -> Any:
    """A typed cell as a JSON value."""
    import pandas as pd

    if pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return cell.item() if hasattr(cell, "item") else cell
