"""Her centre's hub, as her phone is told of it."""

from datetime import timedelta

import pytest

from tests.apps.places.examples import a_centre, a_person, a_trainer
from trenza.apps.places.api import Centre, note_visit, take_back_visit
from trenza.apps.places.roster import roster
from trenza.apps.sync.api import open_pairing, pair, revoke_hub
from trenza.apps.sync.models import HubCertificate
from trenza.core import clock, ids

pytestmark = pytest.mark.django_db
SOON = timedelta(days=30)


def a_hub(centre: Centre, settings) -> HubCertificate:
    """Of a centre, with a certificate."""
    settings.HUB_DOMAIN = "centros.example.org"
    code = open_pairing(centre=centre.pk, name=centre.code, by=None).code
    row = HubCertificate.objects.get(hub=pair(code=code, device=ids.new_id(), recipient="age1").hub)
    row.chain, row.ends_at = "PEM", clock.now() + SOON
    row.save()
    return row


def test_her_phone_learns_where_the_hub_of_her_centre_is(settings, django_assert_num_queries):
    woman, by = a_person(), a_trainer()
    near, far, without = a_centre("near"), a_centre("far"), a_centre("without")
    hub, other = a_hub(near, settings), a_hub(far, settings)
    with django_assert_num_queries(2):
        assert roster(woman.pk) == {}
    today = clock.today(near.time_zone)
    days = {far: 9, near: 3, without: 0}
    visits = {
        centre: note_visit(centre=centre, day=today - timedelta(days=ago), purpose="class", person=woman, by=by)
        for centre, ago in days.items()
    }

    with django_assert_num_queries(3):
        assert roster(woman.pk) == {"hub": f"https://{hub.host}"}
    take_back_visit(visit=visits[near], by=by)
    assert roster(woman.pk) == {"hub": f"https://{other.host}"}
    HubCertificate.objects.filter(pk=other.pk).update(ends_at=clock.now())
    assert roster(woman.pk) == {}
    HubCertificate.objects.filter(pk=other.pk).update(ends_at=clock.now() + SOON)
    revoke_hub(hub=other.hub, by=None)
    assert roster(woman.pk) == {}
