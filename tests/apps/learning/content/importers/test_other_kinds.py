"""Questions of a quiz that are no choice among letters."""

import pytest

from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.build import compile_imported
from trenza.apps.learning.content.course import Match, Number, Text
from trenza.apps.learning.content.importers import Options, convert

STEPS = "### Question 1\n\nPut these in order:\n\na) Send\nb) Open\nc) Write\n"
PAIRS = "### Question 1\n\nJoin them.\n\n1. Wi-Fi\n2. Data\n\na) Of your package\nb) Free of charge\nc) Calls\n"
PROFIT = "### Question 1\n\nShe earns 60 and spends 40. What does she gain?\n"
BLANK = "### Question 1\n\nWhat opens her account is a ____ of hers.\n"


def imported(quiz, key, **options):
    source = f"# Quiz\n\n{quiz}\n## Answers\n\n{key}\n".encode()
    chosen = Options(title="Test", licence="CC0-1.0", authors=("Rosa Mamani",), language="en", **options)
    return convert({"1 quiz.md": source}, "quiz", chosen, importer="markdown")


def lesson(found):
    return next(data.decode() for name, data in found.files.items() if name.endswith(".md"))


def told(found):
    return [each.text for each in found.changed]


@pytest.mark.parametrize("key", ["1. b, c, a", "1. b → c → a", "1. b - c - a", "1) **B, C y A**", "1. (b), (c), (a)."])
def test_steps_stand_in_the_order_of_the_key(key):
    found = imported(STEPS, key)

    assert "::: question q1 order\nPut these in order:\n\n1. Open\n2. Write\n3. Send\n:::" in lesson(found)
    assert found.kept["quiz questions of the kind order"] == found.kept["quiz questions graded"] == 1
    assert not any("left out" in each for each in told(found))


def test_reason_is_read_where_a_step_stands_wrong():
    question = compile_imported(imported(STEPS, "1. b, c, a. First one opens it."), "quiz")[0].lessons[0].questions[0]

    assert question.kind == "order"
    assert [each.html for each in question.choices] == ["Open", "Write", "Send"]
    assert {each.feedback_html for each in question.choices} == {"First one opens it."}


def test_all_letters_are_no_order_where_none_is_asked():
    found = imported(STEPS.replace("Put these in order", "Which are steps"), "1. b, c, a")

    assert "::: question q1 several" in lesson(found)


def test_pairs_are_joined_as_the_key_says():
    found = imported(PAIRS, "1. 1-b, 2-a")

    assert (
        "::: question q1 match\nJoin them.\n\n- Wi-Fi => Free of charge\n- Data => Of your package\n- => Calls\n:::"
        in lesson(found)
    )
    question = compile_imported(found, "quiz")[0].lessons[0].questions[0]
    assert isinstance(question.details, Match)
    assert question.details.targets == ("Free of charge", "Of your package", "Calls")


@pytest.mark.parametrize(
    ("quiz", "key", "problem"),
    [
        (PAIRS, "1. 1-b, 2-b", "one right side belongs to several things"),
        (PAIRS, "1. 1-b, 2-f", "the key names f), which it has not"),
        (PAIRS, "1. 1-b, 3-a", "the key does not join each number once"),
        (STEPS, "1. b, c, c", "the key does not name each of its steps once"),
        (STEPS.replace("c) Write\n", ""), "1. b, a", "it has not 3 to 7 steps to put in order"),
        (PROFIT, "1. 1.500 Bs", '"1.500" can be read in two ways'),
        (BLANK, "1. word that only she knows", '"word that only she knows" has 5 words'),
    ],
)
def test_what_does_not_fit_stays_prose_with_its_reason(quiz, key, problem):
    found = imported(quiz, key)

    assert "::: question" not in lesson(found)
    assert f"question 1 is prose and not graded, because {problem}" in told(found)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("1. 20 bolivianos", "- [x] 20 bolivianos"),
        ("1. 20 ± 0.5 Bs.", "- [x] 20 ± 0.5 Bs"),
        ("**1.** 33,5 %", "- [x] 33,5 %"),
        ("1. -3", "- [x] -3"),
    ],
)
def test_number_with_its_tolerance_and_unit(key, written):
    found = imported(PROFIT, key)

    assert f"What does she gain?\n\n{written}\n:::" in lesson(found)
    question = compile_imported(found, "quiz")[0].lessons[0].questions[0]
    assert question.kind == "number"


def test_number_is_none_where_more_is_asked():
    found = imported(PROFIT.replace("What", "Why? What"), "1. 20")

    assert "::: question" not in lesson(found)
    assert "a line of the key is no answer and was left out: 1. 20" in told(found)


def test_reason_of_a_number_is_read_by_who_writes_another():
    question = (
        compile_imported(imported(PROFIT, "1. 20 Bs. Take away what she spent."), "quiz")[0].lessons[0].questions[0]
    )

    assert isinstance(question.details, Number)
    assert question.details.other_html == question.choices[0].feedback_html == "Take away what she spent."


def test_word_in_a_gap_with_its_variants():
    found = imported(BLANK, '1. password / "pass phrase"')
    course = compile_imported(found, "quiz")[0]

    details = course.lessons[0].questions[0].details
    assert isinstance(details, Text)
    assert details.accepted == ("password", "pass phrase")
    assert any("capitals, accents and punctuation do not count" in each for each in told(found))
    assert "____" in lesson_body_html(course, course.lessons[0])


def test_word_without_a_gap_is_no_answer_to_a_question():
    assert "::: question" not in lesson(imported(BLANK.replace("____", "thing"), "1. password"))


def test_two_words_of_truth_are_true_or_false():
    found = imported("### Question 1\n\nIs it so?\n\na) Verdadero\nb) Falso\n", "1. b")

    assert "::: question q1 true-false" in lesson(found)
    assert found.kept["quiz questions of the kind true-false"] == 1


def test_prose_is_prose_where_it_is_asked_for():
    assert "::: question" not in lesson(imported(PROFIT, "1. 20", questions="prose"))


@pytest.mark.parametrize("quiz", [STEPS, PAIRS, PROFIT, BLANK])
@pytest.mark.parametrize(
    "key",
    [
        "1. " + "a, " * 5000,
        "1. " + "1-a, " * 5000,
        "1. " + "9" * 5000,
        "1. " + "x / " * 5000,
        "1. 1 ± ± 1",
        "1. ::: => :::",
        "1. <script>",
        "1. b, c, a ::: question x",
        "1. 20 Bs. - [x] ? > # :::",
        "1. 1-b, 2-a. => => > :::",
        "1. 1b2a",
    ],
)
def test_whatever_stands_in_a_key_the_course_compiles(quiz, key):
    course, _ = compile_imported(imported(quiz, key), "quiz")

    assert [len(each.questions) for each in course.lessons] in ([0], [1])
    assert "<script>" not in lesson_body_html(course, course.lessons[0])
