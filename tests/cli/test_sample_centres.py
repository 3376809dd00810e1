import pytest

from tests.apps.places.examples import a_person
from tests.apps.programmes.examples import a_programme, an_enrolment
from trenza.apps.people.api import RoleGrant
from trenza.apps.places.api import Centre, figures_of
from trenza.apps.programmes.api import Region
from trenza.cli.sample_centres import THINGS, VOUCHERS, open_samples
from trenza.core import journal

pytestmark = pytest.mark.django_db


def test_samples_are_opened_once_and_kept_by_the_trainer():
    trainer = a_person("Formadora")

    lines = list(open_samples(trainer))
    again = list(open_samples(trainer))

    assert (len(lines), again) == (2, [])
    figures = figures_of(list(Centre.objects.order_by("code")))
    assert [(each.equipment, each.lent, each.vouchers) for each in figures.values()] == [(len(THINGS), 0, VOUCHERS)] * 2
    grant = RoleGrant.objects.get(person=trainer)
    assert (grant.role, grant.scope) == ("trainer", Centre.objects.get(code="demo-el-alto").pk)
    assert journal.check() == []


def test_a_tablet_is_lent_to_a_learner_who_does_not_exist():
    programme = a_programme()
    programme.editions.update(demonstration=True)
    Region.objects.filter(code="norte").update(code="el-alto")
    real = an_enrolment(programme, region="el-alto")
    made_up = an_enrolment(programme, person=a_person("Simulada", synthetic=True), region="el-alto")

    list(open_samples(None))

    centre = Centre.objects.get(code="demo-el-alto")
    assert [loan.person for thing in centre.equipment.all() for loan in thing.loans.all()] == [made_up.person]
    assert real.person.loans.count() == 0
