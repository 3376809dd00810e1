"""`python -m bench [NAME…]`: measure figures, each in a process and a home of its own, and say which fall short."""

import os
import subprocess
import sys
import tempfile
import tomllib
from contextlib import ExitStack
from json import loads
from pathlib import Path

from bench import figures
from bench.figure import RESULTS, all_figures
from tools.postgresql import running_server

TARGETS = Path(__file__).parent / "targets.toml"


def main(names: list[str]) -> int:
    figures.load()
    targets = {each["name"]: each for each in tomllib.loads(TARGETS.read_text())["figure"]}
    unknown = set(names) - set(all_figures())
    if unknown:
        print(f"No figure is called {', '.join(sorted(unknown))}. There are: {', '.join(all_figures())}.")
        return 2
    short = 0
    for name in names or all_figures():
        if not _measure(name):
            short += 1
            print(f"{name}: could not be measured")
            continue
        result = loads((RESULTS / f"{name}.json").read_text())
        figure = result["ratio"] if result["unit"] == "ratio" else result["value"]
        target = targets.get(name, {})
        reached = target.get("at_least", figure) <= figure <= target.get("at_most", figure)
        short += not reached
        wanted = ", ".join(f"{key.replace('_', ' ')} {target[key]}" for key in ("at_least", "at_most") if key in target)
        print(f"{'reached ' if reached else 'SHORT   '} {name}: {figure:.4g} {result['unit']} ({wanted})")
    return 1 if short else 0


def _measure(name: str) -> bool:
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="trenza-bench-", ignore_cleanup_errors=True))
        environment = {**os.environ, "TRENZA_HOME": home, "DJANGO_SETTINGS_MODULE": "trenza.settings.laptop"}
        environment.pop("TRENZA_DATABASE_URL", None)
        if all_figures()[name].database == "postgresql":
            environment["TRENZA_DATABASE_URL"] = stack.enter_context(running_server(durable=True))
        command = [sys.executable, "-m", "bench.one", name]
        return subprocess.run(command, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
