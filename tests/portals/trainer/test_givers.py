"""Who gives a session is changed on its page: a substitute stands in, and whoever leaves marks it no more."""

from datetime import timedelta

import pytest

from tests.apps.places.examples import a_centre
from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer
from tests.portals.office.people import staff
from tests.portals.trainer.test_sessions import address, browser
from trenza.apps.people.api import Person, grant_role
from trenza.apps.sessions.api import SessionTrainer, possible_trainers
from trenza.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.travel(MONDAY - timedelta(hours=1)):
        yield


def test_substitute_is_named_and_gives_it_until_she_is_removed():
    programme = a_programme()
    region = programme.regions.get(code="norte").pk
    session = a_session(programme, by=staff("trainer", scope_kind="edition", scope=programme.editions.get().pk))
    marta = session.trainers.get().person
    olga = staff("trainer", scope_kind="region", scope=region)
    Person.objects.filter(pk=olga.pk).update(given_name="Olga")
    client = browser(marta)
    page = client.get(address(session, "givers"))
    assert [each for each, _ in page.context["form"].fields["person"].choices] == [olga.pk.hex]

    for _ in range(2):  # a second tap finds nobody to add
        client.post(address(session, "givers"), {"person": olga.pk.hex, "substitute": "on"}, follow=True)
    row = SessionTrainer.objects.get(person=olga)
    assert (row.substitute, row.added_by) == (True, marta)
    hers = browser(olga)
    assert hers.get(address(session)).status_code == 200

    for _ in range(2):
        assert hers.post(address(session, "givers") + f"{row.pk}/quitar/").status_code in (302, 404)
    assert (hers.get(address(session)).status_code, possible_trainers(session)) == (404, [olga])
    assert client.get(address(session, "givers")).status_code == 200
    elsewhere = a_session(programme)
    assert client.post(address(elsewhere, "givers") + f"{row.pk}/quitar/").status_code == 404
    assert client.post(address(session, "givers"), {"person": "x" * 500}).context["form"].errors


def test_who_may_be_named_keeps_sessions_in_its_programme_or_its_centre(django_assert_num_queries):
    programme, other = a_programme(), a_programme("otro")
    centre = a_centre()
    session = a_session(programme, centre=centre.pk)
    [edition, region] = [a_trainer(programme, name=name, scope=name) for name in ("edition", "region")]
    everywhere, in_centre, mentor = (staff(role) for role in ("coordinator", None, "mentor"))
    grant_role(person=in_centre, role="trainer", scope_kind="centre", scope=centre.pk, by=None)
    a_trainer(other, name="Otra")
    with django_assert_num_queries(3):
        found = possible_trainers(session)
    assert {each.pk for each in found} == {edition.pk, region.pk, everywhere.pk, in_centre.pk} - {mentor.pk}
