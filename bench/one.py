"""Measure one figure in this process: `python -m bench.one NAME`."""

import sys

from bench import figures
from bench.figure import all_figures, write

figures.load()
name = sys.argv[1]
write(name, all_figures()[name].measure())
