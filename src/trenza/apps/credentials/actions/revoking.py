"""Taking a credential back."""

from trenza.apps.credentials import rules
from trenza.apps.credentials.errors import AlreadyRevoked
from trenza.apps.credentials.events import CredentialRevoked
from trenza.apps.credentials.models import Credential
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import action, record


@action
def revoke_credential(*, credential: Credential, reason: Credential.RevocationReason, by: Person) -> Credential:
    """Say that a credential no longer holds; its page says so from then on. It cannot be undone.

    Raises:
        NotAllowed: `by` may not revoke in this scope.
        AlreadyRevoked: it was revoked before; nothing was changed.
    """
    rules.revocable_credentials.require(by, credential)
    held = Credential.objects.select_for_update().select_related("enrolment").get(pk=credential.pk)
    if not held.is_valid:
        raise AlreadyRevoked
    held.revoked_at, held.revoked_by, held.revoked_reason = clock.now(), by, reason
    held.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    record(
        CredentialRevoked(credential=held.pk),
        by=by.pk,
        about=held.person_id,
        edition=held.enrolment.edition_id,
    )
    return held
