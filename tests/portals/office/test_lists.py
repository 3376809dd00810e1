"""Lists: as many queries for three rows as for one, search by words, filters, order."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import a_call, a_minor, a_programme, an_application
from tests.apps.credentials.examples import a_template
from tests.apps.learning.examples import published
from tests.apps.places.examples import a_centre
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Appeal, AwardPart, Call, SeatPool, award_application
from trenza.apps.credentials.api import CredentialTemplate, issue_credentials
from trenza.apps.people.api import Guardianship, note_pair
from trenza.apps.programmes.api import Enrolment, meet_requirement
from trenza.apps.sessions.api import Said, mark_attendance, open_session
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.portals.office import choices

pytestmark = pytest.mark.django_db


def calls(call: Call, n: int) -> None:
    made = a_call(code=f"beca-{n}")
    an_application(made, n)


def an_award(call: Call, n: int) -> None:
    award_application(application=an_application(call, n), by=None)


def an_appeal(call: Call, n: int) -> None:
    Appeal.objects.create(application=an_application(call, n), text="Miren otra vez.", made_at=clock.now())


def a_part(call: Call, n: int) -> None:
    award = award_application(application=an_application(call, n), by=None)
    AwardPart.objects.create(award=award, code="curso", kind="course", name="Curso")


def a_guardian(call: Call, n: int) -> None:
    minor = an_application(call, n, person=a_minor(n)).person
    Guardianship.objects.create(person=minor, name="Elena", relation="mother", state="agreed")


def a_pair(call: Call, n: int) -> None:
    one, other = (scene.an_enrolment(call, n + k).person for k in (10, 20))
    note_pair(one=one, other=other, found="nightly", score=0.9)


def a_credential(call: Call, n: int) -> None:
    if not CredentialTemplate.objects.exists():
        a_template(call.programme, track=call.tracks_offered[0])
    enrolment = scene.an_enrolment(call, n)
    for module in call.tracks_offered[0].modules.all():
        meet_requirement(enrolment=enrolment, module=module)
    issue_credentials(enrolment=enrolment)


def a_course(call: Call, n: int) -> None:
    published(["uno", "dos", "tres"][n - 1])


def a_session(call: Call, n: int) -> None:
    session = open_session(
        edition=call.edition, kind="class", starts_at=clock.now(), minutes=60, time_zone="America/La_Paz",
        title=f"Clase {n}", track=call.tracks_offered[0], centre=a_centre(f"centro-{n}").pk, by=None,
    )  # fmt: skip
    trainer = staff("trainer")
    mark_attendance(session=session, marks={scene.an_enrolment(call, n).person_id: Said("late")}, by=trainer)


LISTS = [
    ("sesiones", a_session),
    ("convocatorias", calls),
    ("solicitudes", an_application),
    ("inscripciones", scene.an_enrolment),
    ("personas", scene.an_enrolment),
    ("adjudicaciones", an_award),
    ("revisiones", an_appeal),
    ("partes-de-becas", a_part),
    ("personas-adultas", a_guardian),
    ("personas/repetidas", a_pair),
    ("certificados", a_credential),
    ("cursos", a_course),
]
MOST_QUERIES = (
    26  # who she is, her reach for rows, filters and centres, count, keys, rows, what is theirs, views, choices
)


@pytest.mark.parametrize(("address", "make"), LISTS)
def test_list_asks_as_much_for_three_rows_as_for_one(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    make: Callable[[Call, int], object],
):
    call = scene.a_scene_call()
    SeatPool.objects.all().delete()
    sign_in(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))

    asked: list[int] = []
    for new in ([1], [2, 3]):
        for n in new:
            make(call, n)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            answer = client.get(f"/oficina/{address}/")
        asked.append(len(queries))

    assert len(answer.context["object_list"]) >= 3
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("words", "found"), [("quispe 1", 1), ("JUANA", 3), ("juana 1 quispe", 1), ("nadie", 0), ("", 3)]
)
def test_search_finds_every_word_somewhere(client: Client, words: str, found: int):
    call = scene.a_scene_call()
    for n in (1, 2, 3):
        scene.an_enrolment(call, n)
    sign_in(client, staff("coordinator"))

    answer = client.get("/oficina/inscripciones/", {"q": words})

    assert len(answer.context["object_list"]) == found


def test_filter_by_state_keeps_that_state(client: Client):
    call = scene.a_scene_call()
    an_application(call, 1)
    helped = an_application(call, 2, state="needs_help")
    sign_in(client, staff("coordinator"))

    answer = client.get("/oficina/solicitudes/", {"state": "needs_help", "call": str(call.pk)})

    assert list(answer.context["object_list"]) == [helped]


def test_list_is_ordered_as_asked(client: Client):
    call = scene.a_scene_call()
    rows = [scene.an_enrolment(call, n) for n in (1, 2, 3)]
    sign_in(client, staff("coordinator"))

    up = client.get("/oficina/inscripciones/", {"ordering": "person__search_text"}).context["object_list"]
    down = client.get("/oficina/inscripciones/", {"ordering": "-person__search_text"}).context["object_list"]

    assert (list(up), list(down)) == (rows, rows[::-1])


def test_list_counts_its_rows_in_spanish(client: Client):
    call = scene.a_scene_call()
    rows = [scene.an_enrolment(call, n) for n in (1, 2)]
    sign_in(client, staff("coordinator"))

    assert f"{len(rows)} filas" in client.get("/oficina/inscripciones/").content.decode()


def test_order_by_what_is_no_column_is_ignored(client: Client):
    scene.enrolments()
    sign_in(client, staff("coordinator"))

    assert client.get("/oficina/inscripciones/", {"ordering": "person__birth_date"}).status_code == 200


@pytest.mark.parametrize("address", [address for address, _make in LISTS])
def test_empty_list_says_so(client: Client, address: str):
    sign_in(client, staff("coordinator", scope_kind="programme", scope=new_id()))

    answer = client.get(f"/oficina/{address}/")

    assert (answer.status_code, list(answer.context["object_list"])) == (200, [])


@pytest.mark.parametrize("number", ["1", "2", "3", "99", "x"])
def test_pages_hold_every_row_once_from_whichever_end_they_are_read(client: Client, number: str):
    call = scene.a_scene_call()
    rows = [an_application(call, n) for n in range(1, 61)]
    sign_in(client, staff("coordinator"))
    shown = {"1": rows[:25], "2": rows[25:50], "x": rows[:25]}

    answer = client.get("/oficina/solicitudes/", {"p": number})

    assert list(answer.context["object_list"]) == shown.get(number, rows[50:])
    assert answer.context["items_count"] == 60


def test_filters_offer_what_lies_within_the_scope(client: Client):
    call = scene.a_scene_call()
    elsewhere = a_programme("otro")
    sign_in(client, scene.coordinator_of(call))

    fields = client.get("/oficina/solicitudes/").context["filters"].form.fields

    assert [label for _value, label in fields["region"].choices] == ["Todas", "Mujeres Online · El-Alto"]
    assert {row.programme for row in fields["edition"].queryset} == {call.programme}
    assert elsewhere.editions.get() not in fields["edition"].queryset


def test_long_choice_is_cut_and_a_value_beyond_it_still_filters(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choices, "MOST_CHOICES", 1)
    call = scene.a_scene_call()
    here, there = an_application(call, 1), an_application(call, 2, "oruro")
    sign_in(client, staff("coordinator"))

    answer = client.get("/oficina/solicitudes/", {"region": str(there.region_id)})

    assert len(list(answer.context["filters"].form.fields["region"].choices)) == 2
    assert list(answer.context["object_list"]) == [there]
    assert here.region_id != there.region_id


def test_days_of_an_enrolment_are_those_of_its_edition(client: Client):
    call = scene.a_scene_call()
    row = scene.an_enrolment(call, 1)
    Enrolment.objects.update(enrolled_at="2026-03-02T02:30Z")  # still the first of March in La Paz
    sign_in(client, staff("coordinator"))

    shown = client.get("/oficina/inscripciones/").content.decode()
    page = client.get(f"/oficina/inscripciones/{row.pk}/").content.decode()

    assert ("01/03/2026" in shown, "01/03/2026" in page, "02/03/2026" in shown + page) == (True, True, False)
