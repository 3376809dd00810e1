"""Who teaches is trained in a track of her own: enrolled by who coordinates, and counted apart."""

from datetime import timedelta

import pytest

from tests.apps.programmes.examples import a_person, a_programme
from trenza.apps.impact.counting import counts, zone_of
from trenza.apps.people.api import Person, grant_role, register_person
from trenza.apps.programmes import measures, rules
from trenza.apps.programmes.api import (
    Branch,
    Enrolment,
    Module,
    NotInTeam,
    NotOffered,
    Programme,
    Region,
    Track,
    enrol,
    enrol_trainer,
    meet_requirement,
    training_enrolments,
)
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def with_training(programme: Programme) -> Track:
    """A trainers' track of one module, in the programme's edition."""
    track = Track.objects.create(programme=programme, code="formadoras", name="Formadoras", summary="…", position=1)
    Module.objects.create(
        track=track, code="sesion", name="Sesión", requirement_kind="confirmed", confirmed_by="coordinator"
    )
    branch = Branch.objects.create(
        programme=programme, code="formadoras", name="Formadoras", summary="…", participants="trainers"
    )
    branch.tracks.add(track)
    programme.editions.get().tracks.add(track)
    return track


def a_coordinator(programme: Programme, region: Region | None = None) -> Person:
    person = a_person("Carla")
    kind, scope = ("region", region.pk) if region else ("programme", programme.pk)
    grant_role(person=person, role="coordinator", scope_kind=kind, scope=scope, by=None)
    return person


def train(programme: Programme, by: Person | None, *, email: str = "eva@ejemplo.bo", region: str = "") -> Enrolment:
    return enrol_trainer(
        email=email,
        given_name="Eva",
        family_name="Choque",
        edition=programme.editions.get(),
        track=programme.tracks.get(code="formadoras"),
        region=programme.regions.get(code=region) if region else None,
        by=by,
    )


def test_trainers_in_training_are_no_participants_in_any_figure():
    programme = a_programme()
    learner = enrol(person=a_person(), edition=programme.editions.get(), track=programme.tracks.get(), by=None)
    with_training(programme)
    trainer = train(programme, None)
    for enrolment in (learner, trainer):
        for module in enrolment.track.modules.all():
            meet_requirement(enrolment=enrolment, module=module)

    found = counts(programme, zone=zone_of(programme), until=clock.now() + timedelta(minutes=1)).real

    assert {name: tally.total for name, tally in found.items()} == {
        "applications": 0, "awards": 0, "enrolments": 1, "completions": 1, "certificates": 0, "trainers": 1,
    }  # fmt: skip
    assert [fact.track for fact in measures.enrolments(programme.pk)] == [learner.track_id]
    assert [fact.track for fact in measures.completions(programme.pk)] == [learner.track_id]


def test_a_retired_branch_makes_no_participants_of_its_trainers():
    programme = a_programme()
    track = with_training(programme)
    Branch.objects.update(retired_at=clock.now())
    assert list(Track.objects.of_trainers()) == [track]

    other = Branch.objects.create(
        programme=programme, code="maestras", name="Maestras", summary="…", participants="teachers"
    )
    other.tracks.add(track)
    assert list(Track.objects.of_trainers()) == []


def test_who_coordinates_enrols_a_trainer_who_has_no_account_yet():
    programme = a_programme()
    with_training(programme)
    coordinator = a_coordinator(programme)

    enrolment = train(programme, coordinator)

    assert (enrolment.person.name, enrolment.track.code) == ("Eva Choque", "formadoras")
    assert list(training_enrolments.which(coordinator)) == [enrolment]


def test_who_coordinates_a_region_enrols_there_alone():
    programme = a_programme()
    with_training(programme)
    coordinator = a_coordinator(programme, programme.regions.get(code="sur"))

    for region in ("norte", ""):
        with pytest.raises(NotAllowed):
            train(programme, coordinator, region=region)
    assert train(programme, coordinator, region="sur").region == programme.regions.get(code="sur")


def test_nobody_is_enrolled_by_her_address_alone():
    programme = a_programme()
    with_training(programme)
    stranger = register_person(given_name="Ana", family_name="Paz", email="eva@ejemplo.bo")

    with pytest.raises(NotInTeam):
        train(programme, a_coordinator(programme))
    assert list(Enrolment.objects.all()) == []

    grant_role(person=stranger, role="trainer", scope_kind="programme", scope=programme.pk, by=None)
    assert train(programme, a_coordinator(programme)).person == stranger


def test_a_trainer_enrols_nobody_and_a_learners_track_trains_nobody():
    programme = a_programme()
    track = programme.tracks.get()
    with_training(programme)
    trainer = a_person("Tania")
    grant_role(person=trainer, role="trainer", scope_kind="programme", scope=programme.pk, by=None)

    with pytest.raises(NotAllowed):
        train(programme, trainer)
    with pytest.raises(NotOffered):
        enrol_trainer(
            email="a@b.bo", given_name="A", family_name="", edition=programme.editions.get(), track=track, by=None
        )


def test_a_trainer_changes_nothing_of_her_colleagues_training_and_who_coordinates_does():
    programme = a_programme()
    learner = enrol(person=a_person(), edition=programme.editions.get(), track=programme.tracks.get(), by=None)
    with_training(programme)
    colleague = train(programme, None)
    marta, carla = a_person("Marta"), a_coordinator(programme)
    grant_role(person=marta, role="trainer", scope_kind="programme", scope=programme.pk, by=None)

    may = {
        name: [rules.changeable_enrolments.allows(person, each) for each in (learner, colleague)]
        for name, person in (("trainer", marta), ("coordinator", carla), ("herself", colleague.person))
    }

    assert may == {"trainer": [True, False], "coordinator": [True, True], "herself": [False, True]}
