"""What a person mended holds from learning to scoring, and no row is lost when predicting."""

from __future__ import annotations

from pathlib import Path

import pytest

import upshot
from upshot.errors import Remedy
from upshot.tables.remedies import apply_remedy

REMEDIES = (
    Remedy("drop-repeats", ""),
    Remedy("merge-spellings", "city", ("Berlin",)),
    Remedy("treat-impossible", "age", ("0", "122")),
    Remedy("cap", "spent", ("", "500")),
)


def row(place: int) -> str:
    city = ("Berlin", "berlin", "Rome", "Oslo")[place % 4]
    age = -5 if place % 50 == 0 else 20 + place % 40
    bought = "yes" if (place * 7 + place % 4 * 3) % 10 < 4 else "no"
    return f"A-{place * 7},{city},{age},{place % 90 * 10},{bought}"


@pytest.mark.slow
def test_mended_data_is_learned_from_and_every_row_is_scored(tmp_path: Path) -> None:
    lines = [row(place) for place in range(240)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["order_id,city,age,spent,bought", *lines, *lines[:40]]) + "\n")
    table = upshot.read(path)
    schema = table.schema
    for remedy in REMEDIES:
        schema = apply_remedy(schema, remedy)
    result = upshot.train(table.with_schema(schema), "bought", trials=1, seed=0, cores=1)
    assert result.answer.rows == 240
    assert "rows-left-out" in {note.code for note in result.notes}

    saved = tmp_path / "orders.upshot"
    result.bundle.save(saved)
    bundle = upshot.load(saved)
    assert bundle.manifest.schema.row_rules == schema.row_rules
    assert bundle.manifest.schema.column("city").merged == ("Berlin",)
    scores = bundle.predict(upshot.read(path))
    assert len(scores) == 280
    assert scores["order_id"].tolist()[-40:] == scores["order_id"].tolist()[:40]
    # The same row has the same score, wherever it stands and however its city is written.
    assert scores["upshot_probability"].tolist()[-40:] == scores["upshot_probability"].tolist()[:40]
    other = tmp_path / "new.csv"
    other.write_text("order_id,city,age,spent\nx,Berlin,-7,900\ny,BERLIN ,,500\n")
    one, two = bundle.predict(upshot.read(other))["upshot_probability"].tolist()
    assert one == two
