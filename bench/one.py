"""Measure one figure in this process: `python -m bench.one NAME`."""

import sys
from importlib import import_module

import django

from bench.figure import measure_of, write

MODULES = ("journal", "laptop", "pages", "serving")

django.setup()
for module in MODULES:
    import_module(f"bench.figures.{module}")
write(sys.argv[1], measure_of(sys.argv[1])())
