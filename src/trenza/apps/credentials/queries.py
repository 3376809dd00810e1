"""What others may ask credentials."""

from django.db.models import QuerySet

from trenza.apps.credentials import codes
from trenza.apps.credentials.models import Credential, CredentialTemplate
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme


def credentials_of(person: Person) -> QuerySet[Credential]:
    """Hers, the newest first, with what a page shows of them. Revoked ones too: they say so."""
    return _shown(Credential.objects.filter(person=person))


def find_credential(code: str) -> Credential | None:
    """The credential of a code as somebody typed it; None if there is none."""
    meant = codes.canonical(code)
    return _shown(Credential.objects.filter(code=meant)).first() if meant else None


def current_templates(programme: Programme) -> QuerySet[CredentialTemplate]:
    """What completing the programme's tracks gives."""
    templates = CredentialTemplate.objects.current().filter(programme=programme)
    return templates.select_related("wording", "track").order_by("position")


def _shown(credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    return credentials.select_related("wording", "person", "enrolment__edition__programme").order_by(
        "-issued_at", "-id"
    )
