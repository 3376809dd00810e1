import pytest
from django.db import IntegrityError

from tests.apps.credentials.examples import a_credential
from tests.apps.programmes.examples import a_person
from tests.journal import journal
from trenza.apps.credentials.actions import revoke_credential
from trenza.apps.credentials.errors import AlreadyRevoked
from trenza.apps.credentials.models import Credential
from trenza.apps.people.api import Person, grant_role
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
MISTAKE = Credential.RevocationReason.MISTAKE


def somebody_with(role: str, *, scope_kind: str = "all", scope=None) -> Person:
    person = a_person(role)
    grant_role(person=person, role=role, scope_kind=scope_kind, scope=scope, by=None)
    return person


def test_revoked_credential_holds_no_more_and_says_since_when():
    credential, by = a_credential(), somebody_with("administrator")

    revoked = revoke_credential(credential=credential, reason=MISTAKE, by=by)

    assert not revoked.is_valid
    assert (revoked.revoked_by, revoked.revoked_reason) == (by, "mistake")
    assert journal()[-1] == (
        "credentials.credential_revoked.v1", credential.person_id, by.pk, {"credential": str(credential.pk)}
    )  # fmt: skip
    with pytest.raises(AlreadyRevoked):
        revoke_credential(credential=credential, reason=MISTAKE, by=by)


@pytest.mark.parametrize("role", ["coordinator", "trainer", "auditor"])
def test_other_roles_revoke_nothing(role):
    credential = a_credential()

    with pytest.raises(NotAllowed):
        revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with(role))


def test_administrator_revokes_in_her_scope_only_and_never_her_own():
    credential = a_credential(region="sur")
    programme = credential.enrolment.edition.programme
    elsewhere = somebody_with("administrator", scope_kind="region", scope=programme.regions.get(code="norte").pk)
    grant_role(person=credential.person, role="administrator", scope_kind="all", scope=None, by=None)

    for by in (elsewhere, credential.person):
        with pytest.raises(NotAllowed):
            revoke_credential(credential=credential, reason=MISTAKE, by=by)


def test_database_refuses_half_a_revocation():
    credential = a_credential()

    with pytest.raises(IntegrityError):
        Credential.objects.filter(pk=credential.pk).update(revoked_reason="mistake")
