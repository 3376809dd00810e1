"""What gives a credential besides a completed track: a module, a workshop, a level, a role."""

from datetime import timedelta

import pytest

from tests.apps.credentials.examples import a_certified_programme, a_template, complete
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer, a_workshop
from trenza.apps.credentials.actions import (
    issue_credentials,
    issue_for_module,
    issue_for_workshop,
    issue_missing,
)
from trenza.apps.credentials.errors import NotCompleted
from trenza.apps.credentials.measures import count_certificates
from trenza.apps.credentials.models import Credential
from trenza.apps.programmes.api import Branch, Track, enrol, meet_requirement
from trenza.apps.sessions.api import Said, SignUp, mark_attendance
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


def codes_of(person):
    return sorted(Credential.objects.filter(person=person).values_list("template__code", flat=True))


def attended(programme, workshop, **marks):
    """A session of the workshop, signed up for and marked by its trainer."""
    session = a_session(programme, kind="workshop", workshop=workshop)
    for person in marks.values():
        SignUp.objects.create(session=session, person=person, at=MONDAY)
    said = {person.pk: Said(mark) for mark, person in marks.items()}
    with clock.travel(MONDAY):
        mark_attendance(session=session, marks=said, by=a_trainer(programme))
    work_until_done()


def another_track(programme, **values):
    track = Track.objects.create(programme=programme, code="otra", name="Otra", summary="…", **values)
    track.modules.create(code="uno", name="Uno", position=0, requirement_kind="course", course="uno")
    programme.editions.get().tracks.add(track)
    return track


def test_meeting_a_module_gives_its_credential_and_only_that():
    programme = a_programme()
    a_template(programme)
    a_template(programme, "modulo", module=programme.tracks.get().modules.get(code="uno"))
    enrolment = an_enrolment(programme)
    with pytest.raises(NotCompleted):
        issue_for_module(enrolment=enrolment, module=module(enrolment, "uno").pk)

    complete(enrolment)
    work_until_done()
    work_until_done()

    assert codes_of(enrolment.person) == ["modulo"]


def test_completing_does_not_give_again_what_a_module_of_it_gave():
    programme = a_certified_programme()
    a_template(programme, "modulo", module=programme.tracks.get().modules.get(code="uno"))
    enrolment = an_enrolment(programme)

    complete(enrolment)
    work_until_done()

    assert codes_of(enrolment.person) == ["certificado", "modulo"]
    assert sum(each.number for each in count_certificates(programme.pk, [clock.now() - timedelta(days=1)])) == 1


def test_who_came_to_the_workshop_has_its_credential_whenever_she_was_enrolled():
    programme = a_programme()
    workshop = a_workshop(programme, module=None)
    a_template(programme, "asistencia", workshop=workshop)
    before, after, absent = (a_person(name) for name in ("Ana", "Bea", "Cira"))
    enrolments = [an_enrolment(programme, person=each) for each in (before, absent)]
    attended(programme, workshop, present=before, late=after, absent=absent)

    assert [codes_of(each) for each in (before, after, absent)] == [["asistencia"], [], []]
    an_enrolment(programme, person=after)
    work_until_done()
    work_until_done()
    assert [codes_of(each) for each in (before, after, absent)] == [["asistencia"], ["asistencia"], []]
    with pytest.raises(NotCompleted):
        issue_for_workshop(enrolment=enrolments[1], workshop=workshop.pk)


def test_level_is_hers_once_however_many_tracks_lead_there():
    programme = a_certified_programme()
    Track.objects.filter(programme=programme).update(level="basic")
    first, second = programme.tracks.get(), another_track(programme, level="basic")
    a_template(programme, "nivel", track=None, level="basic")
    person = a_person()
    for track in (first, second):
        enrolment = enrol(person=person, edition=programme.editions.get(), track=track, region=None, by=None)
        meet_requirement(enrolment=enrolment, module=track.modules.get(code="uno"))
        work_until_done()
        issue_credentials(enrolment=enrolment)

    assert codes_of(person) == ["certificado", "nivel"]


def test_role_is_given_for_what_its_people_learn():
    programme = a_certified_programme()
    track = another_track(programme)
    branch = Branch.objects.create(
        programme=programme, code="mentoras", name="Mentoras", summary="…", participants="mentors"
    )
    branch.tracks.add(track)
    a_template(programme, "mentora", track=None, role="mentor")
    mentor, woman = a_person("Ana"), a_person("Bea")
    for person, where in ((mentor, track), (woman, programme.tracks.get(code="basico"))):
        enrolment = enrol(person=person, edition=programme.editions.get(), track=where, region=None, by=None)
        meet_requirement(enrolment=enrolment, module=where.modules.get(code="uno"))
    work_until_done()

    assert (codes_of(mentor), codes_of(woman)) == (["mentora"], ["certificado"])


def test_who_earned_before_her_template_came_gets_hers_whatever_gives_it():
    programme = a_certified_programme()
    workshop = a_workshop(programme, module=None)
    Track.objects.filter(programme=programme).update(level="basic")
    enrolment = an_enrolment(programme)
    attended(programme, workshop, present=enrolment.person)
    complete(enrolment)
    work_until_done()
    a_template(programme, "asistencia", workshop=workshop)
    a_template(programme, "modulo", module=module(enrolment, "uno"))
    a_template(programme, "nivel", track=None, level="basic")

    assert issue_missing(programme=programme.pk) == 3
    assert issue_missing(programme=programme.pk) == 0
    assert codes_of(enrolment.person) == ["asistencia", "certificado", "modulo", "nivel"]
