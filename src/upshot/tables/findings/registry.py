"""Everything that is looked for, in the order in which it is told."""

from __future__ import annotations

from upshot.tables.findings.base import Finder
from upshot.tables.findings.copies import find_copies
from upshot.tables.findings.date_order import find_reversed_dates
from upshot.tables.findings.future import find_future_dates
from upshot.tables.findings.gaps import find_gaps
from upshot.tables.findings.impossible import find_impossible
from upshot.tables.findings.many_rows import find_many_rows
from upshot.tables.findings.mixed import find_mixed_units
from upshot.tables.findings.nearly_constant import find_nearly_constant
from upshot.tables.findings.outliers import find_outliers
from upshot.tables.findings.personal import find_personal
from upshot.tables.findings.repeated import find_repeats
from upshot.tables.findings.tests import find_tests
from upshot.tables.findings.variants import find_variants

FINDERS: dict[str, Finder] = {
    "test-rows": find_tests,
    "repeats": find_repeats,
    "impossible": find_impossible,
    "outlier": find_outliers,
    "future-date": find_future_dates,
    "reversed-dates": find_reversed_dates,
    "variants": find_variants,
    "mixed-units": find_mixed_units,
    "gap": find_gaps,
    "copy": find_copies,
    "many-rows": find_many_rows,
    "nearly-constant": find_nearly_constant,
    "personal": find_personal,
}
