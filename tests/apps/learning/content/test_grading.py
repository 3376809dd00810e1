from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.learning.content.course import Choice, Kind, Question
from trenza.apps.learning.content.grading import grade


def make_question(right: list[bool], kind: Kind = "several") -> Question:
    return Question("q", kind, "?", tuple(Choice(str(n), each, "") for n, each in enumerate(right)), "")


def test_grade_is_1_for_exactly_the_right_choices():
    assert grade(make_question([True, False, True]), [0, 2]) == 1.0


def test_grade_is_0_for_a_part_of_the_right_choices():
    assert grade(make_question([True, False, True]), [0]) == 0.0


def test_grade_is_0_for_a_right_choice_with_a_wrong_one():
    assert grade(make_question([True, False], "one"), [0, 1]) == 0.0


def test_grade_is_0_without_an_answer():
    assert grade(make_question([True, False], "one"), []) == 0.0


@given(st.lists(st.booleans(), min_size=2, max_size=12).filter(any), st.lists(st.integers(-3, 20)))
def test_grade_is_1_only_for_the_right_set_in_any_order(right, chosen):
    question = make_question(right)

    assert grade(question, chosen) == float(set(chosen) == {n for n, each in enumerate(right) if each})
    assert grade(question, [*reversed(question.right), *question.right]) == 1.0
