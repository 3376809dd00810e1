"""What could be better in a course that can be published all the same."""

import random
from collections.abc import Mapping

import pytest

from tests.apps.learning.content.examples import COURSE, FRONT, QUESTION, course_files, picture
from trenza.apps.learning.content import limits
from trenza.apps.learning.content.advice import advise
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.report import weigh

TWO = COURSE.replace('["01-password.md"]', '["01-password.md", "02-again.md"]')


def advice(files: Mapping[str, bytes]) -> list[tuple[str, int, str]]:
    course = compile_files(files).course
    weights = [weigh(course, lesson) for lesson in course.lessons]
    return [(remark.file, remark.line, remark.text) for remark in advise(course, weights)]


def test_course_without_fault_gets_no_advice():
    assert advice(course_files()) == []


def test_heavy_lesson_is_told_with_its_weight():
    rng = random.Random(1)
    words = " ".join(f"{rng.getrandbits(40):x}" for _ in range(2000))

    ((file, line, text),) = advice(course_files(words))

    assert (file, line) == ("01-password.md", 0)
    assert "KB compressed, more than 9 KB: divide it" in text


def test_heavy_images_are_told(monkeypatch):
    monkeypatch.setattr(limits, "IMAGES_WARNING", 10)

    ((file, line, text),) = advice(course_files("![red](images/a.png)"))

    assert (file, line) == ("01-password.md", 0)
    assert text.startswith("Its images have 0 KB, more than 0 KB")


def test_licence_that_nobody_can_look_up_is_told_where_it_stands():
    ((file, line, text),) = advice(course_files(course=COURSE.replace("CC-BY-SA-4.0", "My-Own-1.0")))

    assert (file, line) == ("course.toml", 6)
    assert text.startswith('Nobody can look up the licence "My-Own-1.0" from a lesson.')


def test_lessons_of_one_name_are_told_both():
    files = course_files("One.", {"02-again.md": f"{FRONT}Two.".encode()}, TWO)

    assert [(file, line) for file, line, _ in advice(files)] == [("01-password.md", 2), ("02-again.md", 2)]


def test_question_asked_twice_is_told_where_it_is_asked_again():
    again = FRONT.replace("A password", "Again") + "\n" + QUESTION.replace("question password", "question again")
    files = course_files(others={"02-again.md": again.encode()}, course=TWO)

    assert advice(files) == [
        ("02-again.md", 6, "01-password.md asks the same question. Ask something else."),
    ]


@pytest.mark.parametrize("change", ["Which one is the safest?", "rosa2024"])
def test_question_with_other_words_is_another_question(change):
    again = FRONT.replace("A password", "Again") + QUESTION.replace(change, "Something else")

    assert advice(course_files(others={"02-again.md": again.encode()}, course=TWO)) == []


def test_image_shown_in_two_lessons_is_no_fault():
    shown = FRONT.replace("A password", "Again") + "![red](images/a.png)"
    files = course_files("![red](images/a.png)", {"02-again.md": shown.encode(), "images/a.png": picture()}, TWO)

    assert advice(files) == []
