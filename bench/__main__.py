"""`python -m bench [NAME…]`: measure figures, each in a process and a home of its own, and say which fall short."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.figure import RESULTS, TOGETHER
from tools.postgresql import running_server

TARGETS = Path(__file__).parent / "targets.toml"


def main(names: list[str]) -> int:
    """Measure `names`, or all; 1 if one falls short or cannot be measured, 2 for a name that is not there."""
    targets = {each["name"]: each for each in tomllib.loads(TARGETS.read_text())["figure"]}
    unknown = set(names) - set(targets)
    if unknown:
        print(f"No figure is called {', '.join(sorted(unknown))}. There are: {', '.join(targets)}.")
        return 2
    with tempfile.TemporaryDirectory(prefix="trenza-bench-") as together:
        os.environ[TOGETHER] = together
        reached = [_measure(targets[name]) for name in names or targets]
    return 0 if all(reached) else 1


def _measure(target: dict[str, Any]) -> bool:
    name = target["name"]
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="trenza-bench-", ignore_cleanup_errors=True))
        environment = {**os.environ, "TRENZA_HOME": home, "DJANGO_SETTINGS_MODULE": "trenza.settings.laptop"}
        environment.pop("TRENZA_DATABASE_URL", None)
        if target.get("database") == "postgresql":
            environment["TRENZA_DATABASE_URL"] = stack.enter_context(running_server(durable=True))
        command = [sys.executable, "-m", "bench.one", name]
        if subprocess.run(command, env=environment, check=False).returncode:
            print(f"{name}: could not be measured")
            return False
    return _compare(json.loads((RESULTS / f"{name}.json").read_text()), target)


def _compare(result: dict[str, Any], target: dict[str, Any]) -> bool:
    figure = result["ratio"] if result["unit"] == "ratio" else result["value"]
    reached: bool = target.get("at_least", figure) <= figure <= target.get("at_most", figure)
    wanted = ", ".join(f"{key.replace('_', ' ')} {target[key]}" for key in ("at_least", "at_most") if key in target)
    print(f"{'reached' if reached else 'SHORT  '} {result['name']}: {figure:.4g} {result['unit']} ({wanted})")
    return reached


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
