"""Two hundred thousand applicants, one in twenty entered twice, families on one phone; in a process of its own."""

import json
import subprocess
import sys

from bench.figure import Measured, figure


@figure("duplicates_200k_s")
def seconds() -> Measured:
    """Seconds from names in memory to the pairs, with loading what it needs."""
    found = _found()
    return Measured(found["seconds"], "s", peer=f"{found['pairs']:.0f} pairs, {found['mb']:.0f} MB at most")


@figure("duplicates_precision_at_recall_90")
def precision() -> Measured:
    """How many of the pairs are right, the likeliest first, where nine of ten who were entered twice are found."""
    found = _found()
    peer = f"at a score of {found['score']:.3f}; from 0.5, where pairs are shown, the recall is {found['recall']:.3f}"
    return Measured(found["precision"], "", peer=peer)


def _found() -> dict[str, float]:
    command = [sys.executable, "-m", "bench.people_twice"]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found
