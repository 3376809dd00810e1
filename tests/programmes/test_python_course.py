"""Every program of the Python course runs, and shows what its lesson says.

- A `python` block that a `text` block follows shows that text. Programs of one lesson run in one folder, in order, so that
  one reads the file that another has written. Where `input(…)` asks, the text holds what is typed too.
- A question that asks "¿Qué muestra …?" has for its right answer what its program shows.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

COURSE = Path(__file__).parents[2] / "programmes" / "iyf-conectadas" / "courses" / "programacion-python"
LESSONS = sorted(COURSE.glob("*.md"))

QUESTION = re.compile(r"^:{3,} question (?P<code>\S+)")
FENCE = re.compile(r"^(?P<indent> *)```(?P<info>.*)$")
RIGHT = re.compile(r"^- \[x\] ?(?P<answer>.*)$")
CHOICE = re.compile(r"^- \[[ x]\]")
PROMPT = re.compile(r'\binput\("([^"]*)"\)')
POINTER = re.compile(r"^[ ~^]*\^[ ~^]*\n", re.MULTILINE)
WIDEST = 40  # characters of a line that a phone shows whole

ECHO = """
import builtins

def echo(prompt=""):
    answer = sys_stdin.readline().rstrip("\\n")
    print(prompt + answer)
    return answer

from sys import stdin as sys_stdin
builtins.input = echo
"""


class Block(NamedTuple):
    """Code of a lesson. `right` says that it stands in a right choice, `choice` that it stands in any."""

    line: int
    language: str
    name: str
    text: str
    question: str
    choice: bool
    right: bool


class Program(NamedTuple):
    """A program with the text that it shall show."""

    line: int
    name: str
    code: str
    shows: str


def blocks_of(lesson: str) -> Iterator[Block | tuple[str, str]]:
    """The blocks of code in order; between them, for each question, its code with its text and its right answer."""
    question, choice, right = "", False, False
    lines = iter(enumerate(lesson.splitlines(), start=1))
    for number, line in lines:
        if found := QUESTION.match(line):
            question, choice, right = found["code"], False, False
        elif re.fullmatch(r":{3,}", line):
            question = ""
        elif fence := FENCE.match(line):
            language, _, options = fence["info"].strip().partition(" ")
            name = re.search(r"file=(\S+)", options)
            indent = len(fence["indent"])
            code = []
            for _, inner in lines:
                if inner.strip() == "```":
                    break
                code.append(inner[indent:])
            text = "".join(f"{each}\n" for each in code)
            yield Block(number, language, name[1] if name else "", text, question, choice, right)
        elif question:
            if CHOICE.match(line):
                choice, right = True, line.startswith("- [x]")
            if found := RIGHT.match(line):
                yield question, found["answer"]
            elif not choice:
                yield question, ""
                if "¿Qué muestra" in line:
                    yield question, "?"


def programs_of(lesson: str) -> list[Program]:
    """What runs, with what it shall show."""
    items = list(blocks_of(lesson))
    blocks = [item for item in items if isinstance(item, Block)]
    asks = {item[0] for item in items if not isinstance(item, Block) and item[1] == "?"}
    programs = []
    for place, block in enumerate(blocks):
        if block.language != "python":
            continue
        name = block.name or "main.py"
        if not block.question:
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            if following and following.language == "text" and not following.question:
                programs.append(Program(block.line, name, block.text, following.text))
        elif block.question in asks and not block.choice:
            programs.append(Program(block.line, name, block.text, right_answer(block.question, items)))
    return programs


def right_answer(question: str, items: list[Block | tuple[str, str]]) -> str:
    """The first right choice of a question: its block of text, else what is written in it."""
    for item in items:
        if isinstance(item, Block) and item.question == question and item.right and item.language == "text":
            return item.text
    written = [item[1] for item in items if not isinstance(item, Block) and item[0] == question]
    return next(answer for answer in written if answer not in ("", "?")) + "\n"


def run(program: Program, folder: Path) -> str:
    """What a program shows in a folder: what it prints, what is typed, and how it ends."""
    (folder / "sitecustomize.py").write_text(ECHO)
    (folder / program.name).write_text(program.code)
    prompts = PROMPT.findall(program.code)
    typed = [
        line.removeprefix(prompt)
        for line in program.shows.splitlines()
        for prompt in dict.fromkeys(prompts)
        if line.startswith(prompt)
    ]
    done = subprocess.run(
        [sys.executable, "-u", program.name],
        cwd=folder,
        input="".join(f"{line}\n" for line in typed),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        timeout=10,
        check=False,
    )
    return done.stdout.replace(f"{folder}{os.sep}", "")


def comparable(text: str) -> str:
    """Without what differs between versions of Python: where an error points to within its line."""
    return POINTER.sub("", "".join(f"{line.rstrip()}\n" for line in text.splitlines()))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_programs_show_what_the_lesson_says(path, tmp_path):
    programs = programs_of(path.read_text(encoding="utf-8"))
    said = {program.line: comparable(program.shows) for program in programs}

    shown = {program.line: comparable(run(program, tmp_path)) for program in programs}

    assert programs
    assert shown == said


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_code_fits_a_phone(path):
    items = blocks_of(path.read_text(encoding="utf-8"))
    code = [item for item in items if isinstance(item, Block) and item.language == "python"]

    wide = {f"{block.line}: {line}" for block in code for line in block.text.splitlines() if len(line) > WIDEST}

    assert wide == set()


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
    assert [run(program, tmp_path) for program in programs] == [program.shows for program in programs]


def test_a_lesson_that_says_something_else_is_found(tmp_path):
    wrong, right = programs_of(LESSON.replace("Hola, Ana", "Hola Ana"))

    assert run(wrong, tmp_path) != wrong.shows
    assert run(right, tmp_path) == right.shows
