"""A course for a reader who must not see its keys: `python -m tools.reading show FOLDER`, `… score FOLDER ANSWERS`.

`show` writes what a learner reads, lesson after lesson and then both forms of the test, with every question and nothing
of what is right: no feedback, no hint, no guide, choices mixed. The folder of a level check's bank is read so too.
`score` reads what the reader answered, a JSON of `LESSON/QUESTION` to an answer, and says which are not as the course
has them: letters (`"AC"`; for steps in their order, `"BCA"`), pairs (`"A2 B1"`), what is written (`"20"`), or the
letter of the scene in which a story ends. docs/courses-review.md says what was found so.
"""

import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Final

from trenza.apps.learning.content.bank import LEVELS, BankItem, read_bank
from trenza.apps.learning.content.bank import NAME as BANK
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.course import Choice, Lesson, Match, Number, Prose, Question, Scenario, Text
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.grading import grade
from trenza.apps.learning.content.written import meet_number, meet_text

LETTERS: Final = "ABCDEFGHIJKLMNOP"
_BLOCK: Final = re.compile(r"</(?:p|li|h[2-6]|tr|pre|div|summary)>|<br>")
_CELL: Final = re.compile(r"</t[dh]>")
_PICTURE: Final = re.compile(r'<img [^>]*alt="([^"]*)"[^>]*>')


def main(arguments: Sequence[str]) -> int:
    """The exit code: 1 where an answer is not as the course has it, 2 where nothing could be read."""
    try:
        match arguments:
            case ["show", folder]:
                print("\n".join(shown(read(Path(folder)))))
                return 0
            case ["score", folder, answers]:
                given = json.loads(Path(answers).read_text(encoding="utf-8"))
                asked, wrong = scored(read(Path(folder)), given)
                print("\n".join([*wrong, f"{asked - len(wrong)} of {asked} right"]))
                return int(bool(wrong))
    except (CourseErrors, OSError, ValueError, AttributeError) as error:
        print(error, file=sys.stderr)
        return 2
    print(__doc__, file=sys.stderr)
    return 2


def read(folder: Path) -> tuple[Lesson, ...]:
    """What is asked in a folder: the lessons of a course and both forms of its test, or a bank's items by level.

    Raises:
        CourseErrors: with everything that is wrong in it.
    """
    if (folder / BANK).is_file():
        items = read_bank(folder).items
        return tuple(
            Lesson(level, level, 0, "", tuple(_question(item) for item in items if item.level == level), exam=True)
            for level in LEVELS
        )
    course, _ = build_course(folder)
    return (*course.lessons, *course.tests)


def shown(lessons: Sequence[Lesson]) -> Iterator[str]:
    """The lines of a course for its reader."""
    for lesson in lessons:
        yield f"\n######## {lesson.code}: {lesson.title}\n"
        for block in lesson.blocks:
            if isinstance(block, Prose):
                yield plain(block.html)
            else:
                yield f"\n[[{lesson.code}/{block.code} · {block.kind}]]"
                yield plain(block.prompt_html)
                yield from _asked(block, mixed(lesson.code, block))


def scored(lessons: Sequence[Lesson], given: Mapping[str, object]) -> tuple[int, list[str]]:
    """How many questions there are, and a line for each whose answer is missing or not right."""
    asked, wrong = 0, []
    for lesson in lessons:
        for question in lesson.questions:
            asked += 1
            name = f"{lesson.code}/{question.code}"
            answer = str(given.get(name, ""))
            if not grade(question, _read(question, answer, mixed(lesson.code, question))):
                wrong.append(f"{name}: {answer or 'not answered'}")
    return asked, wrong


def mixed(lesson: str, question: Question) -> list[int]:
    """The order in which the choices, or right sides, are shown: the same each time."""
    count = len(question.details.targets if isinstance(question.details, Match) else question.choices)
    order = list(range(count))
    if not isinstance(question.details, Scenario):
        random.Random(f"{lesson}/{question.code}").shuffle(order)
    return order


def plain(html: str) -> str:
    """Its words, a line for each block."""
    lines = _BLOCK.sub("\n", _CELL.sub(" | ", _PICTURE.sub(r"[picture: \1]", html)))
    return re.sub(r"\n{3,}", "\n\n", unescape(re.sub(r"<[^>]*>", "", lines))).strip()


def _question(item: BankItem) -> Question:
    choices = tuple(Choice(html, at == item.right, "") for at, html in enumerate(item.choices))
    return Question(item.code, "true_false" if item.kind == "true_false" else "one", item.prompt, choices, "")


def _asked(question: Question, order: Sequence[int]) -> Iterator[str]:
    match question.details:
        case Match(targets):
            yield from (f"{LETTERS[at]}) {plain(each.html)}" for at, each in enumerate(question.choices))
            yield from (f"{at}. {targets[index]}" for at, index in enumerate(order, start=1))
        case Number(unit=unit):
            yield f"(a number, in: {unit or 'no unit'})"
        case Text():
            yield "(one to three words)"
        case Scenario(ways):
            for at, (scene, onward) in enumerate(zip(question.choices, ways, strict=True)):
                yield f"Scene {LETTERS[at]}: {plain(scene.html)}"
                yield from (f"  - {plain(way.html)} -> {LETTERS[way.to]}" for way in onward)
        case None:
            yield from (f"{LETTERS[at]}) {plain(question.choices[index].html)}" for at, index in enumerate(order))


def _read(question: Question, answer: str, order: Sequence[int]) -> list[int]:
    """The indices that an answer stands for; those that it cannot stand for are right nowhere."""
    match question.details:
        case Number(ranges=ranges):
            return [meet_number(answer, ranges)]
        case Text(accepted=accepted):
            return [meet_text(answer, accepted)]
        case Match():
            pairs = dict(re.findall(r"([A-P])\W*(\d+)", answer.upper()))
            places = [int(pairs.get(LETTERS[at], 0)) for at in range(len(question.choices))]
            return [order[place - 1] if 0 < place <= len(order) else -1 for place in places]
    places = [LETTERS.index(letter) for letter in re.findall(r"[A-P]", answer.upper())]
    return [order[place] if place < len(order) else -1 for place in places]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
