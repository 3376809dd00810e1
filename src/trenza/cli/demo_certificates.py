"""Certificates in the demonstration: a woman with three, of three programmes, and one whose name was corrected."""

from importlib import import_module
from typing import Any, Final

from trenza.apps.people.api import EmailTaken, Person, register_person
from trenza.apps.programmes.api import Edition, Enrolment, Track, enrol, meet_requirement
from trenza.core.journal import work_until_done

WITH_THREE: Final = "rosaura.mamani@demo.example"
CORRECTED: Final = "elvira.choque@demo.example"


def ensure() -> None:
    """Once: enrol them in the first track of each demonstration edition that gives a certificate, and let them
    complete it."""
    credentials = import_module("trenza.apps.credentials.api")  # a hub has the command of the demonstration
    editions = list(Edition.objects.filter(demonstration=True).order_by("programme__code"))
    with_three = _complete("Rosaura", "Mamani Flores", WITH_THREE, editions[:3])
    corrected = _complete("Elvira", "Choqe Rojas", CORRECTED, editions[:1])
    work_until_done()
    if corrected:
        person = corrected[0].person
        credentials.correct_name(person=person, name="Elvira Choque Rojas", by=person)
    if with_three:
        _show_all(credentials, with_three[0].person)
    work_until_done()


def _show_all(credentials: Any, person: Person) -> None:
    """Her public page is open, and all of hers stand on it."""
    credentials.open_public_page(person=person, by=person)
    full, plain = credentials.Disclosure.Name.FULL, credentials.Disclosure.Identity.PLAIN
    for each in credentials.credentials_of(person):
        credentials.disclose(
            credential=each, name=full, identity=plain, evidence=(), evidence_shown=False, listed=True, by=person
        )


def _complete(given: str, family: str, email: str, editions: list[Edition]) -> list[Enrolment]:
    """Her enrolments; none where she has been here before."""
    try:
        person = register_person(
            given_name=given, family_name=family, email=email, sex="female", synthetic=True, by=None
        )
    except EmailTaken:
        return []
    found = []
    for edition in editions:
        trainers = Track.objects.of_trainers().values("pk")
        track = edition.tracks.exclude(pk__in=trainers).order_by("position").first()
        if track is None:
            continue
        region = edition.regions.order_by("position").first()
        found.append(enrol(person=person, edition=edition, track=track, region=region, by=None))
        for module in track.modules.filter(retired_at=None).order_by("position"):
            meet_requirement(enrolment=found[-1], module=module)
    return found
