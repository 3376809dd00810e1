"""Every program of the Python course runs, and shows what its lesson says.

- A `python` block that a `text` block follows shows that text. The programs of one lesson run in one folder, in order,
  so that one reads the file that another has written. Where `input("…")` asks, the text holds what is typed too.
- A question that asks "¿Qué muestra …?" has for its right answer what its program shows.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

COURSE = Path(__file__).parents[2] / "programmes" / "iyf-conectadas" / "courses" / "programacion-python"
LESSONS = sorted(COURSE.glob("*.md"))

BLOCK = re.compile(r"^ *```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
QUESTION = re.compile(r"^(?P<colons>:{3,}) question [^\n]*\n(?P<asked>.*?)^(?P=colons)$", re.MULTILINE | re.DOTALL)
RIGHT = re.compile(r"^- \[x\] (?P<answer>.*?)(?=^- |^\? |\Z)", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r'\binput\("([^"]*)"\)')
POINTER = re.compile(r"^[ ~^]*\^[ ~^]*\n", re.MULTILINE)
NO_PROGRAM = "```\n```"
WIDEST = 40  # characters of a line that a phone shows whole

ECHO = """
import builtins
import sys


def typed(prompt=""):
    answer = sys.stdin.readline().rstrip("\\n")
    print(prompt + answer)
    return answer


builtins.input = typed
"""


class Program(NamedTuple):
    code: str
    shows: str


def programs_of(lesson: str) -> list[Program]:
    """What runs, with what it shall show: first what the lesson teaches with, then what its questions ask."""
    blocks = BLOCK.finditer(QUESTION.sub(NO_PROGRAM, lesson))
    taught = [
        Program(dedent(first["text"]), dedent(second["text"]))
        for first, second in pairwise(blocks)
        if (first["language"], second["language"]) == ("python", "text")
    ]
    return [*taught, *asked_programs(lesson)]


def asked_programs(lesson: str) -> Iterator[Program]:
    for question in QUESTION.finditer(lesson):
        stem = question["asked"].partition("\n- [")[0]
        program, right = BLOCK.search(stem), RIGHT.search(question["asked"])
        if program and right and "¿Qué muestra" in stem:
            written = BLOCK.search(right["answer"])
            shows = dedent(written["text"]) if written else right["answer"].partition("\n")[0].strip("`") + "\n"
            yield Program(program["text"], shows)


def run(program: Program, folder: Path) -> str:
    """What a program shows in a folder: what it prints, what is typed, and the error that it ends with."""
    (folder / "sitecustomize.py").write_text(ECHO)
    (folder / "main.py").write_text(program.code, encoding="utf-8")
    prompts = set(PROMPT.findall(program.code))
    lines = program.shows.splitlines()
    typed = [line.removeprefix(prompt) for line in lines for prompt in prompts if line.startswith(prompt)]
    done = subprocess.run(
        [sys.executable, "-u", "main.py"],
        cwd=folder,
        input="".join(f"{line}\n" for line in typed),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        timeout=20,
        check=False,
    )
    return done.stdout.replace(f"{folder}{os.sep}", "")


def comparable(text: str) -> str:
    """Without the line that points into another: versions of Python differ in it."""
    return POINTER.sub("", text)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_programs_show_what_the_lesson_says(path, tmp_path):
    lesson = path.read_text(encoding="utf-8")
    programs = programs_of(lesson)

    shown = [comparable(run(program, tmp_path)) for program in programs]

    assert shown == [comparable(program.shows) for program in programs]
    assert bool(programs) == ("```python" in lesson)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_code_fits_a_phone(path):
    blocks = BLOCK.finditer(path.read_text(encoding="utf-8"))

    lines = [line for block in blocks if block["language"] == "python" for line in dedent(block["text"]).splitlines()]

    assert [line for line in lines if len(line) > WIDEST] == []


LESSON = """
```python
nombre = input("¿Quién? ")
print("Hola,", nombre)
```

```text
¿Quién? Ana
Hola, Ana
```

::: question suma number
¿Qué muestra?

```python
print(2 + 2)
```

- [ ] 22
  > No.
- [x] 4
  > Sí.
:::
"""


def test_what_is_typed_and_what_a_question_asks_are_read(tmp_path):
    programs = programs_of(LESSON)

    assert [program.shows for program in programs] == ["¿Quién? Ana\nHola, Ana\n", "4\n"]
    assert [run(program, tmp_path) for program in programs] == ["¿Quién? Ana\nHola, Ana\n", "4\n"]


def test_a_lesson_that_says_something_else_is_found(tmp_path):
    wrong, right = programs_of(LESSON.replace("Hola, Ana", "Hola Ana"))

    assert run(wrong, tmp_path) != wrong.shows
    assert run(right, tmp_path) == right.shows
