"""Facts as charts: one file per chart, each giving a `Chart` with its drawing and its table."""

from upshot.reports.charts.amounts import amounts_chart
from upshot.reports.charts.base import Chart
from upshot.reports.charts.calibration import calibration_chart
from upshot.reports.charts.columns import histogram_chart
from upshot.reports.charts.deciles import deciles_chart
from upshot.reports.charts.drivers import drivers_chart, effects_chart
from upshot.reports.charts.gains import gains_chart
from upshot.reports.charts.more_data import more_data_chart
from upshot.reports.charts.profit import profit_chart
from upshot.reports.charts.progress import Progress, progress_chart

__all__ = [
    "Chart",
    "Progress",
    "amounts_chart",
    "calibration_chart",
    "deciles_chart",
    "drivers_chart",
    "effects_chart",
    "gains_chart",
    "histogram_chart",
    "more_data_chart",
    "profit_chart",
    "progress_chart",
]
