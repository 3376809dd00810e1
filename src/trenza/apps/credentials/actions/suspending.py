"""Suspending a credential while somebody looks at it, and lifting that."""

from trenza.apps.credentials import rules
from trenza.apps.credentials.errors import AlreadySuspended, NotSuspended
from trenza.apps.credentials.events import CredentialSuspended, SuspensionLifted
from trenza.apps.credentials.models import Credential
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import action, record


@action
def suspend_credential(*, credential: Credential, reason: Credential.SuspensionReason, by: Person) -> Credential:
    """Say that nobody should rely on it now; its page and its issuer's list say so from then on.

    Raises:
        NotAllowed: `by` may not revoke in this scope.
        AlreadySuspended: it is, or it holds no more; nothing was changed.
    """
    rules.revocable_credentials.require(by, credential)
    held = _held(credential)
    if not held.is_valid or held.suspended_at is not None:
        raise AlreadySuspended
    held.suspended_at, held.suspended_by, held.suspended_reason = clock.now(), by, reason
    held.save(update_fields=["suspended_at", "suspended_by", "suspended_reason"])
    record(
        CredentialSuspended(credential=held.pk, reason=reason),
        by=by.pk, about=held.person_id, edition=held.enrolment.edition_id,
    )  # fmt: skip
    return held


@action
def lift_suspension(*, credential: Credential, by: Person) -> Credential:
    """Say that one may rely on it again.

    Raises:
        NotAllowed: `by` may not revoke in this scope.
        NotSuspended: it was not suspended, or holds no more; nothing was changed.
    """
    rules.revocable_credentials.require(by, credential)
    held = _held(credential)
    if not held.is_valid or held.suspended_at is None:
        raise NotSuspended
    held.suspended_at, held.suspended_by, held.suspended_reason = None, None, ""
    held.save(update_fields=["suspended_at", "suspended_by", "suspended_reason"])
    record(SuspensionLifted(credential=held.pk), by=by.pk, about=held.person_id, edition=held.enrolment.edition_id)
    return held


def _held(credential: Credential) -> Credential:
    return Credential.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=credential.pk)
