"""Her own page: one thing first, and everything that is hers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call, a_minor, an_application
from tests.apps.admissions.examples import a_programme as a_programme_with_calls
from tests.apps.credentials.examples import a_template
from tests.apps.learning.examples import a_course
from tests.apps.programmes.examples import a_programme, module
from tests.portals.learner.scene import answer, browser, enrolled, finish, first, lessons, published, rosa, url
from trenza.apps.admissions.api import award_application
from trenza.apps.learning.api import publish_course
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import (
    Edition,
    Enrolment,
    Module,
    Programme,
    meet_requirement,
    pause_enrolment,
    withdraw_enrolment,
)
from trenza.core import clock
from trenza.core.journal import work_until_done
from trenza.portals.learner import certificates, memory

pytestmark = pytest.mark.django_db


def home(person: Person) -> Any:
    """Her page, made anew: what it says, not what is remembered (test_home_memory.py)."""
    memory.forget_all()
    response = browser(person).get("/mi/")
    assert response.status_code == 200
    return response


def text(response: Any) -> str:
    """What she reads, without markup."""
    main = response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def places(response: Any) -> list[tuple[str, str]]:
    [path] = response.context["learning"].paths
    return [(each.state.module.code, each.where) for each in path.modules]


def test_home_is_hers_alone():
    response = Client().get("/mi/")

    assert (response.status_code, response["Location"]) == (302, "/entrar/?next=/mi/")
    assert home(rosa())["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_empty_home_leads_to_the_programmes():
    response = home(rosa())

    assert response.context["first"] == "nothing"
    assert '<a class="btn" href="/">Ver los programas</a>' in response.content.decode()


def test_home_says_the_next_step_with_its_minutes_and_weight_first():
    version = published()
    response = home(enrolled().person)

    assert response.context["first"] == "step"
    assert text(response).startswith("Hola, Rosa Tu siguiente paso First Uno 5 minutos · 6 KB · unos Bs 0,01 Empezar")
    assert f'<a class="btn" href="{url(first(version))}">Empezar</a>' in response.content.decode()


def test_home_goes_on_where_she_stopped():
    begin, second = lessons(published())
    person = enrolled().person
    answer(browser(person), begin)

    response = home(person)

    assert f'<a class="btn" href="{url(second)}">Seguir</a>' in response.content.decode()
    assert "Llevas 1 de 2 lecciones" in text(response)


def test_home_says_where_each_module_stands():
    version, enrolment = published(), enrolled()
    Module.objects.create(
        track=enrolment.track, code="tres", name="Tres", position=2, requirement_kind="course", course="nadie"
    )
    person = enrolment.person
    assert places(home(person)) == [("uno", "open"), ("dos", "locked"), ("tres", "locked")]
    assert "Se abre cuando termines Uno" in text(home(person))
    assert "Se abre cuando termines Dos" in text(home(person))

    for lesson in lessons(version):
        answer(browser(person), lesson, {"q.a": "1", "q.b": ["0", "1"], "q.c": "1"})
    # The worker has not counted it yet.
    assert places(home(person)) == [("uno", "finished"), ("dos", "locked"), ("tres", "locked")]
    assert home(person).context["first"] == "finished"

    work_until_done()
    response = home(person)
    assert places(response) == [("uno", "met"), ("dos", "waiting"), ("tres", "locked")]
    assert (response.context["first"], "Estás al día" in text(response)) == ("waiting", True)
    assert "Tu formadora lo confirma cuando lo hayas hecho con ella." in text(response)

    meet_requirement(enrolment=enrolment, module=module(enrolment, "dos"))
    assert places(home(person)) == [("uno", "met"), ("dos", "met"), ("tres", "missing")]
    assert "Sus lecciones están en camino" in text(home(person))


def test_module_that_waits_for_several_names_them_all():
    enrolment = enrolled(programme=a_programme(unlock="free"))
    third = Module.objects.create(
        track=enrolment.track, code="tres", name="Tres", position=2, requirement_kind="course", course="tres"
    )
    third.opens_after.set(enrolment.track.modules.exclude(code="tres"))

    assert "Se abre cuando termines Uno y Dos" in text(home(enrolment.person))


def test_completed_track_is_celebrated_with_its_certificate_and_what_it_earned():
    programme = a_programme(completion=1)
    a_template(programme)
    version, enrolment = published(), enrolled(programme=programme)
    finish(browser(enrolment.person), version)
    work_until_done()

    response = home(enrolment.person)

    assert response.context["first"] == "completed"
    [certificate] = response.context["certificates"]
    assert f'href="/mis/certificados/{certificate.pk}/"' in response.content.decode()
    assert f'href="/certificado/{certificate.code}/"' in response.content.decode()
    assert "Ganaste: Beca Te avisaremos cuando empiece." in text(response)
    assert "Tu camino hasta hoy Básico Prueba, 2026. Lo completaste el" in text(response)


def test_hub_has_no_certificates_and_its_home_works(monkeypatch):
    monkeypatch.setattr(certificates, "_source", [])

    assert home(rosa()).context["certificates"] == []


def test_resting_stands_first_and_her_steps_still_count():
    published()
    enrolment = enrolled()
    pause_enrolment(enrolment=enrolment, until=clock.now().date() + timedelta(days=7), by=enrolment.person)

    response = home(enrolment.person)
    assert (response.context["first"], response.context["learning"].step) == ("rest", None)
    assert "Abierto: 2 lecciones" in text(response)

    with clock.travel(clock.now() + timedelta(days=9)):
        assert home(enrolment.person).context["first"] == "step"


def test_what_she_left_is_history():
    published()
    enrolment = enrolled()
    withdraw_enrolment(enrolment=enrolment, by=enrolment.person)

    response = home(enrolment.person)

    assert (response.context["first"], response.context["learning"].step) == ("nothing", None)
    assert "Lo dejaste. Puedes volver cuando quieras." in text(response)


def test_place_that_waits_for_her_yes_stands_first_where_she_has_no_step():
    application = an_application(a_call(a_programme_with_calls()), person=rosa())
    award = award_application(application=application, by=None)

    response = home(application.person)

    assert response.context["first"] == "award"
    assert response.content.decode().count(f'href="/mi/becas/{award.pk}/"') == 1


def test_place_that_waits_for_her_yes_follows_her_next_step():
    published()
    person = enrolled().person
    award = award_application(application=an_application(a_call(a_programme_with_calls()), person=person), by=None)

    page = home(person).content.decode()

    assert page.index("Tu siguiente paso") < page.index(f'href="/mi/becas/{award.pk}/"') < page.index("Básico")


@pytest.mark.parametrize(
    ("state", "said_first", "words"),
    [
        ("submitted", "application", "Llegó bien. El equipo te responde aquí. Ver mi solicitud"),
        ("needs_help", "help", "Todavía falta algo, y te ayudamos a conseguirlo. Ver qué falta"),
        ("waiting_list", "application", "Estás en la lista de espera."),
        ("waiting_guardian", "guardian", "Espera a que una persona adulta que te cuida dé su acuerdo."),
        ("not_eligible", "nothing", "Esta convocatoria pide algo que hoy no cumples."),
    ],
)
def test_application_says_what_happens_with_it(state, said_first, words):
    application = an_application(a_call(a_programme_with_calls()), person=rosa(), state=state)

    response = home(application.person)

    assert (response.context["first"], words in text(response)) == (said_first, True)
    assert "/programas/mujeres-online/convocatorias/beca-2026/solicitud/" in response.content.decode()


def test_application_that_needs_help_stands_first_with_the_way_to_it():
    application = an_application(a_call(a_programme_with_calls()), person=rosa(), state="needs_help")

    page = text(home(application.person))

    assert "Hola, Rosa Ya casi lo tienes Todavía falta algo, y te ayudamos a conseguirlo. Ver qué falta" in page
    assert "Tenemos tu solicitud" not in page


def test_earned_track_leads_to_where_she_can_begin_it():
    programme = a_programme(completion=1)
    programme.follow_ons.update(gives="track", track=programme.tracks.get())
    version, enrolment = published(), enrolled(programme=programme)
    finish(browser(enrolment.person), version)

    response = home(enrolment.person)

    assert "Ganaste: Beca Ver el programa" in text(response)
    assert "Te avisaremos" not in text(response)


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn"])
def test_application_that_is_over_is_not_shown(state):
    application = an_application(a_call(a_programme_with_calls()), person=rosa(), state=state)

    assert home(application.person).context["applications"] == []


def test_optional_courses_are_offered_to_everybody():
    version = publish_course(course=a_course("extra"), by=None, optional=True)
    person = rosa()
    assert "Si quieres aprender más Extra … Ver el curso" in text(home(person))

    answer(browser(person), first(version))
    assert "Extra … Seguir" in text(home(person))


def test_demonstration_edition_shows_its_banner():
    enrolment = enrolled()
    assert "DATOS DE DEMOSTRACIÓN" not in home(enrolment.person).content.decode()

    Edition.objects.update(demonstration=True)

    assert "DATOS DE DEMOSTRACIÓN" in home(enrolment.person).content.decode()


def full_life(many: int) -> Person:
    """Somebody with `many` of everything."""
    person = rosa()
    for number in range(many):
        publish_course(course=a_course(f"extra-{number}"), by=None, optional=True)
        version = published(f"curso-{number}")
        programme = a_programme(f"programa-{number}")
        programme.tracks.get().modules.filter(code="uno").update(course=f"curso-{number}")
        enrolled(person, programme)
        answer(browser(person), first(version))
        complete(enrolled(person, certified(f"completo-{number}")))
        calls = a_programme_with_calls(f"llama-{number}")
        for state in ("needs_help", "submitted"):
            an_application(a_call(calls, f"beca-{state}"), person=person, state=state)
        award_application(application=an_application(a_call(calls, "otra"), person=person), by=None)
    work_until_done()
    return person


def certified(code: str) -> Programme:
    programme = a_programme(code, completion=1)
    a_template(programme)
    return programme


def complete(enrolment: Enrolment) -> None:
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))


@pytest.mark.parametrize("many", [1, 3])
def test_home_asks_as_much_with_one_of_everything_as_with_three(many, django_assert_num_queries):
    client = browser(full_life(many))
    client.get("/mi/")  # she sees what was offered to her: that is noted once
    memory.forget_all()

    with django_assert_num_queries(22):
        response = client.get("/mi/")

    assert len(response.context["learning"].current) == len(response.context["certificates"]) == many
    assert len(response.context["awarded"]) == len(response.context["learning"].optional) == many
    assert len(response.context["applications"]) == 2 * many


def test_nothing_of_somebody_else_is_on_her_page():
    ana = full_life(1)
    Person.objects.filter(pk=ana.pk).update(given_name="Ana")

    response = home(rosa("Otra"))

    assert response.context["learning"].paths == ()
    assert [response.context[name] for name in ("awarded", "applications", "certificates", "earned")] == [[]] * 4


def test_home_of_a_minor_leads_first_to_the_adult_who_looks_after_her():
    person = a_minor()
    an_application(a_call(a_programme_with_calls()), 1, person=person, state="waiting_guardian")

    response = home(person)

    assert response.context["first"] == "guardian"
    assert 'convocatorias/beca-2026/solicitud/persona-adulta/">Ver cómo va</a>' in response.content.decode()
