"""A programme whose track gives a certificate, and women who complete it."""

from typing import Any

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from trenza.apps.credentials.models import Credential, CredentialTemplate, Wording
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Organisation, Programme, meet_requirement
from trenza.core.ids import named_id
from trenza.core.journal import work_until_done


def a_certified_programme(code: str = "prueba") -> Programme:
    """The programme of the examples of programmes, with one template; one module completes its track."""
    programme = a_programme(code, completion=1)
    a_template(programme)
    return programme


def a_template(programme: Programme, code: str = "certificado", **changes: Any) -> CredentialTemplate:
    wording = Wording.objects.create(
        pk=named_id(programme.code, code),
        programme_name=programme.name,
        title="Primeros pasos",
        text="Aprendió lo básico.",
        hours=40,
        skills=["Cuidar sus claves"],
        language="es",
        organisations=[
            {"name": "La Casa", "roles": ["organiser"]},
            {"name": "Academia Norte", "roles": ["endorser"]},
        ],
    )
    values = {"programme": programme, "track": programme.tracks.first(), "wording": wording, "code": code}
    return CredentialTemplate.objects.create(**(values | changes))


def an_issuing_programme() -> Programme:
    """The certified programme with who organises it (`casa`) and who endorses it (`norte`); neither has a key yet."""
    made = a_certified_programme()
    Organisation.objects.filter(programme=made).delete()
    for code, name, role in (("casa", "La Casa", "organiser"), ("norte", "Academia Norte", "endorser")):
        Organisation.objects.create(programme=made, code=code, name=name, roles=[role])
    return made


def organisation(code: str) -> Organisation:
    return Organisation.objects.select_related("programme").get(code=code)


def complete(enrolment: Enrolment) -> None:
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))


def a_credential(programme: Programme | None = None, *, person: Person | None = None, region: str = "") -> Credential:
    """Issued as in use: she completes, and the worker does the rest."""
    programme = programme or a_certified_programme()
    enrolment = an_enrolment(programme, person=person or a_person(), region=region)
    complete(enrolment)
    work_until_done()
    return Credential.objects.get(enrolment=enrolment)
