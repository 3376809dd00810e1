"""Synthetic people who live through a programme: for demonstrations, tests and load, never for figures.

The same programme, scenario, number, seed and end give the same journal. Decisions go through the real actions,
learning through the journal's ingest, what follows through the worker. See docs/simulator.md.
"""

from trenza.cli.simulator.running import (
    DEMONSTRATION,
    AlreadySimulated,
    RealPeople,
    edition_to_simulate,
    is_simulated,
    scenarios_of,
    simulate,
)
from trenza.cli.simulator.scenario import NAME, Scenario, read_scenarios
from trenza.cli.simulator.story import Simulated

__all__ = [
    "DEMONSTRATION",
    "NAME",
    "AlreadySimulated",
    "RealPeople",
    "Scenario",
    "Simulated",
    "edition_to_simulate",
    "is_simulated",
    "read_scenarios",
    "scenarios_of",
    "simulate",
]
