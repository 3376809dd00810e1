"""The test before and after a course: pairs of questions in one file, compiled to two forms, `a` and `b`.

Both questions of a pair ask the same skill with another situation. The file has the front matter of a lesson and, as
its last part, the table `[pairs]`: the code of each pair and its DigComp 2.2 competence.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Lesson, Question
from trenza.apps.learning.content.digcomp import COMPETENCES
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import (
    CODE,
    CODE_LENGTH,
    NAME,
    Manifest,
    key_line,
    read_text,
    read_toml,
    shown,
)
from trenza.apps.learning.content.sources import Files

FORMS: Final = ("a", "b")
KINDS: Final = ("one", "several", "true_false")
_FENCE: Final = "+++"


def read_tests(
    manifest: Manifest,
    files: Files,
    codes: Mapping[str, str],
    read: Callable[[str, bytes], Lesson | None],
    problems: Problems,
) -> tuple[Lesson, ...]:
    """The two forms of a course's test, or none where its file is not there; what is wrong is told to the problems.

    `codes` are those of the lessons by their files; `read` reads one.
    """
    name = manifest.tests
    line = key_line(files.get(NAME, b"").decode("utf-8", "replace"), "tests")
    stem = name.removesuffix(".md")
    if not name.endswith(".md") or not CODE.fullmatch(stem) or len(stem) > CODE_LENGTH - 2 or name in codes:
        problems.add(
            NAME, line, f'"{shown(name)}" is not the name of a test.', "Write the file of its pairs: `tests.md`."
        )
        return ()
    if name not in files:
        problems.add(NAME, line, f'The test "{shown(name)}" does not exist.', "Add it, or take `tests` out.")
        return ()
    text = read_text(name, files[name], problems)
    if text is None:
        return ()
    text, pairs, lines = cut_table(name, text, "pairs", problems)
    lesson = read(name, text.encode())
    if lesson is None:
        return ()
    _check_competences(name, pairs, lines, problems)
    _check_pairs(name, pairs, lesson, problems)
    taken = set(codes.values())
    for form in FORMS:
        if f"{stem}-{form}" in taken:
            problems.add(NAME, line, f'A lesson is called "{stem}-{form}" already.', "Rename the file of the test.")
    return tuple(_form(lesson, stem, form) for form in FORMS)


def cut_table(name: str, text: str, table: str, problems: Problems) -> tuple[str, dict[str, Any], Mapping[str, int]]:
    """A file without the table that ends its front matter, the table, and the line of each of its keys.

    Its lines become empty, so that the others keep their numbers.
    """
    lines = text.split("\n")
    closing = next((at for at, line in enumerate(lines) if at and line.strip() == _FENCE), 0)
    start = next((at for at, line in enumerate(lines[:closing]) if line.strip() == f"[{table}]"), None)
    if lines[0].strip() != _FENCE or start is None:
        problems.add(
            name, 1, f"The front matter has no table `[{table}]`.", f"End it with `[{table}]` and a line for each."
        )
        return text, {}, {}
    source = "\n".join(lines[start:closing])
    found = read_toml(name, source, problems, first_line=start + 1) or {}
    lines[start:closing] = [""] * (closing - start)
    held = found.get(table, {})
    return "\n".join(lines), held, {key: key_line(source, key, first_line=start + 1) for key in held}


def _check_competences(name: str, pairs: Mapping[str, Any], lines: Mapping[str, int], problems: Problems) -> None:
    for code, competence in pairs.items():
        if not isinstance(competence, str) or competence not in COMPETENCES:
            problems.add(
                name,
                lines[code],
                f"{shown(competence)} is no competence of DigComp 2.2.",
                f'Write `{shown(code)} = "1.1"`, up to "5.4".',
            )
    least, most = limits.TEST_PAIRS
    if not least <= len(pairs) <= most:
        problems.add(name, 0, f"The test has {len(pairs)} pairs.", f"Write {least} to {most}.")


def _check_pairs(name: str, pairs: Mapping[str, Any], lesson: Lesson, problems: Problems) -> None:
    asked = {question.code: question for question in lesson.questions}
    for code in asked:
        if code[-2:] not in ("-a", "-b") or code[:-2] not in pairs:
            problems.add(
                name,
                0,
                f'The question "{shown(code)}" belongs to no pair.',
                "Call it as a pair of `[pairs]`, and `-a` or `-b`.",
            )
    for code in pairs:
        both = [asked.get(f"{code}-{form}") for form in FORMS]
        missing = [f"{code}-{form}" for form, question in zip(FORMS, both, strict=True) if question is None]
        for each in missing:
            problems.add(name, 0, f'The question "{shown(each)}" is missing.', "A pair has one of each form.")
        first, second = both
        if first and second and _shape(first) != _shape(second):
            problems.add(
                name,
                0,
                f'The questions of the pair "{shown(code)}" are not alike.',
                "Give both the same kind, as many choices and as many right ones: guessing must help as often.",
            )
    for question in lesson.questions:
        if question.kind not in KINDS:
            problems.add(
                name,
                0,
                f'The question "{shown(question.code)}" is of another kind.',
                "A test asks `one`, `several` or `true-false`.",
            )
    if lesson.exam:
        problems.add(name, 0, "A test is no exam.", "Take out `exam = true`: nobody passes or fails it.")


def _shape(question: Question) -> Counter[object]:
    return Counter([question.kind, *(choice.right for choice in question.choices)])


def _form(lesson: Lesson, stem: str, form: str) -> Lesson:
    """The questions of one form, in the order of the file, under the codes of their pairs; text stands in both."""
    blocks = tuple(
        replace(block, code=block.code[:-2]) if isinstance(block, Question) else block
        for block in lesson.blocks
        if not isinstance(block, Question) or block.code.endswith(f"-{form}")
    )
    return replace(lesson, code=f"{stem}-{form}", blocks=blocks, exam=True, test=form)
