import pytest

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from trenza.apps.people.api import Permission, Person, Scope, grant_role, reach_of, read_person
from trenza.apps.programmes.api import Enrolment, visible_enrolments

pytestmark = pytest.mark.django_db


def seen_by(viewer: Person | None) -> set[Enrolment]:
    return set(visible_enrolments.which(viewer))


def test_enrolments_are_seen_within_the_scope_of_a_role_and_no_further():
    programme, other = a_programme(), a_programme("otro")
    north, south = an_enrolment(programme, region="norte"), an_enrolment(programme, region="sur")
    foreign = an_enrolment(other, region="sur")
    scopes = {
        ("all", None): {north, south, foreign},
        ("organisation", programme.organisations.get().pk): {north, south},
        ("programme", programme.pk): {north, south},
        ("edition", other.editions.get().pk): {foreign},
        ("region", programme.regions.get(code="norte").pk): {north},
    }

    for (kind, scope), expected in scopes.items():
        trainer = a_person("Ana")
        grant_role(person=trainer, role="trainer", scope_kind=kind, scope=scope, by=None)
        assert seen_by(trainer) == expected, kind


def test_her_own_enrolment_is_seen_and_nobody_elses():
    enrolment, other = an_enrolment(a_programme()), an_enrolment(a_programme("otro"))

    assert seen_by(enrolment.person) == {enrolment}
    assert seen_by(None) == set()
    assert not visible_enrolments.allows(enrolment.person, other)


def test_mentor_sees_no_list_of_enrolments():
    enrolment, mentor = an_enrolment(), a_person("Eva")
    grant_role(person=mentor, role="mentor", scope_kind="all", scope=None, by=None)

    assert seen_by(mentor) == set()
    assert not visible_enrolments.allows(mentor, enrolment)


def test_persons_enrolled_within_her_scope_are_read_by_a_coordinator():
    programme = a_programme()
    north, south = an_enrolment(programme, region="norte"), an_enrolment(programme, region="sur")
    coordinator = a_person("Ana")
    region = programme.regions.get(code="sur").pk
    grant_role(person=coordinator, role="coordinator", scope_kind="region", scope=region, by=None)

    assert set(read_person.which(coordinator)) == {south.person}
    assert not read_person.allows(coordinator, north.person)


def test_scope_of_an_organisation_reaches_all_that_lies_in_its_programme():
    programme, coordinator = a_programme(), a_person("Ana")
    other = a_programme("otro")
    organisation = programme.organisations.get().pk
    grant_role(person=coordinator, role="coordinator", scope_kind="organisation", scope=organisation, by=None)

    reach = reach_of(coordinator, Permission.ENROLMENT_READ)

    assert reach.by_kind == {
        "organisation": {organisation},
        "programme": {programme.pk},
        "edition": {programme.editions.get().pk},
        "region": {region.pk for region in programme.regions.all()},
    }
    assert not reach.covers(Scope("edition", other.editions.get().pk))
