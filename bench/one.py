"""Measure one figure in this process: `python -m bench.one NAME`."""

import sys
from importlib import import_module

import django

from bench.figure import Measure, measure_of, write

MODULES = (
    *("admissions", "applications", "backup", "courses", "credentials", "duplicates", "eligibility", "filling"),
    *("her_home", "hub", "hub_pages", "issuing", "journal", "laptop", "office", "pages", "phone", "serving"),
    *("simulation", "sync", "verification"),
)


def find(name: str) -> Measure:
    """How the figure `name` is measured. Django must be ready."""
    for module in MODULES:
        import_module(f"bench.figures.{module}")
    return measure_of(name)


if __name__ == "__main__":
    django.setup()
    write(sys.argv[1], find(sys.argv[1])())
