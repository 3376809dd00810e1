"""Whom a programme trusts outside: an issuer's DID and keys, out of a document that somebody brings."""

from typing import Final

from trenza.apps.credentials.errors import NoDidDocument
from trenza.apps.credentials.events import IssuerTrusted, IssuerTrustEnded
from trenza.apps.credentials.keyring import is_ours
from trenza.apps.credentials.models import TrustedIssuer
from trenza.apps.credentials.openbadges.dids import read_did_document
from trenza.apps.credentials.openbadges.reading import Unreadable
from trenza.apps.credentials.rules import trusted_issuers
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme, editable_definitions
from trenza.core import clock
from trenza.core.journal import action, record

LONGEST_NAME: Final = 120


@action
def trust_issuer(*, programme: Programme, name: str, document: bytes, by: Person) -> TrustedIssuer:
    """Believe, in this programme, what the keys of this DID document sign. Another document of the same DID takes the
    place of the one before.

    Raises:
        NotAllowed: `by` may not change the programme's definition.
        NoDidDocument: it is none with a key of ours, or one of an issuer of this installation.
    """
    editable_definitions.require(by, programme)
    try:
        did, keys = read_did_document(document)
    except Unreadable as error:
        raise NoDidDocument("unreadable") from error
    if is_ours(did):
        raise NoDidDocument("ours")
    words = " ".join(name.split())[:LONGEST_NAME]
    if not words:
        raise NoDidDocument("name")
    now = clock.now()
    Programme.objects.select_for_update().get(pk=programme.pk)
    before = TrustedIssuer.objects.filter(programme=programme, did=did, ended_at=None)
    before.update(ended_at=now, ended_by=by)
    row = TrustedIssuer.objects.create(programme=programme, did=did, name=words, keys=keys, added_by=by, added_at=now)
    record(IssuerTrusted(programme=programme.pk, issuer=row.pk), by=by.pk, about=None)
    return row


@action
def end_trust(*, issuer: TrustedIssuer, by: Person) -> None:
    """Believe it no longer. What was verified with it stands: a person may look at it. Asking again changes nothing.

    Raises:
        NotAllowed: `by` may not change the programme's definition.
    """
    trusted_issuers.require(by, issuer)
    held = TrustedIssuer.objects.select_for_update().get(pk=issuer.pk)
    if held.ended_at is not None:
        return
    held.ended_at, held.ended_by = clock.now(), by
    held.save(update_fields=["ended_at", "ended_by"])
    record(IssuerTrustEnded(programme=held.programme_id, issuer=held.pk), by=by.pk, about=None)
