import pytest

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers import Options
from trenza.apps.learning.content.importers.notes import Notes
from trenza.apps.learning.content.importers.page import Course, Page
from trenza.apps.learning.content.importers.pieces import Reader
from trenza.apps.learning.content.importers.quiz_pages import QuizConverter
from trenza.apps.learning.content.importers.quizzes import read_asked, read_key
from trenza.apps.learning.content.phrases import phrases

QUIZ = """\
### Question 1

Which one?
a) A **pen**.
b) A dog
   that barks.

### Question 2

And these:

a. x
b. y
c. z

## Answers

"""


def convert(text: str, options: Options | None = None) -> tuple[str, list[tuple[int, str]]]:
    notes = Notes()
    course = Course({}, options or Options(), phrases("en"), notes, frozenset())
    pieces = QuizConverter(Reader(Page(course, "quiz.md"), Problems())).convert(text, 1)
    return "\n\n".join(piece.markdown for piece in pieces), [(each.line, each.text) for each in notes.changed]


@pytest.mark.parametrize(
    ("line", "letters", "why"),
    [
        ("1. **b)**. Because.", ("b",), "Because."),
        ("1. b", ("b",), ""),
        ("1) B) Because", ("b",), "Because"),
        ("1-b", ("b",), ""),
        ("1: b.", ("b",), ""),
        ("- Pregunta 1: b) Porque.", ("b",), "Porque."),
        ("Question 1. **B** – because", ("b",), "because"),
        ("1. a, c", ("a", "c"), ""),
        ("1. a) y c): las dos", ("a", "c"), "las dos"),
        ("1. a and c", ("a", "c"), ""),
        ("1. (d) So it is", ("d",), "So it is"),
        ("1. Respuesta correcta: b) Porque", ("b",), "Porque"),
    ],
)
def test_answer_is_read_from_its_line(line, letters, why):
    answers, others = read_key(line, 5)

    assert {number: [(each.letters, each.why, each.line) for each in found] for number, found in answers.items()} == {
        1: [(letters, why, 5)]
    }
    assert others == []


@pytest.mark.parametrize("line", ["See the book.", "1. Because it is so.", "b", "1. bread is good", "---", "1."])
def test_line_that_names_no_letter_is_no_answer(line):
    assert read_key(line, 1) == ({}, [(1, line)])


def test_answer_goes_on_in_indented_lines():
    answers, others = read_key("1. b) One\n   two\n\n   three\nfour", 1)

    assert answers[1][0].why == "One two three"
    assert others == [(5, "four")]


def test_choices_are_letters_in_their_order():
    asked = read_asked("Ask?\na) one\nb) two\ne) three\n\nAfter", 1)

    assert asked.prompt == "Ask?"
    assert [(choice.label, choice.text, choice.line) for choice in asked.choices] == [
        ("a", "one", 2),
        ("b", "two e) three", 3),
    ]
    assert asked.after == "After"


def test_questions_are_graded_by_their_key():
    written, told = convert(f"{QUIZ}1. b) It *barks*.\n2. a and c\n")

    assert (
        written
        == """\
::: question q1 one
Which one?

- [ ] A **pen**.

  > It *barks*.

- [x] A dog that barks.

  > It *barks*.
:::

::: question q2 several
And these:

- [x] x

- [ ] y

- [x] z
:::"""
    )
    assert told == [(16, "letters of choices and the key became grading (2 questions)")]


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("1. b\n", "the key has no answer to it"),
        ("1. b\n2. d\n", "the key names d), which it has not"),
        ("1. b\n2. a\n2. b\n", "the key answers it twice"),
    ],
)
def test_question_whose_key_is_odd_is_prose(key, problem):
    written, told = convert(QUIZ + key)

    assert "::: question q1 one" in written
    assert "::: question q2" not in written
    assert "- c) z" in written
    assert (8, f"question 2 is prose and not graded, because {problem}") in told


def test_prose_keeps_what_the_key_says():
    written, _ = convert(QUIZ + "1. b) It barks.\n2. d) Odd.\n", Options(questions="prose"))

    assert (
        written
        == """\
:::: try
Which one?

- a) A **pen**.
- b) A dog that barks.

::: hidden See the solution
b) It barks.
:::
::::

:::: try
And these:

- a) x
- b) y
- c) z

::: hidden See the solution
d) Odd.
:::
::::"""
    )


def test_question_without_a_key_may_be_left_out():
    written, told = convert(QUIZ + "1. b\n", Options(ungraded_quiz="drop"))

    assert "z" not in written
    assert (8, "question 2 was left out, because the key has no answer to it") in told


def test_answer_without_a_question_is_told():
    _, told = convert(QUIZ + "1. b\n2. a\n7. c) Who?\nSome words.\n")

    assert (20, "the key answers question 7, which is not there: c Who?") in told
    assert (21, "a line of the key is no answer and was left out: Some words.") in told


def test_boxes_need_no_key():
    written, _ = convert("## 1. Which?\n\n- [ ] a\n- [x] b\n- [x] c\n")

    assert written == "::: question q1 several\nWhich?\n\n- [ ] a\n\n- [x] b\n\n- [x] c\n:::"


def test_questions_may_stand_in_a_list():
    written, _ = convert(
        "## Quiz\n\nRead.\n\n1. One?\n   a) x\n   b) y\n2. Two?\n   a) v\n   b) w\n\n# Answer key\n1. a\n2. b"
    )
    assert (
        written
        == """\
::: question q1 one
Read.

One?

- [x] x

- [ ] y
:::

::: question q2 one
Two?

- [ ] v

- [x] w
:::"""
    )


def test_page_without_questions_is_left_as_it_is():
    assert convert("# Quiz\n\n[Quiz](https://a.org)\n\n1. a\n2. b") == (
        "## Quiz\n\n[Quiz](https://a.org)\n\n1. a\n2. b",
        [],
    )
