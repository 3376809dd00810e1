"""Break what her phone does on purpose, and see the fault tests fail: `python -m tools.mutants [NAME …]`.

Each mutant is one change to a copy of `src`, which is served in place of ours while the fault tests that it names run
(tests/phone). A mutant that too few of them notice says that they prove too little: then this ends with 1.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[1]
MODULES = Path("trenza/portals/field/assets/phone")
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


class Mutant(NamedTuple):
    """`old` stands once in a module and becomes `new`; of the tests in `files` at least `least` must fail."""

    name: str
    says: str
    module: str
    old: str
    new: str
    files: tuple[str, ...]
    least: int = 1


MUTANTS = [
    Mutant(
        "forget-early",
        "the outbox deletes records before they are acknowledged",
        "sender.js",
        "const deliver = async (run, batch) => {",
        "const deliver = async (run, batch) => {\n"
        '  await change(["outbox"], (transaction) => {\n'
        '    for (const record of batch) transaction.objectStore("outbox").delete(record.id);\n'
        "  });",
        ("test_lost_power.py", "test_lost_answers.py", "test_people.py"),
        least=3,
    ),
    Mutant(
        "number-twice",
        "the outbox takes every sequence for free again",
        "outbox.js",
        "meta.put({ key, next: next + count });",
        "",
        ("test_lost_answers.py", "test_lost_power.py"),
    ),
    Mutant(
        "believe-anything",
        "whatever answers 200 has acknowledged the batch",
        "wire.js",
        "return await read(await fetch(at + ADDRESS, { ...how, headers, body }), toHex(batch));",
        "const response = await fetch(at + ADDRESS, { ...how, headers, body });\n"
        "    if (response.status !== 200) return await read(response, toHex(batch));\n"
        '    const answers = records.map((each) => [toHex(each.device), each.sequence, "accepted"]);\n'
        '    return { kind: "answered", answers };',
        ("test_line.py",),
    ),
    Mutant(
        "forget-refused",
        "the outbox forgets what was refused",
        "sender.js",
        "for (const record of kept) outbox.put(record);",
        "for (const record of kept) outbox.delete(record.id);",
        ("test_lost_answers.py",),
    ),
]


def mutated(mutant: Mutant, source: str) -> str:
    """The module with the change.

    Raises:
        ValueError: what is to change stands there not once; the mutant must follow the code.
    """
    if source.count(mutant.old) != 1:
        raise ValueError(f"{mutant.name}: {mutant.module} has not once: {mutant.old}")
    return source.replace(mutant.old, mutant.new)


def copy_source(folder: Path) -> Path:
    """A copy of `src` in this folder, which can be served: with the data that lie beside it."""
    copy = folder / "src"
    shutil.copytree(REPOSITORY / "src", copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("data", "programmes"):
        (folder / name).symlink_to(REPOSITORY / name)
    return copy


def noticed(mutant: Mutant) -> list[str]:
    """The tests that fail with the mutant; it stops looking when there are enough."""
    with tempfile.TemporaryDirectory(prefix="trenza-mutant-") as folder:
        copy = copy_source(Path(folder))
        module = copy / MODULES / mutant.module
        module.write_text(mutated(mutant, module.read_text(encoding="utf-8")), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "0",
            f"--maxfail={mutant.least}",
            "-p",
            "no:cacheprovider",
        ]
        command += [f"tests/phone/{name}" for name in mutant.files]
        environment = {**os.environ, "TRENZA_TESTED_SOURCE": str(copy)}
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    return FAILED.findall(done.stdout)


def main(names: list[str]) -> int:
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    if len(chosen) < len(names):
        print(f"There are these: {', '.join(mutant.name for mutant in MUTANTS)}.", file=sys.stderr)
        return 2
    survivors = 0
    for mutant in chosen:
        failed = noticed(mutant)
        survives = len(failed) < mutant.least
        survivors += survives
        verdict = "SURVIVES" if survives else "noticed"
        print(f"{mutant.name}: {mutant.says}: {verdict}, {len(failed)} of at least {mutant.least} failed")
        for test in failed:
            print(f"    {test}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
