"""Synthetic people who live through a programme: for demonstrations and tests, never for figures.

The same programme, number, seed and end give the same journal. Decisions go through the real actions, learning
through the journal's ingest, what follows through the worker.
"""

from trenza.cli.simulator.story import Simulated, is_simulated, simulate

__all__ = ["Simulated", "is_simulated", "simulate"]
