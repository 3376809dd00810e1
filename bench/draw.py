"""`python -m bench.draw FILE`: draw a million applications, write the replay file, and print what it took as JSON;
`python -m bench.draw --verify FILE`: verify that file. A process of its own, so that its memory can be told."""

import json
import random
import resource
import sys
import time
from pathlib import Path

from trenza.apps.admissions.draw.drawing import Drawing
from trenza.apps.admissions.draw.replay import Head, verify_replay, write_replay
from trenza.apps.admissions.draw.rule import DrawRule, Entry, Group, list_hash

APPLICATIONS = 1_000_000
SEED = "48211"
QUOTAS = (900, 700, 600, 500, 450, 400, 400, 379, 350)
"""The 4,679 scholarships of 2019 in nine regions, a hundredfold, in some order of size."""
RULE = DrawRule(
    seats=467_900,
    regions={f"region-{number}": seats * 100 for number, seats in enumerate(QUOTAS)},
    groups=(Group("rural", 120_000), Group("indigenous", 100_000), Group("disability", 25_000)),
)
SHARES = (("rural", 0.13), ("indigenous", 0.11), ("disability", 0.026))
"""So few members that nearly each one is needed, and many belong to two groups: more to search than with plenty."""


def draw(file: Path) -> float:
    """Seconds from the list and the seed to every result; the file is written afterwards."""
    entries = _entries()
    start = time.perf_counter()
    hashed = list_hash(entries)
    drawing = Drawing(RULE)
    drawing.add_all(entries)
    drawn = drawing.draw(SEED)
    seconds = time.perf_counter() - start
    head = Head("bench/draw", "a number", RULE, hashed, len(entries), "a number", SEED)
    with file.open("wb") as stream:
        stream.writelines(write_replay(head, zip(entries, drawn.ranks, drawn.results, strict=True), drawn.filled))
    return seconds


def verify(file: Path) -> float:
    """Seconds until the file is read and drawn again. Raises RuntimeError if something differs."""
    start = time.perf_counter()
    with file.open("rb") as stream:
        report = verify_replay(stream)
    seconds = time.perf_counter() - start
    if report.faults:
        raise RuntimeError(report.faults[0])
    return seconds


def _entries() -> list[Entry]:
    chance = random.Random(SEED)
    regions = list(RULE.regions)
    numbers = sorted({f"{chance.getrandbits(64):016X}" for _ in range(APPLICATIONS)})
    return [
        Entry(number, chance.choice(regions), tuple(code for code, share in SHARES if chance.random() < share))
        for number in numbers
    ]


if __name__ == "__main__":
    *options, path = sys.argv[1:]
    took = verify(Path(path)) if options == ["--verify"] else draw(Path(path))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": took, "mb": most / 1024}))
