import pytest

from tests.apps.credentials.actions.test_revoking import somebody_with
from tests.apps.credentials.examples import a_certified_programme, a_credential
from tests.apps.programmes.examples import a_person
from trenza.apps.credentials.rules import readable_credentials

pytestmark = pytest.mark.django_db


def test_credentials_are_hers_and_the_teams_within_its_scope():
    programme, other = a_certified_programme(), a_certified_programme("ajeno")
    north, south = a_credential(programme, region="norte"), a_credential(programme, person=a_person("Ana"))
    elsewhere = a_credential(other, person=a_person("Eva"))
    region = somebody_with("coordinator", scope_kind="region", scope=programme.regions.get(code="norte").pk)
    whole = somebody_with("auditor", scope_kind="programme", scope=programme.pk)

    assert set(readable_credentials.which(None)) == set()
    assert set(readable_credentials.which(north.person)) == {north}
    assert set(readable_credentials.which(region)) == {north}
    assert set(readable_credentials.which(whole)) == {north, south}
    assert set(readable_credentials.which(somebody_with("administrator"))) == {north, south, elsewhere}
    assert set(readable_credentials.which(somebody_with("trainer"))) == set()
