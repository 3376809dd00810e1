import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.apps.learning.content.importers.examples import body, compiled, lost_words
from tests.shared import shared_data
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.importers import Imported, Options, convert, recognise, topics
from trenza.apps.learning.content.report import Report
from trenza.apps.learning.content.sources import read_files

OUTLINE = """\
{"title": "Money", "description": "How to keep it.", "id": "money", "modules": [
  {"titulo": "Home", "modulo_id": 1, "temas": [{"titulo": "Saving", "tema_id": "1.1"}]}]}
"""

CONTENT = """\
# TEMA 1.1. SAVING A LITTLE

**Tiempo estimado**: 20 minutes
**Level**: Easy

## Why?

The word is of use. It is for the days that are not good, and they are many.
"""

EXERCISES = """\
# EXERCISES 1.1

## OBJECTIVES

1. To begin.

---

## 1. COUNT

Count it.

<details>
<summary>See</summary>

Three.

</details>
"""

EVALUATION = """\
# QUIZ 1.1

## FACTS

- **Topic**: Saving

---

## QUESTIONS

### Question 1

Which?
a) This.
b) That.

---

## ANSWERS

1. **b)**. Because.
"""

OPTIONS = Options(authors=("Rosa Mamani",), licence="CC0-1.0")


def course_files(others: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    return {
        "course.json": OUTLINE.encode(),
        "1/topic_1.1_content.md": CONTENT.encode(),
        "1/topic_1.1_exercises.md": EXERCISES.encode(),
        "1/topic_1.1_evaluation.md": EVALUATION.encode(),
        "1/topic_1.1_script.md": b"# Hello\n\nSix words that somebody reads aloud.",
        **(others or {}),
    }


def imported(others: Mapping[str, bytes] | None = None, options: Options = OPTIONS) -> Imported:
    return topics.convert(course_files(others), "folder", options)


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (["a_contenido.md", "a_evaluacion.md"], "topics"),
        (["a/contenido.md", "a/ejercicios.md", "a/guion.md"], "topics"),
        (["a_contenido.md", "b_evaluacion.md"], ""),
        (["contenido.md"], ""),
    ],
)
def test_topics_are_recognised_by_what_stands_beside_their_content(names, name):
    assert recognise(names) == name


def test_topic_becomes_pages_of_its_content_exercises_and_questions():
    course = compiled(imported())

    assert (course.code, course.title, course.summary, course.language) == ("money", "Money", "How to keep it.", "en")
    assert [(each.title, each.summary) for each in course.lessons] == [
        ("Saving a little", "Home · Saving. Level: Easy"),
        ("Exercises: Saving a little", "Home · Saving"),
        ("Questions: Saving a little", "Home · Saving. Topic: Saving"),
    ]
    assert 17 <= sum(each.minutes for each in course.lessons) <= 23


def test_exercises_are_parts_to_do():
    assert (
        body(compiled(imported()), 1)
        == """\
<div class="card note"><b>What you will be able to do</b>
<ol>
<li>To begin.</li>
</ol>
</div>
<div class="card try"><b>1. COUNT</b>
<p>Count it.</p>
<details><summary>See</summary>
<p>Three.</p>
</details>
</div>"""
    )


def test_evaluation_is_graded_by_its_key():
    (question,) = compiled(imported()).lessons[2].questions

    assert (question.code, question.kind, question.right, question.prompt_html) == ("q1", "one", (1,), "Which?")
    assert [(choice.html, choice.feedback_html) for choice in question.choices] == [
        ("This.", "Because."),
        ("That.", "Because."),
    ]


def test_report_names_what_became_of_titles_times_and_scripts():
    assert [str(each) for each in imported().changed] == [
        "1/topic_1.1_content.md:1: the title «TEMA 1.1. SAVING A LITTLE» became «Saving a little»",
        "1/topic_1.1_content.md:3: the time named for the topic was divided: Tiempo estimado, 20 minutes",
        "1/topic_1.1_evaluation.md:1: its own title was left out: «QUIZ 1.1»",
        "1/topic_1.1_evaluation.md:3: a heading above nothing but questions was left out: FACTS",
        "1/topic_1.1_evaluation.md:9: a heading above nothing but questions was left out: QUESTIONS",
        "1/topic_1.1_evaluation.md:19: letters of choices and the key became grading (1 questions)",
        "1/topic_1.1_exercises.md:1: its own title was left out: «Exercises 1.1»",
        "1/topic_1.1_exercises.md:1: the title «EXERCISES 1.1» became «Exercises 1.1»",
        "1/topic_1.1_exercises.md:3: a part called «OBJECTIVES» is called «What you will be able to do»",
        "1/topic_1.1_script.md: the script of a recording was left out (7 words)",
        "course.json: the language, en, is a guess from the words",
    ]


def test_script_may_be_kept_behind_a_title():
    made = imported(options=Options(authors=("R",), licence="MIT", scripts="hidden"))

    assert "<summary>Script of the recording</summary>" in body(compiled(made), 0)


def test_script_alone_gives_no_lesson():
    made = imported({"2/topic_2_script.md": b"Hello."}, Options(authors=("R",), licence="MIT", scripts="hidden"))

    assert len(compiled(made).lessons) == 3


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"course.json": b"{"}, ("course.json", 1)),
        ({"course.json": b"[" * 100_000}, ("course.json", 0)),
        ({"course.json": b"\xff"}, ("course.json", 0)),
        ({"course.json": b"[]"}, ("course.json", 0)),
        ({"1/topic_1.1_content.md": b"\x00\xff"}, ("1/topic_1.1_content.md", 0)),
    ],
)
def test_course_that_is_malformed_is_told_with_its_place(change, expected):
    with pytest.raises(CourseErrors) as raised:
        imported(change)

    assert expected in [(error.file, error.line) for error in raised.value.errors]


def test_course_needs_somebody_who_wrote_it():
    with pytest.raises(CourseErrors) as raised:
        imported(options=Options())

    assert [(each.file, each.problem) for each in raised.value.errors] == [
        ("course.json", "Nothing in the folder says the authors of the course."),
        ("course.json", "Nothing in the folder says the licence of the course."),
    ]


# --- The real course ---

SETTINGS = ["authors=Somebody"]


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared_data() / "courses" / "finanzas-del-hogar-es"


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[Course, Report]:
    return build_course(folder, settings=SETTINGS)


def test_finanzas_says_whose_it_is(built):
    course, report = built

    assert (course.code, course.title, course.language, course.licence) == (
        "inteligencia-financiera-hogar",
        "Inteligencia Financiera y Finanzas del Hogar",
        "es",
        "MIT",
    )
    assert report.format == "topics"


def test_finanzas_keeps_everything_by_count(built):
    assert built[1].kept == {
        "lessons": 23,
        "questions": 20,
        "choices": 60,
        "feedbacks": 60,
        "images": 0,
        "exercises": 15,
        "folded parts": 1,
        "formulas as text": 1,
        "headings": 77,
        "objectives": 5,
        "pages divided": 8,
        "quiz questions graded": 20,
        "quiz questions of the kind one": 20,
        "tables": 6,
    }
    assert built[1].missing == built[1].removed == built[1].unused == ()


def test_finanzas_grades_every_question_as_its_key_says(folder, built):
    keys = [
        re.findall(r"^[0-9]\. \*\*([a-c])\)", path.read_text(), re.MULTILINE)
        for path in sorted(folder.glob("modulos/*/*evaluacion.md"))
    ]
    graded = [
        ["abc"[right] for question in lesson.questions for right in question.right]
        for lesson in built[0].lessons
        if lesson.questions
    ]

    assert graded == keys
    assert sum(map(len, graded)) == 20


def test_finanzas_fits_its_pages_in_pieces_of_a_quarter_of_an_hour(built):
    course, report = built

    assert report.warnings == ()
    assert {lesson.minutes for lesson in course.lessons} <= set(range(5, 16))


def test_finanzas_loses_no_word_without_a_remark(folder):
    files = read_files(folder)
    made = convert(files, folder.name, settings=SETTINGS)
    lost = lost_words(files, made)
    told = "\n".join(map(str, made.changed))

    for name in lost:
        if name.endswith("_guion.md"):
            assert f"{name}: the script of a recording was left out" in told
        elif name != "README.md":
            assert set(lost[name]) <= _words_told(name, told), name
    assert sum(sum(lost[name].values()) for name in lost if "contenido" in name) == 28
    assert sum(sum(lost[name].values()) for name in lost if "ejercicios" in name) == 20


def _words_told(name: str, told: str) -> set[str]:
    """The words in the remarks on a file, and what the grading of questions stands for."""
    lines = [line for line in told.split("\n") if line.startswith(name)]
    found = set(re.findall(r"[^\W_]+", "\n".join(lines).casefold()))
    if any("became grading (4 questions)" in line for line in lines):
        found |= {"pregunta", "solucionario", "a", "b", "c", "1", "2", "3", "4"}
    return found


def test_finanzas_counts_what_each_option_changes(folder):
    files = read_files(folder)
    options = Options(authors=("S",), scripts="hidden", questions="prose", split=False)

    made = topics.convert(files, "x", options)

    assert dict(made.kept)["scripts"] == 5
    assert dict(made.kept)["quiz questions as prose"] == 20
    assert len(compiled(made).lessons) == 15
