"""What a trainer has at hand for a session: guide, slides, handouts and answers; and who sees them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import MONDAY, a_session, a_workshop
from tests.portals.office.people import staff
from tests.portals.trainer.test_sessions import address, browser
from trenza.apps.learning.api import CourseVersion
from trenza.apps.programmes.api import Module, Programme
from trenza.apps.sessions.api import Session
from trenza.core import clock

pytestmark = pytest.mark.django_db
PARTS = [
    {"name": "Conocernos", "minutes": 30, "text": "Saluda a <cada una>.\n\nPor su nombre.", "without": None},
    {"name": "Buscar", "minutes": 60, "text": "De tres en tres.", "without": "Con las hojas impresas."},
]


@pytest.fixture(autouse=True)
def monday():
    with clock.travel(MONDAY):
        yield


@pytest.fixture
def course() -> CourseVersion:
    return published(exam=True)


@pytest.fixture
def session(marta, course) -> Session:
    """Of a workshop that is a module by itself: what the track teaches is at hand."""
    programme = Programme.objects.get()
    workshop = a_workshop(programme)
    workshop.parts = PARTS
    workshop.save()
    Module.objects.filter(track=workshop.track, course__gt="").update(course=course.course.code)
    return a_session(programme, by=marta, kind="workshop", workshop=workshop)


def test_guide_slides_handouts_and_answers_are_at_hand(marta, session, course):
    client = browser(marta)
    text = client.get(address(session, "materials")).content.decode()

    assert address(session, "materials") in client.get(address(session)).content.decode()
    assert ("Proyector" in text, "<p>Saluda a &lt;cada una&gt;.</p>" in text, "Con las hojas impresas." in text) == (
        (True,) * 3
    )
    assert text.count("Sin señal o sin electricidad") == 1
    shown = re.findall(r'href="(/lecciones/[^"]+)"', text)
    # An exam is listed, and has neither slides nor a handout.
    assert [each.split("/", 4)[4] for each in shown] == [
        *("first/laminas/", "first/hoja/", "first/", "lesson-2/laminas/", "lesson-2/hoja/", "lesson-2/", "final/")
    ]
    stranger = Client()
    assert {stranger.get(each).status_code for each in shown} == {200}
    right = re.findall(r'href="([^"]+/respuestas/[^"]+)"', text)
    assert [each.split("/")[-2] for each in right] == ["first", "lesson-2", "final"]
    first, second, exam = [client.get(each).content.decode() for each in right]
    assert (first + second).count("<b>✓ choice 1</b>") == 3
    assert (first + second).count("<b>✓") == 4
    assert "feedback 1" in first
    assert (exam.count("x1?"), exam.count("Es un examen."), exam.count("<b>✓")) == (0, 1, 0)


def test_package_has_the_guide_and_what_is_asked_for(marta, session):
    client = browser(marta)
    bare = client.post(address(session, "package"), {"lines": "0"}).content.decode()
    assert ("Saluda a" in bare, 'class="handout"' in bare, "Respuestas, solo para ti" in bare) == (True, False, False)

    wanted = {"lines": "0", "handouts": "on", "answers": "on"}
    whole = client.post(address(session, "package"), wanted).content.decode()
    assert (whole.count('class="handout"'), whole.count("✓ choice 1"), "x1?" in whole) == (2, 3, False)
    assert "data-right" not in whole


def test_guide_of_a_lesson_is_at_hand_and_printed_where_it_is_asked_for(
    marta, session, course, django_assert_num_queries
):
    client = browser(marta)
    with CaptureQueriesContext(connection) as before:
        client.get(address(session, "materials"))
    course.lessons.exclude(exam=True).update(guide="<p>Que cada una lo vea.</p>")

    with django_assert_num_queries(len(before)):
        text = client.get(address(session, "materials")).content.decode()
    bare = client.post(address(session, "package"), {"lines": "0"}).content.decode()
    whole = client.post(address(session, "package"), {"lines": "0", "guides": "on"}).content.decode()

    guides = re.findall(r'href="(/lecciones/[^"]+/guia/)"', text)
    assert [each.split("/", 4)[4] for each in guides] == ["first/guia/", "lesson-2/guia/"]
    assert "Que cada una lo vea." in Client().get(guides[0]).content.decode()
    assert (bare.count("Que cada una"), whole.count("Que cada una"), whole.count('class="guide"')) == (0, 2, 2)


def test_session_of_no_track_says_so(marta, session):
    plain = a_session(session.edition.programme, by=marta, track=None)
    text = browser(marta).get(address(plain, "materials")).content.decode()

    assert "Esta sesión no es de una ruta." in text
    assert "Si algo falta" in text


@pytest.mark.parametrize("verb", ["materials", "answers"])
def test_only_who_keeps_the_session_sees_them(session, course, verb):
    args = [session.pk] if verb == "materials" else [session.pk, course.course.code, "first"]
    page = reverse(f"trainer_{verb}", args=args)

    assert Client().get(page).status_code == 302
    assert browser(staff("mentor")).get(page).status_code == 403
    other = staff("trainer", scope_kind="edition", scope=a_programme("otra").editions.get().pk)
    assert browser(other).get(page).status_code == 404


def test_answers_of_what_the_session_does_not_teach_are_not_there(marta, session, course):
    published("dos")

    for each in (["dos", "first"], [course.course.code, "other"]):
        assert browser(marta).get(reverse("trainer_answers", args=[session.pk, *each])).status_code == 404
