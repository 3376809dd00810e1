"""A woman who can come in, with certificates that are signed."""

from typing import Any

from tests.apps.credentials.examples import a_template, an_issuing_programme, complete, organisation
from tests.apps.programmes.examples import an_enrolment
from tests.portals.learner.scene import rosa
from trenza.apps.credentials.api import Credential, create_key
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme
from trenza.core.journal import work_until_done

TITLES = ("Primeros pasos en la computadora", "Mi negocio en línea", "Cuidarme en internet")


def certifying(number: int = 3) -> Programme:
    """A programme whose one track gives so many certificates, and whose organiser signs."""
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    for place in range(1, number):
        template = a_template(programme, f"certificado-{place}", position=place)
        type(template.wording).objects.filter(pk=template.wording_id).update(title=TITLES[place % len(TITLES)])
    return programme


def certified(person: Person | None = None, programme: Programme | None = None, **more: Any) -> list[Credential]:
    """She completes the track, and the worker issues and signs what it gives."""
    enrolment = an_enrolment(programme or certifying(**more), person=person or rosa())
    complete(enrolment)
    work_until_done()
    return list(Credential.objects.filter(enrolment=enrolment).order_by("template__position"))
