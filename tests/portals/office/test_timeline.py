"""What has happened to a person: in words, in order, and only what the viewer may see."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call, a_person, region_of
from tests.apps.learning.examples import published, sheet
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import award_application, publish_call, sign_up, submit_application
from trenza.apps.learning.api import CourseVersion, ExamSubmitted, LessonCompleted, QuestionAnswered, record_lesson
from trenza.apps.learning.models import LessonDone
from trenza.apps.people.api import Person, give_consent, grant_role
from trenza.apps.programmes.api import enrol
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import Event, Status, incoming, ingest
from trenza.portals.office.timeline import history_of, timeline_of

pytestmark = pytest.mark.django_db


def sentences(person: Person, viewer: Person, **page: int) -> list[str]:
    return [told.sentence for told in timeline_of(person, viewer, **page)]


def a_lesson_done(person: Person, version: CourseVersion) -> None:
    record_lesson(lesson=version.lessons.get(position=0), answers={"a": [1], "b": [0, 1]}, person=person, edition=None)


def test_timeline_tells_what_happened_the_newest_first():
    call = scene.a_scene_call()
    viewer = scene.coordinator_of(call)
    juana = a_person(1)
    give_consent(person=juana, text="data-use", version=2, by=juana)
    application = submit_application(
        call=call, person=juana, region=region_of(call), answers={"has_email": True}, by=juana
    )
    award_application(application=application, by=viewer)

    told = list(timeline_of(juana, viewer))

    assert [(each.sentence, each.who) for each in told] == [
        ("Recibió un lugar en «Becas 2026».", "tú"),
        ("Envió su solicitud a «Becas 2026» de Mujeres Online.", "desde su cuenta"),
        ("Aceptó «Cómo usamos tus datos», versión 2.", "desde su cuenta"),
        ("Quedó registrada.", "el sistema"),
    ]
    assert {each.at.tzinfo.key for each in told} == {"America/La_Paz"}  # type: ignore[union-attr]  # aware, all of them


def test_timeline_leaves_no_trace_of_what_lies_outside_the_scope():
    """She learns in a programme here and in another one: a course there, an enrolment, a role."""
    here, there = scene.a_scene_call(), scene.other_call()
    first, second = published("uno"), published("dos")
    viewer = scene.coordinator_of(here)
    enrolment = scene.an_enrolment(here, 1)
    juana = enrolment.person
    elsewhere = sign_up(call=there, person=juana, region=region_of(there), by=juana)
    a_lesson_done(juana, first)
    a_lesson_done(juana, second)
    grant_role(person=juana, role="trainer", scope_kind="region", scope=region_of(there).pk, by=None)
    grant_role(person=juana, role="mentor", scope_kind="region", scope=region_of(here).pk, by=None)

    assert sentences(juana, viewer) == [
        "Recibió la función Mentora en El-Alto, de Mujeres Online.",
        "Terminó la lección «First» de «Uno».",
        "Respondió en la lección «First» de «Uno».",
        "Quedó inscrita en «Alfabetización» de Mujeres Online, El-Alto.",
        "Quedó registrada.",
    ]
    assert len(sentences(juana, staff("administrator"))) == 10
    assert list(history_of([elsewhere.pk], person=juana, viewer=viewer)) == []


def test_timeline_of_another_region_is_empty_for_who_may_not_read_her():
    call = scene.a_scene_call()
    enrolment = scene.an_enrolment(call, 1, "oruro")
    a_lesson_done(enrolment.person, published("uno"))

    assert sentences(enrolment.person, scene.coordinator_of(call)) == []


def test_trainer_sees_the_enrolment_and_not_the_person():
    call = scene.a_scene_call()
    trainer = staff("trainer", scope_kind="region", scope=region_of(call).pk)
    enrolment = scene.an_enrolment(call, 1)
    give_consent(person=enrolment.person, text="data-use", version=2, by=enrolment.person)

    assert sentences(enrolment.person, trainer) == ["Quedó inscrita en «Alfabetización» de Mujeres Online, El-Alto."]


def test_who_did_it_is_named_to_whom_she_is_shown():
    call = scene.a_scene_call()
    chief, other = scene.coordinator_of(call), staff("coordinator")
    juana = a_person(1)
    region = region_of(call)
    enrol(person=juana, edition=call.edition, track=call.tracks_offered[0], region=region, by=other)

    def who(viewer: Person) -> str:
        return next(iter(timeline_of(juana, viewer))).who

    assert who(other) == "tú"
    assert who(staff("auditor")) == "Ximena Rojas"
    assert who(chief) == "alguien del equipo"


def sent(person: Person, *events: tuple[int, Event, timedelta], device: UUID, edition: UUID | None = None) -> None:
    """Entries that her phone noted that long ago, in the order in which they arrive."""
    for sequence, event, ago in events:
        [answer] = ingest(
            [
                incoming(
                    device=device, sequence=sequence, event=event, person=person.pk, by=person.pk,
                    happened_at=clock.now() - ago, edition=edition,
                )
            ],
            judge=None,
        )  # fmt: skip
        assert answer.status is Status.ACCEPTED


def test_several_answers_in_a_row_are_told_once():
    call = scene.a_scene_call()
    version = published("uno")
    juana = scene.an_enrolment(call, 1).person
    a_lesson_done(juana, version)

    told = list(timeline_of(juana, staff("coordinator")))

    assert [(each.sentence, each.times) for each in told][:2] == [
        ("Terminó la lección «First» de «Uno».", 1),
        ("Respondió en la lección «First» de «Uno».", 2),
    ]


def test_pages_lead_to_older_and_newer_without_gap_or_repetition():
    call = scene.a_scene_call()
    viewer = scene.coordinator_of(call)
    juana = scene.an_enrolment(call, 1).person
    for version in range(1, 6):
        give_consent(person=juana, text="data-use", version=version, by=juana)

    first = timeline_of(juana, viewer, limit=3)
    second = timeline_of(juana, viewer, limit=3, before=first.older)
    third = timeline_of(juana, viewer, limit=3, before=second.older)
    back = timeline_of(juana, viewer, limit=3, after=third.newer)

    everything = [told.position for page in (first, second, third) for told in page]
    assert everything == sorted(set(everything), reverse=True)
    assert len(everything) == 7
    assert (first.newer, third.older) == (None, None)
    assert list(back) == list(second)


@pytest.mark.parametrize("times", [1, 3])
def test_timeline_asks_as_much_for_many_as_for_few(django_assert_num_queries, times: int):
    call = scene.a_scene_call()
    viewer = scene.coordinator_of(call)
    first = scene.an_enrolment(call, 1)
    version = published("uno")
    for number in range(times):
        give_consent(person=first.person, text="data-use", version=number, by=first.person)
        a_lesson_done(first.person, version)

    with django_assert_num_queries(26):
        timeline_of(first.person, viewer)


def test_history_of_a_row_tells_what_happened_to_it():
    call = scene.a_scene_call()
    viewer = staff("administrator")
    call.published_at = None
    call.save()
    publish_call(call=call, by=viewer)
    juana = a_person(1)
    application = submit_application(
        call=call, person=juana, region=region_of(call), answers={"has_email": True}, by=juana
    )
    award = award_application(application=application, by=viewer)
    scene.an_enrolment(call, 2)

    of_call = history_of([call.pk], person=None, viewer=viewer)
    of_application = history_of([application.pk, award.pk], person=juana, viewer=viewer)

    assert [told.sentence for told in of_call] == ["Se publicó la convocatoria «Becas 2026» de Mujeres Online."]
    assert [told.sentence for told in of_application] == [
        "Recibió un lugar en «Becas 2026».",
        "Envió su solicitud a «Becas 2026» de Mujeres Online.",
    ]
    assert list(history_of([call.pk], person=None, viewer=staff("trainer"))) == []
    assert list(history_of([new_id()], person=None, viewer=viewer)) == []


@pytest.mark.parametrize("page", ["antes=x", "antes=-1", "despues=99999999999999999999", "antes="])
def test_a_page_that_cannot_be_is_not_there(client: Client, page: str):
    enrolment = scene.an_enrolment(scene.a_scene_call(), 1)
    sign_in(client, staff("coordinator"))

    assert client.get(f"/oficina/personas/{enrolment.person_id}/?{page}").status_code == 404


def test_call_elsewhere_has_no_history(client: Client):
    call = a_call()
    viewer = staff("coordinator", scope_kind="region", scope=new_id())

    assert list(history_of([call.pk], person=None, viewer=viewer)) == []


def test_what_a_device_noted_long_ago_or_ahead_says_both_moments():
    call = scene.a_scene_call()
    version = published("uno")
    juana = scene.an_enrolment(call, 1).person
    lesson = version.lessons.get(position=0).pk
    sent(
        juana,
        (2, LessonCompleted(lesson=lesson), timedelta(days=9)),
        (1, QuestionAnswered(lesson=lesson, question="a", choices=[1]), timedelta(hours=-5)),
        device=new_id(),
    )

    ahead, late, *_rest = [told.notes for told in timeline_of(juana, staff("coordinator"))]

    assert (late[0].startswith("Anotado el "), late[1:]) == (True, ("Llegó tarde.",))
    assert (ahead[0].startswith("Anotado el "), ahead[1:]) == (
        True,
        (
            "El reloj del aparato iba adelantado.",
            "Llegó después de otras cosas que el mismo aparato había anotado más tarde.",
        ),
    )


def test_what_came_after_the_end_of_its_edition_counts_and_says_so():
    call = scene.a_scene_call()
    version = published("uno", lessons=1)
    juana, edition = scene.an_enrolment(call, 1).person, call.edition
    lesson = version.lessons.get(position=0).pk
    last = datetime.combine(edition.ends_on, time(23, 59), UTC)
    answered = QuestionAnswered(lesson=lesson, question="a", choices=[1])
    with clock.travel(last):
        sent(juana, (1, answered, timedelta(0)), device=new_id(), edition=edition.pk)
    with clock.travel(last + timedelta(days=5)):
        sent(juana, (1, LessonCompleted(lesson=lesson), timedelta(days=6)), device=new_id(), edition=edition.pk)

        late, in_time, *_rest = [told.notes for told in timeline_of(juana, staff("coordinator"))]

    received, done = last + timedelta(days=5), last - timedelta(days=1)
    said = [each.astimezone(ZoneInfo("America/La_Paz")).strftime("%d/%m/%Y %H:%M") for each in (received, done)]
    assert late == (f"Llegó el {said[0]} (hecho el {said[1]}), después del cierre de la edición.",)
    assert in_time == ()
    assert LessonDone.objects.get(person=juana.pk).done_at == done


def test_what_came_after_the_end_by_a_clock_that_cannot_be_right_says_what_that_showed():
    call = scene.a_scene_call()
    juana, edition = scene.an_enrolment(call, 1).person, call.edition
    lesson = published("uno", lessons=1).lessons.get(position=0).pk
    with clock.travel(datetime.combine(edition.ends_on, time(), UTC) + timedelta(days=2)):
        sent(juana, (1, LessonCompleted(lesson=lesson), timedelta(days=9999)), device=new_id(), edition=edition.pk)

        [notes, *_rest] = [told.notes for told in timeline_of(juana, staff("coordinator"))]

    assert ["después del cierre" in each for each in notes] == [True, False, False]
    assert notes[1].startswith("Anotado el ")


def test_exam_handed_in_too_often_in_a_day_says_that_it_does_not_count():
    call = scene.a_scene_call()
    juana = scene.an_enrolment(call, 1).person
    exam = published("uno", lessons=1, exam=True).lessons.get(exam=True).pk
    noon = datetime.combine(clock.now().date(), time(12), UTC)
    with clock.travel(noon):
        sent(
            juana,
            *((n, ExamSubmitted(lesson=exam, answers=sheet(n % 3)), timedelta(minutes=10 - n)) for n in range(1, 7)),
            device=new_id(),
        )

        told = list(timeline_of(juana, staff("coordinator")))

    assert [each.sentence for each in told[:6]] == ["Entregó la prueba «Final» de «Uno»."] * 6
    assert [each.notes for each in told[:6]] == [("No cuenta: fue un intento de más ese día.",), *[()] * 5]
