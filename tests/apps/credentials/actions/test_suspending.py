"""Suspending a credential and lifting it: who may, what its issuer's list says, what the journal keeps."""

import pytest

from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.programmes.examples import a_person
from tests.journal import journal
from trenza.apps.credentials.actions import create_key, lift_suspension, revoke_credential, suspend_credential
from trenza.apps.credentials.errors import AlreadySuspended, NotSuspended
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.openbadges.verifying import Verdict, verify
from trenza.apps.credentials.queries import known_here, signed_document
from trenza.apps.people.api import grant_role
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
DOUBT = Credential.SuspensionReason.DOUBT


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


def team(role="administrator", **scope):
    person = a_person("Eva")
    grant_role(person=person, role=role, by=None, **scope)
    return person


def verdict(credential):
    document = signed_document(credential)
    assert document is not None
    return verify(document, known_here(), now=clock.now()).verdict


def test_suspended_credential_is_so_to_everybody_until_it_is_lifted():
    programme, eva = an_issuing_programme(), team()
    create_key(organisation=organisation("casa"))
    credential = a_credential(programme)

    held = suspend_credential(credential=credential, reason=DOUBT, by=eva)
    assert (held.state, held.suspended_by, held.suspended_reason) == (Credential.State.SUSPENDED, eva, "doubt")
    assert verdict(credential) is Verdict.SUSPENDED
    held = lift_suspension(credential=credential, by=eva)

    assert (held.state, held.suspended_by, held.suspended_reason) == (Credential.State.VALID, None, "")
    assert verdict(credential) is Verdict.VALID
    assert [kind for kind, *_rest in journal()][-2:] == [
        "credentials.credential_suspended.v1", "credentials.suspension_lifted.v1"
    ]  # fmt: skip


def test_what_is_suspended_or_holds_no_more_is_not_suspended():
    credential, eva = a_credential(), team()
    with pytest.raises(NotSuspended):
        lift_suspension(credential=credential, by=eva)
    suspend_credential(credential=credential, reason=DOUBT, by=eva)
    with pytest.raises(AlreadySuspended):
        suspend_credential(credential=credential, reason=DOUBT, by=eva)
    revoke_credential(credential=credential, reason=Credential.RevocationReason.MISTAKE, by=eva)

    with pytest.raises(NotSuspended):
        lift_suspension(credential=credential, by=eva)


@pytest.mark.parametrize("role", ["coordinator", "auditor", "trainer", "endorser"])
def test_other_roles_suspend_nothing(role):
    credential = a_credential()

    with pytest.raises(NotAllowed):
        suspend_credential(credential=credential, reason=DOUBT, by=team(role))


def test_nobody_lifts_the_suspension_of_her_own():
    credential = a_credential()
    grant_role(person=credential.person, role="administrator", by=None)
    suspend_credential(credential=credential, reason=DOUBT, by=team())

    with pytest.raises(NotAllowed):
        lift_suspension(credential=credential, by=credential.person)
