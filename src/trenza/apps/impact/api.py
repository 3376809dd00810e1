"""The door of impact."""

from trenza.apps.impact.charts import bar_chart, column_chart, written
from trenza.apps.impact.counting import Counts, Tally, span
from trenza.apps.impact.models import Indicator, Measure, Reported, Target
from trenza.apps.impact.results import Aim, Past, Result, Results, public_results
from trenza.apps.impact.rules import counts_for
from trenza.apps.impact.suppression import MINIMUM

__all__ = [
    "MINIMUM",
    "Aim",
    "Counts",
    "Indicator",
    "Measure",
    "Past",
    "Reported",
    "Result",
    "Results",
    "Tally",
    "Target",
    "bar_chart",
    "column_chart",
    "counts_for",
    "public_results",
    "span",
    "written",
]
