"""A list that was kept on paper: whom its rows mean, and what is marked of them."""

import pytest

from tests.apps.programmes.examples import a_person, a_programme
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer, women
from trenza.apps.sessions.actions import capture_walk_in, import_attendance
from trenza.apps.sessions.errors import ListMoved
from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.lists import MOST_ROWS, WORDS, Row, read_attendance_list
from trenza.apps.sessions.models import Mark, MarkKind
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    with clock.travel(MONDAY):
        yield a_programme()


@pytest.fixture
def marta(programme):
    return a_trainer(programme)


@pytest.fixture
def session(programme):
    return a_session(programme)


def test_words_are_each_of_one_mark():
    assert set(WORDS.values()) == set(MarkKind.values)
    assert (WORDS["x"], WORDS["tarde"], WORDS["falta"], WORDS["permiso"]) == ("present", "late", "absent", "excused")


def test_rows_are_matched_by_name_without_accents_case_and_order(programme, session, marta):
    ana, eva = women(programme, "Ána", "Eva")
    luz = capture_walk_in(session=session, given_name="Luz", family_name="Mamani", by=marta)

    listed = read_attendance_list(
        session, [Row("ana quispe", "X"), Row("QUISPE, Eva", " Tarde "), Row("Luz Mamani", "presente")], marta
    )
    assert listed.marks == {ana.person_id: "present", eva.person_id: "late", luz.pk: "present"}
    assert listed.problems == []


def test_rows_that_are_not_clear_say_why_and_are_left_out(programme, session, marta):
    women(programme, "Ana", "Eva", "Eva", "Luz", "Zoe")
    rows = [
        Row("Rosa Nadie", "x"),
        Row("Eva Quispe", "x"),
        Row("Luz Quispe", "x"),
        Row("quispe luz", "falta"),
        Row("Ana Quispe", "quizás"),
        Row(" ", "x"),
        Row("Zoe Quispe", ""),
        Row("Marta Quispe", "x"),  # herself
    ]

    listed = read_attendance_list(session, rows, marta)
    assert [(row.number, row.problem) for row in listed.rows] == [
        (1, "unknown_name"),
        (2, "several_with_the_name"),
        (3, "named_twice"),
        (4, "named_twice"),
        (5, "unknown_mark"),
        (6, "no_name"),
        (7, ""),
        (8, "unknown_name"),
    ]
    assert listed.marks == {}


def test_import_marks_what_was_shown_and_nothing_else(programme, session, marta):
    [ana] = women(programme, "Ana")
    rows = [Row("Ana Quispe", "x"), Row("Eva Quispe", "x")]
    shown = read_attendance_list(session, rows, marta).digest
    women(programme, "Eva")
    with pytest.raises(ListMoved):
        import_attendance(session=session, rows=rows, confirmed=shown, by=marta)
    assert list(Mark.objects.all()) == []

    shown = read_attendance_list(session, rows, marta).digest
    assert import_attendance(session=session, rows=rows, confirmed=shown, by=marta).marked == 2
    assert import_attendance(session=session, rows=rows, confirmed=shown, by=marta).marked == 0
    assert standings([session.pk])[session.pk, ana.person_id].mark == "present"


def test_list_is_for_who_keeps_the_session_and_has_an_end(programme, session, marta):
    with pytest.raises(NotAllowed):
        read_attendance_list(session, [Row("Ana", "x")], a_person("Rosa"))
    with pytest.raises(ValueError, match="at most"):
        read_attendance_list(session, [Row("Ana", "x")] * (MOST_ROWS + 1), marta)


def test_list_takes_as_many_queries_for_three_as_for_one(programme, session, marta, django_assert_num_queries):
    women(programme, "Ana", "Eva", "Luz")
    for rows in ([Row("Ana Quispe", "x")], [Row(f"{name} Quispe", "x") for name in ("Ana", "Eva", "Luz")]):
        with django_assert_num_queries(6):
            assert len(read_attendance_list(session, rows, marta).marks) == len(rows)
