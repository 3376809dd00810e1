"""A figure: what is measured, and how it is written down."""

import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
TOGETHER = "BENCH_TOGETHER"
"""Names a folder that figures of one run share, for what is measured once."""


@dataclass(frozen=True)
class Measured:
    """A value in `unit`; `limit` was measured in the same run, `ratio` is value / limit; `peer` says what it is."""

    value: float
    unit: str
    limit: float | None = None
    peer: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.limit if self.limit else None


Measure = Callable[[], Measured]


_measures: dict[str, Measure] = {}


def figure(name: str) -> Callable[[Measure], Measure]:
    """Register a function as the measure of the figure `name` of targets.toml."""

    def register(measure: Measure) -> Measure:
        _measures[name] = measure
        return measure

    return register


def measure_of(name: str) -> Measure:
    """How the figure `name` is measured."""
    return _measures[name]


def write(name: str, measured: Measured) -> None:
    """Write bench/results/<name>.json."""
    ratio = measured.ratio
    result: dict[str, Any] = {
        "name": name,
        **{key: _rounded(value) for key, value in asdict(measured).items()},
        "ratio": _rounded(ratio),
        "command": f"make bench ONLY={name}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value
