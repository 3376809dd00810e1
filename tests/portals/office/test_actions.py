"""Actions: a POST with one domain call; what it may not do is not there, what it cannot do is said in words."""

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call, a_programme, an_application, with_seats
from tests.journal import journal
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Award
from trenza.apps.people.api import grant_role
from trenza.apps.programmes.api import Module, RequirementMet

pytestmark = pytest.mark.django_db


def said(client: Client, address: str) -> tuple[int, list[str]]:
    """The status of a POST, and the sentences on the next page."""
    answer = client.post(address)
    return answer.status_code, [str(message) for message in client.get("/oficina/cuenta/").context["messages"]]


def kinds() -> list[str]:
    return [kind for kind, *_ in journal()]


def test_publish_lets_everybody_see_the_call(client: Client):
    call = a_call(a_programme(), published_at=None)
    coordinator = staff("coordinator")
    sign_in(client, coordinator)

    assert said(client, f"/oficina/convocatorias/{call.pk}/publicar/") == (
        302,
        ["«Becas 2026» está publicada: todo el mundo puede verla."],
    )
    call.refresh_from_db()
    assert call.published_by == coordinator
    assert kinds()[-1] == "admissions.call_published.v1"


def test_publish_a_call_that_other_regions_share_is_not_hers(client: Client):
    call = a_call(a_programme(), published_at=None)
    sign_in(client, scene.coordinator_of(call))

    assert client.post(f"/oficina/convocatorias/{call.pk}/publicar/").status_code == 404
    assert b"publicar/" not in client.get(f"/oficina/convocatorias/{call.pk}/").content
    call.refresh_from_db()
    assert call.published_at is None


def test_auditor_changes_nothing(client: Client):
    application = an_application(scene.a_scene_call(), 1)
    sign_in(client, staff("auditor"))
    page = client.get(f"/oficina/solicitudes/{application.pk}/")

    assert (page.status_code, b"adjudicar/" in page.content) == (200, False)
    assert client.post(f"/oficina/solicitudes/{application.pk}/adjudicar/").status_code == 403
    assert client.post(f"/oficina/convocatorias/{application.call_id}/adjudicar/").status_code == 403
    assert list(Award.objects.all()) == []


def test_award_gives_her_a_place(client: Client):
    made = scene.applications()
    sign_in(client, made.coordinator)

    status, sentences = said(client, f"/oficina/solicitudes/{made.here[0].pk}/adjudicar/")

    assert (status, sentences) == (302, ["Juana 1 Quispe tiene un lugar. Puede aceptarlo o dejarlo."])
    assert [(award.application, award.awarded_by) for award in Award.objects.all()] == [
        (made.here[0], made.coordinator)
    ]


def test_award_elsewhere_is_not_there(client: Client):
    made = scene.applications()
    sign_in(client, made.coordinator)

    assert client.post(f"/oficina/solicitudes/{made.elsewhere[0].pk}/adjudicar/").status_code == 404
    assert list(Award.objects.all()) == []


def test_award_by_get_is_refused(client: Client):
    made = scene.applications()
    sign_in(client, made.coordinator)

    assert client.get(f"/oficina/solicitudes/{made.here[0].pk}/adjudicar/").status_code == 405


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("waiting_guardian", "Es menor de edad y espera a su tutor o tutora. No cambió nada."),
        ("needs_help", "No cumple las condiciones de la convocatoria, o primero necesita ayuda. No cambió nada."),
        ("withdrawn", "En el estado en que está la solicitud no se puede hacer esto. Vuelve a mirarla."),
    ],
)
def test_award_that_cannot_be_says_why(client: Client, state: str, sentence: str):
    application = an_application(scene.a_scene_call(), 1, state=state)
    sign_in(client, staff("coordinator"))

    assert said(client, f"/oficina/solicitudes/{application.pk}/adjudicar/") == (302, [sentence])


def test_award_without_a_seat_says_so(client: Client):
    application = an_application(with_seats(a_call(a_programme()), 0), 1)
    sign_in(client, staff("coordinator"))

    assert said(client, f"/oficina/solicitudes/{application.pk}/adjudicar/") == (
        302,
        ["No queda ningún lugar en esta convocatoria, en su región o en la ruta. No cambió nada."],
    )


def test_award_in_order_asks_first_and_says_what_it_did(client: Client):
    call = scene.a_scene_call()
    for n in range(1, 5):
        an_application(call, n)
    sign_in(client, staff("coordinator"))
    address = f"/oficina/convocatorias/{call.pk}/adjudicar/"

    asked = client.get(address)
    assert (asked.context["waiting"], [pool.left for pool in asked.context["pools"]]) == (4, [3, 2])
    assert list(Award.objects.all()) == []

    assert said(client, address) == (302, ["Se adjudicaron 2 lugares. Todavía esperan 2 personas."])
    assert said(client, address) == (302, ["No se adjudicó ningún lugar: no quedan, o nadie espera."])


def test_confirm_meets_the_module(client: Client):
    made = scene.enrolments()
    workshop = Module.objects.get(code="taller")
    sign_in(client, made.coordinator)
    address = f"/oficina/inscripciones/{made.here[0].pk}/confirmar/{workshop.pk}/"
    assert address.encode() in client.get(f"/oficina/inscripciones/{made.here[0].pk}/").content

    assert said(client, address) == (302, ["Juana 1 Quispe ha cumplido «Taller»."])
    assert said(client, address) == (302, ["Ya estaba confirmado; no cambió nada."])
    assert [(met.module, met.by) for met in RequirementMet.objects.all()] == [(workshop, made.coordinator)]
    assert address.encode() not in client.get(f"/oficina/inscripciones/{made.here[0].pk}/").content


def test_confirm_what_a_course_meets_is_refused(client: Client):
    made = scene.enrolments()
    sign_in(client, made.coordinator)
    course = Module.objects.get(code="uno")

    assert said(client, f"/oficina/inscripciones/{made.here[0].pk}/confirmar/{course.pk}/") == (
        302,
        ["Este módulo se cumple con un curso; nadie lo confirma. No cambió nada."],
    )


def test_confirm_for_herself_is_not_there(client: Client):
    call = scene.a_scene_call()
    enrolment = scene.an_enrolment(call, 1)
    grant_role(person=enrolment.person, role="coordinator", by=None)
    sign_in(client, enrolment.person)
    workshop = Module.objects.get(code="taller")

    assert client.post(f"/oficina/inscripciones/{enrolment.pk}/confirmar/{workshop.pk}/").status_code == 404
    assert list(RequirementMet.objects.all()) == []
