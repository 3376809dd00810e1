from trenza.apps.impact.models.indicator import Indicator, Measure
from trenza.apps.impact.models.reported import Reported
from trenza.apps.impact.models.target import Target

__all__ = ["Indicator", "Measure", "Reported", "Target"]
