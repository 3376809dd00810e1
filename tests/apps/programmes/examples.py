"""A small programme for tests: one track of two modules, one edition in two regions."""

from datetime import date

from trenza.apps.people.api import Person, register_person
from trenza.apps.programmes.api import (
    Edition,
    Enrolment,
    FollowOn,
    Module,
    Organisation,
    Programme,
    Region,
    Track,
    enrol,
)


def a_programme(code: str = "prueba", *, unlock: str = "in_order", completion: int | None = None) -> Programme:
    """A programme with the track `basico` (modules `uno`, a course, and `dos`, confirmed) and the edition `2026`."""
    programme = Programme.objects.create(
        code=code, name=code.capitalize(), summary="Prueba.", languages=["es"], participants="women"
    )
    Organisation.objects.create(programme=programme, code="casa", name="La Casa", roles=["organiser"])
    track = Track.objects.create(
        programme=programme, code="basico", name="Básico", summary="…", unlock=unlock, completion=completion
    )
    Module.objects.create(track=track, code="uno", name="Uno", position=0, requirement_kind="course", course="uno")
    Module.objects.create(
        track=track, code="dos", name="Dos", position=1, requirement_kind="confirmed", confirmed_by="trainer"
    )
    FollowOn.objects.create(programme=programme, code="beca", name="Beca", after=track, gives="scholarship")
    edition = Edition.objects.create(
        programme=programme,
        code="2026",
        name="2026",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        countries=["BO"],
    )
    edition.tracks.add(track)
    for position, region in enumerate(("norte", "sur")):
        edition.regions.add(
            Region.objects.create(programme=programme, code=region, name=region, iso="BO-L", position=position)
        )
    return programme


def a_person(given_name: str = "Rosa", *, birth_date: date | None = date(2001, 2, 3)) -> Person:
    """A woman without an account."""
    return register_person(
        given_name=given_name, family_name="Quispe", birth_date=birth_date, sex="female", country="BO"
    )


def an_enrolment(programme: Programme | None = None, *, person: Person | None = None, region: str = "") -> Enrolment:
    """Somebody in the track of the programme's edition."""
    programme = programme or a_programme()
    return enrol(
        person=person or a_person(),
        edition=programme.editions.get(),
        track=programme.tracks.get(),
        region=programme.regions.get(code=region) if region else None,
        by=None,
    )


def module(enrolment: Enrolment, code: str) -> Module:
    """The module of this code in the enrolment's track."""
    return enrolment.track.modules.get(code=code)
